/** Convolution on the wasm module: the way that suits the window and the data. */
import type { Tensor } from '../tensor.ts';
import type { ConvGeometry, ProductGradients } from './kernels.ts';
import * as blocks from './wasm-conv2d-blocks.ts';
import * as lists from './wasm-conv2d-lists.ts';
import { suitsWinograd, winograd } from './wasm-winograd.ts';
import type { Workspace } from './workspace.ts';

export function conv2d(work: Workspace, x: Tensor, w: Tensor, b: Tensor, geometry: ConvGeometry): Tensor {
  if (suitsWinograd(w.shape, geometry)) return winograd(work, x, w, b, geometry);
  return zerosIn(x) >= MANY_ZEROS.forward
    ? lists.conv2d(work, x, w, b, geometry)
    : blocks.conv2d(work, x, w, b, geometry);
}

export function conv2dBackward(
  work: Workspace,
  dy: Tensor,
  x: Tensor,
  w: Tensor,
  geometry: ConvGeometry,
  wantsDx: boolean,
): ProductGradients {
  return zerosIn(dy) >= MANY_ZEROS.backward
    ? lists.conv2dBackward(work, dy, x, w, geometry, wantsDx)
    : blocks.conv2dBackward(work, dy, x, w, geometry, wantsDx);
}

/** From this share of zeros on, leaving them out saves more than lists of the others cost. */
const MANY_ZEROS = { forward: 0.5, backward: 0.7 };
/** Numbers that are looked at, spread evenly. */
const SAMPLES = 2048;

/** The share of zeros, about. */
function zerosIn({ data }: Tensor): number {
  // An odd step comes by every channel.
  const step = Math.floor(data.length / SAMPLES) | 1;
  let zeros = 0;
  let seen = 0;
  for (let i = 0; i < data.length; i += step) {
    if (data[i] === 0) zeros++;
    seen++;
  }
  return zeros / seen;
}
