/** A folder of made recordings in the form that the commands read, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom } from '../../../src/lib/random.ts';

/** A new empty folder, and how to remove it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'kuulo-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A mono WAV file of 16 bits. */
export function wavFile(samples: Float32Array, sampleRate: number): Buffer {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(2 * sampleRate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples.length, 40);
  for (const [i, value] of samples.entries()) file.writeInt16LE(Math.round(32767 * value), 44 + 2 * i);
  return file;
}

/** Some seconds of a tone in faint noise. */
export function tone(hertz: number, seconds: number, sampleRate: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * i) / sampleRate) + 0.01 * random.normal(),
  );
}

/** Writes a file, and the folders that it needs. */
export function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A folder of tones as "words", one of them damaged, with background noise: all three splits. */
export function makeRecordings(folder: string): void {
  const rows = ['file,word,class,speaker,split'];
  const add = (file: string, word: string, cls: string, speaker: string, split: string, sound: Uint8Array): void => {
    put(join(folder, file), sound);
    rows.push([file, word, cls, speaker, split].join(','));
  };
  for (const [s, split] of ['train', 'validation', 'test'].entries()) {
    for (const [w, word] of ['yes', 'no', 'tree'].entries()) {
      for (let i = 0; i < 4; i++) {
        const sound = wavFile(
          tone(400 * (w + 1), 0.8 + 0.1 * i, i % 2 ? 16000 : 44100, 100 * s + 10 * w + i),
          i % 2 ? 16000 : 44100,
        );
        add(`${split}/${word}-${i}.wav`, word, word === 'tree' ? 'unknown' : word, `${split}${i}`, split, sound);
      }
    }
    add(`${split}/noise.wav`, '', 'silence', '', split, wavFile(tone(50, 2, 16000, 7 + s), 16000));
  }
  add('train/damaged.wav', 'yes', 'yes', 'x', 'train', Buffer.from('RIFF, and then nothing of use'));
  put(join(folder, 'index.csv'), `${rows.join('\r\n')}\r\n`);
}
