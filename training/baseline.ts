/** The classifier without a network of `train/baseline.ts`, fitted and measured on recordings of a folder. */
import { fitInputs } from '../src/lib/audio/tiles.ts';
import type { Architecture } from '../src/lib/model/architecture.ts';
import type { Baseline } from '../src/lib/model/card.ts';
import { answersNaming, createMeanSpectrum, fitNearestMean } from '../src/lib/train/baseline.ts';
import { fromPcm } from '../src/lib/train/examples.ts';
import { indexOfLargest, measure } from '../src/lib/train/metrics.ts';
import type { AudioCache } from './cache.ts';
import { partOf } from './clips.ts';
import { say } from './command.ts';
import type { Folder, Recording } from './data.ts';
import type { JudgedSplit } from './judge.ts';
import type { JudgedFolds } from './judge-folds.ts';
import { createBar } from './progress.ts';
import { foldsOf, heldOut, selectFold } from './selection.ts';

/** Recordings to fit it on, and those that it is measured by. */
export interface BaselinePart {
  readonly training: readonly Recording[];
  readonly judged: readonly Recording[];
}

/** For what was judged: one part fitted on the split `train`, or, for each fold, one that is fitted on the others. */
export function baselineParts(folder: Folder, judged: JudgedSplit | JudgedFolds): readonly BaselinePart[] {
  if (!('folds' in judged)) {
    const training = folder.recordings.filter((recording) => recording.split === 'train');
    return [{ training, judged: judged.recordings }];
  }
  const read = new Set(judged.recordings);
  return foldsOf(folder, 2).map((fold) => ({
    training: selectFold(folder, fold, { includeValidation: true }).training,
    judged: heldOut(folder, fold).filter((recording) => read.has(recording)),
  }));
}

/**
 * Fits the classifier on each part's training recordings and measures it on those judged of all parts together. Clips
 * are what the model's input takes, made as for judging. Without training recordings the commonest class of those judged
 * is always named.
 * @param open reads recordings at the rate of the input
 */
export async function measureBaseline(
  { classes, input }: Pick<Architecture, 'classes' | 'input'>,
  parts: readonly BaselinePart[],
  open: (files: readonly string[]) => Promise<AudioCache>,
): Promise<Baseline> {
  const labelOf = (recording: Recording): number => classes.indexOf(recording.class);
  const truth = parts.flatMap(({ judged }) => judged.map(labelOf));
  const figures = (name: string, labels: readonly number[], named: readonly number[]): Baseline => {
    const { accuracy, balancedAccuracy } = measure(answersNaming(classes, labels, named));
    return { name, accuracy, balancedAccuracy };
  };
  if (parts.some(({ training }) => training.length === 0)) {
    const commonest = indexOfLargest(classes.map((_, k) => truth.filter((label) => label === k).length));
    return figures('always the commonest class', truth, Array(truth.length).fill(commonest));
  }
  const all = [...new Set(parts.flatMap(({ training, judged }) => [...training, ...judged]))];
  const heard = hear(all, input, await open(all.map(({ file }) => file)));
  const known = (recordings: readonly Recording[]) =>
    recordings.flatMap((recording) => {
      const spectrum = heard.get(recording);
      return spectrum ? [{ spectrum, label: labelOf(recording) }] : [];
    });
  const answers = parts.flatMap(({ training, judged }) => {
    const examples = known(training);
    const name = fitNearestMean(
      examples.map(({ spectrum }) => spectrum),
      examples.map(({ label }) => label),
    );
    return known(judged).map(({ spectrum, label }) => ({ label, named: name(spectrum) }));
  });
  return figures(
    'nearest mean spectrum of 40 mel bands',
    answers.map(({ label }) => label),
    answers.map(({ named }) => named),
  );
}

/** The mean spectra of recordings; those that cannot be read are counted and left out. */
function hear(
  recordings: readonly Recording[],
  input: Architecture['input'],
  cache: AudioCache,
): Map<Recording, Float32Array> {
  const spectrumOf = createMeanSpectrum(input.sampleRate);
  const spectra = new Map<Recording, Float32Array>();
  const bar = createBar('Hearing clips without a network');
  for (const [i, recording] of recordings.entries()) {
    bar.show(i, recordings.length);
    const own = cache.read(recording.file);
    if (!own) continue;
    const { sampleRate } = input;
    spectra.set(recording, spectrumOf(fitInputs({ samples: fromPcm(partOf(own, recording)), sampleRate }, input)));
  }
  bar.clear();
  cache.close();
  const missing = recordings.length - spectra.size;
  if (missing > 0) say(`Recordings that could not be read and are left out of the comparison: ${missing}.`);
  return spectra;
}
