import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Folder, Recording } from '../../../training/data.ts';
import { trainingOf, warnOfHeard } from '../../../training/heard.ts';
import { heldOut, selectFold, selectRecordings } from '../../../training/selection.ts';
import { put, temporaryFolder } from './recordings.ts';

const splits = { 1: 'train', 2: 'train', 3: 'validation', 4: 'test', 5: 'extra' };
const recordings = Object.entries(splits).map(([fold, split]): Recording => {
  return { file: `${fold}.wav`, class: 'water', split, group: fold, word: '', fold, source: '' };
});
const folder: Folder = { path: '/f', recordings, groupName: 'original recordings', strangers: [] };
const ofSplit = (split: string) => recordings.filter((recording) => recording.split === split);
const record = (trainedOn: string) => ({ splits: [{ name: trainedOn, clips: 3 }] });

describe('a model that is judged', () => {
  const wanted = { includeValidation: false, everything: false };
  const ordinary = record(selectRecordings(folder, wanted).trainedOn);
  const more = record(selectRecordings(folder, { ...wanted, includeValidation: true }).trainedOn);
  const everything = record(selectRecordings(folder, { ...wanted, everything: true }).trainedOn);

  it('has not heard the splits that it was not trained on', () => {
    for (const split of ['validation', 'test', 'extra']) expect(warnOfHeard(ordinary, ofSplit(split))).toBeUndefined();
    for (const split of ['test', 'extra']) expect(warnOfHeard(more, ofSplit(split))).toBeUndefined();
  });

  it('has heard those that it was trained on, those with names of their own too', () => {
    expect(warnOfHeard(ordinary, ofSplit('train'))).toContain('trained on train.');
    expect(warnOfHeard(more, ofSplit('validation'))).toContain('trained on train and validation.');
    expect(warnOfHeard(everything, ofSplit('test'))).toContain('trained on train, validation, test and extra.');
    expect(warnOfHeard(everything, ofSplit('extra'))).toContain('it has heard these clips before');
  });

  it('has heard the folds of its training, and not the one that was held out', () => {
    const own = record(selectFold(folder, '4', { includeValidation: true }).trainedOn);
    expect(warnOfHeard(own, heldOut(folder, '4'))).toBeUndefined();
    expect(warnOfHeard(own, heldOut(folder, '2'))).toContain('trained on folds 1, 2, 3, 5.');
    expect(warnOfHeard(own, recordings)).toContain('it has heard 4 of these 5 clips before');
  });
});

describe('what is known of a training', () => {
  const temporary = temporaryFolder();
  afterAll(temporary.remove);
  const [model, run] = ['model', 'run'].map((name) => join(temporary.path, name));

  it('comes from the run rather than from a card, which may be older', () => {
    expect(trainingOf(model, run)).toBeUndefined();
    put(join(model, 'card.json'), JSON.stringify({ training: record('train') }));
    expect(trainingOf(model, run)).toEqual(record('train'));
    put(join(run, 'history.json'), JSON.stringify(record('train and validation')));
    expect(trainingOf(model, run)).toEqual(record('train and validation'));
    expect(trainingOf(run, model)).toEqual(record('train and validation'));
  });
});
