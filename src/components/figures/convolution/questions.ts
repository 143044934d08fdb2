/** The chapter's exercises as questions: the engine answers, and says what a wrong number would be the answer to. */
import type { Question } from '@/components/chapter/Exercise';
import { formatNumber } from '@/components/plots/format';
import { geometryOf } from '@/lib/layers/conv2d';
import type { Span } from '@/lib/layers/region';
import { type Shape, sizeOf, type Tensor, tensor } from '@/lib/tensor';
import { layerOf } from '@/workers/lab/convolved';

const whole = (value: number) => formatNumber(value, { decimals: 0 });
const tenth = (value: number) => formatNumber(value, { decimals: 1 });

/** How many columns a 5 × 5 kernel with a stride of 2 leaves of so many frames. */
export function sizeQuestion(frames: number): Question {
  const [kernel, stride] = [5, 2];
  const answer = columnsOf(frames, kernel, stride);
  return {
    given: `The spectrogram of your clip in Figure 7.3 has ${whole(frames)} columns. The kernel is 5\u00a0×\u00a05, the stride 2, nothing is padded.`,
    unit: 'columns',
    answer,
    tolerance: 0,
    why:
      answer > 0
        ? `⌊(${whole(frames)} − 5) / 2⌋ + 1 = ⌊${formatNumber((frames - 5) / 2, { decimals: 1 })}⌋ + 1 = ${whole(answer)}.`
        : 'The picture is narrower than the kernel, so no window fits.',
    hint: 'The first window stands at the left edge. How far can the last one have moved, and in steps of 2?',
    mistake: (given) => {
      if (given === answer - 1) return 'That counts the steps. The window also stands where it began.';
      if (given === frames - kernel + 1) return 'That would be right for a stride of 1. Here the window moves by 2.';
      if (given === Math.ceil(frames / stride)) {
        return 'That is what “same” padding would give. Here nothing is padded: the window stays inside.';
      }
      if (given === answer + 1) return 'The last of those windows would reach past the right edge.';
      return given > answer ? 'So many windows do not fit.' : 'More windows fit than that.';
    },
  };
}

function columnsOf(cells: number, kernel: number, stride: number): number {
  if (cells < kernel) return 0;
  const axis = { filters: 1, kernelHeight: kernel, kernelWidth: 1, strideHeight: stride, strideWidth: 1 };
  return geometryOf({ ...axis, padding: 'valid' }, [cells, 1, 1]).outHeight;
}

/** The kernel of the second exercise: what comes later minus what came earlier. */
const onset = [-1, -1, -1, 0, 0, 0, 1, 1, 1];

/** One cell by hand: nine numbers of the reader's own picture, [32, 32, 1], with one decimal. */
export function valueQuestion(picture: Tensor): Question {
  const patch = steepestPatch(picture);
  const layer = layerOf({ size: 3, weights: onset, bias: 0, padding: 'valid' });
  const answer = Math.round(10 * layer.explain([0, 0, 0], patch).result) / 10;
  const column = (time: number) => [0, 1, 2].map((frequency) => patch.data[3 * time + frequency]);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const line = (frequency: number) => [0, 1, 2].map((time) => tenth(patch.data[3 * time + frequency])).join(', ');
  const [left, middle, right] = [0, 1, 2].map((time) => total(column(time)));
  const is = (given: number, value: number) => Math.abs(given - value) < 0.051;
  return {
    given: `Nine cells of your picture, from the highest band down: ${line(2)}; ${line(1)}; ${line(0)}. The kernel has −1 in its left column, 0 in the middle, 1 on the right; the bias is 0.`,
    unit: '',
    answer,
    tolerance: 0.051,
    why: `The right column adds up to ${tenth(right)}, the left one to ${tenth(left)}: ${tenth(right)} − ${left < 0 ? `(${tenth(left)})` : tenth(left)} = ${tenth(answer)}. ${answer > 0 ? 'It grew louder here.' : answer < 0 ? 'It grew fainter here; a ReLU would make this 0.' : 'Nothing changes here.'}`,
    hint: 'Multiply each number by the weight at the same place. The middle column counts for nothing.',
    mistake: (given) => {
      if (is(given, -answer)) {
        return 'That is the sum with the kernel turned round, as mathematics convolves. Here the kernel is laid on as it stands.';
      }
      if (given === 0 && answer < 0) return 'That is what is left after ReLU. Asked is the sum before it.';
      if (is(given, left + middle + right)) return 'That is the sum of the nine cells. Each must be weighed first.';
      if (is(given, left + right)) return 'The left column has the weight −1: it is taken away, not added.';
      if (is(given, right)) return 'That is the right column alone. The left one is taken away from it.';
      if (is(given, rowsOf(patch))) {
        return 'There the kernel lies on its side. Time runs to the right, so the columns of the kernel are moments.';
      }
      return 'Not that. Write the three products of the right column, then those of the left, with their signs.';
    },
  };
}

/** Top row minus bottom row. */
function rowsOf({ data }: Tensor): number {
  return [0, 1, 2].reduce((sum, time) => sum + data[3 * time + 2] - data[3 * time], 0);
}

/** The 3 × 3 cells in which the picture changes most along time, rounded to one decimal. */
function steepestPatch({ shape: [times, frequencies], data }: Tensor): Tensor {
  const at = (time: number, frequency: number) => Math.round(10 * data[time * frequencies + frequency]) / 10;
  let best = { time: 0, frequency: 0, rise: -1 };
  for (let time = 0; time + 3 <= times; time++) {
    for (let frequency = 0; frequency + 3 <= frequencies; frequency++) {
      let rise = 0;
      for (let row = 0; row < 3; row++) rise += at(time + 2, frequency + row) - at(time, frequency + row);
      if (Math.abs(rise) > best.rise) best = { time, frequency, rise: Math.abs(rise) };
    }
  }
  const values = Array.from({ length: 9 }, (_, place) =>
    at(best.time + Math.floor(place / 3), best.frequency + (place % 3)),
  );
  return tensor([3, 3, 1], values);
}

/** The shape of the weights of the second convolution of `keywords`. */
export const secondWeights = [3, 3, 32, 64] as const;

/** How many numbers training sets in a convolution with weights of this shape. */
export function countQuestion(weight: Shape): Question {
  const [height, width, inputs, filters] = weight;
  const weights = sizeOf(weight);
  const answer = weights + filters;
  return {
    given: `The second convolution of keywords has kernels of ${height} × ${width}, ${inputs} maps in, ${filters} maps out.`,
    unit: 'numbers',
    answer,
    tolerance: 0,
    why: `${height} · ${width} · ${inputs} · ${filters} = ${whole(weights)} weights, and ${filters} biases: ${whole(answer)}.`,
    hint: 'Each of the maps that come out has a kernel of its own, as deep as there are maps going in, and one bias.',
    mistake: (given) => {
      if (given === weights) return 'Those are the weights. Each map that comes out has a bias too.';
      if (given === height * width * filters || given === height * width * filters + filters) {
        return `That would be right for one map in. A kernel has nine weights for each of the ${inputs} maps.`;
      }
      if (given === height * width * inputs || given === height * width * inputs + 1) {
        return `That is one kernel. There are ${filters} of them.`;
      }
      if (given === weights + inputs)
        return 'There is one bias for each map that comes out, not for each that goes in.';
      if (given > 1_000_000) return 'The size of the picture does not enter: the same weights serve at every place.';
      return 'Count one kernel first: its nine weights, for every map that goes in.';
    },
  };
}

export interface PooledField {
  /** [time, frequency, map] of the strongest pooled cell. */
  readonly cell: readonly number[];
  /** The columns of the picture that it depends on. */
  readonly columns: Span;
}

/** Which columns of the picture the strongest pooled cell depends on. */
export function fieldQuestion({ cell: [time, frequency, map], columns }: PooledField): Question {
  const answer = columns.end - 1;
  return {
    given: `The strongest pooled cell of your clip stands in map ${map}, column ${time}, row ${frequency}, counted from 0. Two 3\u00a0×\u00a03 convolutions and a 2\u00a0×\u00a02 max-pool lie before it.`,
    unit: '',
    answer,
    tolerance: 0,
    why: `Column ${time} of the pooled map is made of columns ${2 * time} and ${2 * time + 1} of the second convolution. A cell of column c there reads columns c to c + 2 of the first, and those read c to c + 4 of the picture: ${columns.start} to ${answer}, six in all.`,
    hint: `Go back one step at a time: a pooled column is made of two. Then each convolution adds two columns to the right.`,
    mistake: (given) => {
      if (given === columns.start) return 'That is the first of them. Asked is the last.';
      if (given === 2 * time + 1) return 'So far the max-pool reaches. The two convolutions before it reach further.';
      if (given === 2 * time + 3) return 'That leaves out one of the two convolutions: each adds two columns.';
      if (given === time + 4 || given === time + 5) {
        return 'The pooled map has half as many columns: its column is not yet a column of the picture.';
      }
      if (given === columns.end) return 'That is one past the last. Columns are counted from 0.';
      if (given === columns.end - columns.start) return 'That is how many columns it reads. Asked is the last of them.';
      return 'Go back step by step: max-pool, second convolution, first convolution.';
    },
  };
}
