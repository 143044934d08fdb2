import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

interface Found {
  path: string;
  /** Folder of shared libraries that this browser brings along. */
  libraries?: string;
}

function extract(archive: string, folder: string): void {
  const tar = join(folder, archive.replace(/^.*\/|\.br$/g, ''));
  writeFileSync(tar, brotliDecompressSync(readFileSync(archive)));
  const { status } = spawnSync('tar', ['-xf', tar, '-C', folder, '--no-same-owner'], { stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`tar could not unpack ${archive} into ${folder}. Install tar, or set CHROMIUM_PATH.`);
}

/**
 * The Chromium that comes compressed in the package @sparticuz/chromium, for Linux on x64; undefined elsewhere.
 * The package's own executablePath() takes any file called chromium in the temporary folder, of whatever version,
 * and leaves the NSS libraries packed: so it is unpacked here, once for each version.
 */
function packaged(): Found | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = resolve('node_modules/.cache', `chromium-${version}`);
  const path = join(folder, 'chromium');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    for (const part of ['al2023', 'swiftshader', 'fonts']) extract(join(home, 'bin', `${part}.tar.br`), folder);
    writeFileSync(`${path}.part`, brotliDecompressSync(readFileSync(join(home, 'bin', 'chromium.br'))), {
      mode: 0o755,
    });
    renameSync(`${path}.part`, path);
  }
  return { path, libraries: join(folder, 'lib') };
}

/** The browser that CHROMIUM_PATH names, else an installed Chromium or Chrome, else Playwright's, else the packaged one. */
function findBrowser(): Found {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return { path: named };
  }
  const path = process.env.CHROMIUM_PACKAGED
    ? undefined
    : [...usualPlaces, chromium.executablePath()].find((place) => existsSync(place));
  const found = path ? { path } : packaged();
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome. Install one (Debian or Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to its executable.',
  );
}

/** Starts Chromium, with `flags` besides the usual ones. */
export async function launch(flags: readonly string[] = []): Promise<Browser> {
  const { path, libraries } = findBrowser();
  const paths = [libraries, process.env.LD_LIBRARY_PATH].filter((place) => place).join(':');
  return chromium.launch({
    executablePath: path,
    ...(libraries ? { env: { ...process.env, LD_LIBRARY_PATH: paths } } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      ...flags,
    ],
  });
}
