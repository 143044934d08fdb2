import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import { denseWeights, hzToMel, type MelScale, melFilterbank, melParameters } from '@/lib/dsp/mel';
import { ParameterError } from '@/lib/errors';
import type { Parameters } from '@/lib/parameters';

interface Small {
  readonly sampleRate: number;
  readonly nFft: number;
  readonly nMels: number;
  readonly filter: number;
  readonly scale: MelScale;
}

const schema: Parameters<Small> = {
  sampleRate: { ...melParameters.sampleRate, kind: 'integer', min: 1000, max: 48000, step: 1000, default: 8000 },
  nFft: { ...melParameters.nFft, kind: 'integer', min: 4, max: 32, default: 16 },
  nMels: { ...melParameters.nMels, kind: 'integer', min: 1, max: 8, default: 4 },
  filter: {
    kind: 'integer',
    label: 'filter',
    help: 'The one that is computed, counted from 1.',
    min: 1,
    max: 8,
    default: 3,
  },
  scale: melParameters.scale,
};

function check({ filter, nMels }: Small): void {
  if (filter > nMels) {
    throw new ParameterError('filter', `There is no filter ${filter} among ${nMels}. Choose from 1 to ${nMels}.`);
  }
}

/** One triangle computed by hand: its three edges, then a weight for each bin. */
export default function ByHand({ number, children }: FigureProps) {
  const settings = useSettings(number, schema, check);
  const { sampleRate, nFft, nMels, filter, scale } = settings.config;
  const bank = melFilterbank({ sampleRate, nFft, nMels, fMin: 0, fMax: sampleRate / 2, scale, norm: 'none' });
  const m = filter - 1;
  const [low, centre, high] = bank.edges.subarray(m, m + 3);
  const weights = denseWeights(bank).subarray(m * bank.bins, (m + 1) * bank.bins);
  const hertz = (k: number) => (k * sampleRate) / nFft;
  const top = hzToMel(sampleRate / 2, scale);
  const n = (value: number, decimals = 1) => formatNumber(value, { decimals });
  const x: ValueRange = { min: 0, max: sampleRate / 2, unit: 'Hz', name: 'frequency' };
  const y: ValueRange = { min: 0, max: 1, unit: '', name: 'weight', ticks: [0, 0.5, 1] };
  const half = scale === 'htk' ? 0 : 3;
  const points = Array.from(weights, (weight, k): [number, number] => [hertz(k), weight]);
  const others = [...bank.first.keys()].filter((other) => other !== m);
  const outline = (f: number): [number, number][] => [
    [bank.edges[f], 0],
    [bank.edges[f + 1], 1],
    [bank.edges[f + 2], 0],
  ];
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-hand"
      controls={<Controls settings={settings} />}
      plate={
        <>
          <p class="m-step">
            Half of {formatNumber(sampleRate, { unit: 'Hz' })} is {n(top, half || 1)}
            {'\u00a0'}mel. Divided by {nMels} + 1: a step of{' '}
            <b data-step={top / (nMels + 1)}>
              {n(top / (nMels + 1), half || 1)}
              {'\u00a0'}mel
            </b>
            .
          </p>
          <LineChart
            label={`Filter ${filter} of ${nMels}: from ${n(low)} up to ${n(centre)} and down to ${n(high)} hertz`}
            x={x}
            y={y}
            lines={[
              ...others.map((f) => ({ points: outline(f), tone: 'faint' as const })),
              { points: outline(m), tone: 'strong' },
              { points: points.filter(([, weight]) => weight > 0), tone: 'hand', marks: 'stems' },
            ]}
          />
          <div class="m-tables">
            <section class="m-table" tabIndex={0} aria-label="The edges of the filters">
              <table>
                <thead>
                  <tr>
                    <th scope="col">edge</th>
                    <th scope="col">mel</th>
                    <th scope="col">Hz</th>
                  </tr>
                </thead>
                <tbody>
                  {Array.from(bank.edges, (edge, i) => (
                    <tr
                      key={edge}
                      class={i >= m && i <= m + 2 ? (isLit('4.2', 'e') ? 'on lit' : 'on') : ''}
                      data-edge={edge}
                    >
                      <td>e[{i}]</td>
                      <td>{n((i * top) / (nMels + 1), half || 1)}</td>
                      <td>{n(edge)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
            <section class="m-table" tabIndex={0} aria-label={`The weights of filter ${filter}`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">bin k</th>
                    <th scope="col">Hz</th>
                    <th scope="col">rising</th>
                    <th scope="col">falling</th>
                    <th scope="col">weight</th>
                  </tr>
                </thead>
                <tbody>
                  {Array.from(weights, (weight, k) => (
                    <tr key={k} class={weight > 0 ? 'on' : ''} data-bin={k} data-weight={weight}>
                      <td>{k}</td>
                      <td>{n(hertz(k), Number.isInteger(hertz(k)) ? 0 : 1)}</td>
                      <td>{n((hertz(k) - low) / (centre - low), 3)}</td>
                      <td>{n((high - hertz(k)) / (high - centre), 3)}</td>
                      <td>{n(weight, 3)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          </div>
          <p class="why m-warning" role="status">
            {bank.empty.includes(m) && 'No bin lies inside this filter: it hears nothing.'}
          </p>
        </>
      }
    />
  );
}
