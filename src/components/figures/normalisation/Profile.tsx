import { useMemo } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import { type Line, LineChart, type ValueRange } from '@/components/plots/LineChart';
import { momentsOf } from '@/lib/dsp/moments';
import { groupsOf, valuesOf } from '@/lib/layers/statistics';
import type { Tensor } from '@/lib/tensor';
import { trainingSet } from '@/workers/lab/normalisation-ways';
import { Key } from './Key.tsx';
import { kilohertz } from './looks.ts';

interface Props {
  /** [time, frequency, 1], before it is normalised. */
  readonly picture: Tensor;
  /** The bin that is marked. */
  readonly bin: number;
}

const lowest = kilohertz.first - kilohertz.step / 2;
const x: ValueRange = {
  min: lowest,
  max: lowest + kilohertz.count * kilohertz.step,
  unit: 'kHz',
  name: 'frequency',
  ticks: [0, 2, 4, 6, 8],
};
const tones = { fitted: 6, clip: 1 } as const;

/** The mean of each bin with one deviation to either side, beside the clip's one mean and the training set's. */
export function Profile({ picture, bin }: Props) {
  const { bins, clip } = useMemo(() => {
    const groups = groupsOf('per-bin', picture.shape);
    return { bins: groups.map((group) => momentsOf(valuesOf(picture.data, group))), clip: momentsOf(picture.data) };
  }, [picture]);
  const at = (index: number) => kilohertz.first + index * kilohertz.step;
  const line = (value: (mean: number, deviation: number) => number): Line['points'] =>
    bins.map(({ mean, variance }, index) => [at(index), value(mean, Math.sqrt(variance))]);
  const flat = (mean: number): Line['points'] => [
    [x.min, mean],
    [x.max, mean],
  ];
  const upper = line((mean, deviation) => mean + deviation);
  const lower = line((mean, deviation) => mean - deviation);
  const most = Math.max(...upper.map(([, value]) => value), trainingSet.mean, clip.mean) * 1.08;
  const least = Math.min(0, ...lower.map(([, value]) => value));
  const y: ValueRange = { min: least, max: most, unit: '', name: 'mean ± deviation, √|X|' };
  const { mean, variance } = bins[bin];
  return (
    <>
      <LineChart
        label={`Mean value of each of the 32 bins. At ${formatNumber(at(bin), { decimals: 1, unit: 'kHz' })} it is ${formatNumber(mean)}, with a deviation of ${formatNumber(Math.sqrt(variance))}; the whole clip has ${formatNumber(clip.mean)} and ${formatNumber(Math.sqrt(clip.variance))}`}
        x={x}
        y={y}
        lines={[
          { points: upper, tone: 'faint' },
          { points: lower, tone: 'faint' },
          { points: flat(trainingSet.mean), tone: tones.fitted },
          { points: flat(clip.mean), tone: tones.clip },
          { points: line((value) => value), tone: 'strong' },
          { points: [[at(bin), mean]], tone: 'hand', marks: 'dots' },
        ]}
      />
      <Key
        lines={[
          { label: 'mean of each bin', tone: 'strong' },
          { label: 'one deviation to either side', tone: 'faint' },
          { label: 'mean of this clip', tone: tones.clip },
          { label: 'mean of the training set', tone: tones.fitted },
        ]}
      />
    </>
  );
}
