/**
 * How a clip is cut into frames: the settings of a short-time Fourier transform, which samples each frame reads, and
 * where frames and bins lie in seconds and hertz. Libraries differ here more than anywhere else; `presets.ts` has the
 * conventions of four of them.
 */
import { ParameterError, ShapeError } from '../errors.ts';
import type { Parameters } from '../parameters.ts';
import { type WindowName, windowNames } from './window.ts';

export type PadMode = 'reflect' | 'constant' | 'replicate';
export type Placement = 'start' | 'centre';
export type PadEnd = 'none' | 'last-frame' | 'every-hop';
export type Scaling = 'none' | 'window-sum' | 'window-energy' | 'frame-length';

export interface StftOptions {
  readonly winLength: number;
  readonly hopLength: number;
  readonly nFft: number;
  readonly window: WindowName;
  readonly periodic: boolean;
  readonly placement: Placement;
  readonly centre: boolean;
  readonly padMode: PadMode;
  readonly padEnd: PadEnd;
  readonly scaling: Scaling;
}

export const stftParameters: Parameters<StftOptions> = {
  winLength: {
    kind: 'integer',
    label: 'window length',
    help: 'How many samples a frame looks at: longer tells pitches apart, shorter tells moments apart.',
    unit: 'samples',
    min: 1,
    max: 65536,
    default: 255,
  },
  hopLength: {
    kind: 'integer',
    label: 'hop length',
    help: 'How many samples lie between the starts of two neighbouring frames.',
    unit: 'samples',
    min: 1,
    max: 65536,
    default: 128,
  },
  nFft: {
    kind: 'integer',
    label: 'FFT length',
    help: 'The length of the Fourier transform: the frame is filled up with zeros to it, and it sets the number of bins.',
    unit: 'samples',
    min: 1,
    max: 65536,
    default: 256,
  },
  window: {
    kind: 'choice',
    label: 'window',
    help: 'The weights that fade each frame in and out.',
    choices: windowNames,
    default: 'hann',
  },
  periodic: {
    kind: 'switch',
    label: 'periodic window',
    help: 'On: the window goes on without a seam when repeated. Off: its last weight equals its first.',
    default: true,
  },
  placement: {
    kind: 'choice',
    label: 'window placement',
    help: 'Where a window shorter than the FFT lies in it: at its start, with zeros behind, or in its centre.',
    choices: ['start', 'centre'],
    default: 'start',
  },
  centre: {
    kind: 'switch',
    label: 'centred frames',
    help: 'On: the clip is padded in front and behind, so that the middle of frame i lies on sample i × hop length.',
    default: false,
  },
  padMode: {
    kind: 'choice',
    label: 'padding',
    help: 'What centred frames find beyond the clip: its mirror image, zeros, or its outermost sample repeated.',
    choices: ['reflect', 'constant', 'replicate'],
    default: 'reflect',
  },
  padEnd: {
    kind: 'choice',
    label: 'padding of the end',
    help: 'Zeros behind the clip: none, as many as bring its last samples into a frame, or so many that a frame starts at every hop.',
    choices: ['none', 'last-frame', 'every-hop'],
    default: 'none',
  },
  scaling: {
    kind: 'choice',
    label: 'scaling',
    help: 'What each spectrum is divided by: nothing, the sum of the window, the root of its energy, or the root of the FFT length.',
    choices: ['none', 'window-sum', 'window-energy', 'frame-length'],
    default: 'none',
  },
};

/** @throws ParameterError for settings that exclude each other or cannot be */
export function checkStftOptions({ winLength, hopLength, nFft }: StftOptions): void {
  if (!Number.isInteger(hopLength) || hopLength < 1) {
    throw new ParameterError(
      'hopLength',
      `The hop length is ${hopLength} samples, but must be a whole number of 1 or more.`,
    );
  }
  if (winLength > nFft) {
    throw new ParameterError(
      'winLength',
      `The window length of ${winLength} samples does not fit into an FFT of ${nFft}. Choose a shorter window or a longer FFT.`,
    );
  }
}

/** The number of bins of each frame, ⌊nFft/2⌋ + 1. */
export function binCount({ nFft }: StftOptions): number {
  return Math.floor(nFft / 2) + 1;
}

/** Where bin k lies, in Hz: k·sampleRate/nFft. */
export function binFrequency({ nFft }: StftOptions, k: number, sampleRate: number): number {
  return (k * sampleRate) / nFft;
}

/** The middle of frame i's window, in seconds from the start of the clip. */
export function frameTime(options: StftOptions, i: number, sampleRate: number): number {
  return (windowStart(options, i) + options.winLength / 2) / sampleRate;
}

/** How many samples a frame needs to fit: zeros of the FFT behind a window placed at its start need no samples. */
function frameLength({ placement, winLength, nFft }: StftOptions): number {
  return placement === 'start' ? winLength : nFft;
}

/** How many samples are put before the clip, and after it, when frames are centred. */
function edgePadding(options: StftOptions): number {
  return options.centre ? Math.floor(frameLength(options) / 2) : 0;
}

/** The place of the window's first weight within the FFT. */
export function windowOffset({ placement, winLength, nFft }: StftOptions): number {
  return placement === 'start' ? 0 : Math.floor((nFft - winLength) / 2);
}

/** The place in the clip, counted in samples, of frame i's first window weight; before 0 in padding. */
export function windowStart(options: StftOptions, i: number): number {
  return i * options.hopLength - edgePadding(options) + windowOffset(options);
}

/**
 * The number of frames of a clip of so many samples.
 * @throws ShapeError where no frame fits, or the clip is too short for its mirror image to pad it
 */
export function frameCount(options: StftOptions, samples: number): number {
  const { hopLength, padEnd, padMode } = options;
  const frame = frameLength(options);
  const edge = edgePadding(options);
  if (edge > 0 && (samples === 0 || (padMode === 'reflect' && samples <= edge))) {
    const least = padMode === 'reflect' ? edge + 1 : 1;
    throw new ShapeError(
      `A clip of ${samples} samples is too short to be padded by ${edge} at each end (${padMode}). It needs ${least} samples or more.`,
    );
  }
  const padded = samples + 2 * edge;
  const count = countFrames(padEnd, padded, frame, hopLength);
  if (count < 1) {
    throw new ShapeError(
      `A clip of ${samples} samples is shorter than one frame of ${frame}. Take a longer clip or a shorter window.`,
    );
  }
  return count;
}

function countFrames(padEnd: PadEnd, samples: number, frame: number, hop: number): number {
  if (samples === 0) return 0;
  if (padEnd === 'every-hop') return Math.ceil(samples / hop);
  const hops = (samples - frame) / hop;
  if (padEnd === 'last-frame') return 1 + Math.max(0, Math.ceil(hops));
  return 1 + Math.floor(hops);
}

/** The number of samples that so many frames reach, without padding: of the shortest clip whose end need not be padded. */
export function samplesOfFrames(options: StftOptions, frames: number): number {
  return Math.max(0, (frames - 1) * options.hopLength + frameLength(options) - 2 * edgePadding(options));
}

/**
 * The sample of the clip that is read at a position which may lie in the padding, or −1 where a zero is read. Zeros lie
 * beyond the padding of the edges, where the end was filled up to a whole frame.
 */
export function sampleAt(options: StftOptions, position: number, samples: number): number {
  if (position >= 0 && position < samples) return position;
  const edge = edgePadding(options);
  if (options.padMode === 'constant' || position < -edge || position >= samples + edge) return -1;
  if (options.padMode === 'replicate') return position < 0 ? 0 : samples - 1;
  return position < 0 ? -position : 2 * (samples - 1) - position;
}
