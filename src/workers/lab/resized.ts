/** A picture through the resize layer, for the worker and for figures alike: some thousands of cells take no time. */
import { plainKernels } from '../../lib/kernels/plain.ts';
import type { Pass } from '../../lib/layers/layer.ts';
import { type ResizeConfig, resizeKind } from '../../lib/layers/resize.ts';
import { createRandom } from '../../lib/random.ts';
import { example, type Tensor, tensor } from '../../lib/tensor.ts';

const pass: Pass = { training: false, random: createRandom(0), kernels: plainKernels };

/**
 * A picture of [height, width, channels] in another size.
 * @throws ParameterError for settings that have no meaning together; ShapeError for what is no picture
 */
export function resized({ shape, data }: Tensor, config: ResizeConfig): Tensor {
  return example(resizeKind.create(config).forward(tensor([1, ...shape], data), pass), 0);
}

/** A picture made smaller (or larger), and brought back to its own size by bilinear weights. */
export function thereAndBack(picture: Tensor, config: ResizeConfig): Tensor {
  const [height, width] = picture.shape;
  const { coordinates } = config;
  return resized(resized(picture, config), { height, width, coordinates, method: 'bilinear', antialias: false });
}
