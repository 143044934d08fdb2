import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Place } from './geometry.ts';
import { type PanelKey, panelKeys } from './panels.ts';

interface Props {
  readonly boxes: Readonly<Partial<Record<PanelKey, Place>>>;
  readonly narrow: boolean;
  /** Changes when other data flow through: the thread comes last. */
  readonly flow: string | undefined;
}

/** Pictures on a dark ground, in both themes. */
const dark: readonly PanelKey[] = ['waveform', 'spectrogram', 'resized'];

/** The green thread across the pictures: a box in each, and a band from one to the next. */
export function ThreadLines({ boxes, narrow, flow }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  useLayoutEffect(() => {
    if (flow === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    svg.current?.animate({ opacity: [0, 1] }, { duration: 600, delay: 900, fill: 'backwards' });
  }, [flow]);
  const marked = panelKeys.flatMap((key) => {
    const box = boxes[key];
    return box ? [{ key, box }] : [];
  });
  return (
    <svg ref={svg} class="thread" aria-hidden="true">
      {marked.slice(1).map(({ key, box }, index) => (
        <Band key={key} from={marked[index].box} to={box} narrow={narrow} last={key === 'answers'} />
      ))}
      {marked.map(({ key, box }) => {
        const ground = dark.includes(key) ? ' on-soot' : '';
        return (
          <g key={key} data-box={key}>
            <rect class={`halo${ground}`} {...box} />
            <rect class={`box${ground}`} {...box} />
          </g>
        );
      })}
    </svg>
  );
}

interface BandProps {
  readonly from: Place;
  readonly to: Place;
  readonly narrow: boolean;
  readonly last: boolean;
}

function Band({ from, to, narrow, last }: BandProps) {
  const [a, b] = [edges(from), edges(to)];
  if (narrow && last) {
    // Down the left of the answers, so as not to cross their bars.
    const turn = b.left - 10;
    const middle = (b.top + b.bottom) / 2;
    return <path class="line single" d={`M${a.left} ${a.bottom}L${turn} ${a.bottom + 24}V${middle}H${b.left}`} />;
  }
  const [p, q, r, s] = narrow
    ? [`${a.left} ${a.bottom}`, `${a.right} ${a.bottom}`, `${b.right} ${b.top}`, `${b.left} ${b.top}`]
    : [`${a.right} ${a.top}`, `${a.right} ${a.bottom}`, `${b.left} ${b.bottom}`, `${b.left} ${b.top}`];
  return (
    <>
      <path class="fan" d={`M${p}L${q}L${r}L${s}Z`} />
      <path class="line" d={`M${p}L${s}M${q}L${r}`} />
    </>
  );
}

function edges({ x, y, width, height }: Place) {
  return { left: x, right: x + width, top: y, bottom: y + height };
}
