/** How words are compared: without case and accents, and in one spelling where British and American differ. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/([a-z]{3})iz(e|ed|er|es|ing|ation|ations)$/, '$1is$2'],
  [/^center/, 'centre'],
  [/color/, 'colour'],
  [/behavior/, 'behaviour'],
  [/^gray/, 'grey'],
];

/** A word as it is compared: "Normalization" as "normalisation". */
export function fold(word: string): string {
  const bare = word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return spellings.reduce((folded, [american, british]) => folded.replace(american, british), bare);
}

/** The words of a text, as they stand, and where each begins. */
export function wordsOf(text: string): { word: string; at: number }[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({ word: match[0], at: match.index }));
}
