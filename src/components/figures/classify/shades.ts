/** How a stage's numbers become colours, and what the legend says of them. */
import { blockOf, type Cells, extentOf, magnitudeQuantile, planeOf } from '@/components/plots/cells';
import { type ColourScale, signedScale } from '@/components/plots/colour';
import { decibelsOf } from '@/components/plots/decibels';
import type { Palette } from '@/components/plots/palette';
import { pathTo } from '@/components/plots/stage-path';
import type { Tensor } from '@/lib/tensor';
import type { StageInfo } from '@/workers/protocol';

/** What is fainter than the loudest by more than this is black, dB. */
const dynamicRange = 70;
/** Signed values reach full colour at this share of the cells that are not zero. */
const fullColour = 0.98;

export interface Shades {
  /** The values that are painted: as they are, or in decibels. */
  readonly values: Tensor;
  readonly scale: (palette: Palette) => ColourScale;
  readonly legend: {
    readonly map: 'sequential' | 'diverging' | 'positive';
    readonly low: number;
    readonly high: number;
    readonly ticks: readonly number[];
    readonly label: string;
  };
}

type Look = 'decibels' | 'energy' | 'signed' | 'positive' | 'shares';

/** The values of a stage's output as they are to be painted. */
export function shadesOf(stages: readonly StageInfo[], output: number, tensor: Tensor): Shades {
  const look = lookOf(stages, output);
  switch (look) {
    case 'decibels': {
      const values = { shape: tensor.shape, data: tensor.data.map(decibelsOf(stages, output)) };
      const { max } = extentOf(values.data);
      const high = Number.isFinite(max) ? max : 0;
      return {
        values,
        scale: ({ sequential: table }) => ({ table, low: high - dynamicRange, high }),
        legend: { map: 'sequential', low: -dynamicRange, high: 0, ticks: [-70, -35, 0], label: 'dB below the loudest' },
      };
    }
    case 'energy': {
      const { min, max } = extentOf(tensor.data);
      const [low, high] = max > min ? [min, max] : [0, 1];
      return {
        values: tensor,
        scale: ({ sequential: table }) => ({ table, low, high }),
        legend: { map: 'sequential', low, high, ticks: [low, high].map(short), label: energyLabel(stages, output) },
      };
    }
    case 'shares':
      return {
        values: tensor,
        scale: ({ diverging }) => signedScale(diverging, 1),
        legend: { map: 'positive', low: 0, high: 1, ticks: [0, 1], label: 'probability' },
      };
    default: {
      const limit = magnitudeQuantile(tensor.data, fullColour) || 1;
      const scale = ({ diverging }: Palette) => signedScale(diverging, limit);
      const high = short(limit);
      return look === 'positive'
        ? {
            values: tensor,
            scale,
            legend: { map: 'positive', low: 0, high, ticks: [0, high], label: 'and above, after ReLU' },
          }
        : {
            values: tensor,
            scale,
            legend: {
              map: 'diverging',
              low: -high,
              high,
              ticks: [-high, 0, high],
              label: stages[output]?.type === 'normalise' ? 'standard deviations, and beyond' : 'and beyond',
            },
          };
    }
  }
}

/** One map of the values, or a series with its channels upwards; a list stands in rows of `columns`. */
export function cellsOf(values: Tensor, channel: number, columns: number): Cells {
  return values.shape.length === 1 ? blockOf(values.data, columns) : planeOf(values, channel);
}

/** The map in which most happens. */
export function strongestChannel({ shape, data }: Tensor): number {
  const channels = shape[2] ?? 1;
  const sums = new Float64Array(channels);
  for (let i = 0; i < data.length; i++) sums[i % channels] += Math.abs(data[i]);
  return sums.indexOf(Math.max(...sums));
}

/** What gives the numbers another meaning; the other layers leave it as it is, or begin with the sound. */
const learned: readonly string[] = [
  'normalise',
  'dct',
  'conv1d',
  'conv2d',
  'depthwise-conv2d',
  'transposed-conv2d',
  'batch-norm',
  'lstm',
  'dense',
];
const neutral: readonly string[] = [
  'max-pool1d',
  'max-pool2d',
  'global-average-pool',
  'mean-over-time',
  'dropout',
  'flatten',
  'resize',
];

function lookOf(stages: readonly StageInfo[], output: number): Look {
  const types = pathTo(stages, output).map((stage) => stages[stage].type);
  const has = (...wanted: readonly string[]) => wanted.some((type) => types.includes(type));
  const telling = types.findLast((type) => !neutral.includes(type));
  if (telling === 'softmax') return 'shares';
  if (has(...learned)) return telling === 'relu' ? 'positive' : 'signed';
  if (telling === 'min-max') return 'energy';
  if (!has('spectrogram')) return 'signed';
  return has('power', 'log') ? 'energy' : 'decibels';
}

function energyLabel(stages: readonly StageInfo[], output: number): string {
  const before = pathTo(stages, output).map((stage) => stages[stage]);
  if (before.some(({ type }) => type === 'min-max')) return 'from the least to the greatest';
  const power = before.find(({ type }) => type === 'power');
  const what = before.some(({ type, config }) => type === 'spectrogram' && config.power === 2) ? 'power' : 'magnitude';
  return power ? `${what} to the power of ${power.config.exponent}` : `logarithm of the ${what}`;
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}
