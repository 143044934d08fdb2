/** Everything from a clip to its log-mel picture or its MFCC, as one value: what presets, calls and figures speak of. */
import type { DctOptions } from './dct.ts';
import type { StftOptions } from './frames.ts';
import type { MelOptions } from './mel.ts';
import type { DecibelOptions } from './scale.ts';

export interface MelSettings {
  /** Of the clip, in Hz. */
  readonly sampleRate: number;
  readonly stft: StftOptions;
  /** What of the spectrum the filters add up: 1 magnitudes, 2 powers. */
  readonly power: 1 | 2;
  /** The filters; sample rate and FFT length are those above. */
  readonly mel: Omit<MelOptions, 'sampleRate' | 'nFft'>;
  /** As for `powerToDb`, or `amplitudeToDb` of magnitudes; null where mel energies stay as they are. */
  readonly decibels: Required<DecibelOptions> | null;
  /** The cosines taken of each frame; null where the picture ends with mel bands. */
  readonly mfcc: DctOptions | null;
}

/** The settings of the filterbank. */
export function melOptions({ sampleRate, stft, mel }: MelSettings): MelOptions {
  return { ...mel, sampleRate, nFft: stft.nFft };
}
