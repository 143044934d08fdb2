import { expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, inferencePass, runStages, stageIndex } from '../../../src/lib/model/network.ts';
import { clipAt, stack } from '../../../src/lib/train/examples.ts';
import { fitStatistics } from '../../../src/lib/train/statistics.ts';
import { small, smallClips } from './small.ts';

it('stretches the training clips over 0 to 1 exactly, once min-max is fitted', () => {
  const { architecture } = small;
  const stages = architecture.stages.map((stage) =>
    stage.name === 'normalised' ? { ...stage, type: 'min-max', config: { statistics: 'fitted' } } : stage,
  );
  const network = createNetwork({ ...architecture, stages });
  const { training } = smallClips(1);
  const indices = training.byClass.flat();
  fitStatistics(network, training, indices, plainKernels);
  const clips = stack(indices.map((index) => clipAt(training, index)));
  const end = stageIndex(network, 'normalised') + 1;
  const { data } = runStages(network, clips, inferencePass(plainKernels), 0, end);
  expect(data.reduce((least, value) => Math.min(least, value))).toBe(0);
  expect(data.reduce((most, value) => Math.max(most, value))).toBe(1);
});
