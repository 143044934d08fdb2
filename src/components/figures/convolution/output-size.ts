/** How many cells a convolution gives along one axis: the engine's own geometry, and the formula with its numbers. */
import { formatNumber } from '@/components/plots/format';
import { type Conv2dConfig, conv2dKind, geometryOf } from '@/lib/layers/conv2d';
import type { Layer } from '@/lib/layers/layer';
import type { Span } from '@/lib/layers/region';
import type { Parameters } from '@/lib/parameters';
import { tensor } from '@/lib/tensor';

export interface Axis {
  readonly cells: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: 'valid' | 'same';
}

export const axisSchema: Parameters<Axis> = {
  cells: {
    kind: 'integer',
    label: 'cells n',
    help: 'How long the picture is along this axis.',
    min: 1,
    max: 32,
    default: 12,
  },
  kernel: { kind: 'integer', label: 'kernel k', help: 'Cells that the window covers.', min: 1, max: 8, default: 3 },
  stride: {
    kind: 'integer',
    label: 'stride s',
    help: 'Cells from one window to the next.',
    min: 1,
    max: 4,
    default: 2,
  },
  padding: {
    kind: 'choice',
    label: 'padding',
    help: 'Windows stay inside (valid), or zeros are put around so that ⌈n / s⌉ windows fit (same).',
    choices: ['valid', 'same'],
    default: 'valid',
  },
};

export interface Placed {
  /** Zeros put before the first and after the last cell. */
  readonly before: number;
  readonly after: number;
  readonly count: number;
  /** Where each window begins, counted from the first cell; below 0 in the zeros. */
  readonly starts: readonly number[];
  /** Input cells that no window reads. */
  readonly unread: readonly number[];
}

/** Where the windows lie. @throws ShapeError where none fits */
export function placed({ cells, kernel, stride, padding }: Axis): Placed {
  const { outHeight, padTop } = geometryOf(configOf({ cells, kernel, stride, padding }), [cells, 1, 1]);
  const starts = Array.from({ length: outHeight }, (_, index) => index * stride - padTop);
  const end = starts[starts.length - 1] + kernel;
  const read = (cell: number) => starts.some((start) => cell >= start && cell < start + kernel);
  return {
    before: padTop,
    after: Math.max(0, end - cells),
    count: outHeight,
    starts,
    unread: Array.from({ length: cells }, (_, cell) => cell).filter((cell) => !read(cell)),
  };
}

/** The layer that takes the mean of each window. */
export function meansLayer(axis: Axis): Layer<Conv2dConfig> {
  const layer = conv2dKind.create(configOf(axis));
  const { kernel } = axis;
  layer.weights = { weight: tensor([kernel, 1, 1, 1], new Float32Array(kernel).fill(1 / kernel)), bias: tensor([1]) };
  return layer;
}

/** "⌊(12 − 3) / 2⌋ + 1 = ⌊4.5⌋ + 1 = 5", or the like for same padding. */
export function written({ cells, kernel, stride, padding }: Axis, { count, before, after }: Placed): string {
  const share = (value: number) => formatNumber(value, { decimals: Number.isInteger(value) ? 0 : 2 });
  if (padding === 'same') {
    return `⌈${cells} / ${stride}⌉ = ⌈${share(cells / stride)}⌉ = ${count}, with ${before + after} zeros: ${before} before, ${after} after`;
  }
  return `⌊(${cells} − ${kernel}) / ${stride}⌋ + 1 = ⌊${share((cells - kernel) / stride)}⌋ + 1 = ${count}`;
}

/** Whether any window fits. @throws ShapeError with the reason where none does */
export function checkAxis(axis: Axis): void {
  placed(axis);
}

/** The cells of a window that lie inside the picture. */
export function inside(start: number, { cells, kernel }: Axis): Span {
  return { start: Math.max(0, start), end: Math.min(cells, start + kernel) };
}

function configOf({ kernel, stride, padding }: Axis): Conv2dConfig {
  return { filters: 1, kernelHeight: kernel, kernelWidth: 1, strideHeight: stride, strideWidth: 1, padding };
}
