import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backToFront,
  blockMaxima,
  nearEnd,
  type Place,
  pointOf,
  project,
  stripDirection,
} from '../../../src/components/figures/spectrogram/relief.ts';
import { reliefAxes } from '../../../src/components/figures/spectrogram/relief-axes.ts';
import { crestOf, landscapeOf, paintRelief } from '../../../src/components/figures/spectrogram/relief-raster.ts';
import type { Cells } from '../../../src/components/plots/cells.ts';
import { colourTable, packPixel } from '../../../src/components/plots/colour.ts';
import { createRaster } from '../../../src/components/plots/raster.ts';

const room = { width: 600, height: 400, aside: 44, above: 26 };
const turns = fc.double({ min: -180, max: 180, noNaN: true });
const tilts = fc.double({ min: 10, max: 85, noNaN: true });
const corners: Place[] = [0, 1].flatMap((time) =>
  [0, 1].flatMap((frequency) => [0, 1].map((level) => ({ time, frequency, level }))),
);

describe('the projection of the landscape', () => {
  it('has time to the right, frequency and level upwards where it is not turned', () => {
    const plain = project({ turn: 0, tilt: 40 }, room);
    const [x, y] = pointOf(plain, { time: 0, frequency: 0, level: 0 });
    const [later, alsoDown] = pointOf(plain, { time: 1, frequency: 0, level: 0 });
    expect(later).toBeGreaterThan(x);
    expect(alsoDown).toBeCloseTo(y, 9);
    expect(pointOf(plain, { time: 0, frequency: 1, level: 0 })[1]).toBeLessThan(y);
    expect(pointOf(plain, { time: 0, frequency: 0, level: 1 })[1]).toBeLessThan(y);
    expect(pointOf(plain, { time: 0, frequency: 0, level: 1 })[0]).toBeCloseTo(x, 9);
  });

  it('turns the nearer side to the right by a positive turn', () => {
    const near = { time: 0.5, frequency: 0, level: 0 };
    const far = { time: 0.5, frequency: 1, level: 0 };
    const turned = project({ turn: 20, tilt: 40 }, room);
    expect(pointOf(turned, near)[0]).toBeGreaterThan(pointOf(turned, far)[0]);
  });

  it('keeps the whole box within the room, in its middle', () => {
    fc.assert(
      fc.property(turns, tilts, (turn, tilt) => {
        const projection = project({ turn, tilt }, room);
        const points = corners.map((place) => pointOf(projection, place));
        const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
        const slack = 1e-6;
        expect(Math.min(...xs)).toBeGreaterThanOrEqual(room.aside - slack);
        expect(Math.max(...xs)).toBeLessThanOrEqual(room.width - room.aside + slack);
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(room.above - slack);
        expect(Math.max(...ys)).toBeLessThanOrEqual(room.height - room.above + slack);
        expect(Math.min(...xs) + Math.max(...xs)).toBeCloseTo(room.width, 6);
        expect(Math.min(...ys) + Math.max(...ys)).toBeCloseTo(room.height, 6);
      }),
    );
  });

  it('keeps lengths: two equal steps along an axis are equal on the screen', () => {
    fc.assert(
      fc.property(turns, tilts, (turn, tilt) => {
        const projection = project({ turn, tilt }, room);
        const at = (time: number) => pointOf(projection, { time, frequency: 0.3, level: 0.2 });
        expect(at(1)[0] - at(0.5)[0]).toBeCloseTo(at(0.5)[0] - at(0)[0], 9);
        expect(at(1)[1] - at(0.5)[1]).toBeCloseTo(at(0.5)[1] - at(0)[1], 9);
      }),
    );
  });
});

describe('the order of painting', () => {
  it('takes every strip once, the farthest first', () => {
    fc.assert(
      fc.property(turns, tilts, fc.integer({ min: 1, max: 80 }), (turn, tilt, strips) => {
        const projection = project({ turn, tilt }, room);
        const across = stripDirection(projection) === 'time' ? 'frequency' : 'time';
        const order = backToFront(strips, projection[across]);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: strips }, (_, i) => i));
        const away = order.map((i) => ((i + 0.5) / strips) * projection[across].away);
        for (let i = 1; i < away.length; i++) expect(away[i]).toBeLessThanOrEqual(away[i - 1]);
      }),
    );
  });

  it('cuts along the axis that is longer on the screen, which is never seen end on', () => {
    fc.assert(
      fc.property(turns, tilts, (turn, tilt) => {
        const projection = project({ turn, tilt }, room);
        const along = projection[stripDirection(projection)];
        expect(Math.abs(along.x)).toBeGreaterThan(50);
      }),
    );
    expect(stripDirection(project({ turn: 0, tilt: 40 }, room))).toBe('time');
    expect(stripDirection(project({ turn: 90, tilt: 40 }, room))).toBe('frequency');
  });
});

describe('the axes of the landscape', () => {
  const scales = {
    time: { count: 124, first: 0.008, step: 0.008 },
    frequency: { count: 129, first: 0, step: 0.0625 },
    lowest: -70,
  };

  it('run along the nearer edges of the floor, and have their ticks where the values lie', () => {
    fc.assert(
      fc.property(turns, tilts, (turn, tilt) => {
        const projection = project({ turn, tilt }, room);
        const [time, frequency, level] = reliefAxes(projection, scales);
        const near = nearEnd(projection.frequency);
        expect(projection.frequency.away * (near - 0.5)).toBeLessThanOrEqual(0);
        expect(time.ticks.map(({ text }) => text)).toContain('0.4');
        const share = ((0.4 - 0.008) / 0.008 + 0.5) / 124;
        const tick = time.ticks.find(({ text }) => text === '0.4')?.at ?? [Number.NaN, Number.NaN];
        const expected = pointOf(projection, { time: share, frequency: near, level: 0 });
        expect(tick[0]).toBeCloseTo(expected[0], 9);
        expect(tick[1]).toBeCloseTo(expected[1], 9);
        expect(frequency.ticks.map(({ text }) => text)).toContain('4');
        expect(level.ticks.map(({ text }) => text)).toEqual(['−70', '−35', '0\u00a0dB']);
        // The levels stand at the leftmost corner.
        const leftmost = Math.min(...corners.map((place) => pointOf(projection, place)[0]));
        expect(level.edge[0][0]).toBeCloseTo(leftmost, 6);
      }),
    );
  });
});

describe('fewer cells for a long clip', () => {
  const cellsOf = (data: number[], times: number, frequencies: number): Cells => ({
    data,
    times,
    frequencies,
    offset: 0,
    timeStride: frequencies,
    frequencyStride: 1,
  });

  it('takes the greatest of every block', () => {
    const cells = cellsOf([1, 5, 2, 0, 3, 3, 9, 4, 7, 7, 0, 8], 4, 3);
    const small = blockMaxima(cells, 2, 2);
    // Blocks of times {0,1} {2,3} and frequencies {0} {1,2}.
    expect([small.times, small.frequencies, ...Array.from(small.data)]).toEqual([2, 2, 1, 5, 9, 8]);
  });

  it('leaves what is small enough as it is, and never loses the greatest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        (times, frequencies, mostTimes, mostFrequencies, seed) => {
          const data = Array.from({ length: times * frequencies }, (_, i) => Math.fround(Math.sin(seed + i * 12.9898)));
          const small = blockMaxima(cellsOf(data, times, frequencies), mostTimes, mostFrequencies);
          expect([small.times, small.frequencies]).toEqual([
            Math.min(times, mostTimes),
            Math.min(frequencies, mostFrequencies),
          ]);
          expect(Math.max(...Array.from(small.data))).toBe(Math.max(...data));
          if (times <= mostTimes && frequencies <= mostFrequencies) expect(Array.from(small.data)).toEqual(data);
        },
      ),
    );
  });
});

describe('the painted landscape', () => {
  const table = colourTable([
    [0, 0, 40],
    [255, 0, 40],
  ]);
  const crest = crestOf(table, [255, 255, 255]);
  const pixels = { width: 300, height: 200, aside: 20, above: 20 };
  const cells = (level: (time: number, frequency: number) => number, times = 40, frequencies = 30): Cells => ({
    data: Array.from({ length: times * frequencies }, (_, i) => level(Math.floor(i / frequencies), i % frequencies)),
    times,
    frequencies,
    offset: 0,
    timeStride: frequencies,
    frequencyStride: 1,
  });
  const painted = (turn: number, tilt: number, of: Cells) => {
    const raster = createRaster(pixels.width, pixels.height);
    const projection = project({ turn, tilt }, pixels);
    paintRelief(raster, projection, landscapeOf(of, -70), { table, crest, line: 1 });
    const at = (place: Place) => {
      const [x, y] = pointOf(projection, place);
      return raster.pixels[Math.floor(y) * raster.width + Math.floor(x)];
    };
    return { raster, projection, at };
  };

  it('leaves silence empty, and paints nothing outside the box', () => {
    expect(
      painted(
        -30,
        36,
        cells(() => -120),
      ).raster.pixels.every((pixel) => pixel === 0),
    ).toBe(true);
    fc.assert(
      fc.property(turns, tilts, fc.integer(), (turn, tilt, seed) => {
        const { raster } = painted(
          turn,
          tilt,
          cells((t, f) => -35 - 35 * Math.sin(seed + t * 7.1 + f * 3.3)),
        );
        const xs: number[] = [];
        const ys: number[] = [];
        raster.pixels.forEach((pixel, i) => {
          if (pixel === 0) return;
          xs.push(i % raster.width);
          ys.push(Math.floor(i / raster.width));
        });
        const most = (values: number[]) => values.reduce((largest, value) => Math.max(largest, value));
        const least = (values: number[]) => values.reduce((smallest, value) => Math.min(smallest, value));
        expect(least(xs)).toBeGreaterThanOrEqual(pixels.aside - 1);
        expect(most(xs)).toBeLessThanOrEqual(pixels.width - pixels.aside);
        expect(least(ys)).toBeGreaterThanOrEqual(pixels.above - 1);
        expect(most(ys)).toBeLessThanOrEqual(pixels.height - pixels.above);
      }),
      { numRuns: 25 },
    );
  });

  it('shows a level in the colour of that level, from every side', () => {
    for (const turn of [-150, -80, -30, 0, 30, 100, 180]) {
      const { at } = painted(
        turn,
        40,
        cells(() => -35),
      );
      // A plain at half the height: its own colour, or that of the lines along the tops.
      const colour = at({ time: 0.5, frequency: 0.5, level: 0.5 });
      expect([table[128], crest[128]]).toContain(colour);
    }
  });

  it('hides what lies behind a wall, from the side where it is behind', () => {
    // A wall along time at the middle frequency, and a low hill behind it or before it.
    const wall = cells((_, f) => (f === 15 ? 0 : f === 18 ? -60 : -120));
    const low = Math.round(256 * (1 - 60 / 70));
    const colours = (turn: number) => new Set(painted(turn, 20, wall).raster.pixels);
    const seen = (turn: number) => colours(turn).has(table[low]) || colours(turn).has(crest[low]);
    expect(seen(0)).toBe(false);
    expect(seen(180)).toBe(true);
  });

  it('mixes the lines along the tops from the colour and the light', () => {
    expect(crest[0]).toBe(packPixel([63.75, 63.75, 93.75]));
  });
});
