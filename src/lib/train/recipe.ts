/**
 * A recipe: everything that decides what a training run makes of its recordings, as data. Two runs of one recipe on the
 * same recordings give the same weights, whatever the number of threads. Content lies in `training/recipes`.
 */
import type { Architecture } from '../model/architecture.ts';
import type { Published } from '../model/card.ts';
import type { BandRecipe } from './band.ts';

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
  /** Instead of the cosine: the rate is multiplied by `factor` this many times, after equal parts of the run. */
  readonly stairs?: { readonly drops: number; readonly factor: number };
  /** Decoupled weight decay; not applied to biases. */
  readonly weightDecay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** How examples are varied. A strength of zero, or leaving it out, switches a variation off. */
export interface AugmentRecipe {
  /** Moved in a circle, what leaves at one end coming in at the other, by up to this share of the clip either way. */
  readonly roll?: number;
  /** Moved by up to this many seconds, earlier or later. */
  readonly shift: number;
  /** Played faster or slower by up to this share: 0.1 is 0.9 to 1.1 times. */
  readonly speed: number;
  /** Amplitude factor, drawn evenly on a logarithmic scale. */
  readonly gain: Range;
  /** Limited to a random band, as by another microphone. */
  readonly band?: BandRecipe;
  /** Background noise: how often, and how many dB the clip's sound is above it. */
  readonly noise: { readonly probability: number; readonly snr: Range };
  /**
   * Where nothing moves for 10 ms or more, as in the padding of a short recording, faint noise of this level (RMS, full
   * scale 1) is put: how often. Without it, a model may learn the padding instead of the sound.
   */
  readonly fill?: { readonly probability: number; readonly level: Range };
  /** Faint noise of an absolute level (RMS, full scale 1), as a microphone adds: how often, and how strong. */
  readonly floor: { readonly probability: number; readonly level: Range };
  /** The class of silence: RMS of its noise on a logarithmic scale, and how often it is exact zeros instead. */
  readonly silence?: { readonly level: Range; readonly zeros: number };
  /** Frequencies stretched by up to this share on the stage `spectrogram`: 0.1 is 0.9 to 1.1 times. */
  readonly warp: number;
  /** Bands of the picture set to zero (SpecAugment): how many, and the largest width in cells. */
  readonly timeMasks: { readonly count: number; readonly width: number };
  readonly frequencyMasks: { readonly count: number; readonly width: number };
  /** Mixup: how often a shard of examples is mixed in pairs, and α of the Beta(α, α) that draws the shares. */
  readonly mixup: { readonly probability: number; readonly alpha: number };
}

/** Examples as they are. */
export const unvaried: AugmentRecipe = {
  shift: 0,
  speed: 0,
  gain: { min: 1, max: 1 },
  noise: { probability: 0, snr: { min: 10, max: 30 } },
  floor: { probability: 0, level: { min: 1e-5, max: 1e-3 } },
  warp: 0,
  timeMasks: { count: 0, width: 0 },
  frequencyMasks: { count: 0, width: 0 },
  mixup: { probability: 0, alpha: 1 },
};

/** How often each class is drawn. */
export interface SamplingRecipe {
  /** A class of n clips is drawn in proportion to n^exponent: 1 as they come, 0 all classes alike. */
  readonly exponent: number;
  /** Classes with a share of their own; the others divide what is left. */
  readonly shares: Readonly<Record<string, number>>;
  /**
   * Within a class, the n clips of one source (column `source`) are drawn in proportion to n^sourceExponent: 1, or left
   * out, as they come, 0 all sources alike.
   */
  readonly sourceExponent?: number;
}

/** Which part of a recording an example is made of. What is judged is decided by the architecture's input alone. */
export interface ClipsRecipe {
  /** A longer recording: its loudest stretch, always the same, or a stretch from anywhere, another each time. */
  readonly longer: 'loudest' | 'anywhere';
  /** A shorter recording lies in the middle, or anywhere, elsewhere each time; around it are zeros. */
  readonly shorter: 'centre' | 'anywhere';
}

/** Where noise for `augment` comes from. */
export interface NoiseRecipe {
  /** Classes whose training recordings are noise; never those of other splits. */
  readonly classes: readonly string[];
  /** Whether made noise in several colours is there too. */
  readonly made: boolean;
}

export interface Recipe {
  readonly name: string;
  /** One sentence: what the model is for. */
  readonly task: string;
  readonly architecture: Architecture;
  /** The stage whose output is stretched in frequency: a spectrogram [time, frequency, 1]. Only where `augment.warp` is used. */
  readonly spectrogram?: string;
  /** The last stage of the preprocessing: its output, the picture, is what is masked, mixed and trained on. */
  readonly picture: string;
  /** The stage whose outputs are the logits; what follows (softmax) belongs to the loss. */
  readonly logits: string;
  /**
   * 'reconstruction': the stage `logits` is to give the picture back, and no class is learned. Left out: cross-entropy
   * with the classes.
   */
  readonly loss?: 'reconstruction';
  /**
   * What is trained before, on the same architecture: its weights are kept by the stages that this recipe does not train,
   * those up to `picture`.
   */
  readonly before?: Recipe;
  /** Training hears one stretch of this many recordings of each class, always the same. Left out: all there are. */
  readonly labels?: number;
  /** The class of clips in which nothing is said: its training examples are made of noise. Not every model has it. */
  readonly silence?: string;
  /** The class for everything that is not among the classes. Without it such recordings are left out. */
  readonly unknown?: string;
  /** The classes of other folders as classes of this model; null leaves their recordings out. */
  readonly sounds?: Readonly<Record<string, string | null>>;
  /** Left out: the loudest stretch of a longer recording, a shorter one in the middle. */
  readonly clips?: ClipsRecipe;
  /** Left out: the recordings of silence where there is that class, and made noise. */
  readonly noise?: NoiseRecipe;
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
  /** What is compared on the validation clips to choose the weights that are kept; 'last' keeps those of the last epoch. */
  readonly select: 'loss' | 'balancedAccuracy' | 'last';
  /** Epochs from one validation to the next; the last epoch always has one. Left out: 1. */
  readonly validateEvery?: number;
  /** Training ends after this many epochs without a better validation; 0 never ends it early. */
  readonly patience: number;
  /** The folder of its recordings in ../shared/data, where no other is given. Left out: "speech-commands". */
  readonly folder?: string;
  /** What the card says of the recordings, and the licence of the trained weights. */
  readonly data: { readonly name: string; readonly licence: string; readonly source: string };
  readonly licence: string;
  /** Sentences for the card on how its figures are to be read. */
  readonly notes: readonly string[];
  /** Figures of others for the same data, to be shown beside the model's. */
  readonly published?: readonly Published[];
}

/** The classes that name no sound of their own: unknown and silence, where the model has them. */
export function notWords({ silence, unknown }: Pick<Recipe, 'silence' | 'unknown'>): string[] {
  return [silence, unknown].filter((name) => name !== undefined);
}

/** The recipe without its words for people: all that decides the weights, and nothing else. */
export function decidingPart(recipe: Recipe) {
  const { name, task, folder, data, licence, notes, published, ...deciding } = recipe;
  return deciding;
}
