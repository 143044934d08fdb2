/** The spectrogram that the reader's own kernel is laid on, and how levels are told. */
import type { StftOptions } from '../../lib/dsp/frames.ts';
import { presetOptions } from '../../lib/dsp/presets.ts';

/** What is shown of a spectrogram, dB below its loudest cell; levels are counted from this floor upwards. */
export const levelRange = 70;
/** Hz. */
export const ownRate = 16000;
/** Frames of 32 ms each 8 ms: long enough to part the harmonics of a higher voice. */
export const ownOptions: StftOptions = { ...presetOptions('tf.signal'), winLength: 512, hopLength: 128, nFft: 512 };
