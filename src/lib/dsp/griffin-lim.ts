/**
 * Griffin and Lim's algorithm: a clip from magnitudes alone (D. W. Griffin and J. S. Lim, "Signal estimation from modified
 * short-time Fourier transform", IEEE Trans. ASSP 32(2), 1984). Phases are guessed; then, again and again, the clip of
 * these spectra is made, its own spectra taken, and their phases put to the wanted magnitudes. Momentum carries each step
 * a little further (N. Perraudin, P. Balazs and P. L. Søndergaard, "A fast Griffin-Lim algorithm", WASPAA 2013); in
 * librosa's and torchaudio's form the new phases are those of rebuilt − m/(1 + m)·(rebuilt one step earlier).
 */
import { ParameterError, ShapeError } from '../errors.ts';
import { createRandom } from '../random.ts';
import { binCount, frameCount, type StftOptions, samplesOfFrames } from './frames.ts';
import { createIstft, type Resynthesis } from './istft.ts';
import { createStft } from './stft.ts';

export interface GriffinLimSettings {
  /** How often phases are guessed anew, 0 or more; 32 without it. */
  readonly iterations?: number;
  /** In [0, 1), 0.99 without it: 0 is the algorithm of 1984. */
  readonly momentum?: number;
  /** The phases to start from, in radians, [frames, bins]; without them, random ones. */
  readonly phases?: Float64Array;
  /** Of the random phases. */
  readonly seed?: number;
  /** The number of samples of the clip; without it, as many as the frames reach. */
  readonly length?: number;
  /**
   * Samples that only such small weights reach are left silent, as a share (`IstftSettings`): as wanted magnitudes are
   * rarely those of a clip, errors there would be magnified to a crack. 0.01 without it, so at most tenfold.
   */
  readonly leastCoverage?: number;
}

export interface GriffinLimStep extends Resynthesis {
  /** How often phases have been guessed anew: 0 with those of the start. */
  readonly iteration: number;
  /** ‖|X| − S‖ / ‖S‖ with X the spectra of these samples and S the wanted magnitudes: 0 is a perfect fit. */
  readonly spectralConvergence: number;
}

/**
 * The steps of the search, first that of the starting phases: `iterations` + 1 in all, each with its clip, so that the
 * caller can show progress, listen in, do other work in between, or stop. What does not fit is refused at the first step.
 * @param magnitudes |X|, [frames, bins] of an STFT with these options
 * @throws ParameterError for settings that exclude each other or are out of bounds; ShapeError where magnitudes or
 *   phases do not fit to the options, or a clip of this length has another number of frames
 */
export function* griffinLim(
  magnitudes: Float32Array,
  options: StftOptions,
  settings: GriffinLimSettings = {},
): Generator<GriffinLimStep, void, void> {
  const { iterations = 32, momentum = 0.99, seed = 0, leastCoverage = 0.01 } = settings;
  if (!Number.isInteger(iterations) || iterations < 0) {
    throw new ParameterError(
      'iterations',
      `The number of iterations is ${iterations}, but must be a whole number of 0 or more.`,
    );
  }
  if (!(momentum >= 0 && momentum < 1)) {
    throw new ParameterError('momentum', `The momentum is ${momentum}, but must be 0 or more and below 1.`);
  }
  const plan = createStft(options);
  const bins = binCount(options);
  const frames = magnitudes.length / bins;
  const length = settings.length ?? samplesOfFrames(options, frames);
  checkFrames(options, magnitudes.length, length);
  const phases = settings.phases ?? randomPhases(magnitudes.length, seed);
  if (phases.length !== magnitudes.length) {
    throw new ShapeError(
      `There are ${phases.length} phases for ${magnitudes.length} magnitudes. Give one for each of them.`,
    );
  }

  const inverse = createIstft(options, frames, { length, leastCoverage });
  const spectra = { frames, bins, ...fromPolar(magnitudes, phases) };
  const earlier = { real: new Float64Array(bins * frames), imaginary: new Float64Array(bins * frames) };
  const re = new Float64Array(bins);
  const im = new Float64Array(bins);
  const share = momentum / (1 + momentum);
  const wanted = magnitudes.reduce((sum, magnitude) => sum + magnitude * magnitude, 0);

  for (let iteration = 0; iteration <= iterations; iteration++) {
    const resynthesis = inverse.inverse(spectra);
    let missed = 0;
    for (let i = 0; i < frames; i++) {
      plan.frame(resynthesis.samples, i, re, im);
      missed += guessAnew(re, im, magnitudes, i * bins, share, earlier, spectra);
    }
    yield { ...resynthesis, iteration, spectralConvergence: wanted === 0 ? 0 : Math.sqrt(missed / wanted) };
  }
}

interface Parts {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * Writes the next guess for one frame, whose cells begin at `first`: the wanted magnitudes with the phases of what was
 * rebuilt less a share of what was rebuilt one step earlier, which it replaces by the new. Returns the squared distance
 * of the rebuilt magnitudes from the wanted ones.
 */
function guessAnew(
  re: Float64Array,
  im: Float64Array,
  magnitudes: Float32Array,
  first: number,
  share: number,
  earlier: Parts,
  guess: Parts,
): number {
  let missed = 0;
  for (let k = 0, j = first; k < re.length; k++, j++) {
    missed += (Math.sqrt(re[k] * re[k] + im[k] * im[k]) - magnitudes[j]) ** 2;
    const aimReal = re[k] - share * earlier.real[j];
    const aimImaginary = im[k] - share * earlier.imaginary[j];
    earlier.real[j] = re[k];
    earlier.imaginary[j] = im[k];
    // The small number keeps 0/0 away, as in torchaudio.
    const scale = magnitudes[j] / (Math.sqrt(aimReal * aimReal + aimImaginary * aimImaginary) + 1e-16);
    guess.real[j] = scale * aimReal;
    guess.imaginary[j] = scale * aimImaginary;
  }
  return missed;
}

function fromPolar(magnitudes: Float32Array, phases: Float64Array): Parts {
  const real = new Float64Array(magnitudes.length);
  const imaginary = new Float64Array(magnitudes.length);
  for (let j = 0; j < magnitudes.length; j++) {
    real[j] = magnitudes[j] * Math.cos(phases[j]);
    imaginary[j] = magnitudes[j] * Math.sin(phases[j]);
  }
  return { real, imaginary };
}

function checkFrames(options: StftOptions, cells: number, length: number): void {
  const bins = binCount(options);
  if (cells === 0 || cells % bins !== 0) {
    throw new ShapeError(
      `${cells} magnitudes cannot be cut into frames of ${bins} bins. Take the options that they were made with.`,
    );
  }
  const frames = frameCount(options, length);
  if (frames !== cells / bins) {
    throw new ShapeError(
      `A clip of ${length} samples has ${frames} frames, but there are magnitudes of ${cells / bins}. Give the length of the clip that they were made of.`,
    );
  }
}

/** Uniform in [0, 2π). */
function randomPhases(count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return new Float64Array(count).map(() => 2 * Math.PI * random.uniform());
}
