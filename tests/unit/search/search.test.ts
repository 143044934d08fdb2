import MiniSearch from 'minisearch';
import { describe, expect, it } from 'vitest';
import { type Section, searchOver } from '../../../src/components/search/book.ts';
import { excerpt } from '../../../src/components/search/excerpt.ts';
import { fold } from '../../../src/components/search/words.ts';

const joined = (list: readonly { text: string }[]) => list.map(({ text }) => text).join('');
const hits = (list: readonly { text: string; hit: boolean }[]) => list.filter(({ hit }) => hit).map(({ text }) => text);

describe('fold', () => {
  it.each([
    ['Mel', 'mel'],
    ['Normalization', 'normalisation'],
    ['normaliz', 'normalis'],
    ['center', 'centre'],
    ['centered', 'centred'],
    ['centering', 'centring'],
    ['colors', 'colours'],
    ['Möbius', 'mobius'],
  ])('takes %s for %s', (one, other) => expect(fold(one)).toBe(fold(other)));

  it('keeps different words apart', () => {
    const words = [
      'size',
      'sizes',
      'mel',
      'cell',
      'hop',
      'hann',
      'centre',
      'cent',
      'n',
      'fft',
      '16384',
      'gray',
      'great',
    ];
    expect(new Set(words.map(fold)).size).toBe(words.length);
  });

  it('finds the beginning of a word in the word', () => {
    for (const [part, word] of [
      ['resiz', 'resize'],
      ['normaliz', 'normalisation'],
      ['centr', 'centre'],
      ['cent', 'center'],
    ])
      expect(fold(word as string).startsWith(fold(part as string))).toBe(true);
  });
});

describe('excerpt', () => {
  const long = `${'so many words before it '.repeat(20)}the hop length is a number of samples ${'and words behind '.repeat(20)}`;

  it('marks the words that were found, as they are written', () => {
    const list = excerpt('', 'Hop length: a hop, and n_fft.', new Set(['hop', 'fft']));
    expect(joined(list)).toBe('Hop length: a hop, and n_fft.');
    expect(hits(list)).toEqual(['Hop', 'hop', 'fft']);
  });

  it('cuts between words, around what was found', () => {
    const list = excerpt('A step', long, new Set(['hop', 'length']));
    expect(hits(list)).toEqual(['hop', 'length']);
    expect(joined(list)).toMatch(/^…(so|many|words|before|it) .* \w+…$/);
    expect(joined(list).length).toBeLessThan(190);
    expect(long).toContain(joined(list).replaceAll('…', ''));
  });

  it('prefers the place that holds more of the words', () => {
    const text = `hop ${'x '.repeat(200)} hop and length together ${'y '.repeat(200)}`;
    expect(hits(excerpt('', text, new Set(['hop', 'length'])))).toEqual(['hop', 'length']);
  });

  it('begins with the text where only the heading matched, and keeps a short text whole', () => {
    expect(joined(excerpt('The hop', long, new Set(['hop'])))).toMatch(/^so many words .*…$/);
    expect(joined(excerpt('', 'A short one.', new Set(['one'])))).toBe('A short one.');
    expect(excerpt('', '', new Set(['one']))).toEqual([]);
  });
});

describe('searchOver', () => {
  const section = (url: string, heading: string, text: string, page = 'Glossary'): Section => ({
    url,
    page,
    section: heading,
    text,
  });
  const book = searchOver(MiniSearch, [
    section('/glossary/#hop-length', 'hop length', 'How many samples lie between two frames.'),
    section('/glossary/#n-fft', 'n_fft', 'The length of the transform; hop and window are other lengths.'),
    section('/glossary/#normalisation', 'normalisation', 'Shifting and scaling numbers.'),
    section('/about/', '', 'Nothing that you record is sent anywhere.', 'About this book'),
  ]);
  const urls = (query: string) => book(query).map(({ url }) => url);

  it('puts a heading before a mention', () => {
    expect(urls('hop length')[0]).toBe('/glossary/#hop-length');
    expect(urls('length')).toContain('/glossary/#n-fft');
  });

  it('finds by the beginning of a word, by the name in code, and with a slip', () => {
    expect(urls('norm')).toEqual(['/glossary/#normalisation']);
    expect(urls('hop_length')[0]).toBe('/glossary/#hop-length');
    expect(urls('n_fft')[0]).toBe('/glossary/#n-fft');
    expect(urls('normlisation')).toEqual(['/glossary/#normalisation']);
    expect(urls('Normalization')).toEqual(['/glossary/#normalisation']);
  });

  it('wants all words, and takes some where no place has all', () => {
    expect(urls('samples frames')).toEqual(['/glossary/#hop-length']);
    expect(urls('samples zebra')).toEqual(['/glossary/#hop-length']);
  });

  it('finds nothing for what is nowhere, or is no word', () => {
    expect(urls('zebra')).toEqual([]);
    expect(urls('  !? ')).toEqual([]);
  });

  it('tells which words of the place matched', () => {
    expect([...book('norm')[0].words]).toEqual(['normalisation']);
  });
});
