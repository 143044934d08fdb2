// Reads the built site and refuses what a reader should never meet: a request to another host, a formula that KaTeX
// could not read, a link or an anchor that leads nowhere, more script than a page may load.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Script that a page may load before its first interaction, in bytes after gzip. */
const budget = 150_000;

const entities = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>', '#38': '&', '#34': '"', '#39': "'" };
const plain = (value) => value.replaceAll(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole);

/** The elements of a page as [name, attributes], without the text of its scripts and comments. */
function elementsOf(html) {
  const body = html.replaceAll(/<script\b([^>]*)>[\s\S]*?<\/script>/g, '<script$1>').replaceAll(/<!--[\s\S]*?-->/g, '');
  const tags = /<([a-z][\w-]*)((?:\s+[^\s=>]+(?:=(?:"[^"]*"|'[^']*'|[^\s>]*))?)*)\s*\/?>/gi;
  return [...body.matchAll(tags)].map(([, name, source]) => {
    const pairs = source.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g);
    const attributes = [...pairs].map(([, key, a, b, c]) => [key.toLowerCase(), plain(a ?? b ?? c ?? '')]);
    return [name.toLowerCase(), Object.fromEntries(attributes)];
  });
}

function* formulaFaults(html) {
  for (const [, message] of html.matchAll(/class="katex-error"[^>]*title="([^"]*)"/g))
    yield `KaTeX cannot read a formula: ${plain(message)}`;
  for (const [, macro] of html.matchAll(/color:\s*#cc0000[^>]*>([^<]*)/g))
    yield `KaTeX does not know ${macro.trim() || 'a command'}`;
}

/**
 * What is wrong with the site in `folder`, one sentence a fault, and what script each page loads: itself, its static
 * imports and its islands, in bytes after gzip.
 */
export function checkSite(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
  const files = new Set(names);
  const text = (file) => readFileSync(join(folder, file), 'utf8');
  const pages = new Map(names.filter((file) => file.endsWith('.html')).map((file) => [file, text(file)]));
  const elements = new Map([...pages].map(([file, html]) => [file, elementsOf(html)]));
  const ids = new Map([...elements].map(([file, all]) => [file, new Set(all.map(([, attributes]) => attributes.id))]));
  const faults = [];

  // #stage=conv1 is a state that the page reads, not the name of a place in it.
  const namesPlace = (hash) => hash !== '' && !hash.includes('=');
  const target = (pathname) => {
    const path = decodeURIComponent(pathname);
    const file = path.endsWith('/') ? `${path}index.html` : path;
    return files.has(file) ? file : undefined;
  };

  for (const [file, html] of pages) {
    for (const fault of formulaFaults(html)) faults.push(`${file}: ${fault}`);
    const here = new URL(file.replace(/index\.html$/, ''), 'http://site');
    for (const [name, attributes] of elements.get(file)) {
      for (const key of ['href', 'src', 'component-url', 'renderer-url', 'poster', 'action']) {
        const value = attributes[key];
        if (value === undefined || /^(data|blob|mailto):/.test(value)) continue;
        const url = new URL(value, here);
        if (url.origin !== here.origin) {
          // A link that the reader follows may lead elsewhere; nothing is loaded from elsewhere.
          if (name !== 'a') faults.push(`${file}: <${name} ${key}="${value}"> asks another host`);
          continue;
        }
        const found = target(url.pathname);
        if (!found) faults.push(`${file}: <${name} ${key}="${value}"> leads nowhere`);
        else if (namesPlace(url.hash) && pages.has(found) && !ids.get(found).has(decodeURIComponent(url.hash.slice(1))))
          faults.push(`${file}: there is no ${url.hash} on ${url.pathname}`);
      }
      const opens = attributes.popovertarget;
      if (opens && !ids.get(file).has(opens)) faults.push(`${file}: no element has the id ${opens}`);
    }
  }

  for (const file of names.filter((name) => name.endsWith('.css')))
    for (const [, address] of text(file).matchAll(/(?:url\(|@import\s+)\s*["']?((?:https?:)?\/\/[^"')\s]+)/g))
      faults.push(`${file}: ${address} is on another host`);

  const addImports = (file, seen) => {
    if (seen.has(file) || !files.has(file)) return;
    seen.add(file);
    for (const [, specifier] of text(file).matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g))
      addImports(posix.join(posix.dirname(file), specifier), seen);
  };
  const sizeOf = (file) => gzipSync(readFileSync(join(folder, file))).length;

  const scripts = new Map();
  for (const [file, all] of elements) {
    const loaded = new Set();
    for (const [name, attributes] of all) {
      if (name === 'script' && attributes.src) addImports(attributes.src, loaded);
      // An island that waits until it is seen counts too: the reader need not touch anything to load it.
      if (name === 'astro-island')
        for (const key of ['component-url', 'renderer-url', 'before-hydration-url'])
          if (attributes[key]) addImports(attributes[key], loaded);
    }
    const sizes = [...loaded].map((script) => [script, sizeOf(script)]).sort(([, a], [, b]) => b - a);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    scripts.set(file, total);
    if (total > budget) {
      const largest = sizes.slice(0, 5).map(([script, size]) => `${script} ${kilobytes(size)}`);
      faults.push(
        `${file}: ${kilobytes(total)} of script, more than ${kilobytes(budget)}. Largest: ${largest.join(', ')}`,
      );
    }
  }
  return { faults, scripts };
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { faults, scripts } = checkSite(fileURLToPath(new URL('../dist', import.meta.url)));
  for (const [page, size] of scripts) console.log(`${page.padEnd(28)} ${kilobytes(size).padStart(9)} of script (gzip)`);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) {
    console.error(`The built site has ${faults.length} fault${faults.length === 1 ? '' : 's'}.`);
    process.exit(1);
  }
}
