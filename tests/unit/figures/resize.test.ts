import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/components/chapter/Exercise.tsx';
import { shareByColumn } from '../../../src/components/figures/resize/column-shares.ts';
import { countedCells } from '../../../src/components/figures/resize/counted.ts';
import { differenceOf } from '../../../src/components/figures/resize/difference.ts';
import { secondCells, secondScales, secondShape } from '../../../src/components/figures/resize/paint.ts';
import { pythonCalls } from '../../../src/components/figures/resize/python.ts';
import { countQuestion, placeQuestion, valueQuestion } from '../../../src/components/figures/resize/questions.ts';
import {
  checkStrip,
  countingRow,
  loudestRow,
  reachOf,
  stripOf,
} from '../../../src/components/figures/resize/strips.ts';
import { checkWay, interpolationOf, ways } from '../../../src/components/figures/resize/ways.ts';
import { placeOf as placeOnScale } from '../../../src/components/plots/cell-scale.ts';
import { removeOffset } from '../../../src/lib/audio/offset.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { resizeKind } from '../../../src/lib/layers/resize.ts';
import { classifyClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { type Tensor, tensor } from '../../../src/lib/tensor.ts';
import type { Bench } from '../../../src/workers/lab/bench.ts';
import {
  askedSizes,
  glide,
  pictureOf,
  resizeCalls,
  second,
  secondOptions,
} from '../../../src/workers/lab/resize-calls.ts';
import { resized, thereAndBack } from '../../../src/workers/lab/resized.ts';
import { createShelf } from '../../../src/workers/shelf.ts';

const model = 'public/models/keywords';
const architecture = JSON.parse(readFileSync(`${model}/architecture.json`, 'utf8'));
const shelf = createShelf(
  () => async (file) => new Uint8Array(await readFile(`${model}/${file}`)),
  async () => ({ kernels: plainKernels, note: undefined }),
  () => {},
);
const benchOf = (samples: Float32Array, sampleRate = 16000): Bench => ({
  ...shelf,
  clip: () => ({ samples, sampleRate, start: 0 }),
  hold: () => {},
  progress: () => {},
});

/** A second of noise that rises and falls. */
const noise = (seed: number): Float32Array => {
  const random = createRandom(seed);
  return Float32Array.from({ length: 16000 }, (_, n) => 0.3 * random.normal() * Math.sin((Math.PI * n) / 16000));
};

describe('the second of chapter 5', () => {
  it('is taken as the network takes it', () => {
    const { power, ...options } = architecture.stages[0].config;
    expect(second).toEqual(architecture.input);
    expect(options).toEqual(secondOptions);
    expect(power).toBe(1);
    const { magnitudes, largest } = pictureOf(noise(1));
    expect(magnitudes.shape).toEqual(secondShape);
    expect(secondCells).toBe(15996);
    expect(largest).toBe(Math.max(...magnitudes.data));
  });

  it('has its columns on their frames and its rows on their bins', () => {
    // Frame 10 reads 255 samples from 1280 on; bin 16 of 256 at 16 kHz is 1 kHz.
    expect(placeOnScale(secondScales.time, (1280 + 127.5) / 16000)).toBeCloseTo(10.5 / 124, 12);
    expect(placeOnScale(secondScales.frequency, 1)).toBeCloseTo(16.5 / 129, 12);
  });

  it('of a glide rises from one frequency to the other', () => {
    const { magnitudes } = pictureOf(glide(1000, 3000));
    const loudest = (frame: number) => {
      const column = magnitudes.data.subarray(frame * 129, (frame + 1) * 129);
      return (16000 / 256) * column.indexOf(Math.max(...column));
    };
    for (const frame of [0, 31, 62, 93, 123]) {
      const hertz = 1000 + 2000 * ((128 * frame + 127) / 16000);
      expect(Math.abs(loudest(frame) - hertz)).toBeLessThanOrEqual(16000 / 256);
    }
  });
});

describe('the answers with another resize', () => {
  it('are those of the network where nothing is changed, and go through fewer cells where asked', async () => {
    const clip = noise(2);
    const bench = benchOf(clip);
    const answers = await resizeCalls(bench).resizeAnswers({ height: 8, width: 8, ...interpolationOf('antialiased') });
    const { network } = await bench.open('keywords');
    const samples = removeOffset(clip);
    const probabilities = classifyClip(network, tensor([samples.length], samples), plainKernels);
    expect(answers.classes).toEqual(architecture.classes);
    for (const [k, probability] of probabilities.entries()) expect(answers.trained[k]).toBeCloseTo(probability, 6);
    expect(answers.trained[answers.winner]).toBe(Math.max(...answers.trained));
    expect(answers.bySize.map(({ cells }) => cells)).toEqual([...askedSizes]);
    const of = (size: number) => answers.bySize.find(({ cells }) => cells === size)?.probability;
    expect(of(32)).toBeCloseTo(answers.trained[answers.winner], 5);
    expect(of(8)).toBeCloseTo(answers.asked[answers.winner], 6);
    expect(of(8)).not.toBeCloseTo(answers.trained[answers.winner], 3);
    expect(answers.asked.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  }, 30_000);
});

describe('what is left to hear', () => {
  const all = { height: 124, width: 129, ...interpolationOf('bilinear') };

  it('is the clip where no cell is lost, but for the edges that hardly any window reaches', () => {
    const samples = noise(3);
    const { original, back } = resizeCalls(benchOf(samples)).heardPicture(all);
    for (let n = 200; n < 15800; n++) expect(Math.abs(back[n] - original[n])).toBeLessThan(1e-5);
  });

  it('is silence of silence, and never not a number', () => {
    for (const samples of [new Float32Array(16000), new Float32Array(3).fill(0.5), noise(4).subarray(0, 900)]) {
      const calls = resizeCalls(benchOf(samples));
      const small = { height: 8, width: 8, ...interpolationOf('antialiased') };
      expect(calls.heardPicture(small).back.every(Number.isFinite)).toBe(true);
      expect(calls.guessedPicture(small).every(Number.isFinite)).toBe(true);
    }
    expect(
      resizeCalls(benchOf(new Float32Array(16000)))
        .heardPicture(all)
        .back.every((value) => value === 0),
    ).toBe(true);
  });
});

describe('a row in another length', () => {
  // By PyTorch's interpolate, mode="bilinear", of 3 × 3 to 6 × 6: github.com/tensorflow/tfjs/issues/1729.
  it.each([
    [3, 6, 'half-pixel', [10, 12.5, 17.5, 22.5, 27.5, 30]],
    [3, 6, 'align-corners', [10, 14, 18, 22, 26, 30]],
    [3, 6, 'asymmetric', [10, 15, 20, 25, 30, 30]],
    [6, 3, 'half-pixel', [15, 35, 55]],
    [6, 3, 'align-corners', [10, 35, 60]],
    [6, 3, 'asymmetric', [10, 30, 50]],
  ] as const)('from %i to %i cells by %s', (before, after, coordinates, values) => {
    const { cells } = stripOf(countingRow(before), after, coordinates);
    for (const [o, { value, terms }] of cells.entries()) {
      expect(value).toBeCloseTo(values[o], 12);
      expect(terms.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
  });

  it('fits into the reach that all conventions share', () => {
    const strips = (['half-pixel', 'align-corners', 'asymmetric'] as const).map((name) => stripOf([1, 2, 3], 6, name));
    const reach = reachOf(strips);
    for (const { cells, step, row } of strips) {
      for (const { place } of cells) {
        expect(place - step / 2).toBeGreaterThan(-reach);
        expect(place + step / 2).toBeLessThan(row.length - 1 + reach);
      }
    }
  });

  it('of the reader’s clip holds its loudest cell, called 100', () => {
    const { magnitudes } = pictureOf(noise(5));
    for (const cells of [1, 3, 8]) {
      const row = loudestRow(magnitudes, cells);
      expect(row).toHaveLength(cells);
      expect(Math.max(...row)).toBe(100);
    }
    expect(loudestRow(tensor([...secondShape]), 3)).toEqual([0, 0, 0]);
  });

  it('has no cell beyond its last', () => {
    expect(() => checkStrip({ before: 3, after: 2, cell: 2, numbers: 'counting' })).toThrow(
      /no cell 2 among 2.*1 or less/,
    );
    checkStrip({ before: 3, after: 2, cell: 1, numbers: 'counting' });
  });
});

describe('cells that have a say', () => {
  it('are all of them with area and antialias, a quarter with bilinear, one in sixteen with nearest', () => {
    const counts = ways.map((way) => countedCells(secondShape, { height: 32, width: 32, ...interpolationOf(way) }));
    expect(counts).toEqual([1024, 4096, 15996, 15996]);
    const bilinear = (height: number, width: number) =>
      countedCells(secondShape, { height, width, ...interpolationOf('bilinear') });
    expect(bilinear(62, 65)).toBe(secondCells);
    expect(bilinear(61, 64)).toBe(122 * 128);
  });

  it('are those of which a change is seen', () => {
    const sides = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(sides, sides, sides, sides, fc.constantFrom(...ways), (h, w, height, width, way) => {
        const config = { height, width, ...interpolationOf(way) };
        let seen = 0;
        for (let cell = 0; cell < h * w; cell++) {
          const one = tensor([h, w, 1]);
          one.data[cell] = 1;
          if (resized(one, config).data.some((value) => value !== 0)) seen++;
        }
        expect(countedCells([h, w, 1], config)).toBe(seen);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what arrives and what differs', () => {
  it('is one of a picture itself, and nothing where there is nothing', () => {
    const picture = tensor([2, 3], [1, 2, 3, 0, 0, 0]);
    expect(shareByColumn(picture, picture)).toEqual([1, Number.NaN]);
    expect(shareByColumn(tensor([2, 1], [1, 9]), picture)[0]).toBeCloseTo(1 / 6, 12);
  });

  it('keeps the total of a glide by antialias, and beats by bilinear', () => {
    const { magnitudes } = pictureOf(glide(500, 2500));
    const by = (way: (typeof ways)[number]) => resized(magnitudes, { height: 32, width: 32, ...interpolationOf(way) });
    const inner = (values: readonly number[]) => values.slice(1, -1);
    const smooth = inner(shareByColumn(by('antialiased'), by('area')));
    const beads = inner(shareByColumn(by('bilinear'), by('area')));
    expect(Math.min(...smooth)).toBeGreaterThan(0.97);
    expect(Math.max(...smooth)).toBeLessThan(1.03);
    expect(Math.min(...beads)).toBeLessThan(0.45);
    expect(Math.max(...beads)).toBeGreaterThan(1.55);
  });

  it('loses a steady tone of 1 kHz by nearest', () => {
    const { magnitudes, largest } = pictureOf(glide(1000, 1000));
    const small = resized(magnitudes, { height: 32, width: 32, ...interpolationOf('nearest') });
    expect(Math.max(...small.data)).toBeLessThan(0.01 * largest);
  });

  it('is the root of squares over squares, signed cell by cell', () => {
    const { signed, share } = differenceOf(tensor([2], [3, 4]), tensor([2], [3, 1]));
    expect([...signed.data]).toEqual([0, -3]);
    expect(share).toBeCloseTo(3 / 5, 12);
    expect(differenceOf(tensor([2]), tensor([2])).share).toBe(0);
    const picture = tensor(
      [4, 4, 1],
      Float32Array.from({ length: 16 }, (_, i) => i),
    );
    const same = thereAndBack(picture, { height: 4, width: 4, ...interpolationOf('bilinear') });
    expect(differenceOf(picture, same).share).toBe(0);
  });
});

describe('settings that have no meaning together', () => {
  it('are refused with the setting at fault', () => {
    const refused = () => checkWay({ way: 'area', coordinates: 'asymmetric' });
    expect(refused).toThrow(ParameterError);
    expect(refused).toThrow(/half-pixel/);
    checkWay({ way: 'antialiased', coordinates: 'asymmetric' });
  });
});

describe('the calls of libraries', () => {
  it('give columns as the first axis, and OpenCV its own order', () => {
    const [tf, torch] = pythonCalls(40, 20);
    expect(tf.code).toContain('[40, 20], method="bilinear", antialias=True');
    expect(torch.code).toContain('size=(40, 20)');
    expect(torch.code).toContain('(20, 40), interpolation=cv2.INTER_AREA');
  });
});

describe('the exercises of chapter 5', () => {
  const magnitudes = pictureOf(noise(6)).magnitudes;
  const bilinear = { height: 32, width: 32, ...interpolationOf('bilinear') };
  const accepts = ({ answer, tolerance }: Question, given: number) => Math.abs(given - answer) <= tolerance;

  /** Every wrong number is refused, and explained by these words. */
  function explains(question: Question, wrong: readonly (readonly [number, RegExp])[]): void {
    for (const [given, words] of wrong) {
      expect(accepts(question, given), String(given)).toBe(false);
      expect(question.mistake(given)).toMatch(words);
    }
  }

  it('ask where a row is read', () => {
    const question = placeQuestion(magnitudes);
    const row = Number(/row (\d+), counted/.exec(question.given)?.[1]);
    expect(accepts(question, ((row + 0.5) * 129) / 32 - 0.5)).toBe(true);
    explains(question, [
      [((row + 0.5) * 129) / 32, /½ comes off/],
      [(row * 129) / 32, /asymmetric/],
      [(row * 128) / 31, /aligned corners/],
      [Math.round(question.answer), /whole row/],
      [500, /from the lower edge/],
    ]);
  });

  it('ask for a value, and know the plain mean when they see it', () => {
    const question = valueQuestion(magnitudes);
    const small = resized(magnitudes, bilinear);
    const loudest = Math.max(...magnitudes.data);
    expect(accepts(question, (100 * Math.max(...small.data)) / loudest)).toBe(true);
    const numbers = (question.given.match(/\d+\.\d+/g) ?? []).map(Number);
    const [a, b, c, d, right, up] = numbers;
    const blend = (x: number, y: number) => (1 - x) * ((1 - y) * a + y * b) + x * ((1 - y) * c + y * d);
    expect(blend(right, up)).toBeCloseTo(question.answer, 1);
    explains(question, [
      [(a + b + c + d) / 4, /plain mean/],
      [blend(1 - right, 1 - up), /far cells/],
      [1000, /between its smallest and its largest/],
    ]);
    const silent = valueQuestion(tensor([...secondShape]));
    expect(silent.answer).toBe(0);
    expect(silent.given).not.toContain('NaN');
  });

  it.each([124, 10, 3444, 1])('ask how many cells count, of %i frames', (frames) => {
    const question = countQuestion(frames);
    const picture: Tensor = tensor([frames, 129, 1]);
    const read = new Set<string>();
    const layer = resizeKind.create(bilinear);
    for (let i = 0; i < 32; i++) {
      for (let j = 0; j < 32; j++) {
        for (const { from } of layer.explain([i, j, 0], picture).terms) read.add(from.join());
      }
    }
    expect(question.answer).toBe(read.size);
    if (frames === 124) {
      explains(question, [
        [15996, /all of them/],
        [1024, /nearest/],
        [64, /rows are read/],
        [4, /one new cell/],
      ]);
    }
  });
});
