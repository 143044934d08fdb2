/** What the page asks of the compute worker, and what comes back. Tensors are plain values and are posted as they are. */
import type { Explanation } from '../lib/layers/explanation.ts';
import type { Region } from '../lib/layers/region.ts';
import type { Cell, Shape, Tensor } from '../lib/tensor.ts';

/** A stage as the page needs to know it. */
export interface StageInfo {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The stage whose output it reads, by index; −1 is the clip. */
  readonly inputIndex: number;
  /** The second one, of a stage that joins two. */
  readonly skipIndex?: number;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

export interface ModelInfo {
  readonly name: string;
  readonly classes: readonly string[];
  /** Hz. */
  readonly sampleRate: number;
  /** Samples of one input. */
  readonly samples: number;
  readonly stages: readonly StageInfo[];
  /** What computes: "wasm relaxed SIMD", "wasm SIMD", "TypeScript". */
  readonly kernels: string;
  /** Where the kernels are not the fastest: a sentence that says why. */
  readonly kernelsNote?: string;
}

/** A clip run through a model, with what every stage made of it. */
export interface TraceResult {
  readonly input: Tensor;
  readonly outputs: readonly Tensor[];
  /** How long the network took, from the clip at the model's rate to the probabilities. */
  readonly milliseconds: number;
}

/** What a model says of a clip. */
export interface Answer {
  /** The probabilities of its classes. */
  readonly shares: Float32Array;
  /** How long the network took, from the clip at the model's rate to the probabilities. */
  readonly milliseconds: number;
}

/** The part of the sound that a cell depends on. */
export interface SoundField {
  /** The field in the output of each stage up to the cell's own, by stage index; of no cell where it reads nothing. */
  readonly regions: readonly Region[];
  /** Stages, by index, whose mean and variance over the whole clip enter the cell too; left out of the regions. */
  readonly statistics: readonly number[];
  /** Seconds from the start of the model's input: [from, to]. */
  readonly seconds: readonly [number, number];
  /** Hertz: [from, to]. */
  readonly hertz: readonly [number, number];
}

/** The sound of a field alone, as long as the model's input: the rest is silenced in time and in frequency. */
export interface HeardField {
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** By how much it was made louder to be heard, dB; 0 for the whole clip. */
  readonly gain: number;
}

/** The worker's functions, by name: what goes in, what comes out. */
export interface EngineCalls {
  load: (model: string) => ModelInfo;
  /** samples: mono at `sampleRate`; `start`: the second to judge, in seconds. Resamples, fits and runs. */
  trace: (model: string, samples: Float32Array, sampleRate: number, start: number) => TraceResult;
  /** The answer alone, for the same arguments: nothing between is kept. */
  answer: (model: string, samples: Float32Array, sampleRate: number, start: number) => Answer;
  /** Of the last trace of the model. */
  explain: (model: string, stage: number, cell: Cell) => Explanation;
  field: (model: string, stage: number, cell: Cell) => SoundField;
  /** Of the last trace of the model. */
  hear: (model: string, seconds: readonly [number, number], hertz: readonly [number, number]) => HeardField;
  /** The weights of a stage, by name. */
  weights: (model: string, stage: number) => Readonly<Record<string, Tensor>>;
}
