import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourTable, pixelOf, signedScale } from '../../../src/components/plots/colour.ts';
import { frameOf, type MapGrid, mapAt, mapBox, paintMaps } from '../../../src/components/plots/map-grid.ts';
import { createRaster } from '../../../src/components/plots/raster.ts';
import { tensor } from '../../../src/lib/tensor.ts';

const grids = fc.record({
  width: fc.integer({ min: 80, max: 500 }),
  height: fc.integer({ min: 200, max: 900 }),
  columns: fc.constantFrom(2, 4, 8),
  count: fc.constantFrom(32, 64, 61),
  gap: fc.integer({ min: 0, max: 4 }),
  line: fc.integer({ min: 1, max: 3 }),
}) satisfies fc.Arbitrary<MapGrid>;

describe('a grid of maps', () => {
  it('fills the picture to its edges with frames of equal size, to one pixel', () => {
    fc.assert(
      fc.property(grids, (grid) => {
        const frames = Array.from({ length: grid.count }, (_, index) => frameOf(grid, index));
        expect(Math.min(...frames.map(({ x }) => x))).toBe(0);
        expect(Math.max(...frames.map(({ x, width }) => x + width))).toBe(grid.width);
        expect(Math.max(...frames.map(({ y, height }) => y + height))).toBe(grid.height);
        const widths = frames.map(({ width }) => width);
        expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
        expect(frames[1].x - frames[0].x - frames[0].width).toBe(grid.gap);
      }),
    );
  });

  it('finds the map under every point of its frame', () => {
    fc.assert(
      fc.property(grids, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (grid, seed, share) => {
        const index = seed % grid.count;
        const { x, y, width, height } = frameOf(grid, index);
        const inside = (start: number, length: number) => start + share * (length - 1e-6);
        expect(mapAt(grid, inside(x, width), inside(y, height))).toBe(index);
      }),
    );
  });

  it('paints each channel into its own frame', () => {
    const grid: MapGrid = { width: 21, height: 10, columns: 2, count: 2, gap: 1, line: 1 };
    const maps = tensor([2, 2, 2]);
    maps.data[1] = 1; // time 0, frequency 0, channel 1: bottom left of the second map
    const scale = signedScale(
      colourTable([
        [0, 0, 255],
        [255, 255, 255],
        [255, 128, 0],
      ]),
      1,
    );
    const raster = createRaster(grid.width, grid.height);
    paintMaps(raster, grid, maps, scale, 7);
    const lit = [...raster.pixels.keys()].filter((i) => raster.pixels[i] === pixelOf(1, scale));
    const { x, y, width, height } = mapBox(grid, 1);
    expect(lit).toHaveLength((width / 2) * (height / 2));
    expect(lit.every((i) => i % 21 >= x && i % 21 < x + width / 2)).toBe(true);
    expect(lit.every((i) => Math.floor(i / 21) >= y + height / 2)).toBe(true);
  });
});
