import { describe, expect, it } from 'vitest';
import type { MelSettings } from '../../../src/lib/dsp/mel-settings.ts';
import { powerToDb } from '../../../src/lib/dsp/scale.ts';
import { ShapeError } from '../../../src/lib/errors.ts';
import { melStages } from '../../../src/lib/layers/mel-stages.ts';
import { sizeOf, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/mel.json' with { type: 'json' };
import { expectClose, makeLayer, newPass, read, run } from './support.ts';

/** The clip of tests/golden/mel.py. */
const clip = tensor(
  [golden.samples],
  Float32Array.from({ length: golden.samples }, (_, t) => (((t * 7919) % 2003) / 2003 - 0.5) * ((t % 300) / 300)),
);

function throughStages(settings: MelSettings, x: Tensor): Tensor {
  return melStages(settings).reduce((value, { type, config }) => run(makeLayer(type, config), value), x);
}

describe('from a clip to its mel picture or MFCC', () => {
  it.each(golden.chains)('torchaudio and librosa agree: $name', ({ settings, result }) => {
    const y = throughStages(settings as MelSettings, clip);
    expect(y.shape).toEqual(result.shape);
    const kept = y.data.filter((_, i) => i % result.every === 0);
    const largest = Math.max(...result.data.map(Math.abs));
    expect(kept.length).toBe(Math.ceil(sizeOf(y.shape) / result.every));
    for (const [i, value] of kept.entries()) {
      expect(Math.abs(value - result.data[i])).toBeLessThanOrEqual(1e-5 * largest);
    }
  });
});

describe('decibels', () => {
  it.each(golden.decibels)('are torchaudio’s, forward and backward: $config', ({ config, x, y, dy, dx }) => {
    const layer = makeLayer('decibels', config);
    const pass = newPass();
    expectClose(layer.forward(read(x), pass), read(y));
    const gradients = layer.backward(read(dy), pass);
    expectClose(gradients.dx, read(dx));
    expect(gradients.dweights).toEqual({});
  });

  it('are those of dsp/scale.ts, with a floor below the loudest cell of each example', () => {
    const quiet = [1e-9, 1e-5, 1e-3];
    const loud = [1e-9, 1, 1e4];
    const y = makeLayer('decibels', { topDb: 60 }).forward(tensor([2, 3], [...quiet, ...loud]), newPass());
    for (const [n, values] of [quiet, loud].entries()) {
      expect(y.data.slice(3 * n, 3 * n + 3)).toEqual(powerToDb(Float32Array.from(values), { topDb: 60 }));
    }
    expect(y.data[0]).toBe(-90);
    expect(y.data[3]).toBe(-20);
  });

  it('explain a cell on the floor by the loudest one', () => {
    const layer = makeLayer('decibels', { topDb: 60, reference: 'max' });
    const { terms, constants, result } = layer.explain([0], tensor([3], [1e-9, 1, 100]));
    expect(terms.map(({ from }) => from)).toEqual([[0], [2]]);
    expect(constants).toEqual({ factor: 10, amin: 1e-10, ref: 100, floor: -60 });
    expect(result).toBe(-60);
  });
});

describe('what cannot be is refused with a sentence', () => {
  it.each([
    ['mel', [5, 129, 1], /FFT of 512 samples need a picture of frames × 257 × 1, but 5 × 129 × 1 came/],
    ['mel', [257], /but 257 came/],
    ['mel', [5, 257, 2], /but 5 × 257 × 2 came/],
    ['dct', [5, 12, 1], /13 cosine coefficients need a picture of frames × 13 or more × 1, but 5 × 12 × 1 came/],
    ['dct', [40], /but 40 came/],
  ] as const)('%s of %j', (type, input, sentence) => {
    expect(() => makeLayer(type, {}).outputShape(input)).toThrow(ShapeError);
    expect(() => makeLayer(type, {}).outputShape(input)).toThrow(sentence);
    expect(() => run(makeLayer(type, {}), tensor(input))).toThrow(ShapeError);
  });
});
