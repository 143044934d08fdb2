/** A model's answers to the recordings of one split, read from their files. */
import { relative } from 'node:path';
import { fitInputs } from '../src/lib/audio/tiles.ts';
import { KuuloError } from '../src/lib/errors.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { getWeights, type Network } from '../src/lib/model/network.ts';
import { stack } from '../src/lib/train/examples.ts';
import type { Answers } from '../src/lib/train/metrics.ts';
import { predict } from '../src/lib/train/step.ts';
import { poolTiles } from '../src/lib/train/tiles.ts';
import { partOf } from './clips.ts';
import { say, sentenceOf } from './command.ts';
import { type Folder, type Recording, recordingsOf } from './data.ts';
import { createBar } from './progress.ts';
import { readSound } from './read-sound.ts';
import { unchanged, type Variation } from './variation.ts';

export interface JudgedSplit {
  readonly answers: Answers;
  /** The recordings that were judged, in the order of the answers. */
  readonly recordings: readonly Recording[];
  readonly skipped: number;
  /** Where longer recordings are heard in tiles: the answers to these, and the recording of each. */
  readonly tiles?: { readonly answers: Answers; readonly recordings: readonly number[] };
}

/** How many clips go through the network together. */
const TOGETHER = 16;

/** Judges every recording of a split. @throws KuuloError as `judgeRecordings` does, or if the folder has no such split */
export function judgeSplit(
  network: Network,
  folder: Folder,
  split: string,
  kernels: Kernels,
  vary?: Variation,
): Promise<JudgedSplit> {
  return judgeRecordings(network, recordingsOf(folder, split), folder, `split "${split}"`, kernels, vary);
}

/**
 * Judges recordings of a folder; one that cannot be read is named on standard error, counted, and left out.
 * @param what they are, for people: 'split "test"'
 * @param vary what is done to each before
 * @throws KuuloError if none of them can be read
 */
export async function judgeRecordings(
  network: Network,
  all: readonly Recording[],
  folder: Folder,
  what: string,
  kernels: Kernels,
  vary: Variation = unchanged,
): Promise<JudgedSplit> {
  const { classes, input } = network.architecture;
  kernels.freeze(Object.values(getWeights(network)));
  const bar = createBar(`Judging ${what}`);
  const recordings: Recording[] = [];
  const rows: Float32Array[] = [];
  const numbers: number[] = [];
  const waiting: Float32Array[] = [];
  const judgeWaiting = (): void => {
    const together = waiting.splice(0, TOGETHER);
    const { data } = predict(network, stack(together), kernels);
    for (let i = 0; i < together.length; i++) rows.push(data.slice(i * classes.length, (i + 1) * classes.length));
  };
  for (const [i, recording] of all.entries()) {
    bar.show(i, all.length);
    try {
      const { samples, sampleRate } = await readSound(recording.file, input.sampleRate);
      const pieces = fitInputs({ samples: vary(partOf(samples, recording), recording, i), sampleRate }, input);
      waiting.push(...pieces);
      numbers.push(...pieces.map(() => recordings.length));
      recordings.push(recording);
    } catch (error) {
      bar.clear();
      say(`Skipped ${relative(folder.path, recording.file) || '(no file)'}: ${sentenceOf(error)}`);
    }
    while (waiting.length >= TOGETHER) judgeWaiting();
  }
  if (waiting.length > 0) judgeWaiting();
  bar.clear();
  if (recordings.length === 0) {
    throw new KuuloError(`Not one of the ${all.length} recordings of the ${what} could be read.`);
  }
  const probabilities = new Float32Array(rows.length * classes.length);
  for (const [i, row] of rows.entries()) probabilities.set(row, i * classes.length);
  const truth = numbers.map((number) => classes.indexOf(recordings[number].class));
  const answers: Answers = { classes, truth, probabilities };
  const skipped = all.length - recordings.length;
  if (input.hop === undefined) return { answers, recordings, skipped };
  return { answers: poolTiles(answers, numbers), recordings, skipped, tiles: { answers, recordings: numbers } };
}
