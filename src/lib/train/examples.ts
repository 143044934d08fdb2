/** From the draws of an epoch to the pictures that the network learns from. All randomness comes from each draw's seed. */
import { fitToLength } from '../audio/fit.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { inferencePass, type Network, runStages, stageIndex } from '../model/network.ts';
import { createRandom, mixSeed, type Random } from '../random.ts';
import { example, type Tensor, tensor } from '../tensor.ts';
import { augmentWord, makeSilence, maskBands, mixPairs, warpFrequency } from './augment.ts';
import { smoothTargets } from './loss.ts';
import type { NoiseBank } from './noise.ts';
import type { Recipe } from './recipe.ts';
import type { Draw } from './sampler.ts';

/** Clips one after the other, as 16-bit samples. */
export interface ClipStore {
  readonly pcm: Int16Array;
  /** Samples that the network takes, and that each clip has unless `starts` says otherwise. */
  readonly samples: number;
  /** Where each clip starts, and where the last ends: clips of differing lengths. */
  readonly starts?: readonly number[];
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
export function clipAt({ pcm, samples, starts }: ClipStore, index: number): Float32Array {
  if (starts) return fromPcm(pcm.subarray(starts[index], starts[index + 1]));
  return fromPcm(pcm.subarray(index * samples, (index + 1) * samples));
}

/** A clip as long as the network takes: of a longer one the stretch, of a shorter one the place, is drawn. */
function placed(clip: Float32Array, samples: number, random: Random): Float32Array {
  const spare = samples - clip.length;
  if (spare === 0) return clip;
  const at = random.integer(Math.abs(spare) + 1);
  if (spare < 0) return clip.slice(at, at + samples);
  const out = new Float32Array(samples);
  out.set(clip, at);
  return out;
}

/** A clip as long as the network takes: the middle of a longer one, a shorter one in the middle. */
export function middleAt(store: ClipStore, index: number): Float32Array {
  return fitToLength({ samples: clipAt(store, index), sampleRate: 1 }, store.samples, 'centre').samples;
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

/** The sound of one draw: a clip, varied, or a stretch of silence. */
function makeClip(draw: Draw, clips: TrainingClips, recipe: Recipe): Float32Array {
  const random = createRandom(draw.seed);
  const { classes, input } = recipe.architecture;
  const { silence } = recipe.augment;
  if (silence && classes[draw.label] === recipe.silence) return makeSilence(clips.samples, silence, clips.bank, random);
  const word = placed(clipAt(clips, clips.byClass[draw.label][draw.clip]), clips.samples, random);
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
  const pictures = isStill(recipe)
    ? stillPictures(network, draws, clips, recipe, kernels)
    : variedPictures(network, draws, clips, recipe, kernels);
  for (const [i, draw] of draws.entries()) {
    maskBands(example(pictures, i), augment, createRandom(mixSeed(draw.seed, 2)));
  }

  const labels = draws.map((draw) => draw.label);
  const targets = smoothTargets(labels, recipe.architecture.classes.length, recipe.labelSmoothing);
  const random = createRandom(mixSeed(seed, 3));
  if (random.uniform() < augment.mixup.probability) mixPairs(pictures, targets, augment.mixup.alpha, random);
  return { pictures, targets };
}

/** The output of the preprocessing for the draws, each varied by its own seed. */
function variedPictures(
  network: Network,
  draws: readonly Draw[],
  clips: TrainingClips,
  recipe: Recipe,
  kernels: Kernels,
): Tensor {
  const { augment } = recipe;
  const pass = inferencePass(kernels);
  const stretched = recipe.spectrogram === undefined ? 0 : stageIndex(network, recipe.spectrogram) + 1;
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

  return runStages(network, spectrograms, pass, stretched, end);
}

/** Whether a recipe hears every clip the same each time. */
function isStill({ augment, clips, silence }: Recipe): boolean {
  const { shift, speed, gain, noise, floor, warp, roll = 0, band, fill } = augment;
  const moved = [shift, speed, warp, roll].some((strength) => strength > 0) || gain.min !== 1 || gain.max !== 1;
  const mixed = [noise, floor, band, fill].some((variation) => variation && variation.probability > 0);
  return !moved && !mixed && silence === undefined && clips?.longer !== 'anywhere' && clips?.shorter !== 'anywhere';
}

/** Pictures of clips that are the same each time, by the clip's index in the store; of each network's last clips. */
const seen = new WeakMap<Network, { readonly clips: TrainingClips; readonly pictures: Map<number, Float32Array> }>();
/** Numbers that the pictures of one run may fill: 256 MB. */
const MOST_SEEN = 2 ** 26;

/** The same where nothing varies: each clip goes through the preprocessing once. */
function stillPictures(
  network: Network,
  draws: readonly Draw[],
  clips: TrainingClips,
  recipe: Recipe,
  kernels: Kernels,
): Tensor {
  const last = seen.get(network);
  const own = last?.clips === clips ? last.pictures : new Map<number, Float32Array>();
  seen.set(network, { clips, pictures: own });
  const { outputShape } = network.stages[stageIndex(network, recipe.picture)];
  const pictures = tensor([draws.length, ...outputShape]);
  for (const [i, draw] of draws.entries()) {
    const index = clips.byClass[draw.label][draw.clip];
    const known = own.get(index) ?? variedPictures(network, [draw], clips, recipe, kernels).data;
    if (own.size * known.length < MOST_SEEN) own.set(index, known);
    example(pictures, i).data.set(known);
  }
  return pictures;
}

/** Clips of one length as a batch, [n, samples]. */
export function stack(clips: readonly Float32Array[]): Tensor {
  const samples = clips[0].length;
  const batch = tensor([clips.length, samples]);
  for (const [i, clip] of clips.entries()) batch.data.set(clip, i * samples);
  return batch;
}
