import * as ort from 'onnxruntime-web';
import { expect, it } from 'vitest';
import { writeOnnx } from '../../../bench/onnx.ts';
import { ModelError } from '../../../src/lib/errors.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createNetwork, inferencePass, initialise, runStages } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { randomTensor } from '../kernels/support.ts';

const network = createNetwork({
  format: 'kuulo-architecture-1',
  name: 'small',
  input: { sampleRate: 8000, samples: 2000 },
  classes: ['a', 'b', 'c'],
  stages: [
    { name: 'spectrogram', type: 'spectrogram' },
    { name: 'resized', type: 'resize', config: { height: 13, width: 12 } },
    { name: 'conv1', type: 'conv2d', config: { filters: 5, kernelHeight: 4, strideWidth: 2, padding: 'same' } },
    { name: 'relu1', type: 'relu' },
    { name: 'conv2', type: 'conv2d', config: { filters: 7, kernelWidth: 2, strideHeight: 2 } },
    { name: 'pool', type: 'max-pool2d', config: { poolHeight: 2, poolWidth: 1 } },
    { name: 'dropout', type: 'dropout' },
    { name: 'flatten', type: 'flatten' },
    { name: 'dense1', type: 'dense', config: { units: 6 } },
    { name: 'relu2', type: 'relu' },
    { name: 'dense2', type: 'dense', config: { units: 3 } },
    { name: 'softmax', type: 'softmax' },
  ],
});
const random = createRandom(4);
initialise(network, random);
for (const { layer } of network.stages) {
  if (layer.weights.bias) layer.weights.bias = randomTensor(random, layer.weights.bias.shape);
}

it('writes a network that onnxruntime runs with the same result', async () => {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(writeOnnx(network, 2));
  for (let i = 0; i < 3; i++) {
    const x = randomTensor(random, [1, 13, 12, 1]);
    const expected = runStages(network, x, inferencePass(plainKernels), 2).data;
    // With one channel the two orders of axes are the same.
    const { output } = await session.run({ input: new ort.Tensor('float32', x.data, [1, 1, 13, 12]) });
    const actual = output.data as Float32Array;
    expect(actual.length).toBe(3);
    for (const [k, value] of actual.entries()) expect(value).toBeCloseTo(expected[k], 5);
  }
}, 30_000);

it('says which stage it cannot write', () => {
  expect(() => writeOnnx(network, 1)).toThrow(ModelError);
  expect(() => writeOnnx(network, 1)).toThrow(/"resized" is of the kind "resize"/);
});
