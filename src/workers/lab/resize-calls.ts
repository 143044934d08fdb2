/** Chapter 5: the spectrogram of the second that `keywords` judges, made smaller, judged, and made audible again. */
import { type StftOptions, stftParameters } from '../../lib/dsp/frames.ts';
import { griffinLim } from '../../lib/dsp/griffin-lim.ts';
import { istft } from '../../lib/dsp/istft.ts';
import { magnitude } from '../../lib/dsp/scale.ts';
import { type ComplexSpectrogram, stft } from '../../lib/dsp/stft.ts';
import { type ResizeConfig, resizeKind } from '../../lib/layers/resize.ts';
import { inferencePass, runStages, stageIndex } from '../../lib/model/network.ts';
import { defaults } from '../../lib/parameters.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';
import type { Bench } from './bench.ts';
import { modelClip } from './model-clip.ts';
import { thereAndBack } from './resized.ts';

/** What `keywords` takes, and how it takes its spectrogram; a test holds this against its architecture. */
export const second = { sampleRate: 16000, samples: 16000 } as const;
export const secondOptions: StftOptions = defaults(stftParameters);

/** The magnitudes of one second, [frames, bins, 1]: 124 × 129. */
export interface SecondPicture {
  readonly magnitudes: Tensor;
  /** The largest of them; 0 for silence. */
  readonly largest: number;
}

export interface ResizeAnswers {
  readonly classes: readonly string[];
  /** The probabilities with the resize that the network was trained with. */
  readonly trained: Float32Array;
  /** With the one asked for. */
  readonly asked: Float32Array;
  /** The class that the network answers as it was trained. */
  readonly winner: number;
  /** The probability of that class where the picture has first been made so many cells high and wide. */
  readonly bySize: readonly { readonly cells: number; readonly probability: number }[];
}

export interface HeardPicture {
  /** Hz. */
  readonly sampleRate: number;
  /** The second before anything was lost. */
  readonly original: Float32Array;
  /** From the magnitudes that came back, with the phases that the clip had. */
  readonly back: Float32Array;
}

/** The sizes at which the network is asked. */
export const askedSizes = [2, 3, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32] as const;

const griffinLimPasses = 48;
/** Changed magnitudes would be magnified to a crack where the window's weights are small. */
const leastCoverage = 0.01;

export function resizeCalls(bench: Bench) {
  const samplesOfSecond = () => modelClip(bench.clip(), second).data;
  return {
    /** The spectrogram of the second to judge. */
    secondPicture: (): SecondPicture => pictureOf(samplesOfSecond()),

    /** The spectrogram of a second of a tone that glides evenly from one frequency to another, Hz. */
    glidePicture: (from: number, to: number): SecondPicture => pictureOf(glide(from, to)),

    /**
     * What `keywords` answers where its picture is resized as asked, and where that picture had fewer cells.
     * @param config height and width: the size that the picture goes through before it gets the network's own
     */
    async resizeAnswers(config: ResizeConfig): Promise<ResizeAnswers> {
      const { network, info, kernels } = await bench.open('keywords');
      const at = stageIndex(network, 'resized');
      const pass = inferencePass(kernels);
      const clip = modelClip(bench.clip(), info);
      const spectrogram = runStages(network, tensor([1, ...clip.shape], clip.data), pass, 0, at);
      const rest = (batch: Tensor) => runStages(network, batch, pass, at + 1).data.slice();
      const [height, width] = network.stages[at].outputShape;
      const { coordinates } = config;
      const grown = resizeKind.create({ height, width, coordinates, method: 'bilinear', antialias: false });
      const through = (size: ResizeConfig) =>
        rest(grown.forward(resizeKind.create(size).forward(spectrogram, pass), pass));
      const trained = rest(network.stages[at].layer.forward(spectrogram, pass));
      const winner = trained.indexOf(Math.max(...trained));
      return {
        classes: info.classes,
        trained,
        asked: through(config),
        winner,
        bySize: askedSizes.map((cells) => ({
          cells,
          probability: through({ ...config, height: cells, width: cells })[winner],
        })),
      };
    },

    /** The second after its picture has been made smaller and brought back, with the phases that it had. */
    heardPicture(config: ResizeConfig): HeardPicture {
      const original = samplesOfSecond();
      const spectra = stft(original, secondOptions);
      const before = magnitude(spectra);
      const after = backAgain(spectra, before, config);
      const { length } = original;
      const { samples } = istft(scaledTo(spectra, before, after), secondOptions, { length, leastCoverage });
      return { sampleRate: second.sampleRate, original, back: samples };
    },

    /** The same from the magnitudes that came back alone, their phases guessed by Griffin and Lim's algorithm. */
    guessedPicture(config: ResizeConfig): Float32Array {
      const original = samplesOfSecond();
      const spectra = stft(original, secondOptions);
      const after = backAgain(spectra, magnitude(spectra), config);
      let samples = original;
      const settings = { iterations: griffinLimPasses, length: original.length, leastCoverage };
      for (const step of griffinLim(after, secondOptions, settings)) {
        samples = step.samples;
        bench.progress(step.iteration / griffinLimPasses);
      }
      return samples;
    },
  };
}

/** @param samples a second at 16 kHz */
export function pictureOf(samples: Float32Array): SecondPicture {
  const spectra = stft(samples, secondOptions);
  const values = magnitude(spectra);
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value);
  return { magnitudes: tensor([spectra.frames, spectra.bins, 1], values), largest };
}

/** A second of 0.5·sin(φ(t)) with the frequency φ′/2π = from + (to − from)·t. */
export function glide(from: number, to: number): Float32Array {
  const { samples, sampleRate } = second;
  return Float32Array.from({ length: samples }, (_, n) => {
    const t = n / sampleRate;
    return 0.5 * Math.sin(2 * Math.PI * (from + ((to - from) * t) / 2) * t);
  });
}

/** The magnitudes after the way there and back. */
function backAgain({ frames, bins }: ComplexSpectrogram, before: Float32Array, config: ResizeConfig): Float32Array {
  return thereAndBack(tensor([frames, bins, 1], before), config).data;
}

/** The spectra with other magnitudes and the same phases. Where there was nothing there is no phase, and stays nothing. */
function scaledTo(
  { frames, bins, real, imaginary }: ComplexSpectrogram,
  before: Float32Array,
  after: Float32Array,
): ComplexSpectrogram {
  const factor = (index: number) => (before[index] > 0 ? after[index] / before[index] : 0);
  return {
    frames,
    bins,
    real: real.map((value, index) => value * factor(index)),
    imaginary: imaginary.map((value, index) => value * factor(index)),
  };
}
