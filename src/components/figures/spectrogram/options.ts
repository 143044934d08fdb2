/** The settings that the chapter begins with: those of the network that names the words. */
import type { StftOptions } from '@/lib/dsp/frames';
import { presetOptions } from '@/lib/dsp/presets';

export const firstOptions: StftOptions = presetOptions('tf.signal');
