import './butterflies.css';
import { useMemo, useRef } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { multiplications, type OpenFft, openFft } from '@/lib/dsp/butterflies';
import type { Parameters } from '@/lib/parameters';
import { ButterflySums, PowerOfW, twiddlePower } from './ButterflySums.tsx';
import { type Eight, eightOf } from './eight.ts';
import { FlowNode } from './FlowNode.tsx';
import type { Frame } from './frame.ts';
import { useFrame } from './use-frame.ts';

interface Looked {
  readonly stage: '1' | '2' | '3';
  readonly line: number;
}

const schema: Parameters<Looked> = {
  stage: {
    kind: 'choice',
    label: 'stage',
    help: 'Each joins two transforms into one of twice the length.',
    choices: ['1', '2', '3'],
    default: '1',
  },
  line: {
    kind: 'integer',
    label: 'line',
    help: 'Counted from the top, from 0. Two lines make one butterfly.',
    min: 0,
    max: 7,
    default: 0,
  },
};

const stageNames = { '1': '1: pairs', '2': '2: fours', '3': '3: all eight' };

const count = multiplications(8);

/** The FFT of eight samples as a signal-flow graph; the butterfly pointed at is written out. */
export default function Butterflies({ number, children, first }: FigureProps & { readonly first: Frame }) {
  const settings = useSettings(number, schema);
  const frame = useFrame(first);
  const eight = useMemo(() => eightOf(frame), [frame]);
  const fft = useMemo(() => openFft(eight.samples), [eight]);
  const flow = useRef<HTMLDivElement>(null);
  const { config, take } = settings;
  const stage = Number(config.stage);
  const { butterflies } = fft.stages[stage - 1];
  const chosen = butterflies.findIndex(({ lines }) => lines.includes(config.line));
  const butterfly = butterflies[chosen];
  const done = 4 * (stage - 1) + chosen + 1;

  /** A node belongs to the butterfly that writes it; a sample, to the one that reads it. */
  const choose = (column: number, line: number) =>
    take({ stage: String(Math.max(1, column)) as Looked['stage'], line });
  const move = (column: number, line: number) => {
    const node = flow.current?.querySelector<HTMLElement>(`[data-node="${column}-${line}"]`);
    node?.focus();
  };
  const next = () => {
    const to = done % count.fft;
    const stageTo = Math.floor(to / 4);
    take({
      stage: String(stageTo + 1) as Looked['stage'],
      line: fft.stages[stageTo].butterflies[to % 4].lines[0],
    });
  };

  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      layout="wide"
      class="butterflies"
      controls={
        <>
          <Controls settings={settings} names={stageNames} />
          <div>
            <button type="button" class="btn plain" onClick={next}>
              Next butterfly
            </button>
          </div>
        </>
      }
      plate={
        <>
          <div class="flow" ref={flow}>
            <Edges fft={fft} stage={stage} chosen={chosen} />
            {columnsOf(fft).map((values, column) =>
              values.map((value, line) => (
                <FlowNode
                  key={`${column}-${line}`}
                  column={column}
                  line={line}
                  value={value}
                  largest={largestOf(values)}
                  name={nodeName(fft, column, line)}
                  lit={butterfly.lines.includes(line) && (column === stage || column === stage - 1)}
                  tabbable={column === stage && line === config.line}
                  onChoose={choose}
                  onMove={move}
                />
              )),
            )}
            <Ends fft={fft} eight={eight} />
          </div>
          <div class="flow-lower">
            <ButterflySums butterfly={butterfly} stage={stage} largest={largestOf(fft.output)} />
            <Counted done={done} />
          </div>
          <p class="flow-source">
            Eight samples of your clip, one in {formatNumber(eight.step)}, from{' '}
            {formatNumber(eight.start, { decimals: 4, unit: 's' })} on, where it is loudest. So the bins lie{' '}
            {formatNumber(eight.sampleRate / 8, { decimals: 0, unit: 'Hz' })} apart, and what is above{' '}
            {formatNumber(eight.sampleRate / 2, { decimals: 0, unit: 'Hz' })} folds back. A larger dot is a larger
            magnitude, within its column.
          </p>
        </>
      }
    />
  );
}

type Values = OpenFft['output'];

/** What stands on the eight lines: the samples, and what comes out of each stage. */
function columnsOf(fft: OpenFft): readonly Values[] {
  const samples = Array.from(fft.order, (_, line) => inputAt(fft, 0, line));
  const stages = fft.stages.slice(1).map((_, index) => fft.order.map((_line, line) => inputAt(fft, index + 1, line)));
  return [samples, ...stages, fft.output];
}

function inputAt(fft: OpenFft, stage: number, line: number): Values[number] {
  for (const { lines, inputs } of fft.stages[stage].butterflies) {
    const at = lines.indexOf(line);
    if (at >= 0) return inputs[at];
  }
  throw new RangeError(`An FFT of ${fft.order.length} points has no line ${line}.`);
}

function largestOf(values: Values): number {
  return Math.max(...values.map(({ re, im }) => Math.hypot(re, im)));
}

function nodeName(fft: OpenFft, column: number, line: number): string {
  if (column === 0) return `Sample ${fft.order[line]}, on line ${line}`;
  if (column === fft.stages.length) return `X[${line}]`;
  return `After stage ${column}, line ${line}`;
}

/** Where a column stands across the drawing, and where its lines begin to cross, in thousandths of its width. */
const columnAt = (column: number) => (1000 * column) / 3;
const crossAt = (column: number) => columnAt(column) + 170;
const lineAt = (line: number) => (1000 * (line + 0.5)) / 8;

/** The lines between the nodes: straight on for the upper input, crossing for what is added to it. */
function Edges({ fft, stage, chosen }: { readonly fft: OpenFft; readonly stage: number; readonly chosen: number }) {
  return (
    <>
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
        {fft.stages.map(({ span, butterflies }, column) => {
          const paths = butterflies.map(({ lines: [upper, lower] }) => {
            const [from, cross, to] = [columnAt(column), crossAt(column), columnAt(column + 1)];
            const [above, below] = [lineAt(upper), lineAt(lower)];
            return `M${from} ${above}H${to}M${from} ${below}H${to}M${cross} ${above}L${to} ${below}M${cross} ${below}L${to} ${above}`;
          });
          return (
            <g key={span} class={column >= stage ? 'edges later' : 'edges'}>
              <path d={paths.join('')} />
              {column === stage - 1 && <path class="lit" d={paths[chosen]} />}
            </g>
          );
        })}
      </svg>
      {fft.stages.map(({ span, butterflies }, column) =>
        butterflies.map((butterfly, index) => {
          const [, lower] = butterfly.lines;
          const lit = column === stage - 1 && index === chosen ? ' lit' : '';
          const at = (across: number) => ({ left: `${across / 10}%`, top: `${lineAt(lower) / 10}%` });
          return (
            <span key={`${span}-${lower}`} aria-hidden="true">
              <span class={`twiddle${lit}`} style={at(crossAt(column))}>
                ×<PowerOfW power={twiddlePower(butterfly, column + 1)} />
              </span>
              <span class={`twiddle minus${lit}`} style={at(columnAt(column + 1))}>
                −1
              </span>
            </span>
          );
        }),
      )}
    </>
  );
}

/** What enters at the left, with its place in binary digits, and what leaves at the right. */
function Ends({ fft, eight }: { readonly fft: OpenFft; readonly eight: Eight }) {
  const binary = (value: number) => value.toString(2).padStart(3, '0');
  return (
    <>
      {fft.order.map((sample, line) => (
        <span key={`x${sample}`} class="flow-in" style={{ top: `${lineAt(line) / 10}%` }}>
          x[{sample}] <small>{binary(sample)}</small>
        </span>
      ))}
      {fft.order.map((_, k) => (
        <span key={`X${k}`} class="flow-out" style={{ top: `${lineAt(k) / 10}%` }}>
          X[{k}]{' '}
          <small>
            {k <= 4 ? formatNumber((k * eight.sampleRate) / 8, { decimals: 0, unit: 'Hz' }) : `mirrors X[${8 - k}]`}
          </small>
        </span>
      ))}
    </>
  );
}

/** The multiplications as squares: by the definition one for every sample and bin, by butterflies four a stage. */
function Counted({ done }: { readonly done: number }) {
  return (
    <dl class="counted">
      <div>
        <dt>
          by the definition, <var>n</var>²
        </dt>
        <dd>
          <b>{count.naive}</b> multiplications
          <svg viewBox="0 0 80 80" aria-hidden="true">
            <path d={squares(count.naive, 8)} />
          </svg>
        </dd>
      </div>
      <div>
        <dt>
          by butterflies, <var>n</var>/2 · log₂ <var>n</var>
        </dt>
        <dd>
          <b>{count.fft}</b> multiplications; this is number {done}
          <svg viewBox="0 0 80 80" aria-hidden="true">
            <path d={squares(count.fft, 4)} />
            <path class="lit" d={squares(done, 4)} />
          </svg>
        </dd>
      </div>
    </dl>
  );
}

function squares(many: number, aRow: number): string {
  return Array.from({ length: many }, (_, i) => `M${10 * (i % aRow)} ${10 * Math.floor(i / aRow)}h8v8h-8Z`).join('');
}
