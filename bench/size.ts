/** What the engine weighs: everything from a recording's samples to a label and its explanation, and the wasm, gzipped. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

export interface EngineSize {
  /** Bytes. */
  readonly script: number;
  readonly wasm: number;
}

export async function measureEngine(): Promise<EngineSize> {
  const bundle = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      reportCompressedSize: false,
      lib: { entry: fileURLToPath(new URL('engine.ts', import.meta.url)), formats: ['es'] },
    },
  })) as Rolldown.RolldownOutput[];
  const wasm = await readFile(new URL('../src/lib/kernels/build/kernels.relaxed.wasm', import.meta.url));
  const chunks = bundle.flatMap(({ output }) => output).map((file) => (file.type === 'chunk' ? file.code : ''));
  return { script: gzipSync(chunks.join('')).length, wasm: gzipSync(wasm).length };
}
