import { describe, expect, it } from 'vitest';
import { indexOfLargest } from '../../../src/components/plots/cells.ts';
import { markOfSeconds } from '../../../src/components/plots/marks.ts';
import { scalesOf } from '../../../src/components/plots/stage-scales.ts';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, inferencePass, initialise } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { keywords } from '../../../training/recipes/keywords.ts';
import { shell, stage } from './model.ts';

const network = createNetwork(keywords.architecture);
initialise(network, createRandom(1));

describe('the scales of a stage', () => {
  it('have bin k at k · rate / n_fft, and frame i at the middle of its window', () => {
    const scales = scalesOf(shell, stage('spectrogram'));
    expect(scales?.frequency).toEqual({ count: 129, first: 0, step: 62.5 });
    expect(scales?.time.first).toBeCloseTo(127.5 / 16000, 12);
    expect(scales?.time.step).toBeCloseTo(0.008, 12);
  });

  it.each(['spectrogram', 'resized', 'compressed', 'normalised', 'conv1', 'relu1', 'conv2', 'relu2', 'pool'])(
    'put every cell of %s in the middle of its field',
    (name) => {
      const index = stage(name);
      const scales = scalesOf(shell, index);
      const [times, frequencies, channels] = shell.stages[index].outputShape;
      expect(scales?.time.count).toBe(times);
      expect(scales?.frequency.count).toBe(frequencies);
      // Away from the edges, where fields are cut off.
      const cell = [times >> 1, frequencies >> 1, channels - 1];
      const { seconds, hertz } = soundOfCell(network, index, cell);
      const centre = (seconds[0] + seconds[1]) / 2;
      const middle = (hertz[0] + hertz[1]) / 2;
      if (!scales) throw new Error('There are no scales.');
      expect(Math.abs(scales.time.first + cell[0] * scales.time.step - centre)).toBeLessThan(0.0041);
      expect(Math.abs(scales.frequency.first + cell[1] * scales.frequency.step - middle)).toBeLessThan(31.5);
    },
  );

  it('have a click in the column whose centre is nearest, in the middle of what that column hears', () => {
    const { time } = scalesOf(shell, stage('spectrogram')) ?? {};
    if (!time) throw new Error('There are no scales.');
    const centre = (column: number) => time.first + column * time.step;
    const [{ layer }] = network.stages;
    const random = createRandom(2);
    for (let trial = 0; trial < 40; trial++) {
      const click = 128 + random.integer(15700);
      const samples = new Float32Array(16000);
      samples[click] = 1;
      const { shape, data } = layer.forward(tensor([1, 16000], samples), inferencePass(plainKernels));
      const bin = 40;
      const column = indexOfLargest(Array.from({ length: shape[1] }, (_, t) => data[t * shape[2] + bin]));
      const off = Math.abs(centre(column) - click / 16000);
      for (let other = 0; other < time.count; other++) {
        expect(off).toBeLessThanOrEqual(Math.abs(centre(other) - click / 16000) + 1e-9);
      }
      const { seconds } = soundOfCell(network, stage('spectrogram'), [column, bin, 0]);
      expect((seconds[0] + seconds[1]) / 2).toBeCloseTo(centre(column), 12);
      const wave = markOfSeconds(seconds, 1);
      expect(click / 16000).toBeGreaterThanOrEqual(wave.left);
      expect(click / 16000).toBeLessThanOrEqual(wave.right);
    }
  });

  it('are none for the clip and for what has no place', () => {
    expect(scalesOf(shell, -1)).toBeUndefined();
    expect(scalesOf(shell, stage('dense1'))).toBeUndefined();
    expect(scalesOf(shell, stage('softmax'))).toBeUndefined();
  });

  it('shift by the padding of a convolution that keeps its size', () => {
    const stages = shell.stages
      .slice(0, stage('conv1') + 1)
      .map((one) =>
        one.name === 'conv1' ? { ...one, config: { ...one.config, padding: 'same' }, outputShape: [32, 32, 32] } : one,
      );
    const before = scalesOf(shell, stage('normalised'));
    expect(scalesOf({ ...shell, stages }, stage('conv1'))).toEqual(before);
  });
});
