/**
 * What every kind of layer promises by the contract of `layer.ts`. A new kind needs examples in `examples.ts`, and then
 * all of this is held against it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Term } from '../../../src/lib/layers/explanation.ts';
import { layerKinds } from '../../../src/lib/layers/index.ts';
import type { Layer } from '../../../src/lib/layers/layer.ts';
import { contains, type Region, sizeOfRegion, whole } from '../../../src/lib/layers/region.ts';
import { defaults } from '../../../src/lib/parameters.ts';
import { createRandom, type Random } from '../../../src/lib/random.ts';
import { at, type Cell, cellAt, example, type Shape, sizeOf, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { randomTensor } from '../kernels/support.ts';
import { examples } from './examples.ts';
import { batchOf, makeLayer, newPass, run } from './support.ts';

/** A layer with weights, and one example that fits it. */
interface Sample {
  readonly layer: Layer;
  readonly x: Tensor;
  /** The second input of a layer that joins two. */
  readonly skip?: Tensor;
  readonly random: Random;
}

function samples(type: string): fc.Arbitrary<Sample> {
  return fc.tuple(examples[type], fc.integer()).map(([{ config, input }, seed]) => {
    const random = createRandom(seed);
    const layer = makeLayer(type, config);
    layer.weights = Object.fromEntries(
      Object.entries(layer.initialWeights(input, random)).map(([name, { shape }]) => [
        name,
        randomTensor(random, shape),
      ]),
    );
    for (const [c, value] of layer.weights.variance?.data.entries() ?? []) layer.weights.variance.data[c] = value ** 2;
    const x = randomTensor(random, input, 0.1);
    return { layer, x, random, ...(layer.joins ? { skip: randomTensor(random, input, 0.1) } : {}) };
  });
}

function someCell(shape: Shape, random: Random): Cell {
  return cellAt(shape, random.integer(sizeOf(shape)));
}

/** x with other numbers, large and small, in one box. */
function changedWithin(x: Tensor, box: Region, random: Random): Tensor {
  const size = 10 ** (2 * random.uniform());
  const data = x.data.map((value, i) => (contains(box, cellAt(x.shape, i)) ? size * random.normal() : value));
  return tensor(x.shape, data);
}

/** Numbers of very different sizes, so that what is read hangs now on one of them, now on another. */
function uneven(random: Random, shape: Shape): Tensor {
  return tensor(
    shape,
    randomTensor(random, shape, 0.1).data.map((value) => value * 10 ** (3 * random.uniform())),
  );
}

/** The faces of a box: the first and the last index of each axis. */
function facesOf(box: Region): Region[] {
  return box.flatMap(({ start, end }, axis) => [
    box.with(axis, { start, end: start + 1 }),
    box.with(axis, { start: end - 1, end }),
  ]);
}

/**
 * Whether terms weigh nothing, cell by cell. A sample that padding repeats is read by many terms of a spectrogram; over
 * whole turns of a bin their weights cancel out.
 */
function weighNothing(terms: readonly Term[]): boolean {
  const sums = new Map<string, { real: number; imaginary: number }>();
  for (const { from, weight = 1, weightImaginary = 0 } of terms) {
    const { real, imaginary } = sums.get(String(from)) ?? { real: 0, imaginary: 0 };
    sums.set(String(from), { real: real + weight, imaginary: imaginary + weightImaginary });
  }
  return [...sums.values()].every(({ real, imaginary }) => Math.hypot(real, imaginary) < 1e-9);
}

/**
 * Numbers of both signs that keep away from kinks, at 0, at a floor and where two values tie. All differ by 0.01 or more,
 * and no frequency bin is of one sign, so that no statistics are of values that hardly vary: there the slopes are so
 * steep that no step is small enough.
 */
function awayFromKinks(shape: Shape): Tensor {
  const x = tensor([1, ...shape]);
  const bins = sizeOf(shape.slice(1));
  for (let i = 0; i < x.data.length; i++) {
    const thirdFrame = Math.floor(i / bins) % 3 === 0;
    const oddBin = (i % bins) % 2 === 1;
    x.data[i] = (thirdFrame === oddBin ? 1 : -1) * (0.2 + 0.01 * ((i * 379) % 613));
  }
  return x;
}

it('has examples for every kind in the registry', () => {
  expect(Object.keys(examples).sort()).toEqual(Object.keys(layerKinds).sort());
});

describe.each(Object.keys(layerKinds))('%s', (type) => {
  it('is made from its defaults, and its examples vary every setting', () => {
    const { parameters, create } = layerKinds[type];
    expect(create(defaults(parameters)).type).toBe(type);
    fc.assert(
      fc.property(examples[type], ({ config }) => {
        expect(Object.keys(config).sort()).toEqual(Object.keys(parameters).sort());
      }),
      { numRuns: 1 },
    );
  });

  it('has the output shape and weight shapes that it announces', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, skip }) => {
        expect(run(layer, x, skip).shape).toEqual(layer.outputShape(x.shape, skip?.shape));
        const shapes = Object.fromEntries(Object.entries(layer.weights).map(([name, w]) => [name, w.shape]));
        expect(layer.weightShapes(x.shape)).toEqual(shapes);
        expect(Object.keys(shapes)).toEqual(expect.arrayContaining([...layer.trained]));
      }),
    );
  });

  it('does to each example of a batch what it does to that one alone', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, skip, random }) => {
        const other = randomTensor(random, x.shape);
        const pair = (a: Tensor, b: Tensor) => tensor([2, ...x.shape], [...a.data, ...b.data]);
        const both = layer.forward(pair(x, other), newPass(), skip && pair(skip, x));
        expect(example(both, 0).data).toEqual(run(layer, x, skip).data);
        expect(example(both, 1).data).toEqual(run(layer, other, skip && x).data);
      }),
    );
  });

  it('explains every cell: its terms give what forward computes, from cells that lie in the field', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, skip, random }) => {
        const y = run(layer, x, skip);
        const cell = someCell(y.shape, random);
        const explanation = layer.explain(cell, x, skip);
        // What rounding can change a sum by is in proportion to its terms, however far they cancel out.
        const scale = explanation.terms.reduce((sum, { value, weight = 1 }) => sum + Math.abs(value * weight), 0);
        // There and back, a Fourier transform rounds in proportion to the largest sample, even where terms are all 0.
        const largest = x.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const tolerance = 1e-5 * Math.abs(at(y, cell)) + 1e-7 * scale + 1e-15 * largest;
        expect(Math.abs(explanation.result - at(y, cell))).toBeLessThanOrEqual(tolerance);
        expect(Math.abs(evaluate(explanation) - at(y, cell))).toBeLessThanOrEqual(tolerance);
        const field = layer.field(cell, x.shape);
        const focus = layer.focus?.(cell, x.shape) ?? field;
        for (const { from, input, value } of explanation.terms) {
          expect(contains(field, from)).toBe(true);
          expect(value).toBe(at(input === 'skip' ? (skip as Tensor) : x, from));
        }
        if (explanation.terms.length > 0) expect(contains(focus, explanation.terms[0].from)).toBe(true);
      }),
    );
  });

  it('reads nothing outside the field of a cell', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, skip, random }) => {
        const y = run(layer, x, skip);
        const cell = someCell(y.shape, random);
        const field = layer.field(cell, x.shape);
        const inside = x.data.map((_, i) => (contains(field, cellAt(x.shape, i)) ? 1 : 0));
        expect(inside.reduce((sum, one) => sum + one, 0)).toBe(sizeOfRegion(field));
        const changedOutside = (t: Tensor): Tensor => {
          const changed = changedWithin(t, whole(x.shape), random);
          for (const [i, kept] of inside.entries()) if (kept) changed.data[i] = t.data[i];
          return changed;
        };
        expect(at(run(layer, changedOutside(x), skip && changedOutside(skip)), cell)).toBe(at(y, cell));
      }),
    );
  });

  it('reads up to every face of the field of a cell', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x, skip, random }) => {
        const y = run(layer, x, skip);
        const cell = someCell(y.shape, random);
        const field = layer.field(cell, x.shape);
        // Of one cell, statistics and shares are the same whatever it holds.
        if (sizeOf(x.shape) === 1 || sizeOfRegion(field) === 0) return;
        const { terms } = layer.explain(cell, x, skip);
        for (const face of facesOf(field)) {
          const read = terms.filter(({ from }) => contains(face, from));
          if (read.length > 0 && weighNothing(read)) continue;
          // Where reading hangs on what is read, as in trim, one input may not reach the face, but some input does.
          const moves = (_: unknown, attempt: number) => {
            const other = attempt % 2 === 0 ? randomTensor(random, x.shape, 0.1) : uneven(random, x.shape);
            const from = attempt === 0 ? x : other;
            const before = at(run(layer, from, skip), cell);
            return at(run(layer, changedWithin(from, face, random), skip), cell) !== before;
          };
          expect(Array.from({ length: 400 }).some(moves)).toBe(true);
          if (!skip) continue;
          const skipMoves = () => at(run(layer, x, changedWithin(skip, face, random)), cell) !== at(y, cell);
          expect(Array.from({ length: 40 }).some(skipMoves)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has the gradients that finite differences give', () => {
    fc.assert(
      fc.property(samples(type), ({ layer, x: { shape }, skip: second, random }) => {
        const x = awayFromKinks(shape);
        const skip = second && batchOf(second);
        const pass = newPass({ training: true });
        const y = layer.forward(x, pass, skip);
        // A magnitude has a kink at 0; what lies close to it is left out of the loss.
        const kinked = layer.type === 'spectrogram' && (layer.config as { power: number }).power === 1;
        const largest = y.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const dy = tensor(
          y.shape,
          y.data.map((value) => (kinked && value < 0.1 * largest ? 0 : random.normal())),
        );
        const { dx, dskip, dweights } = layer.backward(dy, pass);
        // Dropout draws the same numbers again, since every pass starts from the same seed.
        const loss = () => {
          const { data } = layer.forward(x, newPass({ training: true }), skip);
          return data.reduce((sum, value, i) => sum + value * dy.data[i], 0);
        };
        const pairs = [{ t: x, gradient: dx }];
        expect(dskip !== undefined).toBe(layer.joins === true);
        if (skip && dskip) pairs.push({ t: skip, gradient: dskip });
        expect(Object.keys(dweights).sort()).toEqual([...layer.trained].sort());
        for (const [name, gradient] of Object.entries(dweights)) pairs.push({ t: layer.weights[name], gradient });
        for (const { t, gradient } of pairs) {
          expect(gradient.shape).toEqual(t.shape);
          const i = random.integer(t.data.length);
          const value = t.data[i];
          const step = 2 ** -8;
          t.data[i] = value + step;
          const above = loss();
          t.data[i] = value - step;
          const below = loss();
          t.data[i] = value;
          const slope = (above - below) / (2 * step);
          const steepest = gradient.data.reduce((most, g) => Math.max(most, Math.abs(g)), 1);
          expect(Math.abs(gradient.data[i] - slope)).toBeLessThan(1e-3 * steepest);
        }
      }),
    );
  });

  it.each<[string, (i: number, count: number) => number]>([
    ['zeros', () => 0],
    ['a constant', () => 0.5],
    ['a negative constant', () => -0.5],
    ['an impulse', (i, count) => (i === count >> 1 ? 1 : 0)],
    ['full scale', (i) => (i % 2 ? 1 : -1)],
  ])('stays finite, forward and backward: %s', (_, fill) => {
    fc.assert(
      fc.property(samples(type), ({ layer, x: { shape, data } }) => {
        const pass = newPass({ training: true });
        const x = tensor(
          [1, ...shape],
          data.map((_, i) => fill(i, data.length)),
        );
        const y = layer.forward(x, pass, layer.joins && x);
        expect(y.data.every(Number.isFinite)).toBe(true);
        const { dx, dweights } = layer.backward(tensor(y.shape, y.data.map(Math.cos)), pass);
        for (const gradient of [dx, ...Object.values(dweights)])
          expect(gradient.data.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});
