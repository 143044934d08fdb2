import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeOf } from '../../../../src/components/plots/cells.ts';
import { type ColourScale, colourTable } from '../../../../src/components/plots/colour.ts';
import { createRaster, paintCells, wholeOf } from '../../../../src/components/plots/raster.ts';
import { presetOptions } from '../../../../src/lib/dsp/presets.ts';
import { createRandom } from '../../../../src/lib/random.ts';
import { tensor } from '../../../../src/lib/tensor.ts';
import { createLook, type LookPicture } from '../../../../src/workers/lab/look.ts';
import { decibelPicture } from '../../../../src/workers/lab/spectrogram-calls.ts';

const sampleRate = 8000;

/** Silence, a tone that rises, and noise: as far from even as a clip gets. */
function clip(length: number): Float32Array {
  const random = createRandom(3);
  return Float32Array.from({ length }, (_, n) =>
    n < length / 3 ? 0 : n < (2 * length) / 3 ? Math.sin(1e-5 * n * n) : 0.01 * random.normal(),
  );
}

const options = (winLength: number, hopLength: number) =>
  presetOptions('librosa', { winLength, hopLength, nFft: winLength });

const settings = fc.record({
  length: fc.integer({ min: 200, max: 3000 }),
  winLength: fc.integer({ min: 2, max: 200 }),
  hopLength: fc.integer({ min: 1, max: 100 }),
  width: fc.integer({ min: 1, max: 300 }),
  height: fc.integer({ min: 1, max: 120 }),
});

function finished(samples: Float32Array, winLength: number, hopLength: number, width: number, height: number) {
  const look = createLook(samples, sampleRate, options(winLength, hopLength), { width, height });
  look.work(Number.POSITIVE_INFINITY);
  return look.picture();
}

const scale: ColourScale = {
  table: colourTable([
    [0, 0, 0],
    [255, 255, 255],
  ]),
  low: -70,
  high: 0,
};

describe('a look at a spectrogram', () => {
  it('paints, when it is finished, the pixels of the whole spectrogram', () => {
    fc.assert(
      fc.property(settings, ({ length, winLength, hopLength, width, height }) => {
        const samples = clip(length);
        const whole = decibelPicture(samples, sampleRate, options(winLength, hopLength));
        const look = finished(samples, winLength, hopLength, width, height);
        expect(look.share).toBe(1);
        expect([look.frames, look.bins, look.largest]).toEqual([whole.frames, whole.bins, whole.largest]);
        const painted = [
          tensor([whole.frames, whole.bins], whole.decibels),
          tensor([look.columns, look.rows], look.decibels),
        ].map((cells) => {
          const raster = createRaster(width, height);
          paintCells(raster, wholeOf(raster), planeOf(cells), scale);
          return raster.pixels;
        });
        expect(painted[1]).toEqual(painted[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('has every cell where there are pixels enough', () => {
    const samples = clip(2000);
    const whole = decibelPicture(samples, sampleRate, options(64, 16));
    const look = finished(samples, 64, 16, 500, 200);
    expect(look.decibels).toEqual(whole.decibels);
  });

  it('becomes finished by so many steps as it has frames, each of which adds one', () => {
    const samples = clip(1000);
    const look = createLook(samples, sampleRate, options(64, 10), { width: 40, height: 20 });
    const shares: number[] = [];
    let picture: LookPicture;
    do {
      look.work(0);
      picture = look.picture();
      shares.push(picture.share);
    } while (picture.share < 1);
    expect(shares).toEqual(Array.from({ length: picture.frames }, (_, i) => (i + 1) / picture.frames));
    expect(picture.decibels).toEqual(finished(samples, 64, 10, 40, 20).decibels);
  });

  it('shows in a draft what some of the frames have, over the whole of the clip', () => {
    const samples = clip(3000);
    const { decibels: all, bins, frames, largest } = decibelPicture(samples, sampleRate, options(64, 1));
    const look = createLook(samples, sampleRate, options(64, 1), { width: 100, height: 200 });
    // The first of every sixteen columns has a frame, the others repeat it.
    for (let step = 0; step < 7; step++) look.work(0);
    const draft = look.picture();
    expect(draft.share).toBe(7 / frames);
    const amplitudes = (cells: Float32Array, most: number) => cells.map((level) => most * 10 ** (level / 20));
    const exact = amplitudes(all, largest);
    const shown = amplitudes(draft.decibels, draft.largest);
    for (let column = 0; column < draft.columns; column++) {
      const seen = shown.slice(column * bins, (column + 1) * bins);
      const leader = column - (column % 16);
      const frame = Math.floor((Math.floor((leader * frames) / 100) + Math.floor(((leader + 1) * frames) / 100)) / 2);
      const own = exact.slice(frame * bins, (frame + 1) * bins);
      for (const [bin, value] of seen.entries()) {
        expect(Math.abs(value - own[bin])).toBeLessThanOrEqual(1e-5 * own[bin] + 2e-6 * largest);
      }
    }
  });
});
