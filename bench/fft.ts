/** A hundred Fourier transforms of 1,024 real samples: by our engine, by fft.js, and by PFFFT compiled to wasm with SIMD. */
import loadPffft from '@echogarden/pffft-wasm/simd';
import FFT from 'fft.js';
import { createFft } from '../src/lib/dsp/fft.ts';
import type { Contender } from './measure.ts';

const size = 1024;
const count = 100;

interface FftContender extends Contender {
  /** Bin k of transform i of the last run, real and imaginary part. */
  bin(i: number, k: number): readonly [number, number];
  /** How far it may be from the others, as a share of the largest bin. */
  readonly precision: number;
}

/** @param clip where the samples come from: one second at 16 kHz */
export async function fftContenders(clip: Float32Array): Promise<Contender[]> {
  const frames = Array.from({ length: count }, (_, i) => Float64Array.from(clip.subarray(i * 100, i * 100 + size)));
  const contenders = [ours(frames), fftJs(frames), await pffft(frames)];
  for (const { run } of contenders) run();
  checkSameBins(contenders);
  return contenders;
}

function ours(frames: readonly Float64Array[]): FftContender {
  const fft = createFft(size);
  const real = frames.map(() => new Float64Array(fft.bins));
  const imaginary = frames.map(() => new Float64Array(fft.bins));
  return {
    name: 'ours',
    precision: 1e-12,
    run() {
      for (let i = 0; i < count; i++) fft.forward(frames[i], real[i], imaginary[i]);
    },
    bin: (i, k) => [real[i][k], imaginary[i][k]],
  };
}

function fftJs(frames: readonly Float64Array[]): FftContender {
  const fft = new FFT(size);
  const spectra = frames.map(() => new Float64Array(2 * size));
  return {
    name: 'fft.js',
    precision: 1e-12,
    run() {
      for (let i = 0; i < count; i++) fft.realTransform(spectra[i], frames[i]);
    },
    bin: (i, k) => [spectra[i][2 * k], spectra[i][2 * k + 1]],
  };
}

/** In single precision. Samples are copied into its memory and spectra out of it, as anybody has to who uses it. */
async function pffft(frames: readonly Float64Array[]): Promise<FftContender> {
  const wasm = await loadPffft();
  const setup = wasm._pffft_new_setup(size, 0);
  const [input, output, work] = [0, 1, 2].map(() => wasm._pffft_aligned_malloc(4 * size));
  const samples = wasm.HEAPF32.subarray(input / 4, input / 4 + size);
  const spectrum = wasm.HEAPF32.subarray(output / 4, output / 4 + size);
  const singles = frames.map((frame) => Float32Array.from(frame));
  const spectra = frames.map(() => new Float32Array(size));
  return {
    name: 'pffft-wasm (float32)',
    precision: 1e-6,
    run() {
      for (let i = 0; i < count; i++) {
        samples.set(singles[i]);
        wasm._pffft_transform_ordered(setup, input, output, work, 0);
        spectra[i].set(spectrum);
      }
    },
    // The last bin, which is real, stands in place of the first one's imaginary part.
    bin(i, k) {
      if (k === 0) return [spectra[i][0], 0];
      return k === size / 2 ? [spectra[i][1], 0] : [spectra[i][2 * k], spectra[i][2 * k + 1]];
    },
  };
}

function checkSameBins([first, ...others]: readonly FftContender[]): void {
  const bins = [...Array(size / 2 + 1).keys()];
  for (let i = 0; i < count; i++) {
    const largest = Math.max(...bins.map((k) => Math.hypot(...first.bin(i, k))));
    for (const { name, bin, precision } of others) {
      for (const k of bins) {
        const error = Math.hypot(bin(i, k)[0] - first.bin(i, k)[0], bin(i, k)[1] - first.bin(i, k)[1]);
        if (!(error <= precision * largest)) throw new Error(`Transform ${i}, bin ${k}: ${name} differs by ${error}.`);
      }
    }
  }
}
