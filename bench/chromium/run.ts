/** Measures in Chromium: bundles the page, serves it with a fine-grained clock, and runs it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve } from '../../scripts/serve.mjs';
import { launch } from '../../tests/browser/browser.ts';
import type { Medians } from '../rounds.ts';

const html =
  '<!doctype html><title>Bench</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

export interface ChromiumResults {
  readonly version: string;
  readonly forward: Medians;
  readonly stft: Medians;
  readonly fft: Medians;
}

/** Throws where there is no Chromium. */
export async function benchChromium(): Promise<ChromiumResults> {
  const folder = await mkdtemp(join(tmpdir(), 'kuulo-bench-'));
  const browser = await launch();
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      root: fileURLToPath(new URL('.', import.meta.url)),
      publicDir: fileURLToPath(new URL('../../public', import.meta.url)),
      build: {
        outDir: folder,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        target: 'esnext',
        reportCompressedSize: false,
        rolldownOptions: {
          input: fileURLToPath(new URL('page.ts', import.meta.url)),
          output: { entryFileNames: 'page.js' },
        },
      },
    });
    await writeFile(join(folder, 'index.html'), html);
    // Only a page that is isolated from others gets a clock finer than 0.1 ms.
    const { server, url } = await serve({ root: folder, isolated: true });
    try {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.goto(url);
      await page.waitForFunction(() => 'bench' in window);
      return { version: browser.version(), ...(await page.evaluate(() => window.bench())) };
    } finally {
      server.close();
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
