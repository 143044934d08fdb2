/**
 * A network: the stages of an architecture, built and checked against each other, and the ways to run them. Training,
 * page and commands all run a network through these few functions.
 */
import { ModelError, ShapeError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { layerKinds } from '../layers/index.ts';
import type { Gradients, Kept, Layer, Pass, Weights } from '../layers/layer.ts';
import { type Region, single, union } from '../layers/region.ts';
import { readParameters } from '../parameters.ts';
import { createRandom, type Random } from '../random.ts';
import { type Cell, formatShape, type Shape, sameShape, sizeOf, type Tensor, tensor } from '../tensor.ts';
import type { Architecture } from './architecture.ts';

export interface Stage {
  readonly name: string;
  readonly layer: Layer;
  /** Shapes of one example. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
}

export interface Network {
  readonly architecture: Architecture;
  readonly stages: readonly Stage[];
}

/** What every stage made of one clip. */
export interface Trace {
  /** The clip, [samples]. */
  readonly input: Tensor;
  /** The output of each stage, in order, without the batch axis. */
  readonly outputs: readonly Tensor[];
}

/** What a network may need for one clip and all its stages together, or for its weights: 2^26 numbers, 256 MiB each. */
const MOST_NUMBERS = 2 ** 26;

/**
 * Builds the network. Its layers have no weights yet: see `initialise` and `setWeights`.
 * @throws ModelError for an unknown kind of layer or for one that needs more memory than a page should take,
 * ParameterError for a bad setting, ShapeError where stages do not fit
 */
export function createNetwork(architecture: Architecture): Network {
  let shape: Shape = [architecture.input.samples];
  const cells = createLimit('numbers for one clip', shape);
  const weights = createLimit('weights');
  const stages = architecture.stages.map(({ name, type, config }) => {
    if (!Object.hasOwn(layerKinds, type)) {
      const known = Object.keys(layerKinds).join(', ');
      throw new ModelError(`Stage "${name}" is of the kind "${type}", which is not known. Known kinds: ${known}.`);
    }
    const kind = layerKinds[type];
    const layer = kind.create(readParameters(kind.parameters, config, name));
    const inputShape = shape;
    try {
      shape = layer.outputShape(inputShape);
      cells(name, shape);
      weights(name, ...Object.values(layer.weightShapes(inputShape)));
    } catch (error) {
      if (error instanceof ShapeError) throw new ShapeError(`Stage "${name}": ${error.message}`);
      throw error;
    }
    return { name, layer, inputShape, outputShape: shape };
  });
  if (!sameShape(shape, [architecture.classes.length])) {
    throw new ShapeError(
      `The network "${architecture.name}" ends in ${formatShape(shape)}, but names ${architecture.classes.length} classes.`,
    );
  }
  return { architecture, stages };
}

/** Adds up the sizes of tensors stage by stage, and refuses the stage that brings too many. */
function createLimit(what: string, input: Shape = [0]) {
  let numbers = 0;
  const add = (stage: string, ...shapes: readonly Shape[]): void => {
    for (const shape of shapes) numbers += sizeOf(shape);
    if (numbers <= MOST_NUMBERS) return;
    const millions = Math.round(MOST_NUMBERS / 1e6);
    throw new ModelError(
      `Up to ${stage} the network needs ${Math.round(numbers / 1e6)} million ${what}; more than ${millions} million are not taken, since they would fill the memory. Make its stages smaller.`,
    );
  };
  add('its input', input);
  return (name: string, ...shapes: readonly Shape[]): void => add(`stage "${name}"`, ...shapes);
}

/** The architecture with every setting written out, so that a default that changes later changes no stored model. */
export function completeArchitecture({ architecture, stages }: Network): Architecture {
  return {
    ...architecture,
    stages: architecture.stages.map(({ name, type }, index) => ({
      name,
      type,
      config: stages[index].layer.config as Record<string, unknown>,
    })),
  };
}

/** Gives every layer fresh weights. */
export function initialise(network: Network, random: Random): void {
  for (const { layer, inputShape } of network.stages) layer.weights = layer.initialWeights(inputShape, random);
}

/** All weights by their full names: "conv1.weight". */
export function getWeights(network: Network): Weights {
  const all: Weights = {};
  for (const { name, layer } of network.stages) {
    for (const [key, value] of Object.entries(layer.weights)) all[`${name}.${key}`] = value;
  }
  return all;
}

/** Sets all weights from their full names. Throws ModelError where one is missing, left over, or of another shape. */
export function setWeights(network: Network, weights: Weights): void {
  const left = new Set(Object.keys(weights));
  for (const { name, layer, inputShape } of network.stages) {
    const own: Weights = {};
    for (const [key, shape] of Object.entries(layer.weightShapes(inputShape))) {
      const full = `${name}.${key}`;
      const value = weights[full];
      if (!value) throw new ModelError(`The weights lack "${full}", which the architecture needs.`);
      if (!sameShape(value.shape, shape)) {
        throw new ModelError(
          `The weights "${full}" are ${formatShape(value.shape)}, but the architecture needs ${formatShape(shape)}.`,
        );
      }
      own[key] = value;
      left.delete(full);
    }
    layer.weights = own;
  }
  if (left.size > 0) {
    throw new ModelError(`The weights hold ${[...left].join(', ')}, which the architecture does not have.`);
  }
}

/** The index of the stage with this name. */
export function stageIndex(network: Network, name: string): number {
  const index = network.stages.findIndex((stage) => stage.name === name);
  if (index < 0) throw new ModelError(`The network "${network.architecture.name}" has no stage "${name}".`);
  return index;
}

/** A pass without training, for answers. */
export function inferencePass(kernels: Kernels): Pass {
  return { training: false, random: createRandom(0), kernels };
}

/** Runs the stages from `first` up to, not including, `end` on a batch. */
export function runStages(network: Network, batch: Tensor, pass: Pass, first = 0, end = network.stages.length): Tensor {
  let x = batch;
  for (const { layer } of network.stages.slice(first, end)) x = layer.forward(x, pass);
  return x;
}

/** Runs one clip, [samples], and keeps what every stage made of it. */
export function traceClip(network: Network, clip: Tensor, kernels: Kernels): Trace {
  const pass = inferencePass(kernels);
  const outputs: Tensor[] = [];
  let x = tensor([1, ...clip.shape], clip.data);
  for (const { layer } of network.stages) {
    x = layer.forward(x, pass);
    outputs.push(tensor(x.shape.slice(1), x.data));
  }
  return { input: clip, outputs };
}

/** The probabilities of one clip, [classes]. */
export function classifyClip(network: Network, clip: Tensor, kernels: Kernels): Float32Array {
  return runStages(network, tensor([1, ...clip.shape], clip.data), inferencePass(kernels)).data;
}

/** The input of stage `index` in a trace: the output of the stage before, or the clip. */
export function inputOf(trace: Trace, index: number): Tensor {
  return index === 0 ? trace.input : trace.outputs[index - 1];
}

/** What `runForward` leaves for `runBackward`: a note of each stage. */
export interface Tape {
  readonly first: number;
  readonly passes: readonly Pass[];
}

/** Like `runStages`, but every stage keeps what its backward pass needs. */
export function runForward(
  network: Network,
  batch: Tensor,
  pass: Omit<Pass, 'keep'>,
  first: number,
  end: number,
): { y: Tensor; tape: Tape } {
  let y = batch;
  const passes: Pass[] = [];
  for (const { layer } of network.stages.slice(first, end)) {
    const keep: Kept = new Map();
    const own = { ...pass, keep };
    y = layer.forward(y, own);
    passes.push(own);
  }
  return { y, tape: { first, passes } };
}

/**
 * Back from the gradient at the output of a taped run: gradients of the trained weights by full name, and of the input.
 * @param wantsDx false where nobody reads the gradient of the input; it is empty then
 */
export function runBackward(network: Network, dy: Tensor, tape: Tape, wantsDx = true): Gradients {
  let dx = dy;
  const dweights: Weights = {};
  for (let step = tape.passes.length - 1; step >= 0; step--) {
    const { name, layer } = network.stages[tape.first + step];
    const gradients = layer.backward(dx, { ...tape.passes[step], skipInputGradient: step === 0 && !wantsDx });
    for (const [key, value] of Object.entries(gradients.dweights)) dweights[`${name}.${key}`] = value;
    dx = gradients.dx;
  }
  return { dx, dweights };
}

/**
 * The field of a box of cells in the output of stage `from`: what it reads in the output of stage `to`, or, with `to`
 * −1, in the clip.
 * @param reach 'focus' leaves out what enters only through statistics over a whole picture; see `Layer.focus`
 */
export function fieldOf(
  network: Network,
  from: number,
  region: Region,
  to: number,
  reach: 'field' | 'focus' = 'field',
): Region {
  let box = region;
  for (let index = from; index > to; index--) {
    const { layer, inputShape } = network.stages[index];
    const read = (cell: Cell): Region =>
      (reach === 'focus' && layer.focus ? layer.focus : layer.field)(cell, inputShape);
    box = spanned(box, read);
  }
  return box;
}

/** The field of one cell; see `fieldOf`. */
export function fieldOfCell(network: Network, from: number, cell: Cell, to: number): Region {
  return fieldOf(network, from, single(cell), to);
}

/** A box's field is spanned by the fields of its two extreme corners: the index ranges that a cell reads are monotone. */
function spanned(box: Region, read: (cell: Cell) => Region): Region {
  return union(read(box.map((s) => s.start)), read(box.map((s) => s.end - 1)));
}
