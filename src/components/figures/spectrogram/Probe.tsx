import './probe.css';
import { useCallback, useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { usePlaying } from '@/components/chapter/use-playing';
import { useSettings } from '@/components/chapter/use-settings';
import { formatComplex, formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import { dftBin } from '@/lib/dsp/dft';
import type { Parameters } from '@/lib/parameters';
import { type Frame, frameLength, windowed } from './frame.ts';
import { Turning } from './Turning.tsx';
import { useFrame } from './use-frame.ts';

interface Probed {
  readonly bin: number;
  readonly sample: number;
}

const last = frameLength - 1;

const schema: Parameters<Probed> = {
  bin: {
    kind: 'integer',
    label: 'bin k',
    help: 'How many turns the probe makes during the frame.',
    min: 0,
    max: frameLength / 2,
    default: 6,
  },
  sample: {
    kind: 'integer',
    label: 'sample n',
    help: 'How far the sum has come.',
    min: 0,
    max: last,
    default: last,
  },
};

/** One bin of the transform as a sum that one steps through: each sample turned by the probe, and the arrows added. */
export default function Probe({ number, children, first }: FigureProps & { readonly first: Frame }) {
  const settings = useSettings(number, schema);
  const { bin, sample } = settings.config;
  const frame = useFrame(first);
  const values = useMemo(() => windowed(frame), [frame]);
  const walk = useMemo(() => dftBin(values, bin), [values, bin]);
  const hertz = (bin * frame.sampleRate) / frameLength;

  const { set } = settings;
  const step = useCallback(() => set('sample', sample < last ? sample + 1 : 0), [set, sample]);
  const [playing, toggle] = usePlaying(number, 40, step);

  const peak = Math.max(1e-6, ...values.map(Math.abs));
  const time: ValueRange = { min: 0, max: last, unit: 'samples', name: 'sample n of the frame' };
  const level: ValueRange = { min: -peak, max: peak, unit: '', name: 'frame, and the probe’s cosine' };
  const cosine = Array.from(values, (_, t): [number, number] => [
    t,
    peak * Math.cos((2 * Math.PI * bin * t) / frameLength),
  ]);
  const exact = { decimals: 4 };

  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="probe"
      controls={
        <>
          <Controls settings={settings} />
          <div>
            <button type="button" class="btn plain" onClick={toggle}>
              {playing ? 'Stop' : 'Step through'}
            </button>
          </div>
        </>
      }
      plate={
        <>
          <LineChart
            label={`A frame of ${frameLength} samples with the cosine of bin ${bin}, sample ${sample} marked`}
            x={time}
            y={level}
            lines={[
              { points: cosine, tone: isLit('3.1', 'e') ? 'hand' : 'faint' },
              { points: Array.from(values, (value, t): [number, number] => [t, value]) },
              { points: [[sample, values[sample]]], tone: 'hand', marks: 'stems' },
            ]}
          />
          <div class="probe-lower">
            <Turning walk={walk} upTo={sample} lit={isLit('3.1', 'X')} />
            <dl class="probe-sum">
              <div class={isLit('3.1', 'x') ? 'lit' : ''}>
                <dt>sample {sample}, windowed</dt>
                <dd data-value={values[sample]}>{formatNumber(values[sample], exact)}</dd>
              </div>
              <div class={isLit('3.1', 'e') ? 'lit' : ''}>
                <dt>turned by</dt>
                <dd>
                  {formatNumber((-360 * ((bin * sample) % frameLength)) / frameLength, { decimals: 1, unit: '°' })}
                </dd>
              </div>
              <div>
                <dt>this term</dt>
                <dd data-re={walk.real[sample]} data-im={walk.imaginary[sample]}>
                  {formatComplex(walk.real[sample], walk.imaginary[sample], exact)}
                </dd>
              </div>
              <div>
                <dt>the sum so far</dt>
                <dd data-re={walk.totalReal[sample]} data-im={walk.totalImaginary[sample]}>
                  {formatComplex(walk.totalReal[sample], walk.totalImaginary[sample], exact)}
                </dd>
              </div>
              <div class={isLit('3.1', 'X') ? 'lit total' : 'total'}>
                <dt>its length{sample === last ? `, |X[${bin}]|` : ''}</dt>
                <dd>{formatNumber(Math.hypot(walk.totalReal[sample], walk.totalImaginary[sample]), exact)}</dd>
              </div>
            </dl>
            <p class="probe-note">
              Bin {bin} is {formatNumber(hertz, { decimals: 1, unit: 'Hz' })}: {bin} × {formatNumber(frame.sampleRate)}{' '}
              / {frameLength}. The frame begins at {formatNumber(frame.start, { decimals: 3, unit: 's' })}, where your
              clip is loudest.
            </p>
          </div>
        </>
      }
    />
  );
}
