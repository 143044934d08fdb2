/**
 * Decibels: y = max(factor·log10(max(x, amin)/ref), largest y − topDb), where factor is 10 for powers and 20 for
 * amplitudes, as `dsp/scale.ts` computes it and librosa defines it. The reference may be the largest value of the clip,
 * and the floor always is topDb below it, so that each example of a batch has its own. Any shape.
 */
import { amplitudeToDb, type DecibelOptions, powerToDb } from '../dsp/scale.ts';
import type { Parameters } from '../parameters.ts';
import { at, cellAt, example, offsetOf, type Tensor, tensor } from '../tensor.ts';
import type { Term } from './explanation.ts';
import { type Layer, type LayerKind, withoutWeights } from './layer.ts';
import { single, whole } from './region.ts';

export interface DecibelsConfig {
  readonly quantity: 'power' | 'amplitude';
  readonly reference: 'fixed' | 'max';
  /** What counts as 0 dB where the reference is fixed. */
  readonly ref: number;
  readonly amin: number;
  /** Whether the range is limited to topDb. */
  readonly limited: boolean;
  readonly topDb: number;
}

const parameters: Parameters<DecibelsConfig> = {
  quantity: {
    kind: 'choice',
    label: 'quantity',
    help: 'What comes in: powers count 10 dB for a factor of ten, amplitudes 20 dB.',
    choices: ['power', 'amplitude'],
    default: 'power',
  },
  reference: {
    kind: 'choice',
    label: 'reference',
    help: 'What counts as 0 dB: a fixed value, or the largest of each clip, which takes out how loud it is.',
    choices: ['fixed', 'max'],
    default: 'fixed',
  },
  ref: {
    kind: 'number',
    label: 'fixed reference',
    help: 'The power or amplitude that counts as 0 dB where the reference is fixed.',
    min: 1e-20,
    max: 1e20,
    default: 1,
  },
  amin: {
    kind: 'number',
    label: 'smallest value',
    help: 'Smaller values count as this one, so that silence stays finite.',
    min: 1e-30,
    max: 1e6,
    default: 1e-10,
  },
  limited: {
    kind: 'switch',
    label: 'limited range',
    help: 'Whether what is far below the loudest cell is raised to a floor.',
    default: true,
  },
  topDb: {
    kind: 'number',
    label: 'range',
    help: 'How far below the loudest cell that floor lies.',
    unit: 'dB',
    min: 0,
    max: 1000,
    default: 80,
  },
};

export const decibelsKind: LayerKind<DecibelsConfig> = { type: 'decibels', parameters, create };

/** The layer's settings for decibels of a spectrum that is to the given power: 1 for magnitudes, 2 for powers. */
export function decibelsConfig(power: number, { ref, amin, topDb }: Required<DecibelOptions>): DecibelsConfig {
  return {
    quantity: power === 2 ? 'power' : 'amplitude',
    reference: ref === 'max' ? 'max' : 'fixed',
    ref: ref === 'max' ? parameters.ref.default : ref,
    amin,
    limited: topDb !== null,
    topDb: topDb ?? parameters.topDb.default,
  };
}

function create(config: DecibelsConfig): Layer<DecibelsConfig> {
  const { quantity, reference, ref, amin, limited, topDb } = config;
  const options: DecibelOptions = { ref: reference === 'max' ? 'max' : ref, amin, topDb: limited ? topDb : null };
  const factor = quantity === 'power' ? 10 : 20;
  const readsAll = limited || reference === 'max';
  const convert = (values: Float32Array) => (quantity === 'power' ? powerToDb : amplitudeToDb)(values, options);
  return {
    type: 'decibels',
    config,
    ...withoutWeights(),

    outputShape: (input) => input,

    forward(x, pass) {
      const y = tensor(x.shape);
      for (let n = 0; n < x.shape[0]; n++) example(y, n).data.set(convert(example(x, n).data));
      pass.keep?.set('x', x).set('y', y);
      return y;
    },

    backward(dy, pass) {
      const x = pass.keep?.get('x') as Tensor;
      const y = pass.keep?.get('y') as Tensor;
      const dx = tensor(dy.shape);
      for (let n = 0; n < dy.shape[0]; n++) {
        const from = example(dy, n).data;
        const to = example(dx, n).data;
        const values = example(x, n).data;
        const out = example(y, n).data;
        if (out.length === 0) continue;
        const largest = indexOfLargest(values);
        const floor = limited ? Math.fround(out[largest] - topDb) : Number.NEGATIVE_INFINITY;
        let sum = 0;
        for (let i = 0; i < from.length; i++) {
          // What lies on the floor moves with the largest value.
          to[out[i] > floor ? i : largest] += from[i];
          sum += from[i];
        }
        if (reference === 'max') to[largest] -= sum;
        for (let i = 0; i < to.length; i++) {
          to[i] = values[i] > amin ? (to[i] * factor) / (Math.LN10 * values[i]) : 0;
        }
      }
      return { dx, dweights: {} };
    },

    /** The terms: the cell itself, and where reference or floor are read off it, the largest one. */
    explain(cell, x) {
      const largest = cellAt(x.shape, indexOfLargest(x.data));
      const cells = readsAll ? [cell, largest] : [cell];
      const terms: Term[] = cells.map((from) => ({ from, value: at(x, from) }));
      const y = convert(x.data);
      const constants = {
        factor,
        amin,
        ref: Math.max(amin, reference === 'max' ? at(x, largest) : ref),
        ...(limited && { floor: y[offsetOf(x.shape, largest)] - topDb }),
      };
      return { op: 'decibels', terms, constants, result: y[offsetOf(x.shape, cell)] };
    },

    focus: single,
    field: (cell, input) => (readsAll ? whole(input) : single(cell)),
  };
}

/** The place of the first largest value. */
function indexOfLargest(values: Float32Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
