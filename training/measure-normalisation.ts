/**
 * `npm run measure:normalisation`: what chapter 6 says of the training set and of the validation clips. Fits the
 * statistics of the picture before `normalised` on the training words, and counts how many validation words `keywords`
 * names right when they are made louder or fainter, or carry an offset, with its own normalisation and with others in its
 * place. The figures go to content/measured/normalisation.json.
 */
import { join } from 'node:path';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { layerKinds } from '../src/lib/layers/index.ts';
import type { Layer, Weights } from '../src/lib/layers/layer.ts';
import type { StageSpec } from '../src/lib/model/architecture.ts';
import { createNetwork, inferencePass, type Network, runStages, stageIndex } from '../src/lib/model/network.ts';
import { readParameters } from '../src/lib/parameters.ts';
import { JUDGED_TOGETHER, type JudgedClips } from '../src/lib/train/engine.ts';
import { clipAt, stack, type TrainingClips } from '../src/lib/train/examples.ts';
import { accuracyOf, measure } from '../src/lib/train/metrics.ts';
import { fitStatistics } from '../src/lib/train/statistics.ts';
import { writeAtomically } from './checkpoint.ts';
import { loadRunClips } from './clips.ts';
import { readArguments, runCommand, say, UsageError } from './command.ts';
import { readFolder } from './data.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { readModel } from './model-files.ts';
import { cacheFolder, defaultData, projectFolder } from './paths.ts';
import { createBar } from './progress.ts';
import { recipeOf } from './recipes/index.ts';

const USAGE = `Usage: npm run measure:normalisation -- [options]
  --data DIR   folder of recordings (default: ../shared/data/speech-commands)
  --cache DIR  where decoded recordings are kept (default: .cache)`;

const MODEL = 'keywords';
const STAGE = 'normalised';
const EPSILON = 1e-3;
/** Decibels. */
const GAINS = [-80, -70, -60, -50, -40, -30, -20, -10, 0, 10, 20, 30];
const OFFSETS = [0, 0.003, 0.01, 0.03, 0.1, 0.3];

/** What stands in the place of the network's own normalisation; without a stage, nothing does. */
const WAYS: Readonly<Record<string, Omit<StageSpec, 'name'> | undefined>> = {
  'z-score per-clip': { type: 'normalise', config: { statistics: 'per-clip', epsilon: EPSILON } },
  'z-score per-bin': { type: 'normalise', config: { statistics: 'per-bin', epsilon: EPSILON } },
  'z-score fitted': { type: 'normalise', config: { statistics: 'fitted', epsilon: EPSILON } },
  'min-max per-clip': { type: 'min-max', config: { statistics: 'per-clip', epsilon: EPSILON } },
  none: undefined,
};

await runCommand(async () => {
  const { values, positionals } = readArguments(
    { data: { type: 'string', default: defaultData }, cache: { type: 'string', default: cacheFolder } },
    USAGE,
  );
  if (positionals.length > 0) throw new UsageError(USAGE);
  const recipe = recipeOf(MODEL);
  const kernels = await loadKernels(say);
  const clips = await loadRunClips(readFolder(values.data, classesOf(recipe)), recipe, 1, values.cache);
  const network = await readModel(MODEL);
  const words = recipe.architecture.classes.flatMap((name, k) =>
    name === recipe.silence || name === recipe.unknown ? [] : [k],
  );

  const fitted = {
    normalise: fit('normalise', network, clips.training, kernels),
    'min-max': fit('min-max', network, clips.training, kernels),
  };
  const layers = Object.entries(WAYS).map(([name, spec]) => ({ name, layer: spec && makeLayer(spec, fitted) }));
  const judge = (change: (samples: Float32Array) => Float32Array) =>
    judgeWays(network, clips.judged, layers, change, kernels, words);

  const bar = createBar('Judging');
  const louder = GAINS.map((gain, i) => {
    bar.show(i, GAINS.length + OFFSETS.length);
    return judge((samples) => samples.map((sample) => fullScale(sample * 10 ** (gain / 20))));
  });
  const shifted = OFFSETS.map((offset, i) => {
    bar.show(GAINS.length + i, GAINS.length + OFFSETS.length);
    return judge((samples) => samples.map((sample) => fullScale(sample + offset)));
  });
  bar.clear();

  const number = (weights: Weights, name: string): number => weights[name].data[0];
  const validation = clips.splits.find(({ name }) => name === 'validation');
  const figures = {
    command: 'npm run measure:normalisation',
    model: MODEL,
    data: recipe.data.name,
    fitted: {
      split: 'train',
      clips: clips.training.byClass.flat().length,
      mean: number(fitted.normalise, 'mean'),
      variance: number(fitted.normalise, 'variance'),
      min: number(fitted['min-max'], 'min'),
      max: number(fitted['min-max'], 'max'),
    },
    validation: {
      split: 'validation',
      words: clips.judged.labels.filter((label) => words.includes(label)).length,
      groups: validation?.groups,
      epsilon: EPSILON,
      gains: GAINS,
      accuracy8: Object.fromEntries(layers.map(({ name }, i) => [name, louder.map((row) => row[i])])),
      offsets: OFFSETS,
      accuracy8OfOffsets: shifted.map((row) => row[0]),
    },
  };
  const file = join(projectFolder, 'content', 'measured', 'normalisation.json');
  writeAtomically(file, `${JSON.stringify(figures, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});

/** The statistics of what goes into the stage, over the training words, as training fits them. */
function fit(type: string, trained: Network, training: TrainingClips, kernels: Kernels): Weights {
  const { architecture } = trained;
  const stages = architecture.stages.map((stage) =>
    stage.name === STAGE ? { name: STAGE, type, config: { statistics: 'fitted' } } : stage,
  );
  const network = createNetwork({ ...architecture, stages });
  const { layer } = network.stages[stageIndex(network, STAGE)];
  fitStatistics(network, training, training.byClass.flat(), kernels);
  return layer.weights;
}

function makeLayer({ type, config }: Omit<StageSpec, 'name'>, fitted: Readonly<Record<string, Weights>>): Layer {
  const kind = layerKinds[type];
  const layer = kind.create(readParameters(kind.parameters, config, type));
  if (config?.statistics === 'fitted') layer.weights = fitted[type];
  return layer;
}

/** The share of the words that are named right, for each layer in the place of the network's own. */
function judgeWays(
  network: Network,
  judged: JudgedClips,
  layers: readonly { readonly layer: Layer | undefined }[],
  change: (samples: Float32Array) => Float32Array,
  kernels: Kernels,
  words: readonly number[],
): number[] {
  const { classes } = network.architecture;
  const pass = inferencePass(kernels);
  const stage = stageIndex(network, STAGE);
  const count = judged.labels.length;
  const probabilities = layers.map(() => new Float32Array(count * classes.length));
  for (let first = 0; first < count; first += JUDGED_TOGETHER) {
    const together = Math.min(JUDGED_TOGETHER, count - first);
    const batch = stack(Array.from({ length: together }, (_, i) => change(clipAt(judged, first + i))));
    const pictures = runStages(network, batch, pass, 0, stage);
    for (const [i, { layer }] of layers.entries()) {
      const answers = runStages(network, layer ? layer.forward(pictures, pass) : pictures, pass, stage + 1);
      probabilities[i].set(answers.data, first * classes.length);
    }
  }
  return probabilities.map((own) =>
    accuracyOf(measure({ classes, truth: judged.labels, probabilities: own }).confusion, words),
  );
}

/** What a recording can hold. */
function fullScale(sample: number): number {
  return Math.max(-1, Math.min(1, sample));
}
