/**
 * Hearing some cells of a spectrogram: the rest are silenced, and the inverse transform makes a sound of what is left.
 * The phase of each cell is kept. A mask and its complement give two sounds that add up to the clip.
 */
import type { Clip } from '../audio/clip.ts';
import type { StftOptions } from '../dsp/frames.ts';
import { istft } from '../dsp/istft.ts';
import { stft } from '../dsp/stft.ts';
import { ShapeError } from '../errors.ts';

/** At the clip's two ends only small weights reach a sample, which would magnify what a mask changes there. */
const leastCoverage = 1e-3;

/**
 * @param mask what each cell is multiplied by, 0 to 1, [frames, bins] row by row
 * @returns samples, as many as the clip has
 * @throws ShapeError for a mask of another size, or a clip shorter than one window
 */
export function hearCells({ samples }: Clip, options: StftOptions, mask: ArrayLike<number>): Float32Array {
  const spectrogram = stft(samples, options);
  const { frames, bins, real, imaginary } = spectrogram;
  if (mask.length !== frames * bins) {
    throw new ShapeError(
      `The mask has ${mask.length} cells, but the spectrogram ${frames} frames of ${bins} bins. Make it of that size.`,
    );
  }
  for (let cell = 0; cell < mask.length; cell++) {
    real[cell] *= mask[cell];
    imaginary[cell] *= mask[cell];
  }
  return istft(spectrogram, options, { length: samples.length, leastCoverage }).samples;
}

/**
 * A mask of the cells with the largest values: at most `share` of all, and only those above 0.
 * @param share 0 to 1
 */
export function largestCells(values: ArrayLike<number>, share: number): Float32Array {
  const wanted = Math.round(share * values.length);
  const mask = new Float32Array(values.length);
  const ranked = Uint32Array.from({ length: values.length }, (_, cell) => cell).sort((a, b) => values[b] - values[a]);
  for (const cell of ranked.subarray(0, wanted)) if (values[cell] > 0) mask[cell] = 1;
  return mask;
}
