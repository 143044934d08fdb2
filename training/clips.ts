/** The recordings of a run in memory that all threads share: clips of one length, backgrounds, and who is in which. */
import { fitLoudest } from '../src/lib/audio/loudest.ts';
import type { SplitSize } from '../src/lib/model/card.ts';
import type { JudgedClips } from '../src/lib/train/engine.ts';
import { fromPcm, type TrainingClips, toPcm } from '../src/lib/train/examples.ts';
import { colouredNoise } from '../src/lib/train/noise.ts';
import type { Recipe } from '../src/lib/train/recipe.ts';
import { type AudioCache, type Damaged, openCache } from './cache.ts';
import { type Folder, type Recording, recordingsOf } from './data.ts';

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

/** Reads the splits `train` and `validation` of a folder. */
export async function loadRunClips(
  folder: Folder,
  recipe: Recipe,
  threads: number,
  cacheFolder: string,
): Promise<RunClips> {
  const { sampleRate, samples } = recipe.architecture.input;
  const { classes } = recipe.architecture;
  const train = recordingsOf(folder, 'train');
  const validation = recordingsOf(folder, 'validation');
  const files = [...train, ...validation].map((recording) => recording.file);
  const cache = await openCache(cacheFolder, folder.path, files, sampleRate, threads);
  try {
    const words = train.filter((recording) => recording.class !== recipe.silence);
    const stored = storeClips(words, cache, samples, sampleRate);
    const backgrounds = train.filter((recording) => recording.class === recipe.silence);
    const judged = storeClips(validation, cache, samples, sampleRate);
    return {
      training: {
        pcm: stored.pcm,
        samples,
        byClass: classes.map((name) => stored.read.flatMap((recording, i) => (recording.class === name ? [i] : []))),
        bank: [...readBackgrounds(backgrounds, cache), ...makeNoise(recipe)],
      },
      judged: { pcm: judged.pcm, samples, labels: judged.read.map((recording) => classes.indexOf(recording.class)) },
      splits: [
        sizeOfSplit('train', [...stored.read, ...backgrounds], folder),
        sizeOfSplit('validation', judged.read, folder),
      ],
      damaged: cache.damaged,
    };
  } finally {
    cache.close();
  }
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

function storeClips(
  recordings: readonly Recording[],
  cache: AudioCache,
  samples: number,
  sampleRate: number,
): { pcm: Int16Array; read: Recording[] } {
  const pcm = new Int16Array(new SharedArrayBuffer(2 * samples * recordings.length));
  const read: Recording[] = [];
  for (const recording of recordings) {
    const own = cache.read(recording.file);
    if (!own) continue;
    const clip = fitLoudest({ samples: fromPcm(partOf(own, recording)), sampleRate }, samples);
    toPcm(clip.samples, pcm, samples * read.length);
    read.push(recording);
  }
  return { pcm, read };
}

function readBackgrounds(recordings: readonly Recording[], cache: AudioCache): Float32Array[] {
  return recordings.flatMap((recording) => {
    const own = cache.read(recording.file);
    return own && own.length > 0 ? [share(fromPcm(partOf(own, recording)))] : [];
  });
}

function makeNoise({ architecture, seed }: Recipe): Float32Array[] {
  return colouredNoise(NOISE_SECONDS * architecture.input.sampleRate, seed).map(share);
}

function share(samples: Float32Array): Float32Array {
  const shared = sharedFloats(samples.length);
  shared.set(samples);
  return shared;
}
