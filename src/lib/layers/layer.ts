/**
 * The contract that every layer keeps, from the spectrogram to the softmax. `forward` and `backward` work on batches
 * (tensors with a leading axis for the examples); `outputShape`, `explain` and `field` speak of one example, without
 * that axis. A layer is made by its kind (`LayerKind.create`), and kinds are listed in `index.ts`.
 */
import type { Kernels } from '../kernels/kernels.ts';
import type { Parameters } from '../parameters.ts';
import type { Random } from '../random.ts';
import type { Cell, Shape, Tensor } from '../tensor.ts';
import type { Explanation } from './explanation.ts';
import type { Region } from './region.ts';

/** The named tensors of a layer: { weight, bias }, { mean, variance }, or none. */
export type Weights = Record<string, Tensor>;

/** What `forward` leaves for `backward`: tensors and index lists, by name. */
export type Kept = Map<string, Tensor | Int32Array>;

/** One run through the network. */
export interface Pass {
  /** In training, dropout drops. */
  readonly training: boolean;
  readonly random: Random;
  readonly kernels: Kernels;
  /** Where `forward` keeps what `backward` needs; absent where no backward pass follows. */
  readonly keep?: Kept;
  /** Where nobody reads the gradient of this layer's input: `backward` may then give an empty tensor for it. */
  readonly skipInputGradient?: boolean;
}

export interface Gradients {
  /** The gradient of the loss with respect to the layer's input, same shape as the input batch; empty if skipped. */
  readonly dx: Tensor;
  /** The gradients with respect to the trained weights, by name; empty where there are none. */
  readonly dweights: Weights;
  /** Of a layer that joins two inputs: the gradient with respect to the second. */
  readonly dskip?: Tensor;
}

export interface Layer<Config = unknown> {
  readonly type: string;
  readonly config: Config;
  /** What the layer has learned or been fitted to. Replace the tensors, or write into them in training. */
  weights: Weights;
  /** Names of the weights that the optimiser changes; fitted statistics are not among them. */
  readonly trained: readonly string[];
  /**
   * True where the layer joins two inputs: the stage before it or one that it names, and a second one, `skip`, of the
   * same shape. Every other layer has one input, and is never given a skip.
   */
  readonly joins?: true;

  /** @throws ShapeError that says what came, what is needed, and which layer asked */
  outputShape(input: Shape, skip?: Shape): Shape;
  /** The shapes of the weights for this input shape: what a weights file must hold. */
  weightShapes(input: Shape): Record<string, Shape>;
  /** Fresh weights to start training from. */
  initialWeights(input: Shape, random: Random): Weights;
  forward(x: Tensor, pass: Pass, skip?: Tensor): Tensor;
  /** Call after a `forward` with the same `pass`, whose `keep` it reads. */
  backward(dy: Tensor, pass: Pass): Gradients;
  /** The exact arithmetic behind one output cell, of an answering network. x, skip: one example. */
  explain(cell: Cell, x: Tensor, skip?: Tensor): Explanation;
  /** The input cells that an output cell reads, of both inputs where it joins two: changing any other changes nothing. */
  field(cell: Cell, input: Shape): Region;
  /**
   * Where a layer takes statistics over the whole of its input, its field is everything; its focus is the part that the
   * cell is made of beside those statistics. Absent where focus and field are the same.
   */
  focus?(cell: Cell, input: Shape): Region;
}

/** A kind of layer: its name in architecture files, its settings, and how to make one. */
export interface LayerKind<Config = unknown> {
  readonly type: string;
  readonly parameters: Parameters<Config>;
  create(config: Config): Layer<Config>;
}

/** The part of a layer that has no weights: neither learned nor fitted. */
export function withoutWeights(): Pick<Layer, 'weights' | 'trained' | 'weightShapes' | 'initialWeights'> {
  return { weights: {}, trained: [], weightShapes: () => ({}), initialWeights: () => ({}) };
}
