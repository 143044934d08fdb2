/** The settings that the chapter begins with, those of the network: tf.signal's, but with a periodic window of 255. */
import type { StftOptions } from '@/lib/dsp/frames';
import { presetOptions } from '@/lib/dsp/presets';

export const firstOptions: StftOptions = { ...presetOptions('tf.signal'), periodic: true };
