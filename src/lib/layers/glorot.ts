/**
 * Glorot's uniform distribution for the weights that training starts from: ±√(6 / (fanIn + fanOut)), so that signals keep
 * their size on the way forward and gradients theirs on the way back. The default of Keras, and so of the networks that
 * are rebuilt here. Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
 * networks" (2010), equation 16.
 */
import type { Random } from '../random.ts';
import { type Shape, type Tensor, tensor } from '../tensor.ts';

/** @param fanIn how many inputs an output adds up; fanOut: how many outputs an input goes to */
export function glorotUniform(shape: Shape, fanIn: number, fanOut: number, random: Random): Tensor {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  const weights = tensor(shape);
  for (let i = 0; i < weights.data.length; i++) weights.data[i] = limit * (2 * random.uniform() - 1);
  return weights;
}
