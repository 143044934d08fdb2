/** What the page says of each model before anything of it is loaded, read from its architecture and its card. */
import type { ModelShell } from './entries.ts';

/** The models as they are when the site is built. */
export interface Built {
  readonly models: readonly ModelSummary[];
  /** The stages of the model that the page opens with; absent where there is none. */
  readonly shell?: ModelShell;
}

/** A model in words. */
export interface ModelSummary {
  readonly name: string;
  /** One sentence: what it listens for. */
  readonly task: string;
  readonly classes: readonly string[];
  /** Hz. */
  readonly sampleRate: number;
  /** Samples of one input. */
  readonly samples: number;
  /** From one tile to the next, where it hears longer clips in tiles. */
  readonly hop?: number;
  /** Its stages in a few words, from the sound to the answers. */
  readonly chain: string;
  /** How many numbers it has learned. */
  readonly weights: number;
  /** Of the file that holds them. */
  readonly bytes: number;
  /** Absent where the model has no card yet. */
  readonly card?: {
    /** The data that it was trained on. */
    readonly data: string;
    /** "right in 90.5 % (95 % interval 87.8 to 92.7 %) of 1,484 clips by 91 speakers, none of whom it heard in training" */
    readonly measured: string;
  };
}
