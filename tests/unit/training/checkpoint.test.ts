import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startProgress } from '../../../src/lib/train/fit.ts';
import { createMemory, type Memory } from '../../../src/lib/train/step.ts';
import { hashOfRun, readCheckpoint, restore, writeCheckpoint } from '../../../training/checkpoint.ts';
import { small, smallClips } from '../train/small.ts';
import { temporaryFolder } from './recordings.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
const file = join(folder.path, 'run/checkpoint.bin');
const clips = smallClips(1);
const run = hashOfRun(small, clips);

function empty(): Memory {
  return createMemory({ size: 5, statisticsSize: 2 }, 1, (length) => new Float32Array(length));
}

function filled(): Memory {
  const memory = empty();
  for (const [i, name] of (['weights', 'average', 'first', 'second', 'best', 'bestStatistics'] as const).entries())
    memory[name].fill(i / 3);
  return memory;
}

describe('a checkpoint', () => {
  const progress = { ...startProgress(), epoch: 3, step: 2, lossSum: 0.1 + 0.2, best: { epoch: 2, score: -1 / 3 } };
  writeCheckpoint(file, run, small, progress, filled());

  it('gives back every number, to the bit', () => {
    const memory = empty();
    expect(restore(file, readCheckpoint(file), run, memory)).toEqual(progress);
    expect(memory.second).toEqual(filled().second);
    expect(memory.best).toEqual(filled().best);
    expect(memory.bestStatistics).toEqual(filled().bestStatistics);
  });

  it('is refused for another recipe, another seed, or other recordings', () => {
    const { training, judged } = clips;
    const louder = { ...training, pcm: training.pcm.map((value) => value / 2) };
    const noisier = { ...training, bank: [...training.bank, new Float32Array(9)] };
    const others = [
      hashOfRun({ ...small, seed: 6 }, clips),
      hashOfRun({ ...small, augment: { ...small.augment, warp: 0 } }, clips),
      hashOfRun(small, { training: louder, judged }),
      hashOfRun(small, { training: noisier, judged }),
      hashOfRun(small, { training, judged: { ...judged, labels: [1, ...judged.labels.slice(1)] } }),
    ];
    expect(new Set([run, ...others]).size).toBe(6);
    for (const other of others) {
      expect(() => restore(file, readCheckpoint(file), other, filled())).toThrow('another recipe or other recordings');
    }
  });

  it('stays good when the words of the card change', () => {
    const reworded = {
      ...small,
      task: 'Another.',
      notes: ['A note.'],
      licence: 'MIT',
      data: { ...small.data, name: 'new' },
    };
    expect(hashOfRun(reworded, clips)).toBe(run);
  });

  it('is refused with a sentence when a byte was changed, when it was cut short, and when it is not there', () => {
    const bytes = readFileSync(file);
    const bad = join(folder.path, 'bad.bin');
    const flipped = Buffer.from(bytes);
    flipped[flipped.length - 3] ^= 1;
    for (const content of [
      flipped,
      bytes.subarray(0, bytes.length - 8),
      bytes.subarray(0, 40),
      Buffer.alloc(0),
      Buffer.from('\x04\0\0\0null'),
    ]) {
      writeFileSync(bad, content);
      expect(() => readCheckpoint(bad)).toThrow('is damaged');
    }
    expect(() => readCheckpoint(join(folder.path, 'none.bin'))).toThrow('There is no checkpoint');
  });
});
