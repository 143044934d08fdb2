import { describe, expect, it } from 'vitest';
import { presetOptions } from '../../../src/lib/dsp/presets.ts';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/cleaning.json' with { type: 'json' };
import { expectClose, makeLayer, newPass, run } from './support.ts';

/** Silence, noise from sample `first` up to `end`, silence. */
function burst(length: number, first: number, end: number): Tensor {
  const random = createRandom(4);
  const data = Float32Array.from({ length }, (_, n) => (n >= first && n < end ? random.normal() : 0));
  return tensor([length], data);
}

describe('trim', () => {
  const settings = { topDb: 20, frameLength: 16, hopLength: 4 };

  it.each(golden.trim.filter(({ options }) => options.hopLength <= options.frameLength / 2))(
    'moves to the front what librosa keeps of $name, and puts zeros behind',
    ({ options, clip, kept: [start, end] }) => {
      const y = run(makeLayer('trim', options), tensor([clip.length], clip));
      const rest = new Array(clip.length - (end - start)).fill(0);
      expect([...y.data]).toEqual([...Float32Array.from(clip.slice(start, end)), ...rest]);
    },
  );

  it('gives the gradient to the samples that are kept', () => {
    const layer = makeLayer('trim', settings);
    const x = burst(100, 40, 70);
    const pass = newPass();
    layer.forward(tensor([1, 100], x.data), pass);
    const dy = Float32Array.from({ length: 100 }, (_, n) => n + 1);
    const { dx } = layer.backward(tensor([1, 100], dy), pass);
    const start = dx.data.findIndex((value) => value !== 0);
    const end = dx.data.findLastIndex((value) => value !== 0) + 1;
    expect(start).toBeLessThanOrEqual(40);
    expect(end).toBeGreaterThanOrEqual(70);
    expect([...dx.data.subarray(start, end)]).toEqual([...dy.subarray(0, end - start)]);
  });

  it('explains a sample by the one it is a copy of, and a zero behind them by nothing', () => {
    const layer = makeLayer('trim', settings);
    const x = burst(100, 40, 70);
    const { terms, op } = layer.explain([5], x);
    expect(op).toBe('copy');
    expect(terms[0].from[0]).toBeGreaterThan(36);
    expect(layer.explain([90], x)).toEqual({ op: 'sum', terms: [], result: 0 });
    expect(layer.focus?.([5], [100])).toEqual([{ start: 5, end: 100 }]);
  });

  it('refuses a hop that leaves samples out, and anything but a clip', () => {
    expect(() => makeLayer('trim', { frameLength: 16, hopLength: 9 })).toThrow(ParameterError);
    expect(() => makeLayer('trim', {}).outputShape([9, 9, 1])).toThrow(/clip of samples, but 9 × 9 × 1/);
    expect(() => makeLayer('trim', { padMode: 'reflect' }).outputShape([1024])).toThrow(ShapeError);
  });
});

describe('the mean spectrum of a trimmed clip', () => {
  const trimmed = makeLayer('trim', { topDb: 20, frameLength: 512, hopLength: 64 });
  const spectrogram = makeLayer('spectrogram', {
    ...presetOptions('librosa', { nFft: 512, winLength: 512, hopLength: 256 }),
    power: 1,
  });
  const mean = makeLayer('mean-over-time', {});
  const minMax = makeLayer('min-max', {});
  const chain = (x: Tensor) => run(minMax, run(mean, run(spectrogram, x)));

  /** The clip as the layer leaves it, and as it is when it is cut off for good. */
  function both(first: number, end: number): { padded: Tensor; short: Tensor } {
    const padded = run(trimmed, burst(32000, first, end));
    const kept = padded.data.findLastIndex((value) => value !== 0) + 1;
    const hops = 64 * Math.ceil(kept / 64);
    return { padded, short: tensor([hops], padded.data.slice(0, hops)) };
  }

  it('has the frames of the short clip, one at its end, and zeros', () => {
    const { padded, short } = both(5000, 20070);
    const long = run(spectrogram, padded);
    const own = run(spectrogram, short);
    expect(short.shape[0] % 256).not.toBe(0);
    expect(long.data.slice(0, own.data.length)).toEqual(own.data);
    const seam = own.data.length + 257;
    expect(Math.max(...long.data.subarray(own.data.length, seam))).toBeGreaterThan(0);
    expect(new Set(long.data.subarray(seam))).toEqual(new Set([0]));
  });

  it('is the same after min-max where the hop divides the kept length', () => {
    const { padded, short } = both(5000, 20130);
    expect(short.shape[0] % 256).toBe(0);
    expectClose(chain(padded), chain(short));
  });

  it('differs by the one frame at the end where it does not, for one second of white noise by 0.02 of 1', () => {
    const { padded, short } = both(5000, 20070);
    const long = run(spectrogram, padded);
    const own = run(spectrogram, short);
    const inSum = (x: Tensor, k: number) => x.shape[0] * run(mean, x).data[k];
    for (let k = 0; k < 257; k++) {
      expect(inSum(long, k) - inSum(own, k)).toBeCloseTo(long.data[own.data.length + k], 2);
    }
    const [one, other] = [chain(padded).data, chain(short).data];
    const difference = Math.max(...one.map((value, k) => Math.abs(value - other[k])));
    expect(difference).toBeGreaterThan(0.01);
    expect(difference).toBeLessThan(0.02);
  });
});

describe('denoise', () => {
  it.each(golden.denoise)('takes its noise from the start of the clip: $name', (given) => {
    const layer = makeLayer('denoise', { ...given.options, noiseSamples: given.noiseSamples });
    const clip = tensor([given.clip.length], given.clip);
    expectClose(run(layer, clip), tensor([given.cleaned.length], given.cleaned));
  });

  it('takes all of a clip that is shorter than the sample of noise', () => {
    const clip = burst(3000, 1000, 2000);
    const all = run(makeLayer('denoise', { noiseSamples: 3000 }), clip);
    expect(run(makeLayer('denoise', {}), clip).data).toEqual(all.data);
  });

  it('explains a sample by those that its frames read', () => {
    const layer = makeLayer('denoise', { nFft: 64, winLength: 64, hopLength: 16, noiseSamples: 200 });
    const clip = burst(600, 300, 450);
    const { terms } = layer.explain([400], clip);
    // Of the windows of 64 that begin on multiples of 16, the first that reaches it begins at 352, the last at 400.
    expect(terms.map(({ from }) => from[0])).toEqual(Array.from({ length: 112 }, (_, m) => 352 + m));
    expect(layer.focus?.([400], [600])).toEqual([{ start: 352, end: 464 }]);
    expect(layer.field([400], [600])).toEqual([{ start: 0, end: 600 }]);
  });

  it('refuses anything but a clip, and a hop too long to put the clip together again', () => {
    expect(() => makeLayer('denoise', {}).outputShape([9, 9, 1])).toThrow(/clip of samples, but 9 × 9 × 1/);
    expect(() => makeLayer('denoise', { padMode: 'reflect' }).outputShape([1024])).toThrow(ShapeError);
    expect(() => makeLayer('denoise', { hopLength: 1025 })).toThrow(ParameterError);
  });
});

describe('mean-over-time', () => {
  it('refuses anything but frames of bins', () => {
    expect(() => makeLayer('mean-over-time', {}).outputShape([9])).toThrow(ShapeError);
    expect(() => makeLayer('mean-over-time', {}).outputShape([9, 9, 3])).toThrow(/frames × bins × 1.*9 × 9 × 3/);
  });

  it('is the same in whatever order the frames come', () => {
    const layer = makeLayer('mean-over-time', {});
    expect([...run(layer, tensor([3, 2, 1], [1, 10, 2, 20, 6, 60])).data]).toEqual([3, 30]);
    expect([...run(layer, tensor([3, 2, 1], [6, 60, 1, 10, 2, 20])).data]).toEqual([3, 30]);
  });
});
