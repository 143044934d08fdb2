import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declarationOf } from '../../../src/components/chapter/source.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const textOf = (source: string, start: string) => declarationOf(source, start).map(({ text }) => text);

describe('a declaration', () => {
  it('ends at the brace that closes it, whatever is nested in it', () => {
    const source = [
      'const before = 1;',
      'export function one(x: number) {',
      '  if (x > 0) {',
      '    for (;;) {',
      '    }',
      '  }',
      '',
      '  return { x };',
      '}',
      '',
      'function after() {',
      '}',
    ].join('\n');
    expect(textOf(source, 'export function one(')).toEqual(source.split('\n').slice(1, 9));
    expect(declarationOf(source, 'export function one(').map(({ number }) => number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('may have a signature of several lines', () => {
    const source = [
      'export function two(',
      '  x: number,',
      '  { y }: {',
      '    y: number;',
      '  },',
      '): { sum: number } {',
      '  return { sum: x + y };',
      '}',
      'const after = 2;',
    ].join('\n');
    expect(textOf(source, 'export function two(')).toEqual(source.split('\n').slice(0, 8));
  });

  it('may stand inside another, and is set flush', () => {
    const source = ['function all() {', '  const inner = () => {', '    go();', '  };', '  return inner;', '}'].join(
      '\n',
    );
    expect(textOf(source, 'const inner')).toEqual(['const inner = () => {', '  go();', '};']);
  });

  it('is one line where that closes itself', () => {
    expect(textOf('const a = [1, 2];\nconst b = 3;\n', 'const a')).toEqual(['const a = [1, 2];']);
  });

  it('is not ended by a brace in a string or a comment', () => {
    const source = [
      'function three() {',
      "  const a = '}';",
      '  // }',
      '  /* } */',
      '  return a + `}`;',
      '}',
      'function four() {',
      '}',
    ].join('\n');
    expect(textOf(source, 'function three(')).toEqual(source.split('\n').slice(0, 6));
  });

  it('is refused where no line begins like it, or several do, or nothing closes it', () => {
    const source = 'function five() {\n}\nfunction five(x) {\n}\nfunction six() {\n';
    expect(() => declarationOf(source, 'function seven(')).toThrow('0 lines begin with "function seven("');
    expect(() => declarationOf(source, 'function five(')).toThrow('2 lines begin with "function five("');
    expect(() => declarationOf(source, 'function six(')).toThrow('What begins with "function six(" is not closed.');
  });
});

describe('the pieces of a line', () => {
  const source = [
    'export function seven(x: string) {',
    "  const words = 'return for new'; // for a return",
    '  /* a comment',
    '   * of lines, for example',
    '   */',
    '  const renewed = x / 2;',
    '  return renewed;',
    '}',
  ].join('\n');
  const lines = declarationOf(source, 'export function seven(');
  const of = (kind: string) =>
    lines.map(({ pieces }) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text.trim()));

  it('are all of it', () => {
    for (const { pieces, text } of lines) expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });

  it('are keywords outside strings, names and comments', () => {
    expect(of('keyword')).toEqual([['export', 'function'], ['const'], [], [], [], ['const'], ['return'], []]);
  });

  it('are comments to the end of the line or of the comment', () => {
    expect(of('comment')).toEqual([
      [],
      ['// for a return'],
      ['/* a comment'],
      ['* of lines, for example'],
      ['*/'],
      [],
      [],
      [],
    ]);
  });
});

/** Every <Code …> of the chapters: its attributes. */
const shown = readdirSync(new URL('content/chapters/', root))
  .filter((name) => name.endsWith('.mdx'))
  .flatMap((name) =>
    [...read(`content/chapters/${name}`).matchAll(/<Code\b([^>]*)>/g)].map(([, attributes]) => {
      const attribute = (key: string) => {
        const [, quote, text] = new RegExp(`\\b${key}=(?:\\{\\s*)?(["'\`])(.*?)\\1`, 's').exec(attributes) ?? [];
        return quote && text;
      };
      return { chapter: name, file: attribute('file'), start: attribute('start'), lit: attribute('lit') };
    }),
  );

describe('the code of the chapters', () => {
  it('is found in them', () => {
    expect(shown.length).toBeGreaterThanOrEqual(2);
  });

  it.each(shown)('$chapter shows $file, $start', ({ file, start, lit }) => {
    if (!file || !start) throw new Error('A file and a start are needed.');
    const lines = declarationOf(read(`src/lib/${file}`), start);
    expect(lines.length).toBeLessThan(80);
    expect(lines.at(-1)?.text).toMatch(/^[}\])]|;$/);
    if (lit !== undefined) expect(lines.filter(({ text }) => text.includes(lit))).not.toEqual([]);
  });
});
