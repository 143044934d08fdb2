/**
 * A recipe: everything that decides what a training run makes of its recordings, as data. Two runs of one recipe on the
 * same recordings give the same weights, whatever the number of threads. Content lies in `training/recipes`.
 */
import type { Architecture } from '../model/architecture.ts';

/** A closed range of numbers. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** How strongly the optimiser acts, and when. */
export interface OptimiserRecipe {
  /** The highest learning rate, reached at the end of the warm-up. */
  readonly learningRate: number;
  /** The share of the steps over which the learning rate rises from near zero, 0 to 1. */
  readonly warmUp: number;
  /** The learning rate at the last step, as a share of the highest. */
  readonly finalShare: number;
  /** Decoupled weight decay; not applied to biases. */
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** How examples are varied. A strength of zero switches a variation off. */
export interface AugmentRecipe {
  /** Moved by up to this many seconds, earlier or later. */
  readonly shift: number;
  /** Played faster or slower by up to this share: 0.1 is 0.9 to 1.1 times. */
  readonly speed: number;
  /** Amplitude factor, drawn evenly on a logarithmic scale. */
  readonly gain: Range;
  /** Background noise: how often, and how many dB the word is above it. */
  readonly noise: { readonly probability: number; readonly snr: Range };
  /** Faint noise of an absolute level (RMS, full scale 1), as a microphone adds: how often, and how strong. */
  readonly floor: { readonly probability: number; readonly level: Range };
  /** The class of silence: RMS of its noise on a logarithmic scale, and how often it is exact zeros instead. */
  readonly silence: { readonly level: Range; readonly zeros: number };
  /** Frequencies stretched by up to this share on the spectrogram: 0.1 is 0.9 to 1.1 times. */
  readonly warp: number;
  /** Bands of the picture set to zero (SpecAugment): how many, and the largest width in cells. */
  readonly timeMasks: { readonly count: number; readonly width: number };
  readonly frequencyMasks: { readonly count: number; readonly width: number };
  /** Mixup: how often a shard of examples is mixed in pairs, and α of the Beta(α, α) that draws the shares. */
  readonly mixup: { readonly probability: number; readonly alpha: number };
}

/** How often each class is drawn. */
export interface SamplingRecipe {
  /** A class of n clips is drawn in proportion to n^exponent: 1 as they come, 0 all classes alike. */
  readonly exponent: number;
  /** Classes with a share of their own; the others divide what is left. */
  readonly shares: Readonly<Record<string, number>>;
}

export interface Recipe {
  readonly name: string;
  /** One sentence: what the model is for. */
  readonly task: string;
  readonly architecture: Architecture;
  /** The stage whose output is stretched in frequency: a spectrogram [time, frequency, 1]. */
  readonly spectrogram: string;
  /** The last stage of the preprocessing: its output, the picture, is what is masked, mixed and trained on. */
  readonly picture: string;
  /** The stage whose outputs are the logits; what follows (softmax) belongs to the loss. */
  readonly logits: string;
  /** The class of clips in which no word is spoken. */
  readonly silence: string;
  /** The class for every word that is not among the classes. */
  readonly unknown: string;
  readonly seed: number;
  readonly epochs: number;
  /** Examples an epoch; 0 is as many as there are clips to train on. */
  readonly examplesPerEpoch: number;
  /** Examples a step; a multiple of `shard`. */
  readonly batch: number;
  /** Examples whose gradients are computed together by one thread. */
  readonly shard: number;
  readonly labelSmoothing: number;
  /** Decay of the running average of the weights, which is what is judged and kept; 0 keeps the weights themselves. */
  readonly averageDecay: number;
  readonly optimiser: OptimiserRecipe;
  readonly sampling: SamplingRecipe;
  readonly augment: AugmentRecipe;
  /** What is compared on the validation clips to choose the weights that are kept. */
  readonly select: 'loss' | 'balancedAccuracy';
  /** Training ends after this many epochs without a better validation; 0 never ends it early. */
  readonly patience: number;
  /** What the card says of the recordings, and the licence of the trained weights. */
  readonly data: { readonly name: string; readonly licence: string; readonly source: string };
  readonly licence: string;
  /** Sentences for the card on how its figures are to be read. */
  readonly notes: readonly string[];
}

/** The recipe without its words for people: all that decides the weights, and nothing else. */
export function decidingPart(recipe: Recipe) {
  const { name, task, data, licence, notes, ...deciding } = recipe;
  return deciding;
}
