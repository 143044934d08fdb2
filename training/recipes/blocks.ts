/** Stages that several architectures are made of. */
import type { StageSpec } from '../../src/lib/model/architecture.ts';

/** A stage without its name. */
type Spec = Omit<StageSpec, 'name'>;

const batchNorm: Spec = { type: 'batch-norm' };
const relu: Spec = { type: 'relu' };

function named(prefix: string, stages: Readonly<Record<string, Spec>>): StageSpec[] {
  return Object.entries(stages).map(([name, stage]) => ({ name: `${prefix}-${name}`, ...stage }));
}

function convolution(filters: number, kernel: readonly [number, number], stride: readonly [number, number]): Spec {
  const [kernelHeight, kernelWidth] = kernel;
  const [strideHeight, strideWidth] = stride;
  return {
    type: 'conv2d',
    config: { filters, kernelHeight, kernelWidth, strideHeight, strideWidth, padding: 'same' },
  };
}

/** The first convolution of a network, with batch-norm and ReLU. */
export function stem(
  filters: number,
  kernel: readonly [number, number],
  stride: readonly [number, number],
): StageSpec[] {
  return named('stem', { conv: convolution(filters, kernel, stride), norm: batchNorm, relu });
}

/**
 * A depthwise-separable block with a residual around it: a 3 × 3 window over each channel alone, then a mixture of the
 * channels at each place. Sources: Howard et al., "MobileNets" (2017); Zhang et al., "Hello Edge: Keyword Spotting on
 * Microcontrollers" (2017).
 * @param input the stage before, whose channels are `filters` too
 */
export function separableBlock(name: string, input: string, filters: number): StageSpec[] {
  return named(name, {
    depthwise: { type: 'depthwise-conv2d', config: { kernelHeight: 3, kernelWidth: 3, padding: 'same' } },
    norm1: batchNorm,
    relu1: relu,
    pointwise: convolution(filters, [1, 1], [1, 1]),
    norm2: batchNorm,
    sum: { type: 'sum', skip: input },
    relu2: relu,
  });
}

/**
 * A basic block of a residual network: two 3 × 3 convolutions, and a way around them, which is a 1 × 1 convolution where
 * the block changes size or channels. Source: He et al., "Deep Residual Learning for Image Recognition" (2016), figure 5
 * left, option B.
 * @param input the stage before
 * @param changes whether the input has another shape than the output
 */
export function residualBlock(
  name: string,
  input: string,
  filters: number,
  stride: number,
  changes: boolean,
): StageSpec[] {
  const around: Record<string, Spec> = changes
    ? { 'around-conv': { ...convolution(filters, [1, 1], [stride, stride]), from: input }, 'around-norm': batchNorm }
    : {};
  return named(name, {
    ...around,
    conv1: { ...convolution(filters, [3, 3], [stride, stride]), from: input },
    norm1: batchNorm,
    relu1: relu,
    conv2: convolution(filters, [3, 3], [1, 1]),
    norm2: batchNorm,
    sum: { type: 'sum', skip: changes ? `${name}-around-norm` : input },
    relu2: relu,
  });
}

/** The mean over all places, dropout, one output a class. */
export function classifier(classes: number, rate: number): StageSpec[] {
  return [
    { name: 'pooled', type: 'global-average-pool' },
    { name: 'dropout', type: 'dropout', config: { rate } },
    { name: 'dense', type: 'dense', config: { units: classes } },
    { name: 'softmax', type: 'softmax' },
  ];
}

/** The logarithm of mel powers, each clip normalised by itself, so that how loud it is matters little. */
export function logMel(stft: Readonly<Record<string, unknown>>, mel: Readonly<Record<string, unknown>>): StageSpec[] {
  return [
    { name: 'spectrogram', type: 'spectrogram', config: { ...stft, power: 2 } },
    { name: 'mel', type: 'mel', config: { nFft: stft.nFft, ...mel } },
    { name: 'log-mel', type: 'log', config: { offset: 1e-7 } },
    { name: 'normalised', type: 'normalise', config: { statistics: 'per-clip', epsilon: 1e-3 } },
  ];
}
