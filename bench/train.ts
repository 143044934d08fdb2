/**
 * One training step of every recipe's network on 32 pictures: forward, backward, AdamW. Our engine, and PyTorch
 * where it is installed; before it is timed, both have to find the same loss with the same weights.
 */
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { initialise, runBackward, runForward } from '../src/lib/model/network.ts';
import { createRandom } from '../src/lib/random.ts';
import { type Tensor, tensor } from '../src/lib/tensor.ts';
import { attach, gather } from '../src/lib/train/flat.ts';
import { meanSquaredError, smoothTargets, softmaxCrossEntropy } from '../src/lib/train/loss.ts';
import { adamW } from '../src/lib/train/optimiser.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { recipeOf, recipes } from '../training/recipes/index.ts';
import { type Contender, measure } from './measure.ts';
import { type PythonContender, pythonContender } from './python.ts';
import { type Medians, trainRounds } from './rounds.ts';
import { fillJumping, jumping, type TrainedPart, trainedPart } from './trained-part.ts';

/** By network, the milliseconds that a step takes. */
export type TrainingSteps = Record<string, Medians>;

/**
 * Measures the networks of these recipes, of all where none is named. What is trained before a recipe counts as a network
 * of its own.
 * @throws KuuloError for a name that no recipe has; Error where PyTorch finds another loss
 */
export async function benchTraining(kernels: Kernels, names: readonly string[]): Promise<TrainingSteps> {
  const wanted = (names.length > 0 ? names : Object.keys(recipes)).map(recipeOf);
  const results: TrainingSteps = {};
  for (const recipe of wanted) {
    if (recipe.before) results[`${recipe.name}, before`] = await benchRecipe(recipe.before, kernels);
    results[recipe.name] = await benchRecipe(recipe, kernels);
  }
  return results;
}

async function benchRecipe(recipe: Recipe, kernels: Kernels): Promise<Medians> {
  const torch = pyTorch(trainedPart(recipe).part);
  if (!torch) console.error('Not measured: PyTorch. No python3 here has it (Debian: apt-get install python3-torch).');
  try {
    if (torch) checkLoss(recipe, ourLoss(recipe, kernels), Number(await torch.run()));
    return await measure([ourTraining(recipe, kernels), ...(torch ? [torch] : [])], trainRounds);
  } finally {
    torch?.stop();
  }
}

function ourTraining(recipe: Recipe, kernels: Kernels): Contender {
  const random = createRandom(1);
  const { network, layout, first, end, part } = trainedPart(recipe);
  initialise(network, random);
  const [weights, gradient, averages, squares] = Array.from({ length: 4 }, () => new Float32Array(layout.size));
  gather(network, layout, weights);
  attach(network, layout, weights);
  const pictures = picturesOf(part, () => random.normal());
  let step = 0;
  return {
    name: 'ours',
    run() {
      const { y, tape } = runForward(network, pictures, { training: true, random, kernels }, first, end);
      const { dweights } = runBackward(network, lossOf(part, y, pictures).gradient, tape, false);
      for (const { name, start } of layout.segments) gradient.set(dweights[name].data, start);
      adamW(weights, gradient, { first: averages, second: squares }, recipe.optimiser, 1e-3, ++step);
    },
  };
}

/** The loss without dropout, of weights and pictures that `pytorch.py` has too. */
function ourLoss(recipe: Recipe, kernels: Kernels): number {
  const stages = recipe.architecture.stages.map((stage) =>
    stage.type === 'dropout' ? { ...stage, config: { rate: 0 } } : stage,
  );
  const same = { ...recipe, architecture: { ...recipe.architecture, stages } };
  const { network, layout, first, end, part } = trainedPart(same);
  const weights = new Float32Array(layout.size);
  fillJumping(weights, layout);
  attach(network, layout, weights);
  const pictures = picturesOf(part, (i) => 2 * jumping(i));
  const { y } = runForward(network, pictures, { training: true, random: createRandom(1), kernels }, first, end);
  return lossOf(part, y, pictures).loss;
}

function picturesOf({ batch, shape }: TrainedPart, value: (i: number) => number): Tensor {
  const pictures = tensor([batch, ...shape]);
  for (let i = 0; i < pictures.data.length; i++) pictures.data[i] = value(i);
  return pictures;
}

function lossOf({ batch, classes, reconstructs }: TrainedPart, y: Tensor, pictures: Tensor) {
  if (reconstructs) return meanSquaredError(y, pictures);
  const labels = Array.from({ length: batch }, (_, i) => i % classes);
  return softmaxCrossEntropy(y, smoothTargets(labels, classes, 0));
}

function checkLoss({ name }: Recipe, own: number, theirs: number): void {
  if (Math.abs(theirs / own - 1) < 1e-5) return;
  throw new Error(`PyTorch finds a loss of ${theirs} for ${name}, we find ${own}: they do not compute the same.`);
}

/** The same step in PyTorch on one thread; undefined where no Python has it. Its first run gives the loss that is compared. */
function pyTorch(part: TrainedPart): PythonContender | undefined {
  return pythonContender('pytorch', 'pytorch.py', 'torch', [JSON.stringify(part)]);
}
