// Reads the pages as they were built and writes search.json beside them: what the search looks through. The pages
// themselves are read, and not their sources, so that a result always leads to a heading that is there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Section what stands under one heading
 * @property {string} url address, with the heading's id
 * @property {string} page title of the page
 * @property {number} [chapter] number, where the page is a chapter
 * @property {string} section the heading; empty for what stands above the first one
 * @property {string} text
 */

/** No text for reading: what is operated, what is drawn, and code. */
const skipped = new Set('script style template noscript nav svg canvas button select textarea pre'.split(' '));
/** Nor what is marked so: notes that open, what repeats other places (data-no-search). */
const marks = ['popover', 'hidden', 'aria-hidden', 'data-no-search'];
const blocks = new Set(
  'p div section article aside figure figcaption header h1 h2 h3 h4 ul ol li dl dt dd table tr td th blockquote br'.split(
    ' ',
  ),
);
const empty = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const headings = new Set(['h1', 'h2', 'h3']);

const entities = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', nbsp: '\u00a0' };
const plain = (text) =>
  text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    name ? (entities[name] ?? whole) : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  );
const tidy = (text) =>
  plain(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([,.;:!?)])/g, '$1')
    .trim();

const attribute = (source, name) => {
  const match = new RegExp(`(?:^|\\s)${name}(?:=(?:"([^"]*)"|'([^']*)'|(\\S+)))?(?=\\s|$)`, 'i').exec(source);
  return match ? plain(match[1] ?? match[2] ?? match[3] ?? '') : undefined;
};

/** Each formula as its TeX where that is short enough to be read, such as n or f_s; as "…" where not. */
const readFormulas = (html) =>
  html.replaceAll(/<math\b[\s\S]*?<annotation\b[^>]*>([\s\S]*?)<\/annotation>[\s\S]*?<\/math>/g, (_, tex) =>
    /^[\w\s+\-=,.[\]()]{1,16}$/.test(tex) ? tex : '…',
  );

/** Parts of a chapter that say nothing in words: scales, formulas that stand alone, the place of a piece of code. */
const wordless = new Set(['legend', 'formula-line', 'code-head']);

/**
 * The sections of the page at `url`: one for each h1, h2 or h3 with an id, and one for what stands above them.
 * @param {string} html
 * @param {string} url
 * @returns {Section[]}
 */
export function sectionsOf(html, url) {
  const main = readFormulas(/<main\b[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? '');
  const chapter = Number(/^\/chapters\/(\d+)/.exec(url)?.[1]) || undefined;
  const found = [{ id: '', section: '', text: '' }];
  let title = '';
  /** The element whose text is left out, and how many of its name are open within it. */
  let hidden;
  /** Within a live figure only its caption is read. */
  let figures = 0;
  let caption = false;
  /** The element that holds a hanging number, which is set apart by a space. */
  let number = '';
  let heading;
  const add = (text) => {
    if (figures > 0 && !caption) return;
    if (heading) heading.text += text;
    else found[found.length - 1].text += text;
  };
  /** Puts a stop behind a word. */
  const end = (stop) => {
    if (/[\p{L}\p{N}]\s*$/u.test(found[found.length - 1].text)) add(stop);
  };
  for (const [token, slash, rawName, source] of main.matchAll(
    /<!--[\s\S]*?-->|<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>|[^<]+/gi,
  )) {
    const name = rawName?.toLowerCase();
    if (!name) {
      if (!token.startsWith('<!--') && !hidden) add(token);
      continue;
    }
    const closes = slash === '/';
    if (hidden) {
      if (name === hidden.name && !empty.has(name)) hidden.depth += closes ? -1 : 1;
      if (hidden.depth === 0) hidden = undefined;
      continue;
    }
    const classes = attribute(source, 'class')?.split(/\s+/) ?? [];
    if (!closes && !empty.has(name)) {
      const away = marks.some((mark) => {
        const value = attribute(source, mark);
        return value !== undefined && value !== 'false';
      });
      if (skipped.has(name) || away || classes.some((each) => wordless.has(each))) {
        hidden = { name, depth: 1 };
        add(' ');
        continue;
      }
    }
    // A list of terms reads "librosa: hop_length; PyTorch: hop_length;".
    if (closes && name === 'dt') end(':');
    if (closes && name === 'dd') end(';');
    if (name === 'astro-island') figures += closes ? -1 : 1;
    if (name === 'figcaption') caption = !closes;
    if (blocks.has(name) || (closes && name === number)) add(' ');
    if (!closes && classes.includes('no')) number = name;
    else if (closes && name === number) number = '';
    if (!headings.has(name)) continue;
    if (!closes) heading = { name, id: attribute(source, 'id') ?? '', text: '' };
    else if (heading) {
      const text = tidy(heading.text);
      const { id } = heading;
      heading = undefined;
      if (name === 'h1') title ||= text;
      else if (id) found.push({ id, section: text, text: '' });
      else add(` ${text}. `);
    }
  }
  return found
    .map(({ id, section, text }) => ({
      url: id ? `${url}#${id}` : url,
      page: title,
      ...(chapter ? { chapter } : {}),
      section,
      text: tidy(text),
    }))
    .filter(({ section, text }) => section || text);
}

/** All sections of the site in `folder`; pages without a place in the book, such as 404.html, are left out. */
export function searchIndexOf(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => String(file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('index.html') && !file.startsWith('search/'))
    .sort()
    .flatMap((file) => sectionsOf(readFileSync(join(folder, file), 'utf8'), `/${file.replace(/index\.html$/, '')}`));
}

/** The step of the build that writes search.json. */
export function searchIndex() {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        writeFileSync(join(folder, 'search.json'), JSON.stringify(searchIndexOf(folder)));
      },
    },
  };
}
