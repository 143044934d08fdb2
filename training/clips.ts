/** The recordings of a run in memory that all threads share: clips, noise, and who is in which. */
import { fitLoudest } from '../src/lib/audio/loudest.ts';
import { removeOffset } from '../src/lib/audio/offset.ts';
import { fitInputs } from '../src/lib/audio/tiles.ts';
import type { SplitSize } from '../src/lib/model/card.ts';
import type { JudgedClips } from '../src/lib/train/engine.ts';
import { type ClipStore, fromPcm, type TrainingClips, toPcm } from '../src/lib/train/examples.ts';
import { fewClips } from '../src/lib/train/few.ts';
import { colouredNoise } from '../src/lib/train/noise.ts';
import type { NoiseRecipe, Recipe } from '../src/lib/train/recipe.ts';
import { balanceSources } from '../src/lib/train/sampler.ts';
import { type AudioCache, type Damaged, openCache } from './cache.ts';
import { type Folder, type Recording, recordingsOf } from './data.ts';

/** The recordings that a run trains on, and those that it is judged by: none where it trains on all there are. */
export interface RunRecordings {
  readonly training: readonly Recording[];
  readonly judged: readonly Recording[];
}

export interface RunClips {
  readonly training: TrainingClips;
  readonly judged: JudgedClips;
  readonly splits: readonly SplitSize[];
  readonly damaged: readonly Damaged[];
}

/** Seconds of made noise of each colour. */
const NOISE_SECONDS = 40;

/** An array of zeros in memory that threads share. */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * length));
}

/** The splits `train` and `validation` of a folder. */
export function ordinarySplits(folder: Folder): RunRecordings {
  return { training: recordingsOf(folder, 'train'), judged: recordingsOf(folder, 'validation') };
}

/** Reads the recordings of a run, by default those of the ordinary splits. */
export async function loadRunClips(
  folder: Folder,
  recipe: Recipe,
  threads: number,
  cacheFolder: string,
  { training, judged }: RunRecordings = ordinarySplits(folder),
): Promise<RunClips> {
  const { input, classes } = recipe.architecture;
  const { samples, sampleRate } = input;
  const noise = recipe.noise ?? { classes: recipe.silence ? [recipe.silence] : [], made: true };
  const files = [...training, ...judged].map((recording) => recording.file);
  const cache = await openCache(cacheFolder, folder.path, files, sampleRate, threads);
  try {
    const sounds = training.filter((recording) => recording.class !== recipe.silence);
    const stored = storeClips(sounds, cache, samples, (own) => [trainingClip(own, recipe)]);
    const noises = training.filter((recording) => noise.classes.includes(recording.class));
    const silences = training.filter((recording) => recording.class === recipe.silence);
    const judging = storeClips(judged, cache, samples, (own) => fitInputs({ samples: own, sampleRate }, input));
    const sources = stored.read.map(({ source }) => source);
    return {
      training: {
        ...stored.clips,
        byClass: classes.map((name) => {
          const indices = stored.read.flatMap((recording, i) => (recording.class === name ? [i] : []));
          return balanceSources(indices, sources, recipe.sampling.sourceExponent ?? 1);
        }),
        bank: [...readNoises(noises, cache), ...makeNoise(noise, recipe)],
      },
      judged: {
        ...judging.clips,
        labels: judging.read.map((recording) => classes.indexOf(recording.class)),
        ...(input.hop === undefined ? {} : { recordings: judging.recordings }),
      },
      splits: [
        sizeOfSplit('train', [...stored.read, ...silences], folder),
        ...(judged.length > 0 ? [sizeOfSplit('validation', [...new Set(judging.read)], folder)] : []),
      ],
      damaged: cache.damaged,
    };
  } finally {
    cache.close();
  }
}

/** The clips that a run hears, where it is not to hear them all. */
export function heardOf({ labels, seed }: Recipe, clips: TrainingClips): TrainingClips {
  const shared = (samples: number): Int16Array => new Int16Array(new SharedArrayBuffer(2 * samples));
  return labels === undefined ? clips : fewClips(clips, labels, seed, shared);
}

/** How many clips and groups there are. */
function sizeOfSplit(name: string, recordings: readonly Recording[], { groupName }: Folder): SplitSize {
  const groups = new Set(recordings.map((recording) => recording.group).filter(Boolean)).size;
  return { name, clips: recordings.length, ...(groups > 0 ? { groups: { name: groupName, n: groups } } : {}) };
}

/** The part of a recording that is meant. */
export function partOf<Samples extends Int16Array | Float32Array>(samples: Samples, { part }: Recording): Samples {
  if (!part) return samples;
  return samples.subarray(Math.floor(part.from * samples.length), Math.ceil(part.to * samples.length)) as Samples;
}

/** What is kept of a recording to make examples of: see `ClipsRecipe`. */
function trainingClip(recording: Float32Array, { architecture, clips }: Recipe): Float32Array {
  const { samples, sampleRate } = architecture.input;
  const free = recording.length > samples ? clips?.longer === 'anywhere' : clips?.shorter === 'anywhere';
  return free ? removeOffset(recording) : fitLoudest({ samples: recording, sampleRate }, samples).samples;
}

/** Clips in shared memory, and the recording of each. */
interface Stored {
  readonly clips: ClipStore;
  readonly read: readonly Recording[];
  /** The number of each clip's recording. */
  readonly recordings: readonly number[];
}

function storeClips(
  recordings: readonly Recording[],
  cache: AudioCache,
  samples: number,
  cut: (recording: Float32Array) => readonly Float32Array[],
): Stored {
  const read: Recording[] = [];
  const numbers: number[] = [];
  const starts = [0];
  const pieces: Int16Array[] = [];
  let count = 0;
  for (const recording of recordings) {
    const own = cache.read(recording.file);
    if (!own) continue;
    for (const clip of cut(fromPcm(partOf(own, recording)))) {
      const piece = new Int16Array(clip.length);
      toPcm(clip, piece);
      pieces.push(piece);
      read.push(recording);
      numbers.push(count);
      starts.push(starts[starts.length - 1] + clip.length);
    }
    count++;
  }
  const pcm = new Int16Array(new SharedArrayBuffer(2 * starts[starts.length - 1]));
  for (const [i, piece] of pieces.entries()) pcm.set(piece, starts[i]);
  const alike = pieces.every((piece) => piece.length === samples);
  return { clips: { pcm, samples, ...(alike ? {} : { starts }) }, read, recordings: numbers };
}

function readNoises(recordings: readonly Recording[], cache: AudioCache): Float32Array[] {
  return recordings.flatMap((recording) => {
    const own = cache.read(recording.file);
    return own && own.length > 0 ? [share(fromPcm(partOf(own, recording)))] : [];
  });
}

function makeNoise({ made }: NoiseRecipe, { architecture, seed }: Recipe): Float32Array[] {
  return made ? colouredNoise(NOISE_SECONDS * architecture.input.sampleRate, seed).map(share) : [];
}

function share(samples: Float32Array): Float32Array {
  const shared = sharedFloats(samples.length);
  shared.set(samples);
  return shared;
}
