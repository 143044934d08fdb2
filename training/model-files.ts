/** Models on disk: reading them as the page does, and installing a finished run where the pages find it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { KuuloError } from '../src/lib/errors.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import type { Weights } from '../src/lib/layers/layer.ts';
import { type Architecture, hashArchitecture } from '../src/lib/model/architecture.ts';
import type { TrainingRecord } from '../src/lib/model/card.ts';
import { loadNetwork } from '../src/lib/model/load.ts';
import { completeArchitecture, createNetwork, getWeights, type Network, setWeights } from '../src/lib/model/network.ts';
import { readSafetensors, type StorageType, writeSafetensors } from '../src/lib/model/safetensors.ts';
import { emptyAnswers, JUDGED_TOGETHER, type JudgedClips, judge } from '../src/lib/train/engine.ts';
import type { Layout } from '../src/lib/train/flat.ts';
import { type Answers, namedClasses } from '../src/lib/train/metrics.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { writeAtomically } from './checkpoint.ts';
import { modelsFolder, projectFolder, runsFolder } from './paths.ts';

/** Where a run of this name lies. */
export function runFolder(name: string): string {
  return join(runsFolder, name);
}

/** Where the run of a fold of a cross-validation lies. */
export function foldFolder(run: string, fold: string): string {
  return join(run, `fold-${fold}`);
}

/** Where the pages find the model of this name. */
export function modelFolder(name: string): string {
  return join(modelsFolder, name);
}

/** Loads a model's network. Throws KuuloError with what to run if it is not trained yet. */
export async function readModel(
  name: string,
  folder = modelFolder(name),
  command = `npm run train -- ${name} --install`,
): Promise<Network> {
  if (!existsSync(join(folder, 'weights.safetensors')) || !existsSync(join(folder, 'architecture.json'))) {
    throw new KuuloError(
      `There is no trained model "${name}" in ${relative(projectFolder, folder) || folder}. Train it first: ${command}`,
    );
  }
  return loadNetwork((file) => readFile(join(folder, file)));
}

/** Gives a network the weights of one that was trained before, except those that its own training changes. */
export function inherit(network: Network, layout: Layout, before: Network): void {
  const own = getWeights(network);
  const trained = layout.segments.map(({ name }) => [name, own[name]]);
  setWeights(network, { ...getWeights(before), ...Object.fromEntries(trained) });
}

/** What a finished run leaves: architecture, weights in full precision, and its record. */
export function writeRun(folder: string, architecture: Architecture, weights: Weights, record: TrainingRecord): void {
  writeModel(folder, architecture, weights, 'F32');
  writeAtomically(join(folder, 'history.json'), `${JSON.stringify(record, null, 2)}\n`);
}

export interface Installed {
  readonly storage: StorageType;
  readonly bytes: number;
  /** The largest change of a probability by half precision, and the clips whose answer it changes. */
  readonly largestChange: number;
  readonly changedAnswers: number;
}

/** Half precision is taken where no probability moves by more than this. */
const TOLERANCE = 0.01;

/**
 * Puts a finished run's model where the pages find it, in half precision if its answers to the validation clips hold.
 */
export async function install(
  recipe: Recipe,
  judged: JudgedClips,
  kernels: Kernels,
  from = runFolder(recipe.name),
  to = modelFolder(recipe.name),
): Promise<Installed> {
  const network = await readModel(recipe.name, from);
  const architecture = completeArchitecture(network);
  const weights = getWeights(network);
  const hash = hashArchitecture(architecture);
  const halved = createNetwork(architecture);
  setWeights(halved, readSafetensors(writeSafetensors(weights, hash, 'F16'), hash));
  const full = answersOf(network, recipe, judged, kernels);
  const half = answersOf(halved, recipe, judged, kernels);
  const named = namedClasses(full);
  const changedAnswers = namedClasses(half).filter((label, i) => label !== named[i]).length;
  let largestChange = 0;
  for (const [i, p] of full.probabilities.entries()) {
    largestChange = Math.max(largestChange, Math.abs(p - half.probabilities[i]));
  }
  const storage = largestChange <= TOLERANCE ? 'F16' : 'F32';
  const bytes = writeModel(to, architecture, weights, storage);
  return { storage, bytes, largestChange, changedAnswers };
}

/** What a network answers to the judged clips. */
export function answersOf(network: Network, recipe: Recipe, judged: JudgedClips, kernels: Kernels): Answers {
  const answers = emptyAnswers(recipe, judged);
  for (let first = 0; first < judged.labels.length; first += JUDGED_TOGETHER) {
    judge(network, judged, first, answers.probabilities, kernels);
  }
  return answers;
}

function writeModel(folder: string, architecture: Architecture, weights: Weights, storage: StorageType): number {
  const file = writeSafetensors(weights, hashArchitecture(architecture), storage);
  writeAtomically(join(folder, 'architecture.json'), `${JSON.stringify(architecture, null, 2)}\n`);
  writeAtomically(join(folder, 'weights.safetensors'), file);
  return file.length;
}
