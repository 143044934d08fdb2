/** What the chapters' computations work on: the clip that the page has handed over, and the models. */
import { KuuloError } from '../../lib/errors.ts';
import type { Shelf } from '../shelf.ts';

export interface LabClip {
  /** Mono, in [-1, 1]. */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
  /** Where the second to judge begins, in seconds from the clip's start. */
  readonly start: number;
}

export interface Bench extends Shelf {
  /** @throws KuuloError where no clip has come yet */
  clip(): LabClip;
  hold(clip: LabClip): void;
  /** Tells how far a long computation has come, 0 to 1. */
  progress(share: number): void;
}

export function createBench(shelf: Shelf, progress: (share: number) => void): Bench {
  let held: LabClip | undefined;
  return {
    ...shelf,
    progress,
    hold(clip) {
      held = clip;
    },
    clip() {
      if (!held) throw new KuuloError('There is no sound to compute from. Record one, or choose a built-in one.');
      return held;
    },
  };
}
