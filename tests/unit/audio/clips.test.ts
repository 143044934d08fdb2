import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureLevel } from '../../../src/lib/audio/level.ts';
import { readWav } from '../../../src/lib/audio/wav.ts';

const folder = new URL('../../../public/audio/', import.meta.url);
interface BuiltIn {
  name: string;
  file: string;
  kind: string;
  word?: string;
  voice?: string;
  seconds: number;
  about: string;
}
const { clips } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { clips: BuiltIn[] };
const read = ({ file }: BuiltIn) => readWav(new Uint8Array(readFileSync(new URL(file, folder))));

describe('the built-in clips', () => {
  it('are all in the index, once, under names of their own', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.wav'));
    expect(clips.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
    expect(new Set(clips.map(({ name }) => name)).size).toBe(clips.length);
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
    expect(bytes).toBeLessThan(1.5e6);
  });

  it('are 16-bit mono at 16 kHz, as long as the index says, without a notice', () => {
    for (const clip of clips) {
      const { recording, format, notices } = read(clip);
      expect([clip.file, format, recording.sampleRate, recording.channels.length, notices]).toEqual([
        clip.file,
        'WAV, 16-bit PCM',
        16000,
        1,
        [],
      ]);
      expect(recording.channels[0].length / 16000).toBe(clip.seconds);
    }
  });

  it('speak each of the eight words in three voices, in the middle of a second, without clicks at the ends', () => {
    const spoken = clips.filter(({ kind }) => kind === 'word');
    for (const word of ['down', 'go', 'left', 'no', 'right', 'stop', 'up', 'yes']) {
      expect(new Set(spoken.filter((clip) => clip.word === word).map(({ voice }) => voice)).size).toBe(3);
      expect(spoken.some(({ name }) => name === word)).toBe(true);
    }
    for (const clip of spoken) {
      const [samples] = read(clip).recording.channels;
      expect(samples).toHaveLength(16000);
      const { peak, clippedRuns } = measureLevel({ samples, sampleRate: 16000 });
      expect([clip.file, Math.round(peak * 100), clippedRuns]).toEqual([clip.file, 50, 0]);
      const edges = [...samples.subarray(0, 1000), ...samples.subarray(-1000)];
      expect(Math.max(...edges.map(Math.abs))).toBeLessThan(0.02);
    }
  });

  it('hold what the others say they are', () => {
    const level = (kind: string) => {
      const [samples] = read(clips.find((clip) => clip.kind === kind) as BuiltIn).recording.channels;
      return measureLevel({ samples, sampleRate: 16000 });
    };
    expect(level('silence')).toMatchObject({ peak: 0, zeros: 16000 });
    expect(level('click')).toMatchObject({ peak: 0.5, zeros: 15999 });
    expect(level('tone').rmsDbfs).toBeCloseTo(-9.03, 0);
    expect(level('noise').rmsDbfs).toBeCloseTo(-20, 0);
  });
});
