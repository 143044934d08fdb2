/** How words are compared: without case and accents, and alike where British and American spellings differ. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/iz/g, 'is'],
  [/^cent(?:er|re(?!d))/, 'centr'],
  [/(col|behavi|neighb)our/, '$1or'],
  [/^grey/, 'gray'],
];

/** A word as it is compared, never as it is shown: "Normalization" and "normalisation" give the same. */
export function fold(word: string): string {
  const bare = word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return alike.reduce((folded, [found, put]) => folded.replace(found, put), bare);
}

/** The words of a text, as they stand, and where each begins. */
export function wordsOf(text: string): { word: string; at: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ word: match[0], at: match.index }));
}
