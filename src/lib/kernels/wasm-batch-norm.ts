/**
 * Batch normalisation on the wasm module, a piece of the data at a time: `assembly/batch-norm.ts`, which takes four
 * channels at once. Where their number is no multiple of 4, up to four places stand side by side as one wide row, in
 * which it is.
 */
import { type Tensor, tensor } from '../tensor.ts';
import type { ChannelLines, ChannelMoments, ChannelSums } from './kernels.ts';
import { momentsFrom } from './plain-batch-norm.ts';
import { PIECE, type Workspace } from './workspace.ts';

export function channelMoments(work: Workspace, { shape, data }: Tensor): ChannelMoments {
  const channels = shape[shape.length - 1];
  const { width, numbers } = rowsOf(channels);
  const origins = repeated(data.subarray(0, channels), width);
  const originsAt = work.copyIn(origins);
  const sumsAt = work.zeros(2 * width);
  const squaresAt = work.zeros(2 * width);
  const at = work.take(numbers);
  const room = work.floats(at, numbers);
  for (let from = 0; from < data.length; from += numbers) {
    const piece = data.subarray(from, from + numbers);
    room.set(piece);
    // A row that is not full is filled with what adds nothing.
    room.set(origins.subarray(piece.length % width || width), piece.length);
    work.module.addMoments(at, Math.ceil(piece.length / width), width, originsAt, sumsAt, squaresAt);
  }
  return momentsFrom(data, joined(work, sumsAt, width, channels), joined(work, squaresAt, width, channels));
}

export function mapChannels(work: Workspace, x: Tensor, { centres, slopes, shifts }: ChannelLines): Tensor {
  const y = tensor(x.shape);
  const { width, numbers } = rowsOf(slopes.length);
  const lines = [centres, slopes, shifts].map((values) => work.copyIn(repeated(values, width)));
  const at = work.take(numbers);
  const room = work.floats(at, numbers);
  for (let from = 0; from < x.data.length; from += numbers) {
    const piece = x.data.subarray(from, from + numbers);
    room.set(piece);
    work.module.mapChannels(at, Math.ceil(piece.length / width), width, ...lines);
    y.data.set(room.subarray(0, piece.length), from);
  }
  return y;
}

export function channelSums(work: Workspace, dy: Tensor, x: Tensor, centres: Float32Array): ChannelSums {
  const channels = centres.length;
  const { width, numbers } = rowsOf(channels);
  const centresAt = work.copyIn(repeated(centres, width));
  const sumsAt = work.zeros(2 * width);
  const productsAt = work.zeros(2 * width);
  const dyAt = work.take(numbers);
  const xAt = work.take(numbers);
  const dyRoom = work.floats(dyAt, numbers);
  const xRoom = work.floats(xAt, numbers);
  for (let from = 0; from < dy.data.length; from += numbers) {
    const piece = dy.data.subarray(from, from + numbers);
    const places = Math.ceil(piece.length / width);
    dyRoom.set(piece);
    xRoom.set(x.data.subarray(from, from + numbers));
    // A row that is not full is filled with what adds nothing.
    dyRoom.fill(0, piece.length, places * width);
    xRoom.fill(0, piece.length, places * width);
    work.module.addGradients(dyAt, xAt, places, width, centresAt, sumsAt, productsAt);
  }
  return {
    sums: joined(work, sumsAt, width, channels),
    products: joined(work, productsAt, width, channels),
  };
}

export function mapGradients(
  work: Workspace,
  dy: Tensor,
  x: Tensor,
  { centres, slopes, shifts }: ChannelLines,
  shares: Float64Array,
): Tensor {
  const dx = tensor(dy.shape);
  const { width, numbers } = rowsOf(slopes.length);
  const lines = [centres, slopes, shares, shifts].map((values) => work.copyIn(repeated(values, width)));
  const dyAt = work.take(numbers);
  const xAt = work.take(numbers);
  const dyRoom = work.floats(dyAt, numbers);
  const xRoom = work.floats(xAt, numbers);
  for (let from = 0; from < dy.data.length; from += numbers) {
    const piece = dy.data.subarray(from, from + numbers);
    dyRoom.set(piece);
    xRoom.set(x.data.subarray(from, from + numbers));
    work.module.mapGradients(dyAt, xAt, Math.ceil(piece.length / width), width, ...lines);
    dx.data.set(dyRoom.subarray(0, piece.length), from);
  }
  return dx;
}

/** The width of a row: the least multiple of 4 that is one of the channels too. And how many numbers of whole rows are a piece. */
function rowsOf(channels: number): { width: number; numbers: number } {
  let width = channels;
  while (width % 4 > 0) width += channels;
  return { width, numbers: Math.max(1, Math.floor(PIECE / width)) * width };
}

/** What belongs to the channels, over and over along a row. */
function repeated(values: Float32Array | Float64Array, width: number): Float32Array {
  const row = new Float32Array(width);
  for (let i = 0; i < width; i += values.length) row.set(values, i);
  return row;
}

/** The sums of each channel, from those along a row. */
function joined(work: Workspace, at: number, width: number, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (const [i, sum] of work.doubles(at, width).entries()) sums[i % channels] += sum;
  return sums;
}
