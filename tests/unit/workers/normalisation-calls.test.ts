import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { removeOffset } from '../../../src/lib/audio/offset.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { classifyClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import { createBench } from '../../../src/workers/lab/bench.ts';
import { normalisationCalls } from '../../../src/workers/lab/normalisation-calls.ts';
import { normalised, ownWay, trainingSet } from '../../../src/workers/lab/normalisation-ways.ts';
import { treat } from '../../../src/workers/lab/treatment.ts';
import { createShelf } from '../../../src/workers/shelf.ts';

const random = createRandom(1);
const hum = Float32Array.from(
  { length: 16000 },
  (_, n) => 0.3 * Math.sin(0.2 * n) * Math.sin((Math.PI * n) / 16000) + 0.001 * random.normal(),
);
const rms = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

const shelf = createShelf(
  (model) => async (file) => new Uint8Array(await readFile(`public/models/${model}/${file}`)),
  async () => ({ kernels: plainKernels, note: '' }),
  () => {},
);
const bench = createBench(shelf, () => {});
bench.hold({ samples: hum, sampleRate: 16000, start: 0 });
const calls = normalisationCalls(bench);

describe('treat', () => {
  it('makes louder by decibels, and counts what is cut off at full scale', () => {
    expect(rms(treat(hum, { gain: -20 }).samples) / rms(hum)).toBeCloseTo(0.1, 6);
    expect(treat(hum, { gain: -20 }).clipped).toBe(0);
    const loud = treat(hum, { gain: 20 });
    expect(Math.max(...loud.samples)).toBe(1);
    expect(loud.clipped).toBe(hum.filter((sample) => Math.abs(10 * sample) > 1).length);
  });

  it('adds an offset, and takes it out again', () => {
    const shifted = treat(hum, { offset: 0.2 }).samples;
    expect(shifted.reduce((sum, x) => sum + x, 0) / shifted.length).toBeCloseTo(0.2, 3);
    const mended = treat(hum, { offset: 0.2, centred: true }).samples;
    for (const [n, sample] of removeOffset(hum).entries()) expect(mended[n]).toBeCloseTo(sample, 5);
  });

  it('makes a click, a hiss of −60 dBFS and silence, whatever the clip', () => {
    expect(treat(hum, { source: 'click', gain: -20 }).samples.filter((x) => x !== 0)).toEqual(Float32Array.of(0.1));
    // The level of 16,000 normal numbers is off by 0.05 dB as a rule.
    const level = 20 * Math.log10(rms(treat(hum, { source: 'noise' }).samples));
    expect(Math.abs(level + 60)).toBeLessThan(0.15);
    expect(rms(treat(hum, { source: 'silence' }).samples)).toBe(0);
  });

  it('keeps what lies far below the cutoff, and takes 6 dB an octave far above it', () => {
    const tone = (hertz: number) =>
      Float32Array.from({ length: 16000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / 16000));
    const left = (hertz: number) => rms(treat(tone(hertz), { cutoff: 200 }).samples) / rms(tone(hertz));
    expect(left(20)).toBeGreaterThan(0.99);
    expect(left(1000) / left(2000)).toBeCloseTo(2, 0);
  });
});

describe('normalised', () => {
  const picture = tensor(
    [32, 32, 1],
    Array.from({ length: 1024 }, () => random.uniform()),
  );
  const louder = tensor(
    [32, 32, 1],
    picture.data.map((value) => 5 * value),
  );

  it('does not hear the gain with a clip’s own statistics, and does with the training set’s', () => {
    for (const method of ['z-score', 'min-max'] as const) {
      const way = { method, statistics: 'per-clip', epsilon: 0 } as const;
      const [a, b] = [normalised(picture, way), normalised(louder, way)];
      for (const [i, value] of a.data.entries()) expect(b.data[i]).toBeCloseTo(value, 4);
    }
    const fitted = { ...ownWay, statistics: 'fitted' } as const;
    const expected = (picture.data[7] - trainingSet.mean) / Math.sqrt(trainingSet.variance + ownWay.epsilon);
    expect(normalised(picture, fitted).data[7]).toBeCloseTo(expected, 5);
    expect(normalised(louder, fitted).data[7]).not.toBeCloseTo(expected, 1);
  });

  it('makes of silence 0 with an epsilon, and nothing that is a number without', () => {
    const silence = tensor([32, 32, 1]);
    expect(normalised(silence, { ...ownWay, epsilon: 1e-7 }).data.every((value) => value === 0)).toBe(true);
    expect(normalised(silence, { ...ownWay, epsilon: 0 }).data.every(Number.isNaN)).toBe(true);
  });
});

describe('the calls', () => {
  it('answer with the network’s own way what the network answers', async () => {
    const { network } = await shelf.open('keywords');
    const expected = classifyClip(network, tensor([16000], removeOffset(hum)), plainKernels);
    const { classes, probabilities } = await calls.treatedAnswers({}, [ownWay, { ...ownWay, method: 'none' }]);
    expect(classes).toEqual(network.architecture.classes);
    for (const [k, share] of expected.entries()) expect(probabilities[0][k]).toBeCloseTo(share, 6);
    expect(probabilities[1]).not.toEqual(probabilities[0]);
  });

  it('answer for each gain as for that gain alone', async () => {
    const [faint] = await calls.answersByGain([-40], [ownWay]);
    const alone = await calls.treatedAnswers({ gain: -40 }, [ownWay]);
    expect(faint).toEqual(alone);
  });

  it('give the picture that goes into the network’s normalisation', async () => {
    const { picture, sampleRate, clipped } = await calls.treatedSecond({ gain: -6 });
    expect([picture.shape, sampleRate, clipped]).toEqual([[32, 32, 1], 16000, 0]);
    const whole = await calls.treatedSecond({});
    // The root of the amplitude: 6 dB are a factor of 1.995, its root is 1.413.
    expect(whole.picture.data[500] / picture.data[500]).toBeCloseTo(10 ** (6 / 40), 4);
  });
});
