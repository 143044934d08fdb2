import { expect, it } from 'vitest';
import type { StftOptions } from '../../../src/lib/dsp/frames.ts';
import { stft } from '../../../src/lib/dsp/stft.ts';
import golden from '../../golden/stft-grid.json' with { type: 'json' };

const clip = Float32Array.from(golden.clip);

function largestError(actual: Float64Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
}

it.each(golden.cases)('$name', ({ samples, options, frames, real, imaginary }) => {
  const spectrogram = stft(clip.subarray(0, samples), options as StftOptions);
  expect(spectrogram.frames).toBe(frames);
  const largest = Math.max(...real.map(Math.abs), ...imaginary.map(Math.abs));
  expect(largestError(spectrogram.real, real)).toBeLessThan(1e-7 * largest);
  expect(largestError(spectrogram.imaginary, imaginary)).toBeLessThan(1e-7 * largest);
});

it('covers what the list says it does', () => {
  const has = (holds: (example: (typeof golden.cases)[number]) => boolean) => golden.cases.some(holds);
  expect(has(({ options }) => options.nFft % 2 === 1 && options.winLength < options.nFft)).toBe(true);
  expect(has(({ options }) => options.hopLength > options.winLength)).toBe(true);
  expect(has(({ frames, options }) => frames === 1 && options.centre)).toBe(true);
  expect(has(({ frames, options }) => frames === 1 && !options.centre)).toBe(true);
  for (const padMode of ['reflect', 'constant', 'replicate'])
    expect(has(({ options }) => options.centre && options.padMode === padMode)).toBe(true);
});
