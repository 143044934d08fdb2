import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/lib/errors.ts';
import { readSafetensors, writeSafetensors } from '../../../src/lib/model/safetensors.ts';
import { tensor } from '../../../src/lib/tensor.ts';

const weights = {
  'conv1.weight': tensor([2, 3], [0.5, -1.25, 3, 1e-3, -2, 0]),
  'conv1.bias': tensor([3], [0.1, 0.2, 0.3]),
};
const hash = 'a'.repeat(64);
const file = writeSafetensors(weights, hash, 'F32');

describe('safetensors', () => {
  it('gives back what was written', () => {
    expect(readSafetensors(file, hash)).toEqual(weights);
  });

  it('writes the layout that the format prescribes', () => {
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)));
    expect(length % 8).toBe(0);
    expect(header['conv1.bias']).toEqual({ dtype: 'F32', shape: [3], data_offsets: [24, 36] });
    expect(new DataView(file.buffer).getFloat32(8 + length + 4, true)).toBe(-1.25);
  });

  it('keeps halves to one part in 2,048', () => {
    const read = readSafetensors(writeSafetensors(weights, hash, 'F16'), hash);
    for (const [i, x] of weights['conv1.weight'].data.entries()) {
      expect(Math.abs(read['conv1.weight'].data[i] - x)).toBeLessThanOrEqual(Math.abs(x) / 2048);
    }
  });

  it('refuses weights of another architecture', () => {
    expect(() => readSafetensors(file, 'b'.repeat(64))).toThrow(/another architecture/);
  });

  it('refuses every truncation in a sentence', () => {
    for (let length = 0; length < file.length; length++) {
      expect(() => readSafetensors(file.subarray(0, length), hash)).toThrow(ModelError);
    }
    expect(() => readSafetensors(file.subarray(0, file.length - 1), hash)).toThrow(/cut short/);
  });

  it('refuses every changed byte that would change a number', () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const altered = Uint8Array.from(file);
        altered[at] ^= by;
        // A blank for another blank, or another name, leaves the numbers as they are; nothing else may be read.
        try {
          const numbers = Object.values(readSafetensors(altered, hash)).map(({ data }) => [...data]);
          expect(numbers).toEqual(Object.values(weights).map(({ data }) => [...data]));
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
