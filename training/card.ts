/** Puts a model's card together from a measurement, the training's record and the recipe's words. */
import type { Architecture } from '../src/lib/model/architecture.ts';
import type { Baseline, Evaluation, Milliseconds, ModelCard, TrainingRecord } from '../src/lib/model/card.ts';
import { createNetwork } from '../src/lib/model/network.ts';
import { sizeOf } from '../src/lib/tensor.ts';
import { measure, mostConfused, namedClasses } from '../src/lib/train/metrics.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import type { JudgedSplit } from './judge.ts';

export interface CardParts {
  readonly recipe: Recipe;
  readonly architecture: Architecture;
  readonly record: TrainingRecord;
  readonly test: Evaluation;
  /** See `ModelCard`. */
  readonly harder?: ModelCard['harder'];
  /** Absent where the validation clips were trained on too. */
  readonly validation?: Evaluation;
  /** On the clips of `test`. */
  readonly baseline: Baseline;
  readonly milliseconds: Milliseconds;
  /** What `test` was measured on. */
  readonly judged: JudgedSplit;
  /** The words that are spoken in the training clips. */
  readonly wordsHeard: ReadonlySet<string>;
  /** A sentence where the model may have heard these clips in its training. */
  readonly warning?: string;
  readonly weightsFile: Uint8Array;
}

/** How many pairs of confused classes a card names. */
const CONFUSED = 8;

export function cardOf(parts: CardParts): ModelCard {
  const { recipe, architecture, record, test, harder, validation, baseline } = parts;
  const { milliseconds, judged, warning, weightsFile } = parts;
  const { splits, ...training } = record;
  const testSize = { name: test.split, clips: test.n, ...(test.groups ? { groups: test.groups } : {}) };
  return {
    format: 'kuulo-card-1',
    name: recipe.name,
    task: recipe.task,
    classes: architecture.classes,
    data: recipe.data,
    licence: recipe.licence,
    size: { weights: countWeights(architecture), bytes: weightsFile.length, storage: storageOf(weightsFile) },
    test,
    ...(harder ? { harder } : {}),
    ...(validation ? { validation } : {}),
    baseline,
    ...(recipe.published ? { published: recipe.published } : {}),
    milliseconds,
    training: { ...training, splits: [...splits, testSize] },
    mistakes: {
      confused: mostConfused(architecture.classes, measure(judged.answers).confusion, CONFUSED),
      ...unknownWords(parts),
    },
    notes: [...recipe.notes, ...notesOn(record, test), ...(warning ? [warning] : [])],
  };
}

/** What the choice of the training clips means for the figures. */
function notesOn({ chosen = true, splits, epochs }: TrainingRecord, { folds }: Evaluation): string[] {
  const settled = `It was trained on ${splits[0]?.name}, with settings chosen before: the weights are those of the last of ${epochs} epochs.`;
  const pooled = `The figures are those of ${Object.keys(folds ?? {}).length} other models of the same recipe, each judged on the fold that it was not trained on, pooled.`;
  return [...(chosen ? [] : [settled]), ...(folds ? [pooled] : [])];
}

/** How the unknown class holds for words that training heard, and for words that it never heard. */
function unknownWords({ recipe, judged, wordsHeard }: CardParts): Partial<ModelCard['mistakes']> {
  const { answers, recordings } = judged;
  if (recipe.unknown === undefined) return {};
  const unknown = answers.classes.indexOf(recipe.unknown);
  const named = namedClasses(answers);
  const clips = recordings.flatMap(({ word }, i) =>
    answers.truth[i] === unknown && word ? [{ word, right: named[i] === unknown }] : [],
  );
  const heard = clips.filter(({ word }) => wordsHeard.has(word));
  const unheard = clips.filter(({ word }) => !wordsHeard.has(word));
  const words = [...new Set(unheard.map(({ word }) => word))].sort();
  return {
    ...(heard.length > 0 ? { unknownHeard: { n: heard.length, recall: shareRight(heard) } } : {}),
    ...(unheard.length > 0 ? { unknownUnheard: { n: unheard.length, recall: shareRight(unheard), words } } : {}),
  };
}

function shareRight(clips: readonly { readonly right: boolean }[]): number {
  return clips.filter(({ right }) => right).length / clips.length;
}

function countWeights(architecture: Architecture): number {
  let count = 0;
  for (const { layer, inputShape } of createNetwork(architecture).stages) {
    const shapes = layer.weightShapes(inputShape);
    for (const name of layer.trained) count += sizeOf(shapes[name]);
  }
  return count;
}

/** What the header of a safetensors file says of its numbers. */
function storageOf(file: Uint8Array): 'F16' | 'F32' {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  return new TextDecoder().decode(file.subarray(8, 8 + length)).includes('"F16"') ? 'F16' : 'F32';
}
