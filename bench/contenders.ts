/** One forward pass from the normalised picture, by our engine and by two that people use. Runs in Node and in a page. */
import type * as Tf from '@tensorflow/tfjs-core';
import type * as Ort from 'onnxruntime-web';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { inferencePass, runStages, type Stage } from '../src/lib/model/network.ts';
import { writeOnnx } from '../training/onnx/write.ts';
import type { Case } from './case.ts';
import type { Contender } from './measure.ts';

export interface ForwardContender extends Contender {
  /** The probabilities. */
  run(): Float32Array | Promise<Float32Array>;
}

export function ours(name: string, { network, first, picture }: Case, kernels: Kernels): ForwardContender {
  const pass = inferencePass(kernels);
  return { name, run: () => runStages(network, picture, pass, first).data };
}

/** onnxruntime-web on its wasm backend, one thread. */
export async function onnxRuntime(ort: typeof Ort, { network, first, picture }: Case): Promise<ForwardContender> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(writeOnnx(network, first), { executionProviders: ['wasm'] });
  // With one channel, [1, 1, height, width] has the order of [1, height, width, 1].
  const [n, height, width, channels] = picture.shape;
  const input = new ort.Tensor('float32', picture.data, [n, channels, height, width]);
  return {
    name: 'onnxruntime-web',
    run: async () => (await session.run({ input })).output.data as Float32Array,
  };
}

/** TensorFlow.js with its operations on the wasm backend, which the caller has set up. ReLU is fused where it can be. */
export function tensorFlow(tf: typeof Tf, { network, first, picture }: Case): ForwardContender {
  const stages = network.stages.slice(first);
  const steps: ((x: Tf.Tensor) => Tf.Tensor)[] = [];
  for (const [index, { layer }] of stages.entries()) {
    const activation = stages[index + 1]?.layer.type === 'relu' ? 'relu' : 'linear';
    if (layer.type === 'conv2d') {
      const { filter, bias } = conv2dWeights(tf, layer);
      steps.push((x) => tf.fused.conv2d({ x: x as Tf.Tensor4D, filter, bias, strides: 1, pad: 'valid', activation }));
    } else if (layer.type === 'dense') {
      const b = tf.tensor2d(layer.weights.weight.data, layer.weights.weight.shape as [number, number]);
      const bias = tf.tensor1d(layer.weights.bias.data);
      steps.push((a) => tf.fused.matMul({ a: a as Tf.Tensor2D, b, bias, activation }));
    } else if (layer.type === 'max-pool2d') {
      steps.push((x) => tf.maxPool(x as Tf.Tensor4D, 2, 2, 'valid'));
    } else if (layer.type === 'flatten') {
      steps.push((x) => tf.reshape(x, [1, -1]));
    } else if (layer.type === 'softmax') {
      steps.push((x) => tf.softmax(x));
    }
  }
  return {
    name: 'tfjs-wasm',
    run: () =>
      tf.tidy(() => {
        const x: Tf.Tensor = tf.tensor(picture.data, [...picture.shape]);
        return steps.reduce((value, step) => step(value), x).dataSync() as Float32Array;
      }),
  };
}

function conv2dWeights(tf: typeof Tf, layer: Stage['layer']): { filter: Tf.Tensor4D; bias: Tf.Tensor1D } {
  const { weight, bias } = layer.weights;
  const shape = weight.shape as [number, number, number, number];
  return { filter: tf.tensor4d(weight.data, shape), bias: tf.tensor1d(bias.data) };
}

/** Runs every contender once. Throws if their answers differ by more than 1e-4. */
export async function checkSameAnswers(contenders: readonly ForwardContender[]): Promise<void> {
  const [expected, ...others] = await Promise.all(contenders.map(async ({ run }) => Float32Array.from(await run())));
  for (const [index, answer] of others.entries()) {
    const error = Math.max(...answer.map((value, k) => Math.abs(value - expected[k])));
    if (answer.length !== expected.length || !(error <= 1e-4)) {
      const name = contenders[index + 1].name;
      throw new Error(`${name} answers ${[...answer].join(', ')}, not ${[...expected].join(', ')}.`);
    }
  }
}
