/** The insights on a network that is no chain. */
import { describe, expect, it } from 'vitest';
import { contributionsTo } from '../../../src/lib/insight/contributions.ts';
import { dropoutPasses } from '../../../src/lib/insight/dropout-passes.ts';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { pictureToSpectrogram } from '../../../src/lib/insight/picture-to-spectrogram.ts';
import { saliency } from '../../../src/lib/insight/saliency.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { sizeOfRegion, whole } from '../../../src/lib/layers/region.ts';
import type { StageSpec } from '../../../src/lib/model/architecture.ts';
import {
  classifyClip,
  createNetwork,
  inferencePass,
  initialise,
  type Network,
  runStages,
  stageIndex,
  traceClip,
} from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { sizeOf, tensor } from '../../../src/lib/tensor.ts';
import { architecture } from '../model/residual.ts';

/** The residual network with another stage before the one of this name. */
function withStage(added: StageSpec, before: string): Network {
  const stages = architecture.stages.flatMap((stage) => (stage.name === before ? [added, stage] : [stage]));
  const network = createNetwork({ ...architecture, stages });
  initialise(network, createRandom(5));
  return network;
}

const random = createRandom(1);
const clip = tensor(
  [70],
  Float32Array.from({ length: 70 }, () => random.normal()),
);
const dropping = (rate: number) => withStage({ name: 'dropout', type: 'dropout', config: { rate } }, 'conv1b');

describe('dropout inside a residual block', () => {
  const passesOf = (network: Network) => {
    let last: readonly Float32Array[] = [];
    for (const { result } of dropoutPasses(network, clip, 4, 1, plainKernels)) last = result.passes;
    return last;
  };

  it('starts over from the block, whose skip it needs', () => {
    const calm = dropping(0);
    for (const pass of passesOf(calm)) expect(pass).toEqual(classifyClip(calm, clip, plainKernels));
    const [first, second] = passesOf(dropping(0.5));
    expect(first).not.toEqual(second);
  });
});

describe('contributions to a dense unit after global pooling', () => {
  it('stand for the whole picture of their channel', () => {
    const network = dropping(0);
    const trace = traceClip(network, clip, plainKernels);
    const dense = stageIndex(network, 'dense');
    const { map, strongest, places, result } = contributionsTo(network, trace, dense, 1, 10);
    expect(network.stages[map].name).toBe('relu2');
    expect(result).toBeCloseTo(trace.outputs[dense].data[1], 6);
    for (const { region, from } of strongest) {
      const [rows, columns] = whole(network.stages[map].outputShape);
      expect(region).toEqual([rows, columns, { start: from[0], end: from[0] + 1 }]);
    }
    expect(strongest).toHaveLength(4);
    expect(places).toHaveLength(1);
    expect(places[0].sound).toEqual({ seconds: [0, 0.07], hertz: [0, 500] });
  });

  it('are not mixed up with a stage that stands between, but is not read', () => {
    const side = withStage({ name: 'side', type: 'dense', config: { units: 5 } }, 'dense');
    const stages = side.architecture.stages.map((stage) =>
      stage.name === 'dense' ? { ...stage, from: 'pool' } : stage,
    );
    const network = createNetwork({ ...side.architecture, stages });
    initialise(network, createRandom(5));
    const trace = traceClip(network, clip, plainKernels);
    const dense = stageIndex(network, 'dense');
    const { strongest, result } = contributionsTo(network, trace, dense, 1, 10);
    expect(result).toBeCloseTo(trace.outputs[dense].data[1], 6);
    expect(strongest.map(({ value }) => value).sort()).toEqual(
      [...trace.outputs[stageIndex(network, 'pool')].data].sort(),
    );
    const { regions } = soundOfCell(network, dense, [1]);
    expect(sizeOfRegion(regions[stageIndex(network, 'side')])).toBe(0);
    expect(sizeOfRegion(regions[stageIndex(network, 'pool')])).toBe(4);
  });
});

describe('saliency', () => {
  it('is the slope that a change of the picture makes, through both ways of a block', () => {
    const network = dropping(0);
    const target = { stage: stageIndex(network, 'norm2s'), cell: [2, 1, 0] };
    const { input, gradient, value } = saliency(network, clip, target, 0, plainKernels);
    const pass = inferencePass(plainKernels);
    const valueWith = (i: number, change: number): number => {
      const data = input.data.map((x, k) => (k === i ? x + change : x));
      const { shape, data: y } = runStages(network, tensor([1, ...input.shape], data), pass, 1, target.stage + 1);
      return y[(2 * shape[2] + 1) * shape[3]];
    };
    expect(valueWith(0, 0)).toBe(value);
    const steepest = Math.max(...gradient.data.map(Math.abs));
    let close = 0;
    for (let i = 0; i < sizeOf(input.shape); i++) {
      const slope = (valueWith(i, 1e-3) - valueWith(i, -1e-3)) / 2e-3;
      if (Math.abs(slope - gradient.data[i]) < 5e-3 * steepest) close++;
    }
    // A ReLU that opens within a step makes a kink: few cells may differ.
    expect(close).toBeGreaterThanOrEqual(0.95 * sizeOf(input.shape));
    expect(steepest).toBeGreaterThan(0);
  });

  it('is refused inside a block, where the skip goes past the place that is looked at', () => {
    const network = dropping(0);
    const target = { stage: stageIndex(network, 'relu1'), cell: [2, 1, 0] };
    const look = () => saliency(network, clip, target, stageIndex(network, 'relu1a'), plainKernels);
    expect(look).toThrow(/"sum1" also reads "relu0". Begin at "conv1a"/);
  });
});

it('a picture is not undone through a sum', () => {
  const network = dropping(0);
  const trace = traceClip(network, clip, plainKernels);
  const sum = stageIndex(network, 'sum1');
  expect(() => pictureToSpectrogram(network, sum, trace.outputs[sum], trace, plainKernels)).toThrow(
    /"sum1" \(sum\) cannot be undone/,
  );
});
