/**
 * Trim: which part of a clip is left when silence at both ends is cut off, as librosa.effects.trim does it
 * (https://librosa.org/doc/latest/generated/librosa.effects.trim.html). Each frame of the padded clip has a level,
 *
 *     level[i] = 10·log10(max(m[i], 1e-10) / max(m[j], 1e-10)), m[i] the mean square of frame i, j the loudest frame,
 *
 * and is sound where that is above −topDb. Frames are centred on multiples of the hop length. The clip is kept from the
 * centre of the first frame of sound up to one hop behind the centre of the last.
 *
 * In a clip of silence every frame is as loud as the loudest, so all of it is kept, as by librosa. That is the better
 * choice too: an empty clip has no spectrum, and whatever comes next would have to treat it apart.
 */
import type { Parameters } from '../parameters.ts';
import { frameCount, type StftOptions, sampleAt, windowStart } from './frames.ts';
import type { SampleRange } from './istft.ts';
import { presetOptions } from './presets.ts';
import { powerToDb } from './scale.ts';

export interface TrimOptions {
  readonly topDb: number;
  readonly frameLength: number;
  readonly hopLength: number;
  /** librosa pads with zeros; up to its version 0.8 it mirrored the clip. */
  readonly padMode: 'constant' | 'reflect';
}

export const trimParameters: Parameters<TrimOptions> = {
  topDb: {
    kind: 'number',
    label: 'threshold',
    help: 'How far below the loudest frame a frame must lie to count as silence.',
    unit: 'dB',
    min: 0.1,
    max: 200,
    default: 60,
  },
  frameLength: {
    kind: 'integer',
    label: 'frame length',
    help: 'How many samples each level is taken of.',
    unit: 'samples',
    min: 2,
    max: 65536,
    default: 2048,
  },
  hopLength: {
    kind: 'integer',
    label: 'hop length',
    help: 'How many samples lie between the centres of two neighbouring frames.',
    unit: 'samples',
    min: 1,
    max: 65536,
    default: 512,
  },
  padMode: {
    kind: 'choice',
    label: 'padding',
    help: 'What the frames at both ends find beyond the clip: zeros, or its mirror image.',
    choices: ['constant', 'reflect'],
    default: 'constant',
  },
};

/**
 * The level of each frame in dB; the loudest has 0. Frames below −100 dB of full scale count as that loud.
 * @throws ShapeError for a clip without samples, or one too short for its mirror image to pad it
 */
export function frameLevels(samples: Float32Array, options: TrimOptions): Float32Array {
  const { frameLength } = options;
  const framing = framingOf(options);
  const squares = new Float32Array(frameCount(framing, samples.length));
  for (let i = 0; i < squares.length; i++) {
    const start = windowStart(framing, i);
    let sum = 0;
    for (let t = 0; t < frameLength; t++) {
      const source = sampleAt(framing, start + t, samples.length);
      if (source >= 0) sum += samples[source] * samples[source];
    }
    squares[i] = sum / frameLength;
  }
  return powerToDb(squares, { ref: 'max', amin: 1e-10, topDb: null });
}

/**
 * The samples that are kept.
 * @throws ShapeError for a clip without samples, or one too short for its mirror image to pad it
 */
export function trim(samples: Float32Array, options: TrimOptions): SampleRange {
  const { topDb, hopLength } = options;
  const isSound = (level: number): boolean => level > -topDb;
  const levels = frameLevels(samples, options);
  const end = (levels.findLastIndex(isSound) + 1) * hopLength;
  return { start: levels.findIndex(isSound) * hopLength, end: Math.min(end, samples.length) };
}

/** The frames of a short-time Fourier transform that has this frame length and hop. */
export function framingOf({ frameLength, hopLength, padMode }: TrimOptions): StftOptions {
  return { ...presetOptions('librosa', { winLength: frameLength, nFft: frameLength, hopLength }), padMode };
}
