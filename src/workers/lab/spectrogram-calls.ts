/** Chapter 3: spectrograms of the clip. */
import { frameCount, frameTime, type StftOptions } from '../../lib/dsp/frames.ts';
import { type GriffinLimStep, griffinLim } from '../../lib/dsp/griffin-lim.ts';
import { istft } from '../../lib/dsp/istft.ts';
import { presetOptions, type StftPresetName, stftPresets } from '../../lib/dsp/presets.ts';
import { amplitudeToDb, magnitude, power } from '../../lib/dsp/scale.ts';
import { type ComplexSpectrogram, createStft, stft } from '../../lib/dsp/stft.ts';
import { classifyClip } from '../../lib/model/network.ts';
import { handOver } from '../hand-over.ts';
import type { Bench } from './bench.ts';
import { lowest, toDecibels } from './decibels.ts';
import { createLook, type Look, type LookPicture } from './look.ts';
import { modelClip } from './model-clip.ts';
import type { PixelSize } from './pixels.ts';
import { variantOf } from './variant.ts';

/** A clip's spectrogram in decibels, with what is needed to draw it on axes. */
export interface DecibelPicture {
  readonly options: StftOptions;
  /** Hz. */
  readonly sampleRate: number;
  /** Of the clip. */
  readonly samples: number;
  readonly frames: number;
  readonly bins: number;
  /** 20·log10(|X|/largest), [frames, bins]: 0 for the strongest cell, never below `lowest`. */
  readonly decibels: Float32Array;
  /** The largest |X|; 0 for a silent clip, all of whose cells are at `lowest`. */
  readonly largest: number;
  /** The middle of frame 0, seconds. */
  readonly firstTime: number;
  /** How long the transform took. */
  readonly milliseconds: number;
}

/** A clip's spectrogram on a scale of the reader's choice. */
export interface ScaledPicture extends Omit<DecibelPicture, 'decibels' | 'milliseconds'> {
  /** [frames, bins] */
  readonly values: Float32Array;
  /** The ends of the scale. */
  readonly low: number;
  readonly high: number;
  /** The share of the cells that lie in its lowest tenth. */
  readonly dark: number;
}

export interface ScaleAsked {
  readonly scale: 'magnitude' | 'power' | 'decibels';
  readonly ref: 'max' | 'one';
  readonly topDb: number;
}

/** How a library takes the second that the network hears, and what the network makes of it. */
export interface ConventionResult {
  readonly name: StftPresetName;
  readonly picture: DecibelPicture;
  readonly probabilities: Float32Array;
}

export interface Resynthesised {
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** How far its own magnitudes are from the wanted ones: ‖|X| − S‖ / ‖S‖. */
  readonly convergence: number;
}

/** How long a question for a look may take, ms: then there is a draft, and the next question goes on with it. */
const lookTime = 25;
/** Of so many looks the drafts are kept. */
const mostLooks = 8;

export function spectrogramCalls(bench: Bench) {
  const looks = new Map<string, { readonly of: Float32Array; readonly look: Look }>();
  const spectraOf = createSpectra();
  return {
    /** The spectrogram of the whole clip. */
    spectrogram(options: StftOptions): DecibelPicture {
      const { samples, sampleRate } = bench.clip();
      const picture = decibelPicture(samples, sampleRate, options);
      return handOver(picture, picture.decibels);
    },

    /**
     * The spectrogram of the whole clip as a canvas of this size shows it: perhaps a draft, and on the same question
     * once more a better one.
     */
    look(options: StftOptions, { width, height }: PixelSize): LookPicture {
      const { samples, sampleRate } = bench.clip();
      const key = JSON.stringify([options, sampleRate, width, height]);
      const known = looks.get(key);
      const look = known?.of === samples ? known.look : createLook(samples, sampleRate, options, { width, height });
      look.work(lookTime);
      const picture = look.picture();
      looks.delete(key);
      if (picture.share < 1) looks.set(key, { of: samples, look });
      for (const oldest of looks.keys()) if (looks.size > mostLooks) looks.delete(oldest);
      return handOver(picture, picture.decibels);
    },

    /** The same as magnitudes, as powers, or in decibels as librosa.amplitude_to_db has them. */
    scaled(options: StftOptions, { scale, ref, topDb }: ScaleAsked): ScaledPicture {
      const { samples, sampleRate } = bench.clip();
      const spectra = spectraOf(samples, options);
      const { frames, bins } = spectra;
      const magnitudes = magnitude(spectra);
      const largest = largestOf(magnitudes);
      const values =
        scale === 'power'
          ? power(spectra)
          : scale === 'magnitude'
            ? magnitudes
            : amplitudeToDb(magnitudes, { ref: ref === 'max' ? 'max' : 1, topDb });
      const high = largestOf(values);
      const low = scale === 'decibels' ? high - topDb : 0;
      const edge = low + (high - low) / 10;
      let faint = 0;
      for (const value of values) if (value <= edge) faint++;
      const picture: ScaledPicture = {
        options,
        sampleRate,
        samples: samples.length,
        frames,
        bins,
        largest,
        firstTime: frameTime(options, 0, sampleRate),
        values,
        low,
        high,
        dark: faint / values.length,
      };
      return handOver(picture, values);
    },

    /** The second that the network hears, by the conventions of four libraries. */
    async conventions(sizes: 'own' | 'same'): Promise<{ classes: readonly string[]; results: ConventionResult[] }> {
      const { network, info, kernels } = await bench.open('keywords');
      const second = modelClip(bench.clip(), info);
      const { name: stage, config } = network.architecture.stages[0];
      const { winLength, hopLength, nFft } = config as unknown as StftOptions;
      const results = (Object.keys(stftPresets) as StftPresetName[]).map((name) => {
        const options = presetOptions(name, sizes === 'same' ? { winLength, hopLength, nFft } : {});
        const variant = variantOf(network, { [stage]: { ...options } });
        const probabilities = classifyClip(variant, second, kernels);
        return {
          name,
          picture: decibelPicture(second.data, info.sampleRate, options),
          probabilities: probabilities.slice(),
        };
      });
      return { classes: info.classes, results };
    },

    /** A clip from its spectrogram: with the phases that it has, or from its magnitudes alone. */
    resynthesise(options: StftOptions, phases: 'kept' | 'guessed', iterations: number): Resynthesised {
      const { samples, sampleRate } = bench.clip();
      const spectra = stft(samples, options);
      const { length } = samples;
      if (phases === 'kept')
        return { sampleRate, convergence: 0, samples: istft(spectra, options, { length }).samples };
      let last: GriffinLimStep | undefined;
      for (const step of griffinLim(magnitude(spectra), options, { iterations, length, seed: 1 })) {
        last = step;
        bench.progress(step.iteration / iterations);
      }
      return { sampleRate, convergence: last?.spectralConvergence ?? 1, samples: last?.samples ?? samples };
    },
  };
}

/** The spectra of a clip, kept until another clip or other options come. */
function createSpectra(): (samples: Float32Array, options: StftOptions) => ComplexSpectrogram {
  let last: { readonly of: Float32Array; readonly key: string; readonly spectra: ComplexSpectrogram } | undefined;
  return (samples, options) => {
    const key = JSON.stringify(options);
    if (last?.of !== samples || last.key !== key) last = { of: samples, key, spectra: stft(samples, options) };
    return last.spectra;
  };
}

function largestOf(values: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

/** @throws ParameterError or ShapeError for settings that cannot be, or where no frame fits */
export function decibelPicture(samples: Float32Array, sampleRate: number, options: StftOptions): DecibelPicture {
  const before = performance.now();
  const plan = createStft(options);
  const frames = frameCount(options, samples.length);
  const { bins } = plan;
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const decibels = new Float32Array(frames * bins);
  let largest = 0;
  for (let i = 0, cell = 0; i < frames; i++) {
    plan.frame(samples, i, re, im);
    for (let k = 0; k < bins; k++, cell++) {
      decibels[cell] = re[k] * re[k] + im[k] * im[k];
      // As it was stored, so that no cell is a rounding above 0 dB.
      if (decibels[cell] > largest) largest = decibels[cell];
    }
  }
  const milliseconds = performance.now() - before;
  if (largest > 0) toDecibels(decibels, largest, lowest);
  else decibels.fill(lowest);
  return {
    options,
    sampleRate,
    samples: samples.length,
    frames,
    bins,
    decibels,
    largest: Math.sqrt(largest),
    firstTime: frameTime(options, 0, sampleRate),
    milliseconds,
  };
}
