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

/** What packages hold in compiled form beside their own code, where they bring no text that says so. */
const compiled: Readonly<Record<string, string>> = {
  'mpg123-decoder': 'Holds mpg123, compiled: GNU LGPL 2.1, source at https://mpg123.de',
  '@wasm-audio-decoders/ogg-vorbis': 'Holds libogg and libvorbis, compiled: BSD 3-Clause, source at https://xiph.org',
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
        .map((file) => readFileSync(join(folder, file), 'utf8').trim());
      const lines = [title, `Licence: ${license ?? 'see the text'}`, compiled[name], homepage];
      const head = lines.filter((line) => line).join('\n');
      return [head, ...texts].join('\n\n');
    });
  const rule = `\n\n${'='.repeat(80)}\n\n`;
  const opening = 'Software and fonts by others that this site ships, each with its licence.';
  return new Response(`${[opening, ...parts].join(rule)}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
