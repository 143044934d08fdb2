/** A thread that decodes recordings: a path comes in, its samples in 16 bits or a sentence go out. */
import { parentPort, workerData } from 'node:worker_threads';
import { toPcm } from '../src/lib/train/examples.ts';
import type { Decoded } from './cache.ts';
import { sentenceOf } from './command.ts';
import { decodeSound } from './read-sound.ts';

const { sampleRate } = workerData as { sampleRate: number };

parentPort?.on('message', async (file: string) => {
  const answer = (decoded: Decoded, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(decoded, transfer);
  try {
    const clip = await decodeSound(file, sampleRate);
    const samples = new Int16Array(clip.samples.length);
    toPcm(clip.samples, samples);
    answer({ file, samples }, [samples.buffer]);
  } catch (error) {
    answer({ file, reason: sentenceOf(error) });
  }
});
