/** The reader's own kernel: its settings, and kernels that others have found useful. */
import type { NumberParameter, Parameters } from '@/lib/parameters';
import type { Kernel } from '@/workers/lab/convolved';

const largestKernel = 5;

/** "w02": the weight of time 0, frequency 2. */
export type WeightName = `w${number}${number}`;
export type OwnKernelConfig = {
  readonly size: number;
  readonly padding: 'valid' | 'same';
  readonly turned: boolean;
} & { readonly [Name in WeightName]: number };

export interface Preset {
  readonly name: string;
  readonly about: string;
  /** [time][frequency], frequency upwards. */
  readonly weights: readonly (readonly number[])[];
}

const times = (rows: number, row: readonly number[]) => Array.from({ length: rows }, () => row);

export const presets: readonly Preset[] = [
  {
    name: 'onset',
    about: 'later minus earlier: orange where a sound begins, blue where it ends',
    weights: [times(3, [-1])[0], [0], [1]].map(([weight]) => [weight, weight, weight]),
  },
  {
    name: 'harmonic',
    about: 'a lasting band with gaps above and below: a harmonic of a voice',
    weights: times(5, [-1, 0, 2, 0, -1]),
  },
  {
    name: 'edge',
    about: 'the middle against all around it: borders in any direction',
    weights: [
      [-1, -1, -1],
      [-1, 8, -1],
      [-1, -1, -1],
    ],
  },
  {
    name: 'blur',
    about: 'the mean of 25 cells: fine grain goes, what is broad stays',
    weights: times(5, times(5, [0.04]).flat()),
  },
];

export function weightName(time: number, frequency: number): WeightName {
  return `w${time}${frequency}` as WeightName;
}

/** The settings that a preset stands for. */
export function settingsOf({ weights }: Preset): Partial<OwnKernelConfig> {
  const all = weights.flatMap((row, time) =>
    row.map((weight, frequency) => [weightName(time, frequency), weight] as const),
  );
  return { size: weights.length, turned: false, ...Object.fromEntries(all) };
}

/** The kernel that the settings describe: of the weights, those within its size. */
export function kernelOf(config: OwnKernelConfig): Kernel {
  const { size, padding, turned } = config;
  const weights = Array.from(
    { length: size * size },
    (_, place) => config[weightName(Math.floor(place / size), place % size)],
  );
  return { size, padding, bias: 0, weights: turned ? weights.toReversed() : weights };
}

/** The preset with these weights, if there is one. */
export function presetOf(config: OwnKernelConfig): Preset | undefined {
  return presets.find(
    ({ weights }) =>
      weights.length === config.size &&
      weights.every((row, time) => row.every((weight, frequency) => config[weightName(time, frequency)] === weight)),
  );
}

function schemaOf(): Parameters<OwnKernelConfig> {
  const first = settingsOf(presets[0]) as Readonly<Record<string, number>>;
  const weights: Record<string, NumberParameter> = {};
  for (let time = 0; time < largestKernel; time++) {
    for (let frequency = 0; frequency < largestKernel; frequency++) {
      const name = weightName(time, frequency);
      weights[name] = {
        kind: 'number',
        label: `the weight of time ${time}, frequency ${frequency}`,
        help: 'What the cell under it is multiplied by.',
        min: -99,
        max: 99,
        default: first[name] ?? 0,
      };
    }
  }
  return {
    size: {
      kind: 'integer',
      label: 'size',
      help: 'Cells along each side of the kernel.',
      unit: 'cells',
      min: 3,
      max: largestKernel,
      default: 3,
    },
    padding: {
      kind: 'choice',
      label: 'padding',
      help: 'Stay inside the picture (valid), or put zeros around it (same). Zero is the floor here: silence.',
      choices: ['valid', 'same'],
      default: 'valid',
    },
    turned: {
      kind: 'switch',
      label: 'turn the kernel round',
      help: 'By 180°, as the convolution of mathematics does before it slides.',
      default: false,
    },
    ...weights,
  } as Parameters<OwnKernelConfig>;
}

export const ownKernelSchema = schemaOf();
