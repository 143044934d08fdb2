/** The part of a network that a recipe trains, as data from which `pytorch.py` builds the same graph. */
import { indicesOf, planRange } from '../src/lib/model/graph.ts';
import { createNetwork, type Network, stageIndex } from '../src/lib/model/network.ts';
import type { Shape } from '../src/lib/tensor.ts';
import { type Layout, layoutOf } from '../src/lib/train/flat.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';

/** Examples of a step, for every network. */
const BATCH = 32;

/** A stage: what it reads ("picture" is what comes in) and, of its trained weights, the shape and the first index. */
interface Step {
  readonly name: string;
  readonly type: string;
  readonly config: unknown;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly inputs: readonly string[];
  readonly weights: Readonly<Record<string, { readonly shape: Shape; readonly start: number }>>;
}

export interface TrainedPart {
  /** Examples of a step. */
  readonly batch: number;
  /** Of the picture. */
  readonly shape: Shape;
  readonly classes: number;
  /** Whether the picture is to come out again, rather than a class. */
  readonly reconstructs: boolean;
  readonly steps: readonly Step[];
}

/** A network and its trained part, from the stage `first` up to, not including, `end`. */
export interface Trained {
  readonly network: Network;
  readonly layout: Layout;
  readonly first: number;
  readonly end: number;
  readonly part: TrainedPart;
}

export function trainedPart(recipe: Recipe): Trained {
  const network = createNetwork(recipe.architecture);
  const { stages } = network;
  const first = stageIndex(network, recipe.picture) + 1;
  const end = stageIndex(network, recipe.logits) + 1;
  const layout = layoutOf(network, recipe);
  const steps = planRange(stages, first, end).steps.map((index): Step => {
    const { name, layer, inputShape, outputShape } = stages[index];
    const own = layout.segments.filter((segment) => segment.name.startsWith(`${name}.`));
    return {
      ...{ name, type: layer.type, config: layer.config, inputShape, outputShape },
      inputs: indicesOf(stages[index]).map((source) => (source < first ? 'picture' : stages[source].name)),
      weights: Object.fromEntries(
        own.map(({ name: full, shape, start }) => [full.slice(name.length + 1), { shape, start }]),
      ),
    };
  });
  const part = {
    batch: BATCH,
    shape: stages[first - 1].outputShape,
    classes: recipe.architecture.classes.length,
    reconstructs: recipe.loss === 'reconstruction',
    steps,
  };
  return { network, layout, first, end, part };
}

/** Number i of a sawtooth that jumps about, from −0.5 to 0.5: the same here and in Python. */
export function jumping(i: number): number {
  return ((i * 7919) % 2003) / 2003 - 0.5;
}

/**
 * Fills in weights that are the same here and in Python: of kernels and matrices of about the size that fresh ones have;
 * of rows near 0, and near 1 where they scale.
 */
export function fillJumping(flat: Float32Array, { segments }: Layout): void {
  for (const { name, shape, start, end } of segments) {
    const inputs = shape.slice(0, -1).reduce((product, length) => product * length, 1);
    const [centre, size] = shape.length > 1 ? [0, Math.sqrt(24 / inputs)] : [name.endsWith('.gamma') ? 1 : 0, 0.2];
    for (let i = start; i < end; i++) flat[i] = centre + size * jumping(i);
  }
}
