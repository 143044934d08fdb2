import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/styles/tokens.css', import.meta.url), 'utf8').replaceAll(
  /\/\*[\s\S]*?\*\//g,
  '',
);

/** The declarations of the first block after `opening`, by name. */
function declarations(opening: string): Map<string, string> {
  const begin = css.indexOf(opening);
  expect(begin, opening).toBeGreaterThanOrEqual(0);
  const open = css.indexOf('{', begin);
  const body = css.slice(open + 1, css.indexOf('}', open));
  return new Map([...body.matchAll(/([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const light = declarations(':root {');
const dark = declarations(':root[data-theme="dark"]');

/** Contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  };
  const [high, low] = [luminance(a), luminance(b)].sort((p, q) => q - p);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

describe('the tokens', () => {
  it('are equally dark by the wish of the system and of the reader', () => {
    expect(dark.size).toBeGreaterThan(30);
    expect(declarations(':root:not([data-theme="light"])')).toEqual(dark);
  });

  it.each([
    ['light', light],
    ['dark', new Map([...light, ...dark])],
  ])('keep text readable in %s', (_, tokens) => {
    const of = (name: string) => tokens.get(`--${name}`) ?? '';
    for (const text of ['ink', 'ink-muted', 'hand', 'error', 'ok', 'warn'])
      expect(contrast(of(text), of('paper')), text).toBeGreaterThanOrEqual(4.5);
    for (const text of ['soot-ink', 'soot-muted', 'soot-hand', 'soot-alarm'])
      expect(contrast(of(text), of('soot')), text).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('on-hand'), of('hand'))).toBeGreaterThanOrEqual(4.5);
    for (const line of ['ink-faint', 'focus']) expect(contrast(of(line), of('paper')), line).toBeGreaterThanOrEqual(3);
  });

  it('draw zero as the paper', () => {
    expect(light.get('--div-0')).toBe(light.get('--paper'));
    expect(dark.get('--div-0')).toBe(dark.get('--paper'));
  });
});
