/** /licences.txt: the licence of every package that the site ships to its readers, read from the packages themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Package {
  name: string;
  version: string;
  license?: string;
  homepage?: string;
  dependencies?: Record<string, string>;
}

/** What packages hold or need beside the texts they bring: a line that says so, and a file in `content/licences`. */
const besides: Readonly<Record<string, { readonly line: string; readonly text: string }>> = {
  'mpg123-decoder': {
    line: 'Holds mpg123, compiled: GNU LGPL 2.1, source at https://mpg123.de and https://github.com/eshaz/wasm-audio-decoders',
    text: 'LGPL-2.1.txt',
  },
  '@wasm-audio-decoders/ogg-vorbis': {
    line: 'Holds libogg and libvorbis, compiled: BSD 3-Clause, source at https://xiph.org',
    text: 'BSD-3-Clause-Xiph.txt',
  },
  'codec-parser': {
    line: 'The GNU LGPL 3 adds to the GNU GPL 3, which follows it. Source at https://github.com/eshaz/codec-parser',
    text: 'GPL-3.0.txt',
  },
};

const readPackage = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;

/** Where `name` is installed for a package in `folder`: nested first, then further up. */
function locate(name: string, folder: string): string {
  for (let at = folder; ; at = join(at, '..')) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (at === join(at, '..')) throw new Error(`${name} is not installed: run npm ci.`);
  }
}

function collect(folder: string, found = new Map<string, string>()): Map<string, string> {
  for (const name of Object.keys(readPackage(folder).dependencies ?? {})) {
    const place = locate(name, folder);
    const { version } = readPackage(place);
    if (found.has(`${name} ${version}`)) continue;
    found.set(`${name} ${version}`, place);
    collect(place, found);
  }
  return found;
}

export function GET(): Response {
  const parts = [...collect(process.cwd())]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([title, folder]) => {
      const { name, license, homepage } = readPackage(folder);
      const texts = readdirSync(folder)
        .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
        .map((file) => join(folder, file));
      const beside = besides[name];
      if (beside) texts.push(join(process.cwd(), 'content/licences', beside.text));
      const lines = [title, `Licence: ${license ?? 'see the text'}`, beside?.line, homepage];
      const head = lines.filter((line) => line).join('\n');
      return [head, ...texts.map((file) => readFileSync(file, 'utf8').trim())].join('\n\n');
    });
  const rule = `\n\n${'='.repeat(80)}\n\n`;
  const opening = 'Software and fonts by others that this site ships, each with its licence.';
  return new Response(`${[opening, ...parts].join(rule)}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
