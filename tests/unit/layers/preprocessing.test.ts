import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError, ShapeError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { evaluate } from '../../../src/lib/layers/explanation.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import type { Layer, Pass } from '../../../src/lib/layers/layer.ts';
import { fittedWeights } from '../../../src/lib/layers/normalise.ts';
import { contains } from '../../../src/lib/layers/region.ts';
import { readParameters } from '../../../src/lib/parameters.ts';
import { createRandom, type Random } from '../../../src/lib/random.ts';
import { at, type Cell, cellAt, example, type Shape, sizeOf, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/preprocessing.json' with { type: 'json' };

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

const read = ({ shape, data }: Numbers): Tensor => tensor(shape, data);

function makeLayer(type: string, config: unknown): Layer {
  const kind = layerKinds[type];
  return kind.create(readParameters(kind.parameters, config, type));
}

const newPass = (): Pass => ({ training: false, random: createRandom(1), kernels: plainKernels, keep: new Map() });

/** One example through a layer. */
function run(layer: Layer, x: Tensor): Tensor {
  return example(layer.forward(tensor([1, ...x.shape], x.data), newPass()), 0);
}

/** Agreement to 1e-5, relative to the largest value. */
function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.data.map(Math.abs));
  for (let i = 0; i < expected.data.length; i++) {
    expect(Math.abs(actual.data[i] - expected.data[i])).toBeLessThanOrEqual(1e-5 * largest);
  }
}

describe('PyTorch agrees', () => {
  it.each(golden.cases)('on $layer $config', ({ layer: type, config, weights, x, y, dy, dx }) => {
    const layer = makeLayer(type, config);
    const given = weights as Record<string, Numbers>;
    layer.weights = Object.fromEntries(
      Object.entries(given).map(([name, numbers]): [string, Tensor] => [name, read(numbers)]),
    );
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

/** A layer and one example that fits it. */
interface Sample {
  readonly layer: Layer;
  readonly x: Tensor;
  readonly random: Random;
}

const picture = fc.tuple(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 3 }),
);
const anyEpsilon = fc.constantFrom(1e-7, 0.1);

/** Any settings of each kind, with the shape of an input. */
const kinds: Record<string, fc.Arbitrary<{ config: unknown; input: Shape }>> = {
  spectrogram: fc.record({
    config: fc.record({
      winLength: fc.integer({ min: 1, max: 13 }),
      hopLength: fc.integer({ min: 1, max: 9 }),
      nFft: fc.integer({ min: 13, max: 20 }),
      window: fc.constantFrom('hann', 'hamming', 'blackman', 'rectangular'),
      periodic: fc.boolean(),
      placement: fc.constantFrom('start', 'centre'),
      centre: fc.boolean(),
      padMode: fc.constantFrom('reflect', 'constant', 'replicate'),
      padEnd: fc.constantFrom('none', 'last-frame', 'every-hop'),
      scaling: fc.constantFrom('none', 'frame-length'),
      power: fc.constantFrom(1, 2),
    }),
    input: fc.tuple(fc.integer({ min: 21, max: 60 })),
  }),
  log: fc.record({
    config: fc.record({
      scale: fc.constantFrom(1, 8.6859),
      floor: fc.constantFrom(0, 0.1),
      offset: fc.constantFrom(1e-6, 0.01),
    }),
    input: picture,
  }),
  power: fc.record({
    config: fc.record({ exponent: fc.constantFrom(0.3, 0.5, 2), floor: fc.constantFrom(0, 0.1) }),
    input: picture,
  }),
  resize: fc.record({
    config: fc.record({
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.integer({ min: 1, max: 9 }),
      method: fc.constantFrom('bilinear', 'nearest'),
      coordinates: fc.constantFrom('half-pixel', 'align-corners', 'asymmetric'),
      antialias: fc.boolean(),
    }),
    input: picture,
  }),
  normalise: fc.record({
    config: fc.record({ statistics: fc.constantFrom('fitted', 'per-clip'), epsilon: anyEpsilon }),
    input: picture,
  }),
  'min-max': fc.record({ config: fc.record({ epsilon: anyEpsilon }), input: picture }),
};

function samples(type: string): fc.Arbitrary<Sample> {
  return fc.tuple(kinds[type], fc.integer()).map(([{ config, input }, seed]) => {
    const random = createRandom(seed);
    const layer = makeLayer(type, config);
    layer.weights = layer.initialWeights(input, random);
    if (layer.weights.mean) layer.weights = fittedWeights({ count: 1, mean: 0.25, variance: 2 });
    const x = tensor(input);
    for (let i = 0; i < x.data.length; i++) x.data[i] = random.uniform() < 0.1 ? 0 : random.normal();
    return { layer, x, random };
  });
}

const someCell = (shape: Shape, random: Random): Cell => cellAt(shape, random.integer(sizeOf(shape)));

describe.each(Object.keys(kinds))('%s', (type) => {
  it('has the output shape and weight shapes that it announces, and nothing that is trained', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x }) => {
        expect(run(layer, x).shape).toEqual(layer.outputShape(x.shape));
        const shapes = Object.fromEntries(Object.entries(layer.weights).map(([name, w]) => [name, w.shape]));
        expect(layer.weightShapes(x.shape)).toEqual(shapes);
        expect(layer.trained).toEqual([]);
      }),
    );
  });

  it('does to each example of a batch what it does to that one alone', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        const other = tensor(
          x.shape,
          x.data.map(() => random.normal()),
        );
        const both = layer.forward(tensor([2, ...x.shape], [...x.data, ...other.data]), newPass());
        expect(example(both, 0).data).toEqual(run(layer, x).data);
        expect(example(both, 1).data).toEqual(run(layer, other).data);
      }),
    );
  });

  it('explains every cell: its terms give what forward computes, from cells that lie in the field', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        const y = run(layer, x);
        const cell = someCell(y.shape, random);
        const explanation = layer.explain(cell, x);
        const field = layer.field(cell, x.shape);
        // What rounding can change a sum by is in proportion to its terms, however far they cancel out.
        const scale = explanation.terms.reduce((sum, { value, weight = 1 }) => sum + Math.abs(value * weight), 0);
        const tolerance = 1e-5 * Math.abs(at(y, cell)) + 1e-7 * scale;
        expect(Math.abs(explanation.result - at(y, cell))).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(evaluate(explanation) - at(y, cell))).toBeLessThanOrEqual(tolerance);
        for (const { from, value } of explanation.terms) {
          expect(contains(field, from)).toBe(true);
          expect(value).toBe(at(x, from));
        }
      }),
    );
  });

  it('reads nothing outside the field of a cell, and something inside', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        const y = run(layer, x);
        const cell = someCell(y.shape, random);
        const field = layer.field(cell, x.shape);
        const inside = x.data.map((_, i) => (contains(field, cellAt(x.shape, i)) ? 1 : 0));
        expect(inside.reduce((sum, one) => sum + one, 0)).toBe(field.reduce((size, s) => size * (s.end - s.start), 1));
        const outsideChanged = tensor(
          x.shape,
          x.data.map((v, i) => (inside[i] ? v : 100 * random.normal())),
        );
        expect(at(run(layer, outsideChanged), cell)).toBe(at(y, cell));
        // Other terms mean another value, unless there are none, or their weights or slopes are all 0.
        const moving = layer.explain(cell, x).terms.filter(({ weight, weightImaginary }) => {
          return Math.abs(weight ?? 1) > 1e-9 || Math.abs(weightImaginary ?? 0) > 1e-9;
        });
        // The extremes of a picture stay 0 and 1, and its only cell stays at its mean.
        const fixed = type === 'min-max' || (type === 'normalise' && sizeOf(x.shape) === 1);
        if (moving.length === 0 || fixed) return;
        const changes = Array.from({ length: 8 }, () => {
          const changed = tensor(
            x.shape,
            x.data.map((v, i) => (inside[i] ? Math.abs(v) + random.uniform() : v)),
          );
          return at(run(layer, changed), cell) !== at(y, cell);
        });
        expect(changes).toContain(true);
      }),
    );
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, random }) => {
        // Kinks, at a floor and where two values tie, have no slope: keep away from them.
        for (let i = 0; i < x.data.length; i++) x.data[i] = (i % 3 === 0 ? -1 : 1) * (0.2 + 0.01 * ((i * 379) % 613));
        const batch = tensor([1, ...x.shape], x.data);
        const pass = newPass();
        const y = layer.forward(batch, pass);
        const magnitudes = layer.type === 'spectrogram' && (layer.config as { power: number }).power === 1;
        // A magnitude has a kink at 0; what lies close to it is left out of the loss.
        const dy = tensor(
          y.shape,
          y.data.map((value) => (magnitudes && value < 0.3 ? 0 : random.normal())),
        );
        const dx = layer.backward(dy, pass).dx.data;
        const loss = () => {
          const out = layer.forward(batch, newPass()).data;
          return out.reduce((sum, value, i) => sum + value * dy.data[i], 0);
        };
        const i = random.integer(x.data.length);
        const value = x.data[i];
        const step = 2 ** -8;
        x.data[i] = value + step;
        const above = loss();
        x.data[i] = value - step;
        const below = loss();
        const slope = (above - below) / (2 * step);
        const largest = dx.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
        expect(Math.abs(dx[i] - slope)).toBeLessThan(2e-3 * largest);
      }),
    );
  });
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
      fc.property(kinds.resize, ({ config, input }) => {
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
      for (const method of ['bilinear', 'nearest']) {
        const layer = makeLayer('resize', { height: 5, width: 7, coordinates, method, antialias: true });
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

  it('a window longer than the FFT, in the setting that is at fault', () => {
    expect(() => makeLayer('spectrogram', { winLength: 400 })).toThrow(
      expect.objectContaining({ parameter: 'winLength', message: expect.stringMatching(/400 samples/) }),
    );
  });
});
