import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DctNorm, dct, dctBasis, inverseDct } from '../../../src/lib/dsp/dct.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import golden from '../../golden/mel.json' with { type: 'json' };

function expectClose(actual: Float64Array, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], 7);
}

describe('the discrete cosine transform', () => {
  it.each(golden.dcts)('of $x.length values, norm $norm, is scipy.fft.dct', ({ norm, x, y, kept, back }) => {
    expectClose(dct(x, norm as DctNorm), y);
    expectClose(dct(x, norm as DctNorm, kept), y.slice(0, kept));
    expectClose(inverseDct(y.slice(0, kept), x.length, norm as DctNorm), back);
  });

  it('is undone', () => {
    const anyValues = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(anyValues, fc.constantFrom<DctNorm>('ortho', 'none'), (values, norm) => {
        expectClose(inverseDct(dct(values, norm), values.length, norm), values);
      }),
    );
  });

  it('with norm ortho has unit vectors at right angles to each other', () => {
    const basis = dctBasis(9, 9, 'ortho');
    for (let a = 0; a < 9; a++) {
      for (let b = 0; b < 9; b++) {
        let product = 0;
        for (let n = 0; n < 9; n++) product += basis[a * 9 + n] * basis[b * 9 + n];
        expect(product).toBeCloseTo(a === b ? 1 : 0, 12);
      }
    }
  });

  it('refuses more coefficients than values, and none', () => {
    expect(() => dct([1, 2], 'ortho', 3)).toThrow(ParameterError);
    expect(() => dct([1, 2], 'ortho', 3)).toThrow(/2 numbers cannot have 3 cosine coefficients/);
    expect(() => dctBasis(4, 0, 'none')).toThrow(/0 cosine/);
    expect(() => inverseDct([1, 2, 3], 2, 'none')).toThrow(ParameterError);
  });
});
