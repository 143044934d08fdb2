/** The page that measures in Chromium: `run.ts` opens it and calls `bench`. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import tfPlain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import tfSimd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import tfThreaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import ortWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as ort from 'onnxruntime-web/wasm';
import { loadKernels } from '../../src/workers/kernels.ts';
import { loadCase } from '../case.ts';
import { checkSameAnswers, onnxRuntime, ours, tensorFlow } from '../contenders.ts';
import { fftContenders } from '../fft.ts';
import { measure } from '../measure.ts';
import { fftRounds, forwardRounds, type Medians, stftRounds } from '../rounds.ts';
import { stftContenders } from '../stft.ts';

declare global {
  interface Window {
    bench(): Promise<{ forward: Medians; stft: Medians; fft: Medians }>;
  }
}

window.bench = async () => {
  const { kernels } = await loadKernels();
  const example = await loadCase(
    async (path) => new Uint8Array(await (await fetch(`/${path}`)).arrayBuffer()),
    [kernels],
  );
  ort.env.wasm.wasmPaths = { wasm: ortWasm };
  // It wants to know of all three; without threads and with SIMD it takes the second.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': tfPlain,
    'tfjs-backend-wasm-simd.wasm': tfSimd,
    'tfjs-backend-wasm-threaded-simd.wasm': tfThreaded,
  });
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  const forward = [ours('ours', example, kernels), await onnxRuntime(ort, example), tensorFlow(tf, example)];
  await checkSameAnswers(forward);
  return {
    forward: await measure(forward, forwardRounds),
    stft: await measure(stftContenders(example.clip), stftRounds),
    fft: await measure(await fftContenders(example.clip), fftRounds),
  };
};
