// What the module offers to `../wasm.ts`. It allocates nothing itself: every address comes from there.
export { conv2d, conv2dBackwardInput, conv2dBackwardWeights, packPanels, transpose } from './conv2d';
export { dense, denseBackwardInput, denseBackwardWeights } from './dense';

/** Whether this build multiplies and adds in one step, rounding once. */
export const relaxed: bool = isDefined(RELAXED);
