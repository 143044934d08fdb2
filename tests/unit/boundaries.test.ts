import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The house from bottom to top: a file imports from its own room and from those before it, never from a later one. */
const rooms = [
  'src/lib',
  'src/lib/audio',
  'src/lib/dsp',
  'src/lib/kernels',
  'src/lib/layers',
  'src/lib/model',
  'src/lib/train',
  'src/lib/quant',
  'src/lib/insight',
  'src/workers',
  'src/reader',
  'src/components/plots',
  'src/components/controls',
  'src/components/chapter',
  'src/components/figures',
  'src/components/card',
  'src/components/search',
  'src/components/frame',
  'src/layouts',
  'src/pages',
];

/** What may be imported from outside the engine inside it: codecs, at the edge that reads files. */
const codec = { room: 'src/lib/audio', name: /^@audio\/decode-/ };

/** What the commands may use of the site. The benchmark measures in Chromium what the page's worker loads. */
const reach: Readonly<Record<string, readonly string[]>> = {
  training: ['src/lib'],
  bench: ['src/lib', 'src/workers'],
};

const roomOf = (path: string) =>
  rooms.filter((room) => path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];

function importsOf(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements =
    /(?:\bfrom|\bimport)\s*\(?\s*(['"])([^'"\n]+)\1|new URL\(\s*(['"])([^'"\n]+)\3\s*,\s*import\.meta\.url/g;
  return [...code.matchAll(statements)].map((match) => match[2] ?? match[4] ?? '');
}

/** The sentences that say which import breaks the order, for source texts by path. */
function violations(files: ReadonlyMap<string, string>): string[] {
  const found: string[] = [];
  for (const [path, source] of files) {
    const room = roomOf(path);
    for (const specifier of importsOf(source)) {
      const target = specifier.startsWith('.')
        ? posix.join(dirname(path), specifier)
        : specifier.startsWith('@/')
          ? `src/${specifier.slice(2)}`
          : undefined;
      const inEngine = path.startsWith('src/lib/');
      if (target === undefined) {
        if (inEngine && !(room === codec.room && codec.name.test(specifier)))
          found.push(`${path} imports ${specifier}: the engine has no dependency`);
        continue;
      }
      if (inEngine && !specifier.startsWith('.'))
        found.push(`${path} imports ${specifier}: the engine's imports are relative`);
      if (path.startsWith('src/') && /^(tests|training|bench|scripts)\//.test(target))
        found.push(`${path} imports ${target}, which is no part of the site`);
      const command = Object.keys(reach).find((folder) => path.startsWith(`${folder}/`));
      if (command && target.startsWith('src/') && !reach[command].some((folder) => target.startsWith(`${folder}/`)))
        found.push(`${path} imports ${target}: ${command} uses ${reach[command].join(' and ')} alone`);
      const other = roomOf(target);
      if (room !== undefined && other !== undefined && rooms.indexOf(other) > rooms.indexOf(room))
        found.push(`${path} imports ${target}: ${other} comes after ${room}`);
    }
  }
  return found;
}

function readSources(folders: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/');
      if (entry.isFile() && /\.(ts|tsx|astro)$/.test(path)) files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return files;
}

describe('the order of the house', () => {
  it('is kept by every import', () => {
    const files = readSources(['src', 'training', 'bench']);
    expect(files.size).toBeGreaterThan(40);
    expect(violations(files)).toEqual([]);
  });

  it('has a place for every folder of the engine and of the components', () => {
    for (const parent of ['src/lib', 'src/components']) {
      for (const entry of readdirSync(join(root, parent), { withFileTypes: true }))
        if (entry.isDirectory()) expect(rooms).toContain(`${parent}/${entry.name}`);
    }
  });

  it.each([
    ['src/lib/audio/mix.ts', "import { fft } from '../dsp/fft.ts';"],
    ['src/lib/tensor.ts', "import type { Layer } from './layers/layer.ts';"],
    ['src/lib/dsp/fft.ts', "import fft from 'fft.js';"],
    ['src/lib/dsp/fft.ts', "import { readFileSync } from 'node:fs';"],
    ['src/lib/dsp/fft.ts', "import decode from '@audio/decode-opus';"],
    ['src/lib/model/load.ts', "import { tensor } from '@/lib/tensor';"],
    ['src/lib/layers/dense.ts', "export { fit } from '../train/fit.ts';"],
    ['src/lib/layers/dense.ts', "const later = await import('../../workers/engine.ts');"],
    ['src/workers/engine.ts', "const url = new URL('../reader/clip.ts', import.meta.url);"],
    ['src/components/figures/home/Glance.tsx', "import Page from '@/layouts/Page.astro';"],
    ['src/components/plots/Axis.tsx', "import { Slider } from '@/components/controls/Slider';"],
    ['src/reader/clip.ts', "import { run } from '../../training/command.ts';"],
    ['training/train.ts', "import { clip } from '../src/reader/clip.ts';"],
    ['training/train.ts', "import { kernels } from '../src/workers/kernels.ts';"],
    ['bench/chromium/page.ts', "import { clip } from '../../src/reader/clip.ts';"],
  ])('refuses in %s: %s', (path, source) => {
    expect(violations(new Map([[path, source]]))).toHaveLength(1);
  });

  it.each([
    ['src/lib/audio/opus.ts', "const { decode } = await import('@audio/decode-opus/core');"],
    [
      'src/lib/model/network.ts',
      "import type { Layer } from '../layers/layer.ts';\nimport { size } from '../tensor.ts';",
    ],
    ['src/lib/dsp/fft.ts', "// import fft from 'fft.js';\n/* from 'elsewhere' */"],
    ['src/components/figures/home/Glance.tsx', "import { Picture } from '@/components/plots/Picture';"],
    ['bench/chromium/page.ts', "import { kernels } from '../../src/workers/kernels.ts';"],
    ['training/train.ts', "import { fit } from '../src/lib/train/fit.ts';\nimport { join } from 'node:path';"],
  ])('allows in %s: %s', (path, source) => {
    expect(violations(new Map([[path, source]]))).toEqual([]);
  });
});
