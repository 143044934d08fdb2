import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import type { Layer } from '../../../src/lib/layers/layer.ts';
import { at, sizeOf, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/preprocessing.json' with { type: 'json' };
import { examples } from './examples.ts';
import { expectClose, makeLayer, newPass, read, readAll, run } from './support.ts';

describe('PyTorch agrees', () => {
  it.each(golden.cases)('on $layer $config', ({ layer: type, config, weights, x, y, dy, dx }) => {
    const layer = makeLayer(type, config);
    layer.weights = readAll(weights);
    const pass = newPass();
    expectClose(layer.forward(read(x), pass), read(y));
    const gradients = layer.backward(read(dy), pass);
    expectClose(gradients.dx, read(dx));
    expect(gradients.dweights).toEqual({});
  });

  it.each(golden.keywordsResize)(
    'on a spectrogram made 32 × 32, antialias $antialias',
    ({ antialias, cells, magnitudes }) => {
      const x = tensor([124, 129, 1]);
      for (let n = 0; n < x.data.length; n++) x.data[n] = ((n * 7919) % 2003) / 2003 - 0.5;
      const y = run(makeLayer('resize', { antialias }), x);
      for (const { cell, value } of cells) expect(at(y, [...cell, 0])).toBeCloseTo(value, 6);
      expect(y.data.reduce((sum, value) => sum + Math.abs(value), 0) / magnitudes).toBeCloseTo(1, 6);
    },
  );
});

describe('silence, a constant, a single click and full scale', () => {
  const clip = (fill: (t: number) => number) =>
    tensor(
      [16000],
      Float32Array.from({ length: 16000 }, (_, t) => fill(t)),
    );
  const clips = {
    silence: clip(() => 0),
    constant: clip(() => 0.5),
    click: clip((t) => (t === 8000 ? 1 : 0)),
    'full scale': clip((t) => (t % 2 ? 1 : -1)),
    'hardly anything': clip((t) => (t % 2 ? 1e-38 : -1e-45)),
  };
  const chains = {
    'log, z-score of each clip': [
      ['log', {}],
      ['resize', {}],
      ['normalise', { statistics: 'per-clip' }],
    ],
    'power law, antialias, fitted z-score': [
      ['resize', { antialias: true }],
      ['power', {}],
      ['normalise', {}],
    ],
    'decibels, min-max': [
      ['log', { scale: 8.6859, floor: 1e-5, offset: 0 }],
      ['resize', {}],
      ['min-max', {}],
    ],
  } as const;

  describe.each(Object.entries(chains))('through spectrogram, %s', (_, stages) => {
    it.each(Object.entries(clips))('stay finite, forward and backward: %s', (_, x) => {
      const passes = [['spectrogram', {}] as const, ...stages].map(([type, config]) => {
        return { layer: makeLayer(type, config), pass: newPass() };
      });
      let value = tensor([1, ...x.shape], x.data);
      for (const { layer, pass } of passes) {
        value = layer.forward(value, pass);
        expect(value.data.every(Number.isFinite)).toBe(true);
      }
      let gradient = tensor(
        value.shape,
        value.data.map((_, i) => Math.sin(i)),
      );
      for (const { layer, pass } of passes.reverse()) {
        gradient = layer.backward(gradient, pass).dx;
        expect(gradient.data.every(Number.isFinite)).toBe(true);
      }
    });
  });

  it('a picture that is the same everywhere becomes 0, by z-score of the clip and by min-max', () => {
    for (const value of [0, -13.815511, 1e30]) {
      const x = tensor([4, 5, 1], new Float32Array(20).fill(value));
      expect(new Set(run(makeLayer('normalise', { statistics: 'per-clip' }), x).data)).toEqual(new Set([0]));
      expect(new Set(run(makeLayer('min-max', {}), x).data)).toEqual(new Set([0]));
    }
  });
});

describe('a spectrogram', () => {
  it('of the keywords model has 124 × 129 cells, and a 1 kHz tone peaks in the bin at 1 kHz', () => {
    const layer = makeLayer('spectrogram', {});
    const x = tensor(
      [16000],
      Float32Array.from({ length: 16000 }, (_, t) => Math.sin((2 * Math.PI * t) / 16)),
    );
    const y = run(layer, x);
    expect(y.shape).toEqual([124, 129, 1]);
    for (const i of [0, 60, 123]) {
      const row = y.data.subarray(i * 129, (i + 1) * 129);
      expect((row.indexOf(Math.max(...row)) * 16000) / 256).toBe(1000);
    }
  });

  it('cell of an unpadded frame is explained by every sample of the frame', () => {
    const layer = makeLayer('spectrogram', {});
    const x = tensor(
      [16000],
      Float32Array.from({ length: 16000 }, (_, t) => Math.sin(t)),
    );
    const { terms, constants } = layer.explain([7, 20, 0], x);
    expect(terms.map(({ from }) => from[0])).toEqual(Array.from({ length: 255 }, (_, t) => 7 * 128 + t));
    expect(layer.field([7, 20, 0], x.shape)).toEqual([{ start: 896, end: 1151 }]);
    expect(constants).toEqual({ power: 1 });
  });
});

describe('a resized picture', () => {
  it('is a mean: of a constant picture it is that constant, whatever the settings', () => {
    fc.assert(
      fc.property(examples.resize, ({ config, input }) => {
        const x = tensor(input, new Float32Array(sizeOf(input)).fill(0.7));
        for (const value of run(makeLayer('resize', config), x).data) expect(value).toBeCloseTo(0.7, 6);
      }),
    );
  });

  it('of its own size is the picture itself', () => {
    for (const coordinates of ['half-pixel', 'align-corners', 'asymmetric']) {
      const x = tensor(
        [5, 7, 2],
        Float32Array.from({ length: 70 }, (_, i) => Math.sin(i)),
      );
      const settings = [{}, { antialias: true }, { method: 'nearest' }];
      if (coordinates === 'half-pixel') settings.push({ method: 'area' });
      for (const setting of settings) {
        const layer = makeLayer('resize', { height: 5, width: 7, coordinates, ...setting });
        expect(run(layer, x).data).toEqual(x.data);
      }
    }
  });

  it('shrunk without antialias skips rows between the neighbours it blends; with it, none', () => {
    const plain = makeLayer('resize', {});
    const smooth = makeLayer('resize', { antialias: true });
    expect(plain.explain([10, 10, 0], tensor([124, 129, 1])).terms.length).toBe(4);
    const rows = (layer: Layer) =>
      new Set(
        Array.from({ length: 32 }, (_, i) => layer.field([i, 0, 0], [124, 129, 1])).flatMap(([s]) =>
          Array.from({ length: s.end - s.start }, (_, j) => s.start + j),
        ),
      ).size;
    expect(rows(plain)).toBe(64);
    expect(rows(smooth)).toBe(124);
  });
});

describe('what cannot be is refused with a sentence', () => {
  it.each([
    ['spectrogram', [2, 3], /clip of samples, but 2 × 3 came/],
    ['spectrogram', [100], /100 samples is shorter than one frame of 255/],
    ['resize', [12, 12], /height × width × channels, but 12 × 12 came/],
    ['resize', [0, 12, 1], /0 × 12 × 1 came/],
  ] as const)('%s of %j', (type, input, sentence) => {
    expect(() => makeLayer(type, {}).outputShape(input)).toThrow(ShapeError);
    expect(() => makeLayer(type, {}).outputShape(input)).toThrow(sentence);
    expect(() => run(makeLayer(type, {}), tensor(input))).toThrow(ShapeError);
  });

  it('a logarithm without floor and offset', () => {
    expect(() => makeLayer('log', { floor: 0, offset: 0 })).toThrow(ParameterError);
  });

  it('a window of zeros that is to be scaled by its sum or energy', () => {
    for (const scaling of ['window-sum', 'window-energy']) {
      for (const window of ['hann', 'blackman']) {
        const config = { winLength: 2, periodic: false, window, scaling };
        expect(() => makeLayer('spectrogram', config)).toThrow(expect.objectContaining({ parameter: 'scaling' }));
      }
    }
  });

  it('a window longer than the FFT, in the setting that is at fault', () => {
    expect(() => makeLayer('spectrogram', { winLength: 400 })).toThrow(
      expect.objectContaining({ parameter: 'winLength', message: expect.stringMatching(/400 samples/) }),
    );
  });
});
