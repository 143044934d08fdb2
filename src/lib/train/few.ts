/** Few labels: what training may hear when only some recordings have been named. */
import { createRandom, mixSeed, shuffle } from '../random.ts';
import { clipAt, type TrainingClips, toPcm } from './examples.ts';

/**
 * Clips of which only `count` recordings of each class are left, drawn by the seed, and of each longer one a single
 * stretch as long as the network's input. A class with fewer keeps all that it has.
 * @param allocate makes the memory for so many samples
 */
export function fewClips(
  clips: TrainingClips,
  count: number,
  seed: number,
  allocate: (samples: number) => Int16Array = (samples) => new Int16Array(samples),
): TrainingClips {
  const pieces: Float32Array[] = [];
  const byClass = clips.byClass.map((indices, label) => {
    const random = createRandom(mixSeed(seed, 7, label));
    const chosen = [...new Set(indices)];
    shuffle(chosen, random);
    return chosen.slice(0, count).map((index) => {
      const clip = clipAt(clips, index);
      const at = random.integer(Math.max(0, clip.length - clips.samples) + 1);
      return pieces.push(clip.subarray(at, at + clips.samples)) - 1;
    });
  });
  const starts = [0];
  for (const piece of pieces) starts.push(starts[starts.length - 1] + piece.length);
  const pcm = allocate(starts[pieces.length]);
  for (const [i, piece] of pieces.entries()) toPcm(piece, pcm, starts[i]);
  return { pcm, samples: clips.samples, starts, byClass, bank: clips.bank };
}
