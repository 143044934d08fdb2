/** Windows turned around and read from outputs to channels: so the gradient of a convolution's input is one as well. */
import type { Shape } from '../tensor.ts';
import type { Workspace } from './workspace.ts';

/** Which cells of a window are taken: from `first` on, each `stride`-th. */
export interface Every {
  readonly first: number;
  readonly stride: number;
}

/** w [kh, kw, in, out] as [kh, kw, out, in] with its cells in reverse order, or some of them: the address. */
export function turnedAround(
  work: Workspace,
  w: number,
  [kernelHeight, kernelWidth, channels, out]: Shape,
  rows: Every = { first: 0, stride: 1 },
  columns: Every = { first: 0, stride: 1 },
): number {
  const cellSize = channels * out;
  const cells: number[] = [];
  for (let ky = rows.first; ky < kernelHeight; ky += rows.stride) {
    for (let kx = columns.first; kx < kernelWidth; kx += columns.stride) cells.push(ky * kernelWidth + kx);
  }
  const turned = work.take(cells.length * cellSize);
  for (const [place, cell] of cells.reverse().entries()) {
    work.module.transpose(w + 4 * cell * cellSize, channels, out, turned + 4 * place * cellSize);
  }
  return turned;
}
