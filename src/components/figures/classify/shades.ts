/** How a stage's numbers become colours, and what the legend says of them. */
import { blockOf, type Cells, extentOf, magnitudeQuantile, planeOf } from '@/components/plots/cells';
import { type ColourScale, signedScale } from '@/components/plots/colour';
import { decibelsOf } from '@/components/plots/decibels';
import type { Palette } from '@/components/plots/palette';
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

/** One map of the values; a list stands in rows of `columns`. */
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

function lookOf(stages: readonly StageInfo[], output: number): Look {
  const types = stages.slice(0, output + 1).map(({ type }) => type);
  const has = (...wanted: string[]) => wanted.some((type) => types.includes(type));
  if (types.at(-1) === 'softmax') return 'shares';
  if (!has('normalise', 'min-max', 'conv2d', 'dense')) return has('power', 'log') ? 'energy' : 'decibels';
  const telling = types.findLast((type) => !['max-pool2d', 'dropout', 'flatten'].includes(type));
  return telling === 'relu' ? 'positive' : 'signed';
}

function energyLabel(stages: readonly StageInfo[], output: number): string {
  const before = stages.slice(0, output + 1);
  const power = before.find(({ type }) => type === 'power');
  return power ? `magnitude to the power of ${power.config.exponent}` : 'logarithm of the magnitude';
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}
