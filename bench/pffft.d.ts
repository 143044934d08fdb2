/** What the benchmark uses of PFFFT in wasm, with its SIMD instructions; https://bitbucket.org/jpommier/pffft/src/master/pffft.h */
declare module '@echogarden/pffft-wasm/simd' {
  export interface Pffft {
    readonly HEAPF32: Float32Array;
    /** kind: 0 for real samples, 1 for complex ones. */
    _pffft_new_setup(size: number, kind: number): number;
    _pffft_aligned_malloc(bytes: number): number;
    /** From and to are places in memory, in bytes; direction: 0 forward, 1 backward. */
    _pffft_transform_ordered(setup: number, from: number, to: number, work: number, direction: number): void;
  }
  export default function load(): Promise<Pffft>;
}
