/**
 * All weights that training changes, one after the other in one array: what optimiser, average, checkpoint and threads
 * work on. The layout says which part belongs to which layer.
 */
import type { Weights } from '../layers/layer.ts';
import { planRange } from '../model/graph.ts';
import { getWeights, type Network, stageIndex } from '../model/network.ts';
import { type Shape, sizeOf } from '../tensor.ts';
import type { Recipe } from './recipe.ts';

export interface Segment {
  /** The weight's full name: "conv1.weight". */
  readonly name: string;
  readonly shape: Shape;
  readonly start: number;
  readonly end: number;
  /** Weight decay acts on matrices and kernels, not on biases: see Loshchilov and Hutter (2019). */
  readonly decays: boolean;
}

/** A place among the statistics that batch-norm layers take over batches: see `batch-statistics.ts`. */
export interface StatisticsSegment {
  /** The index of the stage. */
  readonly stage: number;
  /** Of the layer's weights: "mean". */
  readonly key: string;
  readonly shape: Shape;
  readonly start: number;
  readonly end: number;
}

export interface Layout {
  readonly segments: readonly Segment[];
  /** How many trained numbers there are in all. */
  readonly size: number;
  readonly statistics: readonly StatisticsSegment[];
  readonly statisticsSize: number;
}

/**
 * The layout of a network's trained weights and of its batch statistics, in the order of its stages.
 * @param recipe training changes only the stages between its picture and its logits
 */
export function layoutOf(network: Network, recipe: Pick<Recipe, 'picture' | 'logits'>): Layout {
  const first = stageIndex(network, recipe.picture) + 1;
  const { steps } = planRange(network.stages, first, stageIndex(network, recipe.logits) + 1);
  const segments: Segment[] = [];
  const statistics: StatisticsSegment[] = [];
  let size = 0;
  let statisticsSize = 0;
  for (const stage of steps) {
    const { name, layer, inputShape } = network.stages[stage];
    const shapes = layer.weightShapes(inputShape);
    for (const key of layer.trained) {
      const end = size + sizeOf(shapes[key]);
      segments.push({ name: `${name}.${key}`, shape: shapes[key], start: size, end, decays: shapes[key].length > 1 });
      size = end;
    }
    if (layer.type !== 'batch-norm') continue;
    for (const key of Object.keys(shapes).filter((own) => !layer.trained.includes(own))) {
      const end = statisticsSize + sizeOf(shapes[key]);
      statistics.push({ stage, key, shape: shapes[key], start: statisticsSize, end });
      statisticsSize = end;
    }
  }
  return { segments, size, statistics, statisticsSize };
}

/** Copies the network's trained weights into a flat array. */
export function gather(network: Network, layout: Layout, flat: Float32Array): void {
  const weights = getWeights(network);
  for (const { name, start } of layout.segments) flat.set(weights[name].data, start);
}

/**
 * Makes the network's trained weights views of a flat array: what is written there, the network uses.
 * @param statistics the same for its batch statistics; without it they stay what they are
 */
export function attach(network: Network, layout: Layout, flat: Float32Array, statistics?: Float32Array): void {
  const segments = new Map(layout.segments.map((segment) => [segment.name, segment]));
  for (const { name, layer } of network.stages) {
    const weights: Weights = { ...layer.weights };
    for (const key of layer.trained) {
      const segment = segments.get(`${name}.${key}`);
      if (segment) weights[key] = { shape: segment.shape, data: flat.subarray(segment.start, segment.end) };
    }
    layer.weights = weights;
  }
  if (!statistics) return;
  for (const { stage, key, shape, start, end } of layout.statistics) {
    const { layer } = network.stages[stage];
    layer.weights = { ...layer.weights, [key]: { shape, data: statistics.subarray(start, end) } };
  }
}
