// Reads the built site in dist/ and refuses what a reader should never meet: a request to another host, a formula
// that KaTeX could not read, a link or an anchor that leads nowhere, more script than a page may load.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
/** Script that a page may load before its first interaction, in bytes after gzip. */
const budget = 150_000;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(dist.length).replaceAll('\\', '/'));
const text = (file) => readFileSync(join(dist, file), 'utf8');
const pages = new Map(files.filter((file) => file.endsWith('.html')).map((file) => [file, text(file)]));
const complaints = [];

const plain = (value) => value.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#38;', '&');

/** Elements of a page as [name, attributes]. */
function* elements(html) {
  const body = html.replaceAll(/<script\b([^>]*)>[\s\S]*?<\/script>/g, '<script$1>').replaceAll(/<!--[\s\S]*?-->/g, '');
  for (const [, name, source] of body.matchAll(
    /<([a-z][\w-]*)((?:\s+[^\s=>]+(?:=(?:"[^"]*"|'[^']*'|[^\s>]*))?)*)\s*\/?>/gi,
  )) {
    const attributes = {};
    for (const [, key, double, single, bare] of source.matchAll(/([^\s=]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S*)))?/g))
      attributes[key.toLowerCase()] = plain(double ?? single ?? bare ?? '');
    yield [name.toLowerCase(), attributes];
  }
}

/** The file of dist/ that an address on this site names, or undefined. */
function target(pathname) {
  const path = decodeURIComponent(pathname);
  const file = path.endsWith('/') ? `${path}index.html` : path;
  return files.includes(file) ? file : undefined;
}

const ids = new Map([...pages].map(([file, html]) => [file, new Set([...elements(html)].map(([, a]) => a.id))]));

for (const [file, html] of pages) {
  for (const [, message] of html.matchAll(/class="katex-error"[^>]*title="([^"]*)"/g))
    complaints.push(`${file}: KaTeX cannot read a formula: ${plain(message)}`);
  for (const [, macro] of html.matchAll(/color:\s*#cc0000[^>]*>([^<]*)/g))
    complaints.push(`${file}: KaTeX does not know ${macro.trim() || 'a command'}`);

  const here = new URL(file.replace(/index\.html$/, ''), 'http://site');
  for (const [name, attributes] of elements(html)) {
    for (const key of ['href', 'src', 'component-url', 'renderer-url', 'poster', 'action']) {
      const value = attributes[key];
      if (value === undefined || /^(data|blob|mailto):/.test(value)) continue;
      const url = new URL(value, here);
      if (url.origin !== here.origin) {
        // A link that the reader follows may lead elsewhere; nothing is loaded from elsewhere.
        if (name !== 'a') complaints.push(`${file}: <${name} ${key}="${value}"> asks another host`);
        continue;
      }
      const found = target(url.pathname);
      if (!found) complaints.push(`${file}: <${name} ${key}="${value}"> leads nowhere`);
      else if (url.hash && pages.has(found) && !ids.get(found).has(decodeURIComponent(url.hash.slice(1))))
        complaints.push(`${file}: there is no ${url.hash} on ${url.pathname}`);
    }
    if (attributes.popovertarget && !ids.get(file).has(attributes.popovertarget))
      complaints.push(`${file}: no element has the id ${attributes.popovertarget}`);
  }
}

for (const file of files.filter((name) => name.endsWith('.css'))) {
  for (const [match, address] of text(file).matchAll(/(?:url\(|@import\s+)\s*["']?((?:https?:)?\/\/[^"')\s]+)/g))
    complaints.push(`${file}: ${match} asks ${address}`);
}

/** Every script that loading `file` loads with it: itself and its static imports, as deep as they go. */
function withImports(file, seen = new Set()) {
  if (seen.has(file) || !files.includes(file)) return seen;
  seen.add(file);
  for (const [, specifier] of text(file).matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+)["']/g))
    withImports(posix.join(dirname(file), specifier), seen);
  return seen;
}

const sizes = new Map();
const gzipped = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file))).length);
  return sizes.get(file);
};

for (const [file, html] of pages) {
  const scripts = new Set();
  for (const [name, attributes] of elements(html)) {
    if (name === 'script' && attributes.src) withImports(attributes.src, scripts);
    // An island that waits until it is seen counts too: the reader need not touch anything to load it.
    if (name === 'astro-island')
      for (const key of ['component-url', 'renderer-url', 'before-hydration-url'])
        if (attributes[key]) withImports(attributes[key], scripts);
  }
  const total = [...scripts].reduce((sum, script) => sum + gzipped(script), 0);
  console.log(`${file.padEnd(28)} ${(total / 1000).toFixed(1).padStart(6)} kB of script (gzip)`);
  if (total > budget) {
    const largest = [...scripts].sort((a, b) => gzipped(b) - gzipped(a)).slice(0, 5);
    complaints.push(
      `${file}: ${(total / 1000).toFixed(1)} kB of script, more than ${budget / 1000} kB. Largest: ${largest
        .map((script) => `${script} ${(gzipped(script) / 1000).toFixed(1)} kB`)
        .join(', ')}`,
    );
  }
}

for (const complaint of complaints) console.error(complaint);
if (complaints.length > 0) {
  console.error(`The built site has ${complaints.length} fault${complaints.length === 1 ? '' : 's'}.`);
  process.exit(1);
}
