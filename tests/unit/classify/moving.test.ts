import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startByKey, within } from '../../../src/components/figures/classify/second.ts';
import { boxOfCell, cellAtPoint, cellByKey, columnsOf, itemByKey } from '../../../src/components/plots/moving.ts';

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

describe('a cell', () => {
  const shape = [30, 28, 32];
  it.each([
    ['ArrowRight', false, [10, 7, 4]],
    ['ArrowLeft', true, [0, 7, 4]],
    ['ArrowUp', false, [9, 8, 4]],
    ['ArrowDown', true, [9, 0, 4]],
    ['ArrowUp', true, [9, 17, 4]],
    ['Home', false, [0, 7, 4]],
    ['End', false, [29, 7, 4]],
    ['PageDown', false, [9, 7, 5]],
    ['PageUp', false, [9, 7, 3]],
  ])('of a picture goes by %s (Shift: %s) to %j', (key, shift, expected) => {
    expect(cellByKey(press(key, shift), [9, 7, 4], shape, 1)).toEqual(expected);
  });

  it('of a list goes along rows and columns, of the waveform along time', () => {
    expect(cellByKey(press('ArrowDown'), [20], [128], 16)).toEqual([36]);
    expect(cellByKey(press('End'), [20], [128], 16)).toEqual([127]);
    expect(cellByKey(press('ArrowRight', true), [20], [16000], 16000)).toEqual([30]);
    expect(cellByKey(press('PageDown'), [20], [16000], 16000)).toEqual([1020]);
    expect(cellByKey(press('ArrowUp'), [20], [16000], 16000)).toBeUndefined();
    expect(cellByKey(press('Tab'), [20], [128], 16)).toBeUndefined();
  });

  it('stays within its shape, and lies where its box is drawn', () => {
    const shapes = fc.constantFrom([30, 28, 32], [124, 129, 1], [128], [10], [16000]);
    fc.assert(
      fc.property(
        shapes,
        fc.nat(1e6),
        fc.constantFrom('ArrowLeft', 'ArrowDown', 'End', 'PageDown'),
        (shape, seed, key) => {
          const cell = shape.map((length, axis) => (seed * (axis + 7)) % length);
          const columns = columnsOf(shape, shape[0] === 10);
          const box = boxOfCell(cell, shape, columns);
          const middle = [box.left + box.width / 2, box.top + box.height / 2] as const;
          expect(cellAtPoint(...middle, cell, shape, columns)).toEqual(cell);
          const moved = cellByKey(press(key, true), cell, shape, columns) ?? cell;
          for (const [axis, index] of moved.entries()) {
            expect(index).toBeGreaterThanOrEqual(0);
            expect(index).toBeLessThan(shape[axis]);
          }
        },
      ),
    );
  });
});

describe('an item of a group', () => {
  it('is reached by arrows that stop at the ends', () => {
    expect(itemByKey('ArrowDown', 3, 32, 16)).toBe(19);
    expect(itemByKey('ArrowDown', 19, 32, 16)).toBe(19);
    expect(itemByKey('ArrowLeft', 0, 32, 16)).toBe(0);
    expect(itemByKey('End', 0, 32, 16)).toBe(31);
    expect(itemByKey('a', 0, 32, 16)).toBeUndefined();
  });
});

describe('the second to judge', () => {
  it('goes by 10 ms, with Shift by 100 ms, and to the ends', () => {
    const bounds = [0, 3] as const;
    expect(startByKey(press('ArrowRight'), 1, bounds)).toBeCloseTo(1.01, 12);
    expect(startByKey(press('ArrowLeft', true), 1, bounds)).toBeCloseTo(0.9, 12);
    expect(startByKey(press('ArrowLeft', true), 0.05, bounds)).toBe(0);
    expect(startByKey(press('Home'), 1, bounds)).toBe(0);
    expect(startByKey(press('End'), 1, bounds)).toBe(3);
    expect(startByKey(press('x'), 1, bounds)).toBeUndefined();
  });

  it('begins on a whole step, or at the very end', () => {
    expect(within(1.23456, [0, 3])).toBeCloseTo(1.23, 12);
    expect(within(9, [0, 2.3456])).toBe(2.3456);
  });
});
