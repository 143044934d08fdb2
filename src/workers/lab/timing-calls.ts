/** Chapter 3: how long a Fourier transform takes on the reader's device, by its definition and by the FFT. */
import { type ComplexFft, createComplexFft } from '../../lib/dsp/complex-fft.ts';
import { createNaiveDft } from '../../lib/dsp/dft.ts';
import type { Bench } from './bench.ts';

export interface TimedSize {
  /** The number of complex numbers that are transformed. */
  readonly n: number;
  /** The least time of one transform, seconds; tables are made beforehand in both. */
  readonly naive: number;
  readonly fft: number;
}

/** Rounds, in which the two take turns; the least time is that with the least of whatever else the device does. */
const rounds = 5;
/** A round repeats a transform until so many milliseconds are over: browsers round their clock to 0.1 ms. */
const shortest = 8;

export function timingCalls(bench: Bench) {
  return {
    /** Times transforms of the clip's first n samples, taken as complex numbers. */
    timing(sizes: readonly number[]): TimedSize[] {
      const { samples } = bench.clip();
      return sizes.map((n, index) => {
        const from = new Float64Array(2 * n);
        for (let t = 0; t < n; t++) from[2 * t] = samples[t] ?? 0;
        const naive = createNaiveDft(n);
        const fft = createComplexFft(n);
        const times: { naive: number[]; fft: number[] } = { naive: [], fft: [] };
        // The first round is for the compiler.
        for (let round = 0; round <= rounds; round++) {
          const counted = { naive: secondsOf(naive, from), fft: secondsOf(fft, from) };
          if (round > 0) {
            times.naive.push(counted.naive);
            times.fft.push(counted.fft);
          }
          bench.progress((index + (round + 1) / (rounds + 1)) / sizes.length);
        }
        return { n, naive: Math.min(...times.naive), fft: Math.min(...times.fft) };
      });
    },
  };
}

/** The mean time of one transform, over as many as the clock needs. */
function secondsOf(transform: ComplexFft, from: Float64Array): number {
  const to = new Float64Array(from.length);
  const start = performance.now();
  let elapsed = 0;
  let calls = 0;
  for (let batch = 1; elapsed < shortest; batch *= 2) {
    for (let call = 0; call < batch; call++) transform.transform(from, to);
    calls += batch;
    elapsed = performance.now() - start;
  }
  return elapsed / calls / 1000;
}
