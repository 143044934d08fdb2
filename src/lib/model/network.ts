/**
 * A network: the stages of an architecture, built and checked against each other, and the ways to run them. Training,
 * page and commands all run a network through these few functions. Who reads whom is settled in `graph.ts`.
 */
import { ModelError, ShapeError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Explanation } from '../layers/explanation.ts';
import { layerKinds } from '../layers/index.ts';
import type { Gradients, Kept, Layer, Pass, Weights } from '../layers/layer.ts';
import { type Region, single, union } from '../layers/region.ts';
import { readParameters } from '../parameters.ts';
import { createRandom, type Random } from '../random.ts';
import { type Cell, formatShape, type Shape, sameShape, sizeOf, type Tensor, tensor } from '../tensor.ts';
import type { Architecture } from './architecture.ts';
import { connect, type Inputs, indicesOf, planRange } from './graph.ts';

export interface Stage extends Inputs {
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
  const clip: Shape = [architecture.input.samples];
  const cells = createLimit('numbers for one clip', clip);
  const weights = createLimit('weights');
  const stages: Stage[] = [];
  for (const [index, { name, type, config }] of architecture.stages.entries()) {
    if (!Object.hasOwn(layerKinds, type)) {
      const known = Object.keys(layerKinds).join(', ');
      throw new ModelError(`Stage "${name}" is of the kind "${type}", which is not known. Known kinds: ${known}.`);
    }
    const kind = layerKinds[type];
    const layer = kind.create(readParameters(kind.parameters, config, name));
    const inputs = connect(architecture.stages, index);
    checkInputs(name, layer, inputs);
    const [inputShape, skipShape] = indicesOf(inputs).map((of) => (of < 0 ? clip : stages[of].outputShape));
    try {
      const outputShape = layer.outputShape(inputShape, skipShape);
      cells(name, outputShape);
      weights(name, ...Object.values(layer.weightShapes(inputShape)));
      stages.push({ name, layer, ...inputs, inputShape, outputShape });
    } catch (error) {
      if (error instanceof ShapeError) throw new ShapeError(`Stage "${name}": ${error.message}`);
      throw error;
    }
  }
  const shape = stages.at(-1)?.outputShape ?? clip;
  if (!sameShape(shape, [architecture.classes.length])) {
    throw new ShapeError(
      `The network "${architecture.name}" ends in ${formatShape(shape)}, but names ${architecture.classes.length} classes.`,
    );
  }
  return { architecture, stages };
}

/** A skip goes to layers that join two inputs, and to no other. */
function checkInputs(name: string, { type, joins }: Layer, { skipIndex }: Inputs): void {
  if (joins && skipIndex === undefined) {
    throw new ModelError(
      `Stage "${name}" (${type}) joins the outputs of two stages, but only one is given. Name the second one as its "skip".`,
    );
  }
  if (!joins && skipIndex !== undefined) {
    throw new ModelError(`Stage "${name}" (${type}) has one input, so it takes no "skip". Leave it out.`);
  }
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
    stages: architecture.stages.map(({ name, type, from, skip }, index) => ({
      name,
      type,
      ...(from === undefined ? {} : { from }),
      ...(skip === undefined ? {} : { skip }),
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

/** What a stage gives for its input, and for its skip where it has one: batches. */
type Step = (stage: Stage, index: number, x: Tensor, skip: Tensor | undefined) => Tensor;

/**
 * Runs the stages from `first` up to, not including, `end` by `step`, and gives the output of the last one. Stages that
 * it does not depend on are left out, and an output is let go when its last reader has it.
 * @param batch the output of the stage before `first`, or clips
 * @throws ModelError where the stages read more than that from outside
 */
export function propagate(network: Network, batch: Tensor, first: number, end: number, step: Step): Tensor {
  const { stages } = network;
  if (end <= first) return batch;
  const { steps, lastReader } = planRange(stages, first, end);
  const outputs = new Map([[first - 1, batch]]);
  for (const index of steps) {
    const stage = stages[index];
    const sources = indicesOf(stage);
    const [x, skip] = sources.map((source) => outputs.get(source));
    const y = step(stage, index, x as Tensor, skip);
    for (const source of sources) if (lastReader.get(source) === index) outputs.delete(source);
    outputs.set(index, y);
  }
  return outputs.get(end - 1) as Tensor;
}

/** Runs the stages from `first` up to, not including, `end` on a batch; see `propagate`. */
export function runStages(network: Network, batch: Tensor, pass: Pass, first = 0, end = network.stages.length): Tensor {
  return propagate(network, batch, first, end, ({ layer }, _index, x, skip) => layer.forward(x, pass, skip));
}

/** Runs one clip, [samples], and keeps what every stage made of it. */
export function traceClip(network: Network, clip: Tensor, kernels: Kernels): Trace {
  const pass = inferencePass(kernels);
  const batch = (x: Tensor): Tensor => tensor([1, ...x.shape], x.data);
  const outputs: Tensor[] = [];
  for (const stage of network.stages) {
    const [x, skip] = indicesOf(stage).map((source) => batch(source < 0 ? clip : outputs[source]));
    const y = stage.layer.forward(x, pass, skip);
    outputs.push(tensor(y.shape.slice(1), y.data));
  }
  return { input: clip, outputs };
}

/** The probabilities of one clip, [classes]. */
export function classifyClip(network: Network, clip: Tensor, kernels: Kernels): Float32Array {
  return runStages(network, tensor([1, ...clip.shape], clip.data), inferencePass(kernels)).data;
}

/** What stage `index` was given in a trace: the output of the stage that it reads, or the clip. */
export function inputOf(network: Network, trace: Trace, index: number): Tensor {
  return inputsOf(network, trace, index)[0];
}

/** The same for a stage that may join two: one tensor or two. */
function inputsOf({ stages }: Network, { input, outputs }: Trace, index: number): readonly Tensor[] {
  return indicesOf(stages[index]).map((source) => (source < 0 ? input : outputs[source]));
}

/** The exact arithmetic behind one cell of stage `index` in a trace. */
export function explainCell(network: Network, trace: Trace, index: number, cell: Cell): Explanation {
  const [x, skip] = inputsOf(network, trace, index);
  return network.stages[index].layer.explain(cell, x, skip);
}

/** What `runForward` leaves for `runBackward`. */
export interface Tape {
  readonly first: number;
  readonly end: number;
  /** By stage index, the pass of each stage that was run, with what it kept. */
  readonly passes: ReadonlyMap<number, Pass>;
}

/** Like `runStages`, but every stage keeps what its backward pass needs. */
export function runForward(
  network: Network,
  batch: Tensor,
  pass: Omit<Pass, 'keep'>,
  first: number,
  end: number,
): { y: Tensor; tape: Tape } {
  const passes = new Map<number, Pass>();
  const y = propagate(network, batch, first, end, ({ layer }, index, x, skip) => {
    const keep: Kept = new Map();
    const own = { ...pass, keep };
    passes.set(index, own);
    return layer.forward(x, own, skip);
  });
  return { y, tape: { first, end, passes } };
}

/**
 * Back from the gradient at the output of a taped run: gradients of the trained weights by full name, and of the input.
 * Where several stages read one output, their gradients are summed.
 * @param wantsDx false where nobody reads the gradient of the input; it is empty then
 */
export function runBackward(network: Network, dy: Tensor, tape: Tape, wantsDx = true): Gradients {
  const before = tape.first - 1;
  const dweights: Weights = {};
  const gradients = new Map([[Math.max(tape.end - 1, before), dy]]);
  // Not in place, since layers may hand the same gradient on to two stages.
  const add = (source: number, gradient: Tensor, { kernels }: Pass): void => {
    const known = gradients.get(source);
    gradients.set(source, known ? kernels.sum(known, gradient) : gradient);
  };
  for (const index of [...tape.passes.keys()].sort((a, b) => b - a)) {
    const { name, layer, inputIndex, skipIndex } = network.stages[index];
    const isWanted = (source: number): boolean => wantsDx || source !== before;
    const pass = { ...(tape.passes.get(index) as Pass), skipInputGradient: !isWanted(inputIndex) };
    const { dx, dskip, dweights: own } = layer.backward(gradients.get(index) as Tensor, pass);
    gradients.delete(index);
    for (const [key, value] of Object.entries(own)) dweights[`${name}.${key}`] = value;
    if (isWanted(inputIndex)) add(inputIndex, dx, pass);
    if (skipIndex !== undefined && dskip && isWanted(skipIndex)) add(skipIndex, dskip, pass);
  }
  return { dx: gradients.get(before) ?? tensor([0]), dweights };
}

/** 'focus' leaves out what enters only through statistics over a whole picture; see `Layer.focus`. */
export type Reach = 'field' | 'focus';

/** What a box of cells reads in the clip and in each output before it, as a trace holds them; boxes of no cell where nothing. */
export interface Fields {
  readonly input: Region;
  /** Up to the stage of the box itself, which comes last. */
  readonly outputs: readonly Region[];
}

/** The fields of a box of cells in the output of stage `from`. Where several paths lead to an output, one box spans all. */
export function fieldsOf(network: Network, from: number, region: Region, reach: Reach = 'field'): Fields {
  const boxes = walkBack(network, from, region, -1, reach);
  const clip = boxes.get(-1) ?? nothing([network.architecture.input.samples]);
  const outputs = network.stages
    .slice(0, from + 1)
    .map(({ outputShape }, index) => boxes.get(index) ?? nothing(outputShape));
  return { input: clip, outputs };
}

/**
 * The field of a box of cells in the output of stage `from`: what it reads in the output of stage `to`, or, with `to`
 * −1, in the clip; a box of no cell where it reads nothing there.
 */
export function fieldOf(network: Network, from: number, region: Region, to: number, reach: Reach = 'field'): Region {
  const shape = to < 0 ? [network.architecture.input.samples] : network.stages[to].outputShape;
  return walkBack(network, from, region, to, reach).get(to) ?? nothing(shape);
}

/** The boxes that a box reads, by stage index, back to `to`. */
function walkBack(network: Network, from: number, region: Region, to: number, reach: Reach): Map<number, Region> {
  const boxes = new Map([[from, region]]);
  for (let index = from; index > to; index--) {
    const box = boxes.get(index);
    if (!box) continue;
    const stage = network.stages[index];
    const { layer, inputShape } = stage;
    const read = (cell: Cell): Region =>
      (reach === 'focus' && layer.focus ? layer.focus : layer.field)(cell, inputShape);
    const field = spanned(box, read);
    for (const source of indicesOf(stage)) {
      const known = boxes.get(source);
      boxes.set(source, known ? union(known, field) : field);
    }
  }
  return boxes;
}

function nothing(shape: Shape): Region {
  return shape.map(() => ({ start: 0, end: 0 }));
}

/** The field of one cell; see `fieldOf`. */
export function fieldOfCell(network: Network, from: number, cell: Cell, to: number): Region {
  return fieldOf(network, from, single(cell), to);
}

/** A box's field is spanned by the fields of its two extreme corners: the index ranges that a cell reads are monotone. */
function spanned(box: Region, read: (cell: Cell) => Region): Region {
  return union(read(box.map((s) => s.start)), read(box.map((s) => s.end - 1)));
}
