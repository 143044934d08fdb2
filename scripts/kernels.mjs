// Compiles the AssemblyScript kernels to src/lib/kernels/build/: once with SIMD, once with relaxed SIMD (fused
// multiply-add) for the platforms that have it. Does nothing where the build is newer than its sources.
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = 'src/lib/kernels/assembly';
const build = 'src/lib/kernels/build';
const variants = {
  'kernels.simd.wasm': ['--enable', 'simd'],
  'kernels.relaxed.wasm': ['--enable', 'simd', '--enable', 'relaxed-simd', '--use', 'RELAXED=1'],
};

const changed = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const inputs = [...readdirSync(join(root, sources)).map((name) => `${sources}/${name}`), 'scripts/kernels.mjs'];
const newest = Math.max(...inputs.map(changed));
if (Object.keys(variants).some((name) => changed(`${build}/${name}`) <= newest)) {
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(join(root, build), { recursive: true });
  for (const [name, features] of Object.entries(variants)) {
    const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--baseDir', root];
    const { error, stderr } = await asc.main([
      `${sources}/index.ts`,
      ...options,
      ...features,
      '-o',
      `${build}/${name}`,
    ]);
    if (error) {
      console.error(stderr.toString());
      process.exit(1);
    }
  }
}
