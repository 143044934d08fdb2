/** The search itself: the book's sections, fetched and indexed when they are first asked for. */
import type MiniSearch from 'minisearch';
import type { SearchResult } from 'minisearch';
import { fold } from './words.ts';

/** What stands under one heading of the book, as scripts/search-index.mjs writes it. */
export interface Section {
  readonly url: string;
  readonly page: string;
  readonly chapter?: number;
  readonly section: string;
  readonly text: string;
}

export interface Found extends Section {
  /** The words of the section that matched, folded. */
  readonly words: ReadonlySet<string>;
}

export type Book = (query: string) => readonly Found[];

/** The most results that are shown. */
export const most = 30;

/** A search over `sections`: words match by their beginning, long ones with a slip of the pen, headings count more. */
export function searchOver(Search: typeof MiniSearch, sections: readonly Section[]): Book {
  const index = new Search<Section & { id: number }>({
    fields: ['section', 'page', 'text'],
    processTerm: (term) => fold(term) || null,
    searchOptions: {
      boost: { section: 6, page: 2 },
      prefix: (term) => term.length > 1,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      weights: { prefix: 0.5, fuzzy: 0.2 },
    },
  });
  index.addAll(sections.map((section, id) => ({ ...section, id })));
  const found = ({ id, match }: SearchResult): Found => ({ ...sections[id], words: new Set(Object.keys(match)) });
  return (query) => {
    // A section that holds all of the words is wanted; one that holds some of them, where there is none with all.
    const all = index.search(query, { combineWith: 'AND' });
    return (all.length > 0 ? all : index.search(query)).slice(0, most).map(found);
  };
}

let opening: Promise<Book> | undefined;

/** Opens the book for searching; the first call fetches it. A failed call may be repeated. */
export function openBook(): Promise<Book> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function open(): Promise<Book> {
  const [{ default: Search }, answer] = await Promise.all([import('minisearch'), fetch('/search.json')]);
  if (!answer.ok) throw new Error(`The index of the book could not be fetched (${answer.status}).`);
  return searchOver(Search, (await answer.json()) as Section[]);
}
