/**
 * `npm run measure:resize`: what chapter 5 says of the ways to make the picture smaller. Counts how many validation clips
 * `keywords` names right when its picture is resized in another way than those it learned from, all else being as it is.
 * The figures go to content/measured/resize.json.
 */
import { join } from 'node:path';
import type { Evaluation } from '../src/lib/model/card.ts';
import { createNetwork, getWeights, type Network, setWeights } from '../src/lib/model/network.ts';
import { evaluationOf } from '../src/lib/train/evaluation.ts';
import { notWords } from '../src/lib/train/recipe.ts';
import { writeAtomically } from './checkpoint.ts';
import { readArguments, runCommand, say, UsageError } from './command.ts';
import { readFolder } from './data.ts';
import { judgeSplit } from './judge.ts';
import { loadKernels } from './kernels.ts';
import { classesOf } from './listing.ts';
import { readModel } from './model-files.ts';
import { defaultData, projectFolder } from './paths.ts';
import { recipeOf } from './recipes/index.ts';

const USAGE = `Usage: npm run measure:resize -- [options]
  --data DIR  folder of recordings (default: ../shared/data/speech-commands)`;

const MODEL = 'keywords';
const SPLIT = 'validation';

const WAYS = {
  antialiased: { method: 'bilinear', antialias: true },
  area: { method: 'area', antialias: false },
  bilinear: { method: 'bilinear', antialias: false },
  nearest: { method: 'nearest', antialias: false },
} as const;

await runCommand(async () => {
  const { values, positionals } = readArguments({ data: { type: 'string', default: defaultData } }, USAGE);
  if (positionals.length > 0) throw new UsageError(USAGE);
  const recipe = recipeOf(MODEL);
  const kernels = await loadKernels(say);
  const trained = await readModel(MODEL);
  const folder = readFolder(values.data, classesOf(recipe));
  const ways: Record<string, unknown> = {};
  let clips: Partial<Pick<Evaluation, 'n' | 'groups'>> = {};
  for (const [name, settings] of Object.entries(WAYS)) {
    say(`Judging with ${name}.`);
    const judged = await judgeSplit(withResize(trained, settings), folder, SPLIT, kernels);
    const { n, groups, accuracy, interval } = evaluationOf({
      split: SPLIT,
      answers: judged.answers,
      groups: judged.recordings.map(({ group }) => group),
      groupName: folder.groupName,
      skipped: judged.skipped,
      notWords: notWords(recipe),
    });
    clips = groups ? { n, groups } : { n };
    ways[name] = { accuracy, low: interval.low, high: interval.high };
  }
  const figures = {
    command: 'npm run measure:resize',
    model: MODEL,
    data: recipe.data.name,
    split: SPLIT,
    ...clips,
    ways,
  };
  writeAtomically(join(projectFolder, 'content', 'measured', 'resize.json'), `${JSON.stringify(figures, null, 1)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
});

/** The trained network with other settings of its resize. */
function withResize(trained: Network, settings: Readonly<Record<string, unknown>>): Network {
  const { architecture } = trained;
  const stages = architecture.stages.map((stage) =>
    stage.type === 'resize' ? { ...stage, config: { ...stage.config, ...settings } } : stage,
  );
  const network = createNetwork({ ...architecture, stages });
  setWeights(network, getWeights(trained));
  return network;
}
