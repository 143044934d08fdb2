import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseKernels, type KernelBuild } from '../../../src/lib/kernels/choose.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { readBuild } from './support.ts';

const asked: KernelBuild[] = [];
const fetchBytes = async (build: KernelBuild) => {
  asked.push(build);
  return readBuild(build);
};

afterEach(() => {
  asked.length = 0;
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Makes the platform refuse builds from the first on. */
function refuse(...answers: boolean[]): void {
  const validate = vi.spyOn(WebAssembly, 'validate');
  for (const answer of answers) validate.mockReturnValueOnce(answer);
}

describe('chooseKernels', () => {
  it('takes relaxed SIMD where it is, and fetches nothing else', async () => {
    const { kernels, note } = await chooseKernels({ fetchBytes });
    expect([kernels.name, note, asked]).toEqual(['wasm relaxed SIMD', undefined, ['relaxed']]);
  });

  it('takes SIMD where relaxed SIMD is missing, and says so', async () => {
    refuse(false, true);
    const { kernels, note } = await chooseKernels({ fetchBytes });
    expect(kernels.name).toBe('wasm SIMD');
    expect(note).toMatch(/no relaxed SIMD/);
  });

  it('computes in TypeScript without SIMD, without WebAssembly, and where the build cannot be fetched', async () => {
    refuse(false, false, false);
    const withoutSimd = await chooseKernels({ fetchBytes });
    expect(withoutSimd.kernels).toBe(plainKernels);
    expect(withoutSimd.note).toMatch(/no SIMD/);

    const offline = await chooseKernels({ fetchBytes: () => Promise.reject(new Error('the site answered 404.')) });
    expect(offline.kernels).toBe(plainKernels);
    expect(offline.note).toMatch(/plain TypeScript computes: the site answered 404\./);

    vi.stubGlobal('WebAssembly', undefined);
    const without = await chooseKernels({ fetchBytes });
    expect(without.kernels).toBe(plainKernels);
    expect(without.note).toMatch(/WebAssembly is missing/);
  });

  it.each([
    ['is cut short', async (build: KernelBuild) => readBuild(build).slice(0, 1000)],
    ['is something else', async () => new TextEncoder().encode('<!doctype html>')],
  ])('does not take a build that %s, and does not blame the browser for it', async (_, damaged) => {
    const { kernels, note } = await chooseKernels({ fetchBytes: damaged });
    expect(kernels).toBe(plainKernels);
    expect(note).toMatch(/could not be loaded.*what came is damaged/);
  });
});
