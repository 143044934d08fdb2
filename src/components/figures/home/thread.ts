/**
 * The thread: one cell in each stage, from a place in the picture to an answer, along the strongest contributions.
 *
 * Backward, from an answer or any cell: the term with the largest weight × value that enters it; for a pooled cell the
 * winner of its four. Forward, from any cell: the live cell that it adds most to. Where nothing takes the cell up, the
 * thread ends and says why.
 */
import { indexOfLargest } from '@/components/plots/cells';
import { type Cell, cellAt, type Tensor } from '@/lib/tensor';
import type { PanelKey } from './panels.ts';

/** The tensors and weights that a thread runs through; convolutions are without padding and of stride 1. */
export interface Votes {
  readonly normalised: Tensor;
  readonly conv1: Tensor;
  readonly conv2: Tensor;
  readonly pooled: Tensor;
  readonly dense: Tensor;
  readonly answers: Tensor;
  /** [height, width, in, out] */
  readonly conv1Weight: Tensor;
  readonly conv2Weight: Tensor;
  /** [in, out] */
  readonly denseWeight: Tensor;
  readonly answerWeight: Tensor;
}

/** The stages of a thread, from the sound to the answer. */
export const threadKeys = ['normalised', 'conv1', 'conv2', 'pooled', 'dense', 'answers'] as const;
export type ThreadKey = (typeof threadKeys)[number] & PanelKey;

/** Why a thread ends before an answer. */
export type Ending =
  /** The cell is 0: nothing goes on from it. */
  | 'zero'
  /** Pooling kept a stronger neighbour. */
  | 'outvoted'
  /** No live cell counts it in its favour. */
  | 'unheard';

export interface Thread {
  /** The cell that was chosen. */
  readonly from: ThreadKey;
  readonly cells: Readonly<Partial<Record<ThreadKey, Cell>>>;
  readonly ending?: Ending;
}

interface Strongest {
  cell: Cell;
  strength: number;
}

/** The thread of the strongest vote for an answer. */
export function strongestVote(votes: Votes, answer: number): Thread {
  return threadFrom(votes, 'answers', [answer]);
}

/** The thread through a cell of one of its stages. */
export function threadFrom(votes: Votes, from: ThreadKey, cell: Cell): Thread {
  const cells: Partial<Record<ThreadKey, Cell>> = { [from]: cell };
  const start = threadKeys.indexOf(from);
  for (let index = start; index > 0; index--) {
    const here = cells[threadKeys[index]] as Cell;
    cells[threadKeys[index - 1]] = backward[threadKeys[index]](votes, here);
  }
  for (let index = start; index < threadKeys.length - 1; index++) {
    const next = forward[threadKeys[index]](votes, cells[threadKeys[index]] as Cell);
    if (typeof next === 'string') return { from, cells, ending: next };
    cells[threadKeys[index + 1]] = next;
  }
  return { from, cells };
}

const backward: Record<ThreadKey, (votes: Votes, cell: Cell) => Cell> = {
  answers: ({ dense, answerWeight }, [answer]) => strongestInput(dense, answerWeight, answer),
  dense: ({ pooled, denseWeight }, [unit]) => strongestInput(pooled, denseWeight, unit),
  pooled: ({ conv2 }, cell) => winnerOfPool(conv2, cell),
  conv2: ({ conv1, conv2Weight }, cell) => strongestTerm(conv1, conv2Weight, cell),
  conv1: ({ normalised, conv1Weight }, cell) => strongestTerm(normalised, conv1Weight, cell),
  normalised: (_votes, cell) => cell,
};

const forward: Record<ThreadKey, (votes: Votes, cell: Cell) => Cell | Ending> = {
  normalised: ({ normalised, conv1, conv1Weight }, cell) =>
    strongestReader(normalised, conv1Weight, conv1, cell, () => true) ?? 'unheard',

  conv1({ conv1, conv2, conv2Weight }, cell) {
    if (valueAt(conv1, cell) === 0) return 'zero';
    const kept = (reader: Cell) => sameCell(winnerOfPool(conv2, pooledCell(reader)), reader);
    return strongestReader(conv1, conv2Weight, conv2, cell, kept) ?? 'unheard';
  },

  conv2({ conv2 }, cell) {
    if (valueAt(conv2, cell) === 0) return 'zero';
    const above = pooledCell(cell);
    return sameCell(winnerOfPool(conv2, above), cell) ? above : 'outvoted';
  },

  /** The unit through which the cell helps the winning answer most. */
  pooled({ pooled, dense, denseWeight, answers, answerWeight }, cell) {
    const value = valueAt(pooled, cell);
    if (value === 0) return 'zero';
    const units = dense.data.length;
    const row = offset(pooled, cell) * units;
    const winner = indexOfLargest(answers.data);
    let best: Strongest | undefined;
    for (let unit = 0; unit < units; unit++) {
      const towards = answerWeight.data[unit * answers.data.length + winner];
      const entering = value * denseWeight.data[row + unit];
      if (dense.data[unit] <= 0 || towards <= 0 || entering <= 0) continue;
      if (!best || entering * towards > best.strength) best = { cell: [unit], strength: entering * towards };
    }
    return best?.cell ?? 'unheard';
  },

  dense({ dense, answers, answerWeight }, [unit]) {
    if (dense.data[unit] === 0) return 'zero';
    const count = answers.data.length;
    const row = answerWeight.data.subarray(unit * count, (unit + 1) * count);
    const winner = indexOfLargest(answers.data);
    if (row[winner] > 0) return [winner];
    const best = indexOfLargest(row);
    return row[best] > 0 ? [best] : 'unheard';
  },

  answers: (_votes, cell) => cell,
};

/** The input that adds most to output `output` of a dense layer of weights [in, out]. */
function strongestInput(input: Tensor, weight: Tensor, output: number): Cell {
  const outputs = weight.shape[1];
  let best = 0;
  let strength = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < input.data.length; index++) {
    const term = input.data[index] * weight.data[index * outputs + output];
    if (term > strength) [best, strength] = [index, term];
  }
  return cellAt(input.shape, best);
}

/** The input cell that adds most to an output cell of a convolution. */
function strongestTerm(input: Tensor, weight: Tensor, [time, frequency, map]: Cell): Cell {
  const [height, width, channels, maps] = weight.shape;
  let best: Strongest = { cell: [time, frequency, 0], strength: Number.NEGATIVE_INFINITY };
  for (let m = 0; m < height; m++) {
    for (let n = 0; n < width; n++) {
      const start = offset(input, [time + m, frequency + n, 0]);
      for (let channel = 0; channel < channels; channel++) {
        const strength = input.data[start + channel] * weight.data[((m * width + n) * channels + channel) * maps + map];
        if (strength > best.strength) best = { cell: [time + m, frequency + n, channel], strength };
      }
    }
  }
  return best.cell;
}

/** The live output cell of a convolution that an input cell adds most to, among those that are wanted. */
function strongestReader(
  input: Tensor,
  weight: Tensor,
  output: Tensor,
  [time, frequency, channel]: Cell,
  wanted: (reader: Cell) => boolean,
): Cell | undefined {
  const [height, width, channels, maps] = weight.shape;
  const value = valueAt(input, [time, frequency, channel]);
  const [times, frequencies] = output.shape;
  let best: Strongest | undefined;
  for (let m = 0; m < height; m++) {
    for (let n = 0; n < width; n++) {
      const [t, f] = [time - m, frequency - n];
      if (t < 0 || f < 0 || t >= times || f >= frequencies) continue;
      for (let map = 0; map < maps; map++) {
        const strength = value * weight.data[((m * width + n) * channels + channel) * maps + map];
        const reader = [t, f, map];
        if (strength <= (best?.strength ?? 0) || valueAt(output, reader) <= 0 || !wanted(reader)) continue;
        best = { cell: reader, strength };
      }
    }
  }
  return best?.cell;
}

function pooledCell([time, frequency, map]: Cell): Cell {
  return [time >> 1, frequency >> 1, map];
}

/** The largest of the four cells under a pooled one; the first of equals. */
function winnerOfPool(input: Tensor, [time, frequency, map]: Cell): Cell {
  let best: Cell = [2 * time, 2 * frequency, map];
  for (const [m, n] of [
    [0, 1],
    [1, 0],
    [1, 1],
  ]) {
    const cell = [2 * time + m, 2 * frequency + n, map];
    if (valueAt(input, cell) > valueAt(input, best)) best = cell;
  }
  return best;
}

function sameCell(a: Cell, b: Cell): boolean {
  return a.every((index, axis) => index === b[axis]);
}

function offset({ shape }: Tensor, [time, frequency, channel]: Cell): number {
  return (time * shape[1] + frequency) * shape[2] + channel;
}

function valueAt(t: Tensor, cell: Cell): number {
  return t.data[offset(t, cell)];
}
