import { useEffect, useRef, useState } from 'preact/hooks';
import { type Book, type Found, most, openBook } from './book.ts';
import { excerpt } from './excerpt.ts';

const failed =
  'The book could not be opened for searching. Look whether you are online, then type again; the contents and the glossary are there meanwhile.';

/** The field, and below it what was found as one types. The address holds the query, so that it can be kept and shared. */
export default function Search() {
  const [query, setQuery] = useState('');
  const [book, setBook] = useState<Book>();
  const [problem, setProblem] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);

  const open = () => {
    openBook().then(
      (opened) => {
        setBook(() => opened);
        setProblem(false);
      },
      () => setProblem(true),
    );
  };
  const ask = (text: string) => {
    setQuery(text);
    if (text.trim() && !book) open();
    const address = new URL(location.href);
    if (text.trim()) address.searchParams.set('q', text.trim());
    else address.searchParams.delete('q');
    history.replaceState(history.state, '', address);
  };

  useEffect(() => {
    // What was typed before the island came alive counts, then what the address asks for.
    const asked = field.current?.value || new URLSearchParams(location.search).get('q') || '';
    if (asked) ask(asked);
    if (!asked || document.activeElement === document.body) field.current?.focus({ preventScroll: true });
  }, []);

  const words = query.trim();
  const results = words && book ? book(words) : [];

  /** Up and down walk from the field through the results and back. */
  const walk = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape' && at >= 0) field.current?.focus();
    else if (event.key === 'ArrowDown' && at + 1 < links.length) links[at + 1].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (at > 0 ? links[at - 1] : field.current)?.focus();
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are a short way between links that Tab reaches
    <div class="search-desk" onKeyDown={walk}>
      <search>
        <form
          action="/search/"
          onSubmit={(event) => {
            event.preventDefault();
            list.current?.querySelector('a')?.focus();
          }}
        >
          <label for="q">Words to look for</label>
          <input
            ref={field}
            id="q"
            name="q"
            type="search"
            maxLength={100}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={query}
            onFocus={open}
            onInput={(event) => ask(event.currentTarget.value)}
          />
        </form>
      </search>
      <p class="search-said ui" role="status">
        {said(words, book, problem, results.length)}
      </p>
      {results.length > 0 && (
        <ol ref={list} class="results">
          {results.map((result) => (
            <Result key={result.url} result={result} />
          ))}
        </ol>
      )}
    </div>
  );
}

function said(words: string, book: Book | undefined, problem: boolean, count: number): string {
  if (!words) return 'Type a word, such as hop length, mel or softmax. The search runs in this browser.';
  if (problem) return failed;
  if (!book) return 'Opening the book …';
  if (count === 0) return `Nothing in the book matches “${words}”. Try fewer letters, or another word for it.`;
  if (count === most) return `The ${most} best places. More words find fewer.`;
  return count === 1 ? 'One place.' : `${count} places.`;
}

function Result({ result }: { result: Found }) {
  const { url, page, chapter, section, text, words } = result;
  return (
    <li>
      <span class="result-place">{chapter ? `${chapter} ${page}` : page}</span>
      <a href={url}>{section || page}</a>
      <p>
        {excerpt(`${section} ${page}`, text, words).map((piece, at) =>
          piece.hit ? <mark key={at}>{piece.text}</mark> : piece.text,
        )}
      </p>
    </li>
  );
}
