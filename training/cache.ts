/**
 * Decoded recordings on disk: one file of 16-bit samples for each folder of recordings, one after the other, and an
 * index that knows each by path, size and time of change. A recording that changed is decoded anew. The whole cache may
 * be deleted at any time. Sixteen bits are what nearly all recordings of speech hold.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { say, sentenceOf } from './command.ts';
import { createBar } from './progress.ts';

/** Where a recording lies in the file, in samples. */
interface Place {
  readonly start: number;
  readonly length: number;
}

/** A recording that could not be read, and why. */
export interface Damaged {
  readonly file: string;
  readonly reason: string;
}

export interface AudioCache {
  /** The samples of a recording in 16 bits; undefined if it could not be read. */
  read(file: string): Int16Array | undefined;
  readonly damaged: readonly Damaged[];
  close(): void;
}

/** What a decoding thread answers. */
export interface Decoded {
  readonly file: string;
  readonly samples?: Int16Array<ArrayBuffer>;
  readonly reason?: string;
}

/** Recordings between two writings of the index: what a crash can cost. */
const WRITE_EVERY = 500;

/**
 * Opens the cache of a folder and decodes what it does not hold yet, on all threads.
 * @param cacheFolder where the cache lies; made if it is not there
 * @param files absolute paths
 */
export async function openCache(
  cacheFolder: string,
  folder: string,
  files: readonly string[],
  sampleRate: number,
  threads: number,
): Promise<AudioCache> {
  mkdirSync(cacheFolder, { recursive: true });
  const name = createHash('sha256').update(`${folder} ${sampleRate}`).digest('hex').slice(0, 16);
  const indexPath = join(cacheFolder, `${name}.json`);
  const fd = openSync(join(cacheFolder, `${name}.pcm`), existsSync(indexPath) ? 'a+' : 'w+');
  const places = readIndex(indexPath, fstatSync(fd).size / 2);
  let end = fstatSync(fd).size / 2;

  const damaged: Damaged[] = [];
  const keys = new Map<string, string>();
  for (const file of new Set(files)) {
    try {
      const { size, mtimeMs } = statSync(file);
      keys.set(file, `${relative(folder, file)} ${size} ${Math.round(mtimeMs)}`);
    } catch (error) {
      damaged.push({ file, reason: sentenceOf(error) });
    }
  }
  const writeIndex = (): void => {
    writeFileSync(`${indexPath}.part`, JSON.stringify(Object.fromEntries(places)));
    renameSync(`${indexPath}.part`, indexPath);
  };

  const missing = [...keys].filter(([, key]) => !places.has(key)).map(([file]) => file);
  const bar = createBar('Decoding');
  if (missing.length > 0) say(`Decoding ${missing.length} recordings into ${cacheFolder}; this is done once.`);
  let done = 0;
  await decodeAll(missing, sampleRate, threads, ({ file, samples, reason }) => {
    if (samples) {
      writeSync(fd, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
      places.set(keys.get(file) ?? file, { start: end, length: samples.length });
      end += samples.length;
    } else {
      damaged.push({ file, reason: reason ?? 'It could not be read.' });
    }
    done++;
    bar.show(done, missing.length);
    if (done % WRITE_EVERY === 0) writeIndex();
  });
  bar.clear();
  if (missing.length > 0) writeIndex();

  return {
    damaged,
    read(file) {
      const place = places.get(keys.get(file) ?? '');
      if (!place) return undefined;
      const samples = new Int16Array(place.length);
      readSync(fd, new Uint8Array(samples.buffer), 0, samples.byteLength, 2 * place.start);
      return samples;
    },
    close: () => closeSync(fd),
  };
}

/** The index, without what lies beyond the end of the samples: there a run was cut off. */
function readIndex(path: string, samples: number): Map<string, Place> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, Place>);
    return new Map(entries.filter(([, { start, length }]) => start + length <= samples));
  } catch {
    return new Map();
  }
}

/** Decodes files on several threads; answers come in any order. */
async function decodeAll(
  files: readonly string[],
  sampleRate: number,
  threads: number,
  onDecoded: (decoded: Decoded) => void,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(threads, files.length) }, () => {
      const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { workerData: { sampleRate } });
      return new Promise<void>((resolve, reject) => {
        const give = (): void => {
          if (next < files.length) worker.postMessage(files[next++]);
          else void worker.terminate().then(() => resolve());
        };
        worker.on('message', (decoded: Decoded) => {
          onDecoded(decoded);
          give();
        });
        worker.on('error', reject);
        give();
      });
    }),
  );
}
