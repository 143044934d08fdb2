/** Whole runs on made recordings, with threads: by fold, and on everything; and what is measured of them. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import type { TrainingRecord } from '../../../src/lib/model/card.ts';
import { getWeights } from '../../../src/lib/model/network.ts';
import { evaluationOf } from '../../../src/lib/train/evaluation.ts';
import { measure } from '../../../src/lib/train/metrics.ts';
import type { Recipe } from '../../../src/lib/train/recipe.ts';
import { type Folder, readFolder } from '../../../training/data.ts';
import { harderOf } from '../../../training/harder.ts';
import { type JudgedSplit, judgeSplit } from '../../../training/judge.ts';
import { judgeFolds } from '../../../training/judge-folds.ts';
import { classesOf } from '../../../training/listing.ts';
import { foldFolder, install, readModel } from '../../../training/model-files.ts';
import { isFinished, trainRun } from '../../../training/run.ts';
import { foldsOf, selectFold, selectRecordings } from '../../../training/selection.ts';
import { small } from '../train/small.ts';
import { put, temporaryFolder, tone, wavFile } from './recordings.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const { silence, unknown, ...rest } = small;
const { silence: _, ...augment } = small.augment;
/** Two tones, heard in tiles, with batch-norm. */
const recipe: Recipe = {
  ...rest,
  name: 'tones',
  architecture: {
    ...small.architecture,
    name: 'tones',
    input: { sampleRate: 8000, samples: 1024, hop: 512 },
    classes: ['low', 'high'],
    stages: small.architecture.stages.flatMap((stage) => {
      if (stage.type === 'conv2d') return [stage, { name: 'norm', type: 'batch-norm' }];
      return [stage.name === 'dense' ? { ...stage, config: { units: 2 } } : stage];
    }),
  },
  clips: { longer: 'anywhere', shorter: 'anywhere' },
  noise: { classes: [], made: true },
  sampling: { exponent: 0, shares: {}, sourceExponent: 0 },
  augment,
  epochs: 6,
};

let data: Folder;
const run = join(folder.path, 'run');
const options = { cacheFolder: join(folder.path, 'cache'), threads: 2, resume: false, temperature: 1 };

beforeAll(() => {
  const rows = ['file,class,split,fold,group,source'];
  for (const [i, fold] of ['1', '2', '3'].entries()) {
    for (const [k, name] of ['low', 'high'].entries()) {
      for (let n = 0; n < 3; n++) {
        const file = `${fold}-${name}-${n}.wav`;
        const seconds = n === 0 ? 0.08 : 0.3;
        put(join(folder.path, file), wavFile(tone(500 + 2000 * k, seconds, 8000, 10 * i + 5 * k + n), 8000));
        rows.push([file, name, ['train', 'validation', 'test'][i], fold, file, n === 2 ? 'web' : 'disc'].join(','));
      }
    }
  }
  put(join(folder.path, 'index.csv'), `${rows.join('\n')}\n`);
  data = readFolder(folder.path, classesOf(recipe));
});

function recordOf(path: string): TrainingRecord {
  return JSON.parse(readFileSync(join(path, 'history.json'), 'utf8'));
}

describe('a cross-validation', { timeout: 120_000 }, () => {
  it('trains a model for each fold and judges each recording by one that never heard it', async () => {
    for (const fold of foldsOf(data)) {
      const own = foldFolder(run, fold);
      await trainRun(recipe, data, selectFold(data, fold, { includeValidation: false }), { ...options, folder: own });
      expect(isFinished(own)).toBe(true);
      expect(recordOf(own).splits.map(({ clips }) => clips)).toEqual([6, 6]);
    }
    const judged = await judgeFolds('tones', run, data, async () => plainKernels);
    const figures = evaluationOf({
      split: 'folds',
      ...judged,
      groups: judged.recordings.map(({ group }) => group),
      sources: judged.recordings.map(({ source }) => source),
      groupName: 'recordings',
      notWords: [],
    });
    expect(figures.n).toBe(18);
    expect(Object.keys(figures.folds ?? {})).toEqual(['1', '2', '3']);
    expect(figures.sources).toMatchObject({ disc: { n: 12 }, web: { n: 6 } });
    // 0.3 s are 2400 samples: tiles from 0, 512, 1024 and 1376; 0.08 s are one.
    expect(figures.tiles?.n).toBe(6 + 12 * 4);
    expect(figures.accuracy).toBeGreaterThan(0.8);
  });
});

describe('a run on everything', { timeout: 120_000 }, () => {
  it('keeps the weights of its last epoch, says so, and can be installed and judged', async () => {
    const selected = selectRecordings(data, { includeValidation: false, everything: true });
    const probe = await trainRun(recipe, data, selected, { ...options, folder: run });
    expect(probe?.labels).toHaveLength(18);
    const record = recordOf(run);
    expect(record).toMatchObject({ chosen: false, bestEpoch: 6, temperature: 1 });
    expect(record.splits).toMatchObject([{ name: 'train, validation and test', clips: 18 }]);
    expect(record.history.every(({ validation }) => validation === undefined)).toBe(true);
    const to = join(folder.path, 'installed');
    if (probe) await install(recipe, probe, plainKernels, run, to);
    expect(existsSync(join(to, 'weights.safetensors'))).toBe(true);
    const network = await readModel('tones', to);
    const { mean, variance } = Object.fromEntries(
      ['mean', 'variance'].map((key) => [key, getWeights(network)[`norm.${key}`].data]),
    );
    expect([...mean, ...variance].every((value) => value !== 0 && value !== 1)).toBe(true);
    const { answers, recordings, tiles } = await judgeSplit(network, data, 'test', plainKernels);
    expect(answers.probabilities).toHaveLength(2 * recordings.length);
    expect(tiles?.recordings.at(-1)).toBe(recordings.length - 1);

    // No recording here stands still anywhere, so filling changes none of them.
    const fill = { probability: 0.5, level: { min: 1e-5, max: 1e-3 } };
    const listens = { ...recipe, noise: { classes: ['low'], made: false }, augment: { ...augment, fill } };
    const { harder = {} } = await harderOf(network, listens, data, 'test');
    const { accuracy, balancedAccuracy } = measure((tiles as NonNullable<JudgedSplit['tiles']>).answers);
    const n = tiles?.recordings.length;
    const over = [10, 5, 0].map((snr) => `over other noise, ${snr} dB below`);
    expect(Object.keys(harder)).toEqual(['with noise of −70 dB in the padding', ...over]);
    expect(harder['with noise of −70 dB in the padding']).toEqual({ n, accuracy, balancedAccuracy });
    expect(Object.values(harder).map((figures) => figures.n)).toEqual([n, n, n, n]);
    expect(await harderOf(network, recipe, data, 'test')).toEqual({});
  });
});

describe('a readout on an autoencoder', { timeout: 120_000 }, () => {
  const square = { kernelHeight: 3, kernelWidth: 3, strideHeight: 2, strideWidth: 2, padding: 'same' };
  const picture = small.architecture.stages.findIndex(({ name }) => name === small.picture);
  const common: Recipe = {
    ...recipe,
    name: 'readout',
    architecture: {
      ...recipe.architecture,
      name: 'readout',
      stages: [
        ...small.architecture.stages.slice(0, picture + 1),
        { name: 'encoded', type: 'conv2d', config: { ...square, filters: 2 } },
        { name: 'decoded', type: 'transposed-conv2d', config: { ...square, filters: 1 } },
        { name: 'flatten', type: 'flatten', from: 'encoded' },
        { name: 'dense', type: 'dense', config: { units: 2 } },
        { name: 'softmax', type: 'softmax' },
      ],
    },
    epochs: 3,
  };
  const readout: Recipe = {
    ...common,
    picture: 'encoded',
    logits: 'dense',
    labels: 2,
    before: { ...common, logits: 'decoded', loss: 'reconstruction' },
    augment: { ...augment, timeMasks: { count: 0, width: 0 }, frequencyMasks: { count: 0, width: 0 } },
  };
  const own = { ...options, folder: join(folder.path, 'readout') };
  const before = join(own.folder, 'before');

  it('learns to give pictures back, and then changes nothing but the readout', async () => {
    const selected = selectRecordings(data, { includeValidation: false, everything: false });
    expect(await trainRun(readout, data, selected, own)).toBeDefined();
    const { history } = recordOf(before);
    expect(history).toHaveLength(3);
    expect(history[2].loss).toBeLessThan(0.9 * history[0].loss);
    const [first, second] = await Promise.all([before, own.folder].map((path) => readModel('readout', path)));
    const [encoded, trained] = [getWeights(first), getWeights(second)];
    for (const name of Object.keys(trained)) {
      const same = trained[name].data.every((value, i) => value === encoded[name].data[i]);
      expect([name, same]).toEqual([name, !name.startsWith('dense')]);
    }
  });

  it('goes on with what was stopped, and does not train the autoencoder again', async () => {
    const selected = selectRecordings(data, { includeValidation: false, everything: false });
    const written = readFileSync(join(before, 'weights.safetensors'));
    rmSync(join(own.folder, 'checkpoint.bin'));
    rmSync(join(own.folder, 'history.json'));
    expect(await trainRun(readout, data, selected, { ...own, resume: true })).toBeDefined();
    expect(readFileSync(join(before, 'weights.safetensors')).equals(written)).toBe(true);
    expect(isFinished(own.folder)).toBe(true);
  });
});
