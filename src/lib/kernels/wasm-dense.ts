/** Dense layers on the wasm module: `assembly/dense.ts`. */
import { type Tensor, tensor } from '../tensor.ts';
import type { ProductGradients } from './kernels.ts';
import type { Workspace } from './workspace.ts';

/** Numbers of 4 bytes in an entry of a list, as in `assembly/rows.ts`. */
const ENTRY = 2;

export function dense(work: Workspace, x: Tensor, w: Tensor, b: Tensor): Tensor {
  const n = x.shape[0];
  const [inputs, outputs] = w.shape;
  const y = tensor([n, outputs]);
  for (let example = 0; example < n; example++) y.data.set(b.data, example * outputs);
  const wAt = work.plain(w);
  const xAt = work.copyIn(x.data);
  const yAt = work.copyIn(y.data);
  work.module.dense(xAt, wAt, yAt, work.take(ENTRY * inputs), n, inputs, outputs);
  y.data.set(work.floats(yAt, y.data.length));
  return y;
}

export function denseBackward(work: Workspace, dy: Tensor, x: Tensor, w: Tensor, wantsDx: boolean): ProductGradients {
  const n = x.shape[0];
  const [inputs, outputs] = w.shape;
  const gradients = { dx: tensor(wantsDx ? x.shape : [0]), dw: tensor(w.shape), db: tensor([outputs]) };
  const sums = new Float64Array(outputs);
  for (let i = 0; i < dy.data.length; i++) sums[i % outputs] += dy.data[i];
  gradients.db.data.set(sums);
  const dyAt = work.copyIn(dy.data);
  const xAt = work.copyIn(x.data);
  const dwAt = work.zeros(w.data.length);
  const list = work.take(ENTRY * Math.max(n, dy.data.length));
  work.module.denseBackwardWeights(dyAt, xAt, dwAt, list, n, inputs, outputs);
  gradients.dw.data.set(work.floats(dwAt, w.data.length));
  if (wantsDx) {
    const wAt = work.plain(w);
    const dxAt = work.zeros(x.data.length);
    work.module.denseBackwardInput(dyAt, wAt, dxAt, list, work.take(n), work.take(32 * outputs), n, inputs, outputs);
    gradients.dx.data.set(work.floats(dxAt, x.data.length));
  }
  return gradients;
}
