/** What a page needs of the engine to name and explain a clip: the bundle that `size.ts` weighs. The codecs are apart. */
export { fitToLength } from '../src/lib/audio/fit.ts';
export { mixToMono } from '../src/lib/audio/mix.ts';
export { resampleClip } from '../src/lib/audio/resample.ts';
export { readWav } from '../src/lib/audio/wav.ts';
export { chooseKernels } from '../src/lib/kernels/choose.ts';
export { loadNetwork } from '../src/lib/model/load.ts';
export { classifyClip, fieldOfCell, traceClip } from '../src/lib/model/network.ts';
