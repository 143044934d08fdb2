/** From the draws of an epoch to the pictures that the network learns from. All randomness comes from each draw's seed. */
import type { Kernels } from '../kernels/kernels.ts';
import { inferencePass, type Network, runStages, stageIndex } from '../model/network.ts';
import { createRandom, mixSeed } from '../random.ts';
import { example, type Tensor, tensor } from '../tensor.ts';
import { augmentWord, makeSilence, maskBands, mixPairs, warpFrequency } from './augment.ts';
import { smoothTargets } from './loss.ts';
import type { NoiseBank } from './noise.ts';
import type { Recipe } from './recipe.ts';
import type { Draw } from './sampler.ts';

/** Clips of one length, one after the other, as 16-bit samples. */
export interface ClipStore {
  readonly pcm: Int16Array;
  /** Samples a clip. */
  readonly samples: number;
}

/** What a run trains on. */
export interface TrainingClips extends ClipStore {
  /** For each class, the indices of its clips in the store. The class of silence needs none: see `bank`. */
  readonly byClass: readonly (readonly number[])[];
  readonly bank: NoiseBank;
}

/** A batch as the network's trained part takes it. */
export interface Batch {
  /** The output of the preprocessing, [n, ...]. */
  readonly pictures: Tensor;
  /** [n, classes] */
  readonly targets: Tensor;
}

/** Copies a clip out of the store, in [-1, 1). */
export function clipAt({ pcm, samples }: ClipStore, index: number): Float32Array {
  return fromPcm(pcm.subarray(index * samples, (index + 1) * samples));
}

/** Writes samples as 16-bit numbers into `pcm` from `start`: what lies outside [-1, 1) is clipped. */
export function toPcm(samples: Float32Array, pcm: Int16Array, start = 0): void {
  for (let i = 0; i < samples.length; i++) {
    pcm[start + i] = Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768)));
  }
}

/** 16-bit numbers as samples in [-1, 1). */
export function fromPcm(pcm: Int16Array): Float32Array {
  const samples = new Float32Array(pcm.length);
  for (let i = 0; i < pcm.length; i++) samples[i] = pcm[i] / 32768;
  return samples;
}

/** The sound of one draw: a word, varied, or a second of silence. */
function makeClip(draw: Draw, clips: TrainingClips, recipe: Recipe): Float32Array {
  const random = createRandom(draw.seed);
  const { classes, input } = recipe.architecture;
  if (classes[draw.label] === recipe.silence) return makeSilence(clips.samples, recipe.augment, clips.bank, random);
  const word = clipAt(clips, clips.byClass[draw.label][draw.clip]);
  return augmentWord(word, input.sampleRate, recipe.augment, clips.bank, random);
}

/**
 * The pictures and targets of some draws.
 * @param seed for what concerns the draws together: which are mixed with which
 */
export function makeBatch(
  network: Network,
  draws: readonly Draw[],
  clips: TrainingClips,
  recipe: Recipe,
  kernels: Kernels,
  seed: number,
): Batch {
  const { augment } = recipe;
  const pass = inferencePass(kernels);
  const stretched = stageIndex(network, recipe.spectrogram) + 1;
  const end = stageIndex(network, recipe.picture) + 1;

  const spectrograms = runStages(
    network,
    stack(draws.map((draw) => makeClip(draw, clips, recipe))),
    pass,
    0,
    stretched,
  );
  if (augment.warp > 0) {
    for (const [i, draw] of draws.entries()) {
      const factor = 1 + augment.warp * (2 * createRandom(mixSeed(draw.seed, 1)).uniform() - 1);
      const spectrogram = example(spectrograms, i);
      spectrogram.data.set(warpFrequency(spectrogram, factor).data);
    }
  }

  const pictures = runStages(network, spectrograms, pass, stretched, end);
  for (const [i, draw] of draws.entries()) {
    maskBands(example(pictures, i), augment, createRandom(mixSeed(draw.seed, 2)));
  }

  const labels = draws.map((draw) => draw.label);
  const targets = smoothTargets(labels, recipe.architecture.classes.length, recipe.labelSmoothing);
  const random = createRandom(mixSeed(seed, 3));
  if (random.uniform() < augment.mixup.probability) mixPairs(pictures, targets, augment.mixup.alpha, random);
  return { pictures, targets };
}

/** Clips of one length as a batch, [n, samples]. */
export function stack(clips: readonly Float32Array[]): Tensor {
  const samples = clips[0].length;
  const batch = tensor([clips.length, samples]);
  for (const [i, clip] of clips.entries()) batch.data.set(clip, i * samples);
  return batch;
}
