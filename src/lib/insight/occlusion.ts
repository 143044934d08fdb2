/**
 * Occlusion: a patch slides over the spectrogram and blanks what lies under it; where the probability of a class drops
 * most, there was what the network went by. Source: Zeiler and Fergus, "Visualizing and Understanding Convolutional
 * Networks" (2014), section 4.2.
 *
 * Unlike a gradient it asks what a real change does, but only changes of the patch's size. A later stage that takes
 * statistics of the whole picture (`normalise` per clip) sees the patch too, so the drop is not the patch's alone.
 */
import { momentsOf } from '../dsp/moments.ts';
import { ModelError, ShapeError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Region } from '../layers/region.ts';
import { inferencePass, type Network, runStages } from '../model/network.ts';
import { formatShape, sameShape, type Tensor, tensor } from '../tensor.ts';
import { type SoundBox, soundOfRegion } from './field-to-sound.ts';
import type { OcclusionOptions } from './occlusion-options.ts';
import type { Progress } from './progress.ts';

export interface Occlusion {
  /** The class's probability for the whole spectrogram. */
  readonly probability: number;
  /** The patch in cells of the spectrogram. */
  readonly patch: { readonly frames: number; readonly bins: number };
  /** The first frame of each row of patches, and the first bin of each column. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** By how much the probability drops under each patch, [rows, columns]; below 0 where it rises. NaN: not yet known. */
  readonly drops: Tensor;
  /** The class that wins under each patch, row by row; −1: not yet known. */
  readonly winners: Int32Array;
}

/**
 * Tries every patch, row by row in time. Yields after each one; what it yields is the result as far as it has come.
 * @param spectrogram the output of the network's spectrogram stage, [frames, bins, 1]
 * @param classIndex the class whose probability is watched
 * @throws ModelError for a network without a spectrogram or a class that it does not have, ShapeError for another picture
 */
export function* occlude(
  network: Network,
  spectrogram: Tensor,
  classIndex: number,
  options: OcclusionOptions,
  kernels: Kernels,
): Generator<Progress & { readonly occlusion: Occlusion }, Occlusion> {
  const stage = spectrogramStage(network);
  checkInput(network, stage, spectrogram, classIndex);
  const [frames, bins] = spectrogram.shape;
  const patch = patchOf(network, stage, options);
  const rows = starts(frames, patch.frames, options.step);
  const columns = starts(bins, patch.bins, options.step);
  const fill = options.fill === 'mean' ? momentsOf(spectrogram.data).mean : 0;
  const batch = tensor([1, ...spectrogram.shape], spectrogram.data.slice());
  const pass = inferencePass(kernels);
  const answer = () => runStages(network, batch, pass, stage + 1).data;
  const probability = answer()[classIndex];
  const drops = tensor([rows.length, columns.length]);
  drops.data.fill(Number.NaN);
  const winners = new Int32Array(drops.data.length).fill(-1);
  const occlusion = { probability, patch, rows, columns, drops, winners };
  for (let place = 0; place < winners.length; place++) {
    batch.data.set(spectrogram.data);
    const [times, tones] = regionOfPatch(occlusion, Math.floor(place / columns.length), place % columns.length);
    for (let i = times.start; i < times.end; i++) batch.data.fill(fill, i * bins + tones.start, i * bins + tones.end);
    const probabilities = answer();
    drops.data[place] = probability - probabilities[classIndex];
    winners[place] = probabilities.indexOf(Math.max(...probabilities));
    yield { done: place + 1, total: winners.length, occlusion };
  }
  return occlusion;
}

/** The cells of the spectrogram under the patch in a row and column. */
export function regionOfPatch({ patch, rows, columns }: Occlusion, row: number, column: number): Region {
  return [
    { start: rows[row], end: rows[row] + patch.frames },
    { start: columns[column], end: columns[column] + patch.bins },
    { start: 0, end: 1 },
  ];
}

/** The seconds and hertz under the patch in a row and column, to hear it. */
export function soundOfPatch(network: Network, occlusion: Occlusion, row: number, column: number): SoundBox {
  return soundOfRegion(network, spectrogramStage(network), regionOfPatch(occlusion, row, column));
}

/** For each cell of the spectrogram the mean drop of the patches over it that are known, [frames, bins]; 0 without one. */
export function dropByCell(occlusion: Occlusion, frames: number, bins: number): Tensor {
  const map = tensor([frames, bins]);
  const counts = new Int32Array(map.data.length);
  for (const [place, drop] of occlusion.drops.data.entries()) {
    if (Number.isNaN(drop)) continue;
    const { length } = occlusion.columns;
    const [times, tones] = regionOfPatch(occlusion, Math.floor(place / length), place % length);
    for (let i = times.start; i < times.end; i++) {
      for (let cell = i * bins + tones.start; cell < i * bins + tones.end; cell++) {
        map.data[cell] += drop;
        counts[cell]++;
      }
    }
  }
  for (const [cell, count] of counts.entries()) if (count > 0) map.data[cell] /= count;
  return map;
}

function spectrogramStage({ architecture, stages }: Network): number {
  const stage = stages.findIndex(({ layer }) => layer.type === 'spectrogram');
  if (stage < 0) {
    throw new ModelError(`The network "${architecture.name}" has no spectrogram that a patch could slide over.`);
  }
  return stage;
}

function checkInput({ architecture, stages }: Network, stage: number, picture: Tensor, classIndex: number): void {
  const { outputShape } = stages[stage];
  if (!sameShape(picture.shape, outputShape)) {
    throw new ShapeError(
      `Occlusion needs the network's own spectrogram of ${formatShape(outputShape)}, but ${formatShape(picture.shape)} came.`,
    );
  }
  if (!(classIndex in architecture.classes)) {
    throw new ModelError(
      `The network "${architecture.name}" has no class number ${classIndex}. It has ${architecture.classes.length}, from 0.`,
    );
  }
}

function patchOf({ architecture, stages }: Network, stage: number, { seconds, hertz }: OcclusionOptions) {
  const { sampleRate } = architecture.input;
  const { hopLength, nFft } = stages[stage].layer.config as { hopLength: number; nFft: number };
  const [frames, bins] = stages[stage].outputShape;
  const cells = (length: number, most: number) => Math.min(Math.max(Math.round(length), 1), most);
  return { frames: cells((seconds * sampleRate) / hopLength, frames), bins: cells((hertz * nFft) / sampleRate, bins) };
}

/** Where patches of `size` cells start on an axis, so that the last one ends with it. */
function starts(length: number, size: number, step: number): number[] {
  const stride = Math.max(1, Math.round(step * size));
  const count = Math.ceil((length - size) / stride) + 1;
  return Array.from({ length: count }, (_, k) => Math.min(k * stride, length - size));
}
