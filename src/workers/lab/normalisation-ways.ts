/** Chapter 6: the ways to normalise a picture that it compares, as layers of the engine. */
import measured from '../../../content/measured/normalisation.json' with { type: 'json' };
import { plainKernels } from '../../lib/kernels/plain.ts';
import type { Layer, Pass } from '../../lib/layers/layer.ts';
import { fittedRange, minMaxKind } from '../../lib/layers/min-max.ts';
import { fittedWeights, normaliseKind } from '../../lib/layers/normalise.ts';
import type { Statistics } from '../../lib/layers/statistics.ts';
import { createRandom } from '../../lib/random.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';

export interface Way {
  readonly method: 'z-score' | 'min-max' | 'none';
  readonly statistics: Statistics;
  readonly epsilon: number;
}

/** What `keywords` was trained with. */
export const ownWay: Way = { method: 'z-score', statistics: 'per-clip', epsilon: 1e-3 };

/** Of the pictures of all training words, as training would fit them: content/measured/normalisation.json. */
export const trainingSet = measured.fitted;

/** The layer; undefined where nothing is normalised. Unlike an architecture's, its epsilon may be 0. */
export function layerOf({ method, statistics, epsilon }: Way): Layer | undefined {
  if (method === 'none') return undefined;
  const layer: Layer =
    method === 'z-score' ? normaliseKind.create({ statistics, epsilon }) : minMaxKind.create({ statistics, epsilon });
  if (statistics === 'fitted') {
    const { clips: count, mean, variance, min, max } = trainingSet;
    layer.weights = method === 'z-score' ? fittedWeights({ count, mean, variance }) : fittedRange(min, max);
  }
  return layer;
}

const pass: Pass = { training: false, random: createRandom(0), kernels: plainKernels };

/** A picture normalised one way. */
export function normalised(picture: Tensor, way: Way): Tensor {
  const layer = layerOf(way);
  if (!layer) return picture;
  const batch = tensor([1, ...picture.shape], picture.data);
  return { shape: picture.shape, data: layer.forward(batch, pass).data };
}
