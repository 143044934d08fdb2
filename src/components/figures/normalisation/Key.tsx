import type { Line } from '@/components/plots/LineChart';

export interface Labelled {
  readonly label: string;
  readonly tone: NonNullable<Line['tone']>;
  /** Its value at the place that is marked. */
  readonly value?: string;
}

/** Which line is which. */
export function Key({ lines }: { readonly lines: readonly Labelled[] }) {
  return (
    <ul class="n-key plain">
      {lines.map(({ label, tone, value }) => (
        <li key={label}>
          <i style={{ background: colourOfTone(tone) }} /> {label} {value && <span class="num">{value}</span>}
        </li>
      ))}
    </ul>
  );
}

function colourOfTone(tone: Labelled['tone']): string {
  if (typeof tone === 'number') return `var(--cat-${tone})`;
  return { strong: 'var(--ink)', faint: 'var(--ink-faint)', hand: 'var(--hand)' }[tone];
}
