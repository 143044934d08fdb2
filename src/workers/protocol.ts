/** What the page asks of the compute worker, and what comes back. Tensors are plain values and are posted as they are. */
import type { Explanation } from '../lib/layers/explanation.ts';
import type { Region } from '../lib/layers/region.ts';
import type { Cell, Shape, Tensor } from '../lib/tensor.ts';

/** A stage as the page needs to know it. */
export interface StageInfo {
  readonly name: string;
  readonly type: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

export interface ModelInfo {
  readonly name: string;
  readonly classes: readonly string[];
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
  readonly milliseconds: number;
}

/** The part of the sound that a cell depends on. */
export interface SoundField {
  /** The field in the output of each stage up to the cell's own, by stage index. */
  readonly regions: readonly Region[];
  /** Seconds from the start of the model's input: [from, to]. */
  readonly seconds: readonly [number, number];
  /** Hertz: [from, to]. */
  readonly hertz: readonly [number, number];
}

/** The worker's functions, by name: what goes in, what comes out. */
export interface EngineCalls {
  load: (model: string) => ModelInfo;
  /** samples: mono at `sampleRate`; `start`: the second to judge, in seconds. Resamples, fits and runs. */
  trace: (model: string, samples: Float32Array, sampleRate: number, start: number) => TraceResult;
  /** Of the last trace of the model. */
  explain: (model: string, stage: number, cell: Cell) => Explanation;
  field: (model: string, stage: number, cell: Cell) => SoundField;
  /** The sound of a field alone, at the model's rate: the rest silenced in time and in frequency. */
  hear: (model: string, seconds: readonly [number, number], hertz: readonly [number, number]) => Float32Array;
  /** The weights of a stage, by name. */
  weights: (model: string, stage: number) => Readonly<Record<string, Tensor>>;
}
