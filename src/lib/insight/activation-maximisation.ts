/**
 * Activation maximisation: which picture would excite a unit most? From a random start, gradient ascent changes the
 * picture itself, in the output of an early stage, while the weights stay. Source: Erhan, Bengio, Courville, Vincent,
 * "Visualizing Higher-Layer Features of a Deep Network" (2009); for class logits, Simonyan, Vedaldi, Zisserman (2013).
 *
 *     x ← blur((1 − decay)·x + stepSize·g / rms(g)),  g = ∂ unit / ∂ x,  then x ← level·x / rms(x)
 *
 * The gradient is divided by its root mean square, so that a step is as large for any unit. The picture is held at the
 * strength of real ones by `level` (Erhan's norm constraint), or by decay instead, an L2 penalty, with which the RMS of
 * x stays below about stepSize/decay. Blur and jitter, a random shift before each gradient, keep it from turning into
 * fine patterns that only this network answers to (decay and blur: Yosinski et al., "Understanding Neural Networks
 * Through Deep Visualization", 2015; jitter: Mordvintsev et al., "Inceptionism", 2015). The picture is one of many that
 * excite the unit; another seed gives another.
 */
import { ModelError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { inferencePass, type Network, runBackward, runForward, runStages } from '../model/network.ts';
import type { Parameters } from '../parameters.ts';
import { createRandom, type Random } from '../random.ts';
import { type Cell, example, formatShape, offsetOf, sizeOf, type Tensor, tensor } from '../tensor.ts';
import { rms } from '../train/noise.ts';
import { blurred, rolled } from './picture.ts';
import type { Progress } from './progress.ts';

/**
 * What is to be excited in the output of a stage: one cell (of a picture, a dense unit, a logit), or the mean of a
 * channel of a picture. A cell is best taken before its ReLU, where there is a gradient even while it is off; a channel
 * after it, since before it a mean counts most of all how far the cells lie below 0.
 */
export type Unit =
  | { readonly stage: number; readonly cell: Cell }
  | { readonly stage: number; readonly channel: number };

export interface AscentOptions {
  readonly steps: number;
  readonly stepSize: number;
  readonly level: number;
  readonly decay: number;
  readonly blur: number;
  readonly jitter: number;
  readonly spread: number;
  readonly positive: boolean;
  readonly seed: number;
}

export const ascentParameters: Parameters<AscentOptions> = {
  steps: { kind: 'integer', label: 'steps', help: 'How many steps uphill.', min: 1, max: 1000, default: 64 },
  stepSize: {
    kind: 'number',
    label: 'step size',
    help: "How far each step goes: its root mean square, in the picture's units.",
    min: 0.001,
    max: 10,
    default: 0.1,
  },
  level: {
    kind: 'number',
    label: 'level',
    help: 'The root mean square that the picture is held at, 1 for a normalised one; at 0 it is left free.',
    min: 0,
    max: 100,
    default: 1,
  },
  decay: {
    kind: 'number',
    label: 'decay',
    help: 'The share of the picture that is taken away in each step, so that only what excites the unit stays.',
    min: 0,
    max: 0.9,
    step: 0.01,
    default: 0,
  },
  blur: {
    kind: 'number',
    label: 'blur',
    help: 'The standard deviation of a Gaussian that smooths the picture in each step.',
    unit: 'cells',
    min: 0,
    max: 4,
    step: 0.1,
    default: 0.4,
  },
  jitter: {
    kind: 'integer',
    label: 'jitter',
    help: 'How far the picture is shifted at random, to each side, before each step. For a single cell, leave it at 0.',
    unit: 'cells',
    min: 0,
    max: 8,
    default: 0,
  },
  spread: {
    kind: 'number',
    label: 'start',
    help: 'The standard deviation of the random picture that the ascent starts from.',
    min: 0,
    max: 10,
    default: 1,
  },
  positive: {
    kind: 'switch',
    label: 'positive',
    help: 'Keep every cell at 0 or above, as magnitudes are. Wanted before normalisation, not after it.',
    default: false,
  },
  seed: { kind: 'integer', label: 'seed', help: 'Another seed, another start.', min: 0, max: 2 ** 31 - 1, default: 1 },
};

export interface Ascent {
  /** The picture, in the shape of the stage's output. */
  readonly picture: Tensor;
  /** The unit's value for it. */
  readonly value: number;
}

/**
 * Climbs. Yields after each step the picture as it is and the unit's value for it; the last of them is the result.
 * @param of the stage whose output is changed, before the unit's; −1: the clip, where blur and jitter act along time
 * @throws ModelError for a unit or a stage that the network does not have, or in the wrong order
 */
export function* ascend(
  network: Network,
  unit: Unit,
  of: number,
  options: AscentOptions,
  kernels: Kernels,
): Generator<Progress & { readonly ascent: Ascent }, Ascent> {
  const direction = directionOf(network, unit, of);
  const random = createRandom(options.seed);
  const shape = of < 0 ? [network.architecture.input.samples] : network.stages[of].outputShape;
  const start = Float32Array.from({ length: sizeOf(shape) }, () => options.spread * random.normal());
  let picture = constrained(tensor(shape, start), options);
  const pass = inferencePass(kernels);
  const ends = [of + 1, unit.stage + 1] as const;
  const measure = (x: Tensor): number => product(runStages(network, batchOf(x), pass, ...ends), direction);
  let ascent: Ascent = { picture, value: measure(picture) };
  for (let step = 0; step < options.steps; step++) {
    const down = shiftOf(options.jitter, random);
    const across = shiftOf(options.jitter, random);
    const { tape } = runForward(network, batchOf(rolled(picture, down, across)), pass, ...ends);
    const gradient = example(runBackward(network, direction, tape).dx, 0);
    const next = stepped(picture, rolled(gradient, -down, -across), options);
    picture = constrained(blurred(next, options.blur), options);
    ascent = { picture, value: measure(picture) };
    yield { done: step + 1, total: options.steps, ascent };
  }
  return ascent;
}

/** The gradient of what is to be excited with respect to its stage's output, [1, …]: the weights of its cells. */
function directionOf({ architecture, stages }: Network, unit: Unit, of: number): Tensor {
  const found = stages[unit.stage];
  if (!found || of < -1 || of >= unit.stage) {
    throw new ModelError(
      `A unit of stage ${unit.stage} cannot be excited from stage ${of}: the unit's must be one of the stages 0 to ${stages.length - 1} of "${architecture.name}", and come later.`,
    );
  }
  const direction = tensor([1, ...found.outputShape]);
  if ('cell' in unit) {
    direction.data[offsetOf(found.outputShape, unit.cell)] = 1;
    return direction;
  }
  const { channel } = unit;
  const channels = found.outputShape[found.outputShape.length - 1];
  if (found.outputShape.length < 2 || !Number.isInteger(channel) || channel < 0 || channel >= channels) {
    throw new ModelError(
      `"${found.name}" has no channel number ${channel}: its output is ${formatShape(found.outputShape)}.`,
    );
  }
  for (let i = channel; i < direction.data.length; i += channels) direction.data[i] = channels / direction.data.length;
  return direction;
}

/** (1 − decay)·x + stepSize·g / rms(g); where there is no gradient, the picture only decays. */
function stepped(picture: Tensor, gradient: Tensor, { decay, stepSize }: AscentOptions): Tensor {
  const strength = rms(gradient.data);
  const scale = strength > 0 ? stepSize / strength : 0;
  return tensor(
    picture.shape,
    picture.data.map((value, i) => (1 - decay) * value + scale * gradient.data[i]),
  );
}

/** The picture without its negative cells, if it is to be positive, at its level, if it has one. */
function constrained(picture: Tensor, { positive, level }: AscentOptions): Tensor {
  const data = positive ? picture.data.map((value) => Math.max(value, 0)) : picture.data;
  const strength = rms(data);
  const scale = level > 0 && strength > 0 ? level / strength : 1;
  return tensor(
    picture.shape,
    data.map((value) => scale * value),
  );
}

function batchOf(x: Tensor): Tensor {
  return tensor([1, ...x.shape], x.data);
}

function product(a: Tensor, b: Tensor): number {
  return a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
}

/** A whole number from −most to most. */
function shiftOf(most: number, random: Random): number {
  return random.integer(2 * most + 1) - most;
}
