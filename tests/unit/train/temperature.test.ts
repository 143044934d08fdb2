import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { calibrate } from '../../../src/lib/train/calibration.ts';
import { createWorkbench } from '../../../src/lib/train/engine.ts';
import { type Answers, namedClasses } from '../../../src/lib/train/metrics.ts';
import { predict } from '../../../src/lib/train/step.ts';
import { divideLogits, fitTemperature } from '../../../src/lib/train/temperature.ts';
import { small } from './small.ts';

const classes = ['a', 'b', 'c', 'd'];

function softmax(logits: readonly number[]): number[] {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Clips whose true class is drawn from softmax(z), with answers softmax(factor · z): the right temperature is factor. */
function drawn(factor: number, clips = 6000): Answers {
  const random = createRandom(11);
  const truth: number[] = [];
  const probabilities: number[] = [];
  for (let i = 0; i < clips; i++) {
    const z = classes.map(() => 1.5 * random.normal());
    const dart = random.uniform();
    let reached = 0;
    let label = -1;
    for (const chance of softmax(z)) {
      if (reached <= dart) label++;
      reached += chance;
    }
    truth.push(label);
    probabilities.push(...softmax(z.map((logit) => factor * logit)));
  }
  return { classes, truth, probabilities: Float32Array.from(probabilities) };
}

describe('fitTemperature', () => {
  it.each([0.5, 1, 2.5])('finds the factor %s that the logits were multiplied by', (factor) => {
    expect(fitTemperature(drawn(factor)) / factor).toBeCloseTo(1, 1);
  });

  it('makes probabilities mean what they say', () => {
    const answers = drawn(3);
    const temperature = fitTemperature(answers);
    const probabilities = Array.from(answers.truth, (_, row) =>
      softmax(classes.map((_, k) => Math.log(answers.probabilities[row * classes.length + k]) / temperature)),
    ).flat();
    const mended = { ...answers, probabilities: Float32Array.from(probabilities) };
    expect(calibrate(answers).expectedError).toBeGreaterThan(0.1);
    expect(calibrate(mended).expectedError).toBeLessThan(0.02);
    expect(namedClasses(mended)).toEqual(namedClasses(answers));
  });
});

it('divides the logits and leaves the answers', () => {
  const { network } = createWorkbench(small);
  const { samples } = small.architecture.input;
  const random = createRandom(2);
  const clips = tensor(
    [3, samples],
    Float32Array.from({ length: 3 * samples }, () => random.normal() / 3),
  );
  const before = predict(network, clips, plainKernels).data;
  divideLogits(network, small.logits, 0.25);
  const after = predict(network, clips, plainKernels).data;
  const n = small.architecture.classes.length;
  for (let row = 0; row < 3; row++) {
    const expected = softmax(Array.from(before.subarray(row * n, (row + 1) * n), (p) => Math.log(p) / 0.25));
    for (const [k, p] of expected.entries()) expect(after[row * n + k]).toBeCloseTo(p, 5);
  }
});
