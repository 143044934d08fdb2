interface Props {
  readonly values: readonly number[];
  /** The value that reaches the edge; without it, the largest. */
  readonly full?: number;
}

/** Numbers as strokes from a middle line, one beside the other, in a box of 1000 × 100. */
export function Strokes({ values, full = Math.max(...values.map(Math.abs)) || 1 }: Props) {
  const width = 1000 / values.length;
  const path = values
    .map((value, index) => {
      const x = ((index + 0.5) * width).toFixed(2);
      return `M${x} 50V${(50 - (47 * value) / full).toFixed(2)}`;
    })
    .join('');
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <path d="M0 50H1000" class="middle" />
      <path d={path} style={{ strokeWidth: `${0.7 * width}px` }} />
    </svg>
  );
}
