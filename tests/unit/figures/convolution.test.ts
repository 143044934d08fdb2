import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Axis, placed, written } from '../../../src/components/figures/convolution/output-size.ts';
import {
  kernelOf,
  type OwnKernelConfig,
  ownKernelSchema,
  presetOf,
  presets,
  settingsOf,
} from '../../../src/components/figures/convolution/own-kernel.ts';
import {
  countQuestion,
  fieldQuestion,
  secondWeights,
  sizeQuestion,
  valueQuestion,
} from '../../../src/components/figures/convolution/questions.ts';
import { cellOfStep, stepOfCell, stepsOf } from '../../../src/components/figures/convolution/sliding.ts';
import { byStrength, sumOfStack } from '../../../src/components/figures/convolution/stack.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { conv2dKind } from '../../../src/lib/layers/conv2d.ts';
import { inferencePass } from '../../../src/lib/model/network.ts';
import { defaults } from '../../../src/lib/parameters.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { example, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import { convolved, partsOfMap } from '../../../src/workers/lab/convolved.ts';

const noise = (shape: readonly number[], seed = 1): Tensor => {
  const random = createRandom(seed);
  const t = tensor(shape);
  t.data.set(t.data.map(() => random.normal()));
  return t;
};

describe('the sliding window', () => {
  it('visits every cell once, beginning at the top left', () => {
    const shape = [5, 4, 9];
    const cells = Array.from({ length: stepsOf(shape) }, (_, step) => cellOfStep(step, shape));
    expect(cells[0]).toEqual([0, 3]);
    expect(cells[1]).toEqual([1, 3]);
    expect(cells.at(-1)).toEqual([4, 0]);
    expect(new Set(cells.map(String)).size).toBe(20);
    for (const [step, cell] of cells.entries()) expect(stepOfCell(cell, shape)).toBe(step);
  });

  it('stands at the nearest cell where one points beyond the map', () => {
    expect(cellOfStep(stepOfCell([-1, 9], [5, 4]), [5, 4])).toEqual([0, 3]);
  });
});

describe('a kernel of one’s own', () => {
  it('is each preset that the settings name, and no other', () => {
    for (const preset of presets) {
      const config = { ...defaults(ownKernelSchema), ...settingsOf(preset) } as OwnKernelConfig;
      expect(presetOf(config)).toBe(preset);
      expect(kernelOf(config).weights).toEqual(preset.weights.flat());
      expect(presetOf({ ...config, w11: 7.5 })).toBeUndefined();
    }
  });

  it('adds up to 0 where it sees differences alone, and to 1 where it blurs', () => {
    const sums = Object.fromEntries(
      presets.map(({ name, weights }) => [name, weights.flat().reduce((a, b) => a + b, 0)]),
    );
    expect(sums).toMatchObject({ onset: 0, harmonic: 0, edge: 0 });
    expect(sums.blur).toBeCloseTo(1, 12);
  });

  it('turned round, gives what mathematics calls the convolution', () => {
    const x = noise([7, 6, 1]);
    const weights = [...noise([9], 2).data];
    const turned = kernelOf({
      ...defaults(ownKernelSchema),
      ...settingsOf({ name: '', about: '', weights: [weights.slice(0, 3), weights.slice(3, 6), weights.slice(6)] }),
      turned: true,
    } as OwnKernelConfig);
    const y = convolved(x, turned, plainKernels);
    const [i, j] = [2, 1];
    let sum = 0;
    for (let m = 0; m < 3; m++) {
      for (let n = 0; n < 3; n++) sum += x.data[(i + 2 - m) * 6 + (j + 2 - n)] * weights[3 * m + n];
    }
    expect(y.shape).toEqual([5, 4, 1]);
    expect(y.data[i * 4 + j]).toBeCloseTo(sum, 5);
  });
});

describe('the output size', () => {
  const axes = fc.record({
    cells: fc.integer({ min: 1, max: 32 }),
    kernel: fc.integer({ min: 1, max: 8 }),
    stride: fc.integer({ min: 1, max: 4 }),
    padding: fc.constantFrom('valid' as const, 'same' as const),
  });

  it('is that of the formula, for any kernel, stride and padding', () => {
    fc.assert(
      fc.property(axes, (axis: Axis) => {
        const { cells, kernel, stride, padding } = axis;
        fc.pre(padding === 'same' || kernel <= cells);
        const { count, before, after, starts, unread } = placed(axis);
        expect(count).toBe(padding === 'same' ? Math.ceil(cells / stride) : 1 + Math.floor((cells - kernel) / stride));
        expect(starts).toEqual(starts.map((_, index) => index * stride - before));
        expect(starts[count - 1] + kernel).toBeLessThanOrEqual(cells + after);
        expect(after - before === 0 || after - before === 1 || padding === 'valid').toBe(true);
        for (const cell of unread) {
          expect(starts.every((start) => cell < start || cell >= start + kernel)).toBe(true);
        }
        expect(written(axis, { count, before, after, starts, unread })).toContain(`${count}`);
      }),
    );
  });

  it('says which cell is left over', () => {
    expect(placed({ cells: 12, kernel: 3, stride: 2, padding: 'valid' }).unread).toEqual([11]);
  });

  it('refuses a kernel that is longer than the row', () => {
    expect(() => placed({ cells: 2, kernel: 3, stride: 1, padding: 'valid' })).toThrow('window of 3');
  });

  it('of the pooled stack that the chapter counts is what it says', () => {
    const size = (cells: number, kernel: number, stride: number) =>
      cells < kernel ? 0 : 1 + Math.floor((cells - kernel) / stride);
    const lengths = [128];
    for (const kernel of [13, 11, 9]) {
      lengths.push(size(lengths[lengths.length - 1], kernel, 1));
      lengths.push(size(lengths[lengths.length - 1], 3, 3));
    }
    expect(lengths).toEqual([128, 116, 38, 28, 9, 1, 0]);
  });
});

describe('a map taken apart', () => {
  const layer = conv2dKind.create({
    filters: 3,
    kernelHeight: 3,
    kernelWidth: 3,
    strideHeight: 1,
    strideWidth: 1,
    padding: 'valid',
  });
  layer.weights = { weight: noise([3, 3, 4, 3], 5), bias: noise([3], 6) };
  const x = noise([6, 7, 4], 7);
  const y = example(layer.forward(tensor([1, ...x.shape], x.data), inferencePass(plainKernels)), 0);
  const apart = partsOfMap(x, layer.weights, y, 2, plainKernels);

  it('adds up to the map that the layer computes', () => {
    const sum = sumOfStack(apart, new Set());
    for (const [cell, value] of sum.data.entries()) expect(value).toBeCloseTo(y.data[cell * 3 + 2], 5);
    expect(Array.from(apart.whole.data)).toEqual(Array.from(sum.data, (_, cell) => y.data[cell * 3 + 2]));
  });

  it('leaves out what is taken out', () => {
    const sum = sumOfStack(apart, new Set([0, 1, 3]));
    for (const [cell, value] of sum.data.entries()) {
      expect(value).toBeCloseTo(apart.parts.data[cell * 4 + 2] + apart.bias, 5);
    }
    expect(sumOfStack(apart, new Set([0, 1, 2, 3])).data.every((value) => value === Math.fround(apart.bias))).toBe(
      true,
    );
  });

  it('orders what it is made of by strength', () => {
    const parts = tensor([1, 2, 3], [0, 5, -1, 0, 1, -7]);
    expect(byStrength({ parts })).toEqual([2, 1, 0]);
  });
});

describe('the exercises', () => {
  it('count the columns, and tell what a wrong number counts', () => {
    const question = sizeQuestion(122);
    expect(question.answer).toBe(59);
    expect(question.mistake(58)).toContain('steps');
    expect(question.mistake(118)).toContain('stride of 1');
    expect(question.mistake(61)).toContain('“same”');
    expect(question.mistake(60)).toContain('past the right edge');
    expect(sizeQuestion(3).answer).toBe(0);
  });

  it('compute a cell by hand where the picture is steepest', () => {
    const picture = tensor([32, 32, 1]);
    for (let frequency = 4; frequency < 7; frequency++) {
      picture.data[10 * 32 + frequency] = 0.5;
      picture.data[11 * 32 + frequency] = 1;
      picture.data[12 * 32 + frequency] = 3.04;
    }
    const question = valueQuestion(picture);
    expect(question.answer).toBe(-9);
    expect(question.given).toContain('3.0');
    expect(question.mistake(9)).toContain('turned round');
    expect(question.mistake(0)).toContain('ReLU');
    expect(valueQuestion(tensor([32, 32, 1])).answer).toBe(0);
  });

  it('count the numbers of the second convolution, whose shape is that of the model', () => {
    const { stages } = JSON.parse(readFileSync('public/models/keywords/architecture.json', 'utf8')) as {
      stages: { name: string; config: Record<string, number> }[];
    };
    const config = (name: string) => stages.find((stage) => stage.name === name)?.config ?? {};
    const { kernelHeight, kernelWidth, filters } = config('conv2');
    expect(secondWeights).toEqual([kernelHeight, kernelWidth, config('conv1').filters, filters]);
    const question = countQuestion(secondWeights);
    expect(question.answer).toBe(18496);
    expect(question.given).toContain('32 maps in, 64 maps out');
    expect(question.mistake(18432)).toContain('bias');
    expect(question.mistake(640)).toContain('one map in');
    expect(question.mistake(288)).toContain('one kernel');
  });

  it('follow a pooled column back to the picture', () => {
    const question = fieldQuestion({ cell: [3, 2, 17], columns: { start: 6, end: 12 } });
    expect(question.answer).toBe(11);
    expect(question.mistake(6)).toContain('first of them');
    expect(question.mistake(7)).toContain('max-pool');
    expect(question.mistake(9)).toContain('one of the two');
    expect(question.mistake(12)).toContain('one past');
  });
});
