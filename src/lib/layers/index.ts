/** The registry of layers: each kind by the name that architecture files use. A new layer is one file and one line here. */
import { batchNormKind } from './batch-norm.ts';
import { conv1dKind } from './conv1d.ts';
import { conv2dKind } from './conv2d.ts';
import { dctKind } from './dct.ts';
import { decibelsKind } from './decibels.ts';
import { denoiseKind } from './denoise.ts';
import { denseKind } from './dense.ts';
import { depthwiseConv2dKind } from './depthwise-conv2d.ts';
import { dropoutKind } from './dropout.ts';
import { flattenKind } from './flatten.ts';
import { globalAveragePoolKind } from './global-average-pool.ts';
import type { LayerKind } from './layer.ts';
import { logKind } from './log.ts';
import { lstmKind } from './lstm.ts';
import { maxPool1dKind } from './max-pool1d.ts';
import { maxPool2dKind } from './max-pool2d.ts';
import { meanOverTimeKind } from './mean-over-time.ts';
import { melKind } from './mel.ts';
import { minMaxKind } from './min-max.ts';
import { normaliseKind } from './normalise.ts';
import { powerKind } from './power.ts';
import { reluKind } from './relu.ts';
import { resizeKind } from './resize.ts';
import { softmaxKind } from './softmax.ts';
import { spectrogramKind } from './spectrogram.ts';
import { sumKind } from './sum.ts';
import { transposeKind } from './transpose.ts';
import { transposedConv2dKind } from './transposed-conv2d.ts';
import { trimKind } from './trim.ts';

const kinds = [
  denoiseKind,
  trimKind,
  spectrogramKind,
  melKind,
  decibelsKind,
  dctKind,
  logKind,
  powerKind,
  resizeKind,
  normaliseKind,
  minMaxKind,
  meanOverTimeKind,
  transposeKind,
  conv2dKind,
  depthwiseConv2dKind,
  transposedConv2dKind,
  conv1dKind,
  batchNormKind,
  reluKind,
  maxPool2dKind,
  maxPool1dKind,
  globalAveragePoolKind,
  sumKind,
  lstmKind,
  dropoutKind,
  flattenKind,
  denseKind,
  softmaxKind,
] as const;

export const layerKinds: Readonly<Record<string, LayerKind>> = Object.fromEntries(
  kinds.map((kind) => [kind.type, kind as unknown as LayerKind]),
);
