import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it } from 'vitest';

interface Entry {
  id: string;
  term: string;
  definition: string;
  symbol?: string;
  formula?: string;
  names?: Record<string, string[]>;
  see: string[];
}

const entries = JSON.parse(readFileSync(new URL('../../../content/glossary.json', import.meta.url), 'utf8')) as Entry[];
const ids = new Set(entries.map((entry) => entry.id));

describe('the glossary', () => {
  it('has each term once', () => {
    expect(ids.size).toBe(entries.length);
    expect(new Set(entries.map(({ term }) => term.toLowerCase())).size).toBe(entries.length);
    expect(entries.length).toBeGreaterThan(60);
  });

  it.each(entries)('defines $id in one to three sentences, and leads on to terms that are there', (entry) => {
    const { id, definition, see } = entry;
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(definition).toMatch(/^[A-Z1-9].*\.$/);
    expect(definition).not.toMatch(/ {2}|[$\\<>]|--|!/);
    expect(definition.split(/[.?](?= [A-Z1-9“])/).length).toBeLessThanOrEqual(3);
    expect(see.length).toBeGreaterThan(0);
    expect(new Set(see).size).toBe(see.length);
    expect(see).not.toContain(id);
    for (const other of see) expect(ids, other).toContain(other);
  });

  it('keeps a number and its unit on one line', () => {
    for (const { id, definition } of entries) expect(definition, id).not.toMatch(/\d (Hz|kHz|dB|dBFS|ms|mel|%)/);
  });

  it('has only formulas that KaTeX can set', () => {
    for (const { symbol, formula } of entries)
      for (const tex of [symbol, formula])
        if (tex !== undefined)
          expect(katex.renderToString(tex, { strict: 'error', throwOnError: true })).not.toContain('#cc0000');
  });

  it('names no library without a name', () => {
    for (const { id, names } of entries)
      for (const list of Object.values(names ?? {})) {
        expect(list.length, id).toBeGreaterThan(0);
        for (const name of list) expect(name, id).toMatch(/\S/);
      }
  });
});

describe('its formulas', () => {
  const mel = (f: number) => 2595 * Math.log10(1 + f / 700);
  const slaney = (f: number) => (f < 1000 ? (3 * f) / 200 : 15 + (27 * Math.log(f / 1000)) / Math.log(6.4));

  it('give the numbers that the words around them say', () => {
    expect(mel(1000)).toBeCloseTo(1000, 1);
    expect(slaney(1000)).toBeCloseTo(15, 12);
    expect(slaney(1000 - 1e-9)).toBeCloseTo(15, 9);
  });

  it.each([
    ['hann', [0.5, 0.5, 0], 2, 31],
    ['hamming', [0.54, 0.46, 0], 2, 43],
    ['blackman', [0.42, 0.5, 0.08], 3, 58],
  ] as const)('describe the lobes of the %s window', (_, [a, b, c], zero, down) => {
    const length = 256;
    const w = Array.from({ length }, (_, n) => {
      const turn = (2 * Math.PI * n) / length;
      return a - b * Math.cos(turn) + c * Math.cos(2 * turn);
    });
    /** Magnitude of the window's spectrum at a fraction of a bin, relative to its middle. */
    const at = (bin: number) => {
      const sum = (wave: (angle: number) => number) =>
        w.reduce((total, weight, n) => total + weight * wave((2 * Math.PI * bin * n) / length), 0);
      return Math.hypot(sum(Math.cos), sum(Math.sin)) / w.reduce((total, weight) => total + weight, 0);
    };
    expect(at(zero)).toBeLessThan(1e-9);
    for (let bin = 0.125; bin < zero; bin += 0.125) expect(at(bin)).toBeGreaterThan(1e-4);
    const sides = Array.from({ length: 300 }, (_, i) => at(zero + 0.05 + i / 20));
    expect(Math.round(-20 * Math.log10(Math.max(...sides)))).toBe(down);
  });
});
