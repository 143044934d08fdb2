import { fold, wordsOf } from './words.ts';

/** A piece of text; `hit` where it is one of the words that were looked for. */
export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Letters that an excerpt has, more or less. */
const length = 180;
/** Letters that it keeps before the first word found. */
const lead = 50;

/** `text` in pieces, the words in `found` (folded) apart from the rest. */
function pieces(text: string, found: ReadonlySet<string>): Piece[] {
  const result: Piece[] = [];
  let done = 0;
  for (const { word, at } of wordsOf(text)) {
    if (!found.has(fold(word))) continue;
    if (at > done) result.push({ text: text.slice(done, at), hit: false });
    result.push({ text: word, hit: true });
    done = at + word.length;
  }
  if (done < text.length) result.push({ text: text.slice(done), hit: false });
  return result;
}

/**
 * The stretch of `text` that holds most of the words in `found` (folded) that its heading does not hold, the earliest of
 * those that hold as many; its beginning where the heading holds all. Cut between words, with "…" where it was cut.
 */
export function excerpt(heading: string, text: string, found: ReadonlySet<string>): Piece[] {
  const told = new Set(wordsOf(heading).map(({ word }) => fold(word)));
  const words = wordsOf(text);
  const hits = words.filter(({ word }) => found.has(fold(word)) && !told.has(fold(word)));
  let from = 0;
  let most = 0;
  for (const { at } of hits) {
    const begin = Math.max(0, at - lead);
    const within = hits.filter((hit) => hit.at >= begin && hit.at + hit.word.length <= begin + length);
    const kinds = new Set(within.map(({ word }) => fold(word))).size;
    if (kinds > most) {
      most = kinds;
      from = begin;
    }
  }
  if (text.length - from < length) from = Math.max(0, text.length - length);
  const first = from === 0 ? 0 : (words.find(({ at }) => at >= from)?.at ?? 0);
  const last = words.findLast(({ word, at }) => at + word.length <= from + length);
  const end = from + length >= text.length || !last ? text.length : last.at + last.word.length;
  const cut = pieces(text.slice(first, end), found);
  const dots = { text: '…', hit: false };
  return [...(first > 0 ? [dots] : []), ...cut, ...(end < text.length ? [dots] : [])];
}
