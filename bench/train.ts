/** One training step on a batch of 32 pictures: forward, backward, AdamW. Our engine, and PyTorch where it is installed. */
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { createNetwork, initialise, runBackward, runForward, stageIndex } from '../src/lib/model/network.ts';
import { createRandom } from '../src/lib/random.ts';
import { tensor } from '../src/lib/tensor.ts';
import { attach, gather, layoutOf } from '../src/lib/train/flat.ts';
import { smoothTargets, softmaxCrossEntropy } from '../src/lib/train/loss.ts';
import { adamW } from '../src/lib/train/optimiser.ts';
import { keywords } from '../training/recipes/keywords.ts';
import type { Contender } from './measure.ts';
import { type PythonContender, pythonContender } from './python.ts';

export function ourTraining(kernels: Kernels): Contender {
  const random = createRandom(1);
  const network = createNetwork(keywords.architecture);
  initialise(network, random);
  const first = stageIndex(network, keywords.picture) + 1;
  const end = stageIndex(network, keywords.logits) + 1;
  const layout = layoutOf(network, keywords);
  const [weights, gradient, averages, squares] = Array.from({ length: 4 }, () => new Float32Array(layout.size));
  gather(network, layout, weights);
  attach(network, layout, weights);

  const pictures = tensor([32, ...network.stages[first].inputShape]);
  for (let i = 0; i < pictures.data.length; i++) pictures.data[i] = random.normal();
  const { length: classes } = keywords.architecture.classes;
  const labels = Array.from({ length: 32 }, () => random.integer(classes));
  const targets = smoothTargets(labels, classes, 0);
  let step = 0;
  return {
    name: 'ours',
    run() {
      const { y, tape } = runForward(network, pictures, { training: true, random, kernels }, first, end);
      const { gradient: dlogits } = softmaxCrossEntropy(y, targets);
      const { dweights } = runBackward(network, dlogits, tape, false);
      for (const { name, start } of layout.segments) gradient.set(dweights[name].data, start);
      adamW(weights, gradient, { first: averages, second: squares }, keywords.optimiser, 1e-3, ++step);
    },
  };
}

/** The same step in PyTorch on one thread; undefined where no Python has it. */
export function pyTorch(): PythonContender | undefined {
  return pythonContender('pytorch', 'pytorch.py', 'torch');
}
