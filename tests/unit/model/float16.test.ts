import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '../../../src/lib/model/float16.ts';

/** The platform's own rounding to half precision (ES2025). */
const f16round = (Math as unknown as { f16round(x: number): number }).f16round;

it('rounds like the platform', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (x) => {
      expect(fromFloat16(toFloat16(x))).toBe(f16round(x));
    }),
    { numRuns: 5000 },
  );
});

it('gives back each of the 65,536 halves', () => {
  for (let half = 0; half < 65536; half++) {
    const value = fromFloat16(half);
    if (Number.isNaN(value)) expect(fromFloat16(toFloat16(value))).toBeNaN();
    else expect(toFloat16(value)).toBe(half);
  }
});
