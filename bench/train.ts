/** One training step on a batch of 32 pictures: forward, backward, AdamW. Our engine, and PyTorch where it is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { createNetwork, initialise, runBackward, runForward, stageIndex } from '../src/lib/model/network.ts';
import { createRandom } from '../src/lib/random.ts';
import { tensor } from '../src/lib/tensor.ts';
import { attach, gather, layoutOf } from '../src/lib/train/flat.ts';
import { smoothTargets, softmaxCrossEntropy } from '../src/lib/train/loss.ts';
import { adamW } from '../src/lib/train/optimiser.ts';
import { keywords } from '../training/recipes/keywords.ts';
import type { Contender } from './measure.ts';

export function ourTraining(kernels: Kernels): Contender {
  const random = createRandom(1);
  const network = createNetwork(keywords.architecture);
  initialise(network, random);
  const first = stageIndex(network, keywords.picture) + 1;
  const end = stageIndex(network, keywords.logits) + 1;
  const layout = layoutOf(network);
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
      const { dlogits } = softmaxCrossEntropy(y, targets);
      const { dweights } = runBackward(network, dlogits, tape, false);
      for (const { name, start } of layout.segments) gradient.set(dweights[name].data, start);
      adamW(weights, gradient, { first: averages, second: squares }, keywords.optimiser, 1e-3, ++step);
    },
  };
}

export interface PyTorch extends Contender {
  stop(): void;
}

/** The same step in PyTorch on one thread; undefined where no Python has it. */
export function pyTorch(): PyTorch | undefined {
  const pythons = ['python3', '/usr/bin/python3'];
  const python = pythons.find((name) => spawnSync(name, ['-c', 'import torch']).status === 0);
  if (!python) return undefined;
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url));
  const child: ChildProcess = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('PyTorch could not be started.');
  const lines = createInterface({ input: stdout });
  return {
    name: 'pytorch',
    // A line to the script is a step, a line from it its end; the way there and back takes about 0.1 ms.
    async run() {
      const line = once(lines, 'line');
      stdin.write('step\n');
      await line;
    },
    stop: () => child.kill(),
  };
}
