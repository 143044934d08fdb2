/** What the bench needs in Node: our kernels, onnxruntime-web, TensorFlow.js. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as TfWasm from '@tensorflow/tfjs-backend-wasm';
import type * as Tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import type { KernelBuild } from '../src/lib/kernels/choose.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { loadWasmKernels } from '../src/lib/kernels/wasm.ts';
import { loadCase } from './case.ts';
import { checkSameAnswers, type ForwardContender, onnxRuntime, ours, tensorFlow } from './contenders.ts';

const root = new URL('../', import.meta.url);

export async function loadBuild(build: KernelBuild): Promise<Kernels> {
  return loadWasmKernels(await readFile(new URL(`src/lib/kernels/build/kernels.${build}.wasm`, root)));
}

export interface Prepared {
  readonly forward: readonly ForwardContender[];
  /** One second at 16 kHz. */
  readonly clip: Float32Array;
}

export async function prepare(): Promise<Prepared> {
  const fetchPublic = async (path: string) => new Uint8Array(await readFile(new URL(`public/${path}`, root)));
  const [relaxed, simd] = [await loadBuild('relaxed'), await loadBuild('simd')];
  const example = await loadCase(fetchPublic, [relaxed, simd]);
  const forward = [
    ours('ours', example, relaxed),
    ours('ours without relaxed SIMD', example, simd),
    await onnxRuntime(ort, example),
    tensorFlow(await startTensorFlow(), example),
  ];
  await checkSameAnswers(forward);
  return { forward, clip: example.clip };
}

async function startTensorFlow(): Promise<typeof Tf> {
  // Its packages for Node are CommonJS.
  const require = createRequire(import.meta.url);
  const tf = require('@tensorflow/tfjs-core') as typeof Tf;
  const wasm = require('@tensorflow/tfjs-backend-wasm') as typeof TfWasm;
  wasm.setWasmPaths(join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  return tf;
}
