import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binScale, placeOf } from '../../../src/components/plots/cell-scale.ts';
import { planeOf } from '../../../src/components/plots/cells.ts';
import { colourTable, pixelOf } from '../../../src/components/plots/colour.ts';
import { createRaster, paintCells, paintFrame, wholeOf } from '../../../src/components/plots/raster.ts';
import { tensor } from '../../../src/lib/tensor.ts';

const grey = {
  table: colourTable([
    [0, 0, 0],
    [255, 255, 255],
  ]),
  low: 0,
  high: 255,
};

describe('painted cells', () => {
  it('have time to the right and frequency up', () => {
    const raster = createRaster(2, 2);
    paintCells(raster, wholeOf(raster), planeOf(tensor([2, 2], [10, 20, 30, 40])), grey);
    // [time 0: 10, 20], [time 1: 30, 40]; the top row is frequency 1.
    expect([...raster.pixels]).toEqual([20, 40, 10, 30].map((value) => pixelOf(value, grey)));
  });

  it('are even to one pixel, with every pixel of one cell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 200 }), (count, more) => {
        const width = count + more;
        const raster = createRaster(width, 1);
        const values = Float32Array.from({ length: count }, (_, i) => i);
        paintCells(raster, wholeOf(raster), planeOf(tensor([count, 1], values)), grey);
        const shown = values.map((value) => raster.pixels.filter((pixel) => pixel === pixelOf(value, grey)).length);
        expect(shown.reduce((sum, length) => sum + length, 0)).toBe(width);
        expect(Math.max(...shown) - Math.min(...shown)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('keep a lone strong cell where pixels are few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 27 }), fc.integer({ min: 0, max: 27 }), (time, frequency) => {
        const map = tensor([28, 28]);
        map.data[28 * time + frequency] = 200;
        const raster = createRaster(11, 9);
        paintCells(raster, wholeOf(raster), planeOf(map), grey);
        expect([...raster.pixels].filter((pixel) => pixel === pixelOf(200, grey))).toHaveLength(1);
      }),
    );
  });

  it('show the strongest cell under a pixel, not one far below the scale', () => {
    const raster = createRaster(1, 1);
    const levels = { ...grey, low: -70, high: 0 };
    paintCells(raster, wholeOf(raster), planeOf(tensor([2, 2], [-120, -30, -40, -120])), levels);
    expect([...raster.pixels]).toEqual([pixelOf(-30, levels)]);
  });

  it('show on a signed scale the cell farthest from zero', () => {
    const raster = createRaster(1, 1);
    const signed = { ...grey, low: -2, high: 2 };
    paintCells(raster, wholeOf(raster), planeOf(tensor([2, 2], [0.1, -1.5, 1, 0])), signed);
    expect([...raster.pixels]).toEqual([pixelOf(-1.5, signed)]);
  });

  it('stay inside their box', () => {
    const raster = createRaster(6, 5);
    const box = { x: 2, y: 1, width: 3, height: 2 };
    paintCells(raster, box, planeOf(tensor([1, 1], [200])), grey);
    const painted = [...raster.pixels].flatMap((pixel, i) => (pixel ? [[i % 6, Math.floor(i / 6)]] : []));
    expect(painted).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    paintFrame(raster, box, 1, 7);
    expect([...raster.pixels].filter((pixel) => pixel === 7)).toHaveLength(6);
  });
});

describe('a tone in a spectrogram', () => {
  it.each([
    [8000, 256, 1000],
    [16000, 256, 1000],
    [44100, 1024, 1000],
    [16000, 256, 0],
    [16000, 256, 8000],
  ])('lies on its label, at %i Hz and an FFT of %i: %i Hz', (sampleRate, nFft, tone) => {
    const bins = nFft / 2 + 1;
    const bin = Math.round((tone * nFft) / sampleRate);
    const spectrogram = tensor([3, bins]);
    for (let time = 0; time < 3; time++) spectrogram.data[time * bins + bin] = 255;
    const raster = createRaster(9, 4 * bins);
    paintCells(raster, wholeOf(raster), planeOf(spectrogram), grey);
    const lit = [...raster.pixels.keys()].filter((i) => raster.pixels[i] === pixelOf(255, grey));
    const rows = lit.map((i) => raster.height - Math.floor(i / raster.width));
    const top = Math.max(...rows);
    const bottom = Math.min(...rows) - 1;
    const label = placeOf(binScale(bins, nFft, sampleRate), tone) * raster.height;
    expect(label).toBeGreaterThanOrEqual(bottom);
    expect(label).toBeLessThanOrEqual(top);
    // On a bin's own frequency the label is at the middle of its row.
    const offBin = (tone * nFft) / sampleRate - bin;
    expect(label - (top + bottom) / 2).toBeCloseTo(4 * offBin, 6);
  });
});
