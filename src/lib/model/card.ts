/**
 * A model's card: what it was trained on, how well it answers, how sure that is, and what it gets wrong. `npm run
 * evaluate -- NAME … --card` writes it from a measurement; nobody writes one by hand.
 */

/** An interval of an estimated share. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** The share of such intervals that hold the true value: 0.95. */
  readonly level: number;
  /** How it was computed, for people: "bootstrap over 92 speakers". */
  readonly method: string;
}

export interface ReliabilityBin {
  /** The bin holds answers of a confidence from `low` up to `high`. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** The mean probability of the answers given. */
  readonly confidence: number;
  /** The share of them that is right. */
  readonly accuracy: number;
}

export interface Calibration {
  /** The expected calibration error: the mean of |accuracy − confidence| over the bins, weighted by their clips. */
  readonly expectedError: number;
  /** Only bins that hold clips. */
  readonly bins: readonly ReliabilityBin[];
}

/** Two classes that the model confuses, and how often. */
export interface Confused {
  readonly truth: string;
  readonly named: string;
  readonly count: number;
  /** The share of the true class's clips. */
  readonly share: number;
}

/** How well a model answers on the clips of one split. Classes without a clip there are left out. */
export interface Evaluation {
  readonly split: string;
  /** The number of clips. */
  readonly n: number;
  /** How many speakers (or original recordings) the clips come from, where the data says so. */
  readonly groups?: { readonly name: string; readonly n: number };
  /** Clips that could not be read. */
  readonly skipped: number;
  readonly accuracy: number;
  /** Of `accuracy`. */
  readonly interval: Interval;
  /** Of the clips of the named classes (neither unknown nor silence, where the model has those), the share named right. */
  readonly accuracy8: number;
  readonly interval8: Interval;
  /** The mean of the recalls. */
  readonly balancedAccuracy: number;
  readonly recall: Readonly<Record<string, number>>;
  /** confusion[true class][named class]: clips. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The mean of −ln(probability of the true class). */
  readonly loss: number;
  readonly calibration: Calibration;
  /** By the collection that a clip comes from, where the data says so. */
  readonly sources?: Readonly<Record<string, PartFigures>>;
  /** By the fold that was held out, where several models were judged, each on the fold that it was not trained on. */
  readonly folds?: Readonly<Record<string, PartFigures>>;
  /** Set where training may have heard some of these clips: then the figures say little of others. */
  readonly heard?: true;
  /** Every tile for itself, where longer recordings are judged by the mean over their tiles. */
  readonly tiles?: PartFigures & { readonly interval: Interval };
}

/** Figures of a part of the clips, or of other clips. */
export interface PartFigures {
  readonly n: number;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
}

/** One epoch of training. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** The mean loss over the epoch's varied examples, against smoothed and mixed targets. */
  readonly loss: number;
  /** Absent where the epoch was not judged. */
  readonly validation?: { readonly loss: number; readonly accuracy: number; readonly balancedAccuracy: number };
  /** Of the epoch's last step. */
  readonly learningRate: number;
}

/** What a training run leaves beside its weights, as `history.json`. */
export interface TrainingRecord {
  readonly seed: number;
  /** Epochs that were run. */
  readonly epochs: number;
  /** The epoch whose weights were kept. */
  readonly bestEpoch: number;
  /** False where no validation clips chose that epoch: the number of epochs was settled before. Left out: true. */
  readonly chosen?: boolean;
  /** What the logits were divided by after training, so that probabilities mean what they say on the validation clips. */
  readonly temperature: number;
  readonly splits: readonly SplitSize[];
  readonly history: readonly EpochRecord[];
  /** Batch, learning rate, augmentation and all other settings. */
  readonly recipe: Readonly<Record<string, unknown>>;
}

export interface SplitSize {
  readonly name: string;
  readonly clips: number;
  readonly groups?: { readonly name: string; readonly n: number };
}

/** What a simpler way reaches on the clips that a model is judged by. */
export interface Baseline {
  readonly name: string;
  readonly accuracy: number;
  readonly balancedAccuracy: number;
}

/** What others have published for the same data: measured by them, maybe on other parts of it. */
export interface Published {
  readonly name: string;
  readonly accuracy: number;
  /** An address. */
  readonly source: string;
}

/** How long one input takes, from its samples to the probabilities, ms. */
export interface Milliseconds {
  /** Of the quietest of several rounds of calls. */
  readonly median: number;
  /** What computed, for people: "Node 24, wasm relaxed SIMD, one thread". */
  readonly runtime: string;
}

export interface ModelCard {
  readonly format: 'kuulo-card-1';
  readonly name: string;
  /** One sentence: what the model is for. */
  readonly task: string;
  readonly classes: readonly string[];
  readonly data: { readonly name: string; readonly licence: string; readonly source: string };
  /** Of the model itself. */
  readonly licence: string;
  readonly size: { readonly weights: number; readonly bytes: number; readonly storage: 'F16' | 'F32' };
  /** The clips that the model is judged by: on none of their speakers was it trained or chosen. */
  readonly test: Evaluation;
  /** The test clips made harder, by what was done to them; every tile for itself, where there are tiles. */
  readonly harder?: Readonly<Record<string, PartFigures>>;
  /** Absent where the validation clips were trained on too. */
  readonly validation?: Evaluation;
  /** Of the clips of `test`; older cards do not have it. */
  readonly baseline?: Baseline;
  readonly published?: readonly Published[];
  /** Older cards do not have it. */
  readonly milliseconds?: Milliseconds;
  readonly training: TrainingRecord;
  readonly mistakes: {
    readonly confused: readonly Confused[];
    /** Clips of the unknown class by whether their word was in the training clips: how many, and the share named unknown. */
    readonly unknownHeard?: { readonly n: number; readonly recall: number };
    readonly unknownUnheard?: { readonly n: number; readonly recall: number; readonly words: readonly string[] };
  };
  readonly notes: readonly string[];
}
