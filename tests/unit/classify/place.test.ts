import { describe, expect, it } from 'vitest';
import { holds, readAddress, writeAddress } from '../../../src/components/figures/classify/place.ts';

describe('an address', () => {
  it('comes back as it went out', () => {
    for (const address of [{ stage: 'conv1' }, { stage: 'conv1', cell: [9, 7, 4] }, { stage: 'a & b=c', cell: [0] }]) {
      expect(readAddress(writeAddress(address))).toEqual(address);
    }
  });

  it('names no cell where it holds none, and nothing where it names no stage', () => {
    expect(readAddress('#stage=conv1&cell=a,b')).toEqual({ stage: 'conv1' });
    expect(readAddress('#stage=conv1&cell=-1,2')).toEqual({ stage: 'conv1' });
    expect(readAddress('#main')).toBeUndefined();
    expect(readAddress('')).toBeUndefined();
  });

  it('may name a cell that a tensor does not have', () => {
    expect(holds([30, 30, 32], [9, 7, 4])).toBe(true);
    expect(holds([30, 30, 32], [9, 30, 4])).toBe(false);
    expect(holds([30, 30, 32], [9])).toBe(false);
    expect(holds([128], undefined)).toBe(false);
  });
});
