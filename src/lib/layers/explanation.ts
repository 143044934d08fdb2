/**
 * The exact arithmetic behind one cell, as data: the terms that enter it, and the operation that joins them.
 * `evaluate` computes the cell from its explanation alone; that it agrees with `forward` is tested for every layer.
 */
import type { Cell } from '../tensor.ts';
import { sigmoid, tanh } from './squash.ts';

export interface Term {
  /** The input cell that this term reads. */
  readonly from: Cell;
  /** 'skip' where the cell is one of the second input, of a layer that joins two. */
  readonly input?: 'skip';
  /** The value found there. */
  readonly value: number;
  /** What the value is multiplied by; 1 where there is none. For a magnitude, the real part. */
  readonly weight?: number;
  /** For a magnitude: the imaginary part of the factor. */
  readonly weightImaginary?: number;
}

export type Operation =
  /** Σ weight·value + bias: convolution, dense, interpolation, a gradient's sum. */
  | 'sum'
  /** Σ value / how many terms there are. */
  | 'mean'
  /** The largest value. */
  | 'max'
  /** max(0, value): one term. */
  | 'relu'
  /** |Σ (weight + i·weightImaginary)·value|, to the power of `constants.power`. */
  | 'magnitude'
  /** constants.scale · ln(max(value, constants.floor) + constants.offset): one term. */
  | 'log'
  /**
   * constants.factor · log10(max(value, constants.amin)/constants.ref), and no less than constants.floor where there is
   * one: the first term is converted.
   */
  | 'decibels'
  /** max(value, constants.floor) ^ constants.exponent: one term. */
  | 'power'
  /** (value − constants.mean) / √(constants.variance + constants.epsilon): the first term is standardised. */
  | 'standardise'
  /** (value − constants.min) / max(constants.max − constants.min, constants.epsilon): the first term is scaled. */
  | 'scale'
  /** exp(first value) / Σ exp(value), over all terms. */
  | 'softmax'
  /**
   * One step of an LSTM: σ(zo)·tanh(σ(zf)·constants.memory + σ(zi)·tanh(zg)). A quarter of the terms each belongs to zi,
   * zf, zg and zo, Σ weight·value, to which constants.input, .forget, .candidate and .output are added.
   */
  | 'lstm'
  /** The value itself: one term. */
  | 'copy';

export interface Explanation {
  readonly op: Operation;
  readonly terms: readonly Term[];
  readonly bias?: number;
  /** Named numbers that enter the operation beside the terms. */
  readonly constants?: Readonly<Record<string, number>>;
  /** The value of the cell, as `forward` computes it. */
  readonly result: number;
}

/** The cell's value, from the explanation's terms in double precision. */
export function evaluate(explanation: Omit<Explanation, 'result'>): number {
  const { op, terms, bias = 0, constants = {} } = explanation;
  const first = terms[0]?.value ?? 0;
  const constant = (name: string): number => {
    const value = constants[name];
    if (value === undefined) throw new Error(`An explanation by "${op}" needs the constant "${name}".`);
    return value;
  };
  switch (op) {
    case 'sum':
      return terms.reduce((sum, term) => sum + term.value * (term.weight ?? 1), 0) + bias;
    case 'mean':
      return terms.reduce((sum, term) => sum + term.value, 0) / terms.length;
    case 'max':
      return Math.max(...terms.map((term) => term.value));
    case 'relu':
      return Math.max(0, first);
    case 'magnitude': {
      let real = 0;
      let imaginary = 0;
      for (const term of terms) {
        real += term.value * (term.weight ?? 0);
        imaginary += term.value * (term.weightImaginary ?? 0);
      }
      return Math.hypot(real, imaginary) ** constant('power');
    }
    case 'log':
      return constant('scale') * Math.log(Math.max(first, constant('floor')) + constant('offset'));
    case 'decibels': {
      const db = constant('factor') * Math.log10(Math.max(first, constant('amin')) / constant('ref'));
      return Math.max(db, constants.floor ?? Number.NEGATIVE_INFINITY);
    }
    case 'power':
      return Math.max(first, constant('floor')) ** constant('exponent');
    case 'standardise':
      return (first - constant('mean')) / Math.sqrt(constant('variance') + constant('epsilon'));
    case 'scale':
      return (first - constant('min')) / Math.max(constant('max') - constant('min'), constant('epsilon'));
    case 'softmax': {
      const peak = Math.max(...terms.map((term) => term.value));
      const sum = terms.reduce((total, term) => total + Math.exp(term.value - peak), 0);
      return Math.exp(first - peak) / sum;
    }
    case 'lstm': {
      const [zi, zf, zg, zo] = ['input', 'forget', 'candidate', 'output'].map((gate, quarter) => {
        const share = terms.length / 4;
        const own = terms.slice(quarter * share, (quarter + 1) * share);
        return own.reduce((sum, term) => sum + term.value * (term.weight ?? 1), constant(gate));
      });
      return sigmoid(zo) * tanh(sigmoid(zf) * constant('memory') + sigmoid(zi) * tanh(zg));
    }
    case 'copy':
      return first;
  }
}
