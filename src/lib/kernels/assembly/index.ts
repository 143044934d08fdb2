// What the module offers to `../wasm.ts`. It allocates nothing itself: every address comes from there.
export { addGradients, addMoments, mapChannels, mapGradients } from './batch-norm';
export { addUp, blocks, blocksBackwardWeights, packBlocks } from './blocks';
export { conv2d, conv2dBackwardInput, conv2dBackwardWeights, packPanels, transpose } from './conv2d';
export { depthwiseConv2d, depthwiseConv2dBackwardWeights } from './depthwise-conv2d';
export { dense, denseBackwardInput, denseBackwardWeights } from './dense';
export { maxPool2d } from './max-pool2d';
export { relu, reluBackward } from './relu';
export { sum } from './sum';
export {
  winograd, winogradBackwardSpace, winogradBackwardWeights, winogradSpace, winogradSumsToWeights, winogradWeights,
} from './winograd';

/** Whether this build multiplies and adds in one step, rounding once. */
export const relaxed: bool = isDefined(RELAXED);
