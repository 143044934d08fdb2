import { describe, expect, it } from 'vitest';
import { resample } from '../../../src/lib/audio/resample.ts';
import { createRandom } from '../../../src/lib/random.ts';
import type { Capture } from '../../../src/reader/clip.ts';
import { examine, type Finding, type Measure } from '../../../src/reader/doctor.ts';
import { makeClip } from '../../../src/reader/make-clip.ts';

function noise(length: number, level: number): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length }, () => level * random.normal());
}

/** A second like a recording: noise of the room, and a louder half second of noise in it. */
function recording(sampleRate: number, voice = 0.05, room = 1e-4): Float32Array {
  const samples = noise(sampleRate, room);
  const loud = noise(sampleRate / 2, voice);
  for (const [n, value] of loud.entries()) samples[sampleRate / 4 + n] += value;
  return samples;
}

function findings(samples: Float32Array, sampleRate = 48000, capture?: Capture): Map<string, Finding> {
  const clip = makeClip({ name: 'test', source: 'microphone', samples, sampleRate, ...(capture ? { capture } : {}) });
  return new Map(examine(clip).map((found) => [found.what, found]));
}

function toMend(found: ReadonlyMap<string, Finding>): string[] {
  return [...found.values()].filter(({ verdict }) => verdict === 'mend').map(({ what }) => what);
}

const amount = (found: Finding | undefined): number => (found?.value as Measure | undefined)?.amount ?? Number.NaN;

const granted: Capture = {
  device: 'Built-in microphone',
  trackRate: 48000,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  lost: 0,
};

describe('examine', () => {
  it('finds nothing to mend in a good recording, and gives no remedy then', () => {
    const found = findings(recording(48000), 48000, granted);
    expect(toMend(found)).toEqual([]);
    expect([...found.values()].every(({ remedy }) => remedy === undefined)).toBe(true);
    expect([...found.keys()]).toEqual([
      'Loudest',
      'Clipped samples',
      'Quietest tenth',
      'Digital zeros',
      'Reaches up to',
      'Echo cancellation',
      'Noise suppression',
      'Gain control',
      'Sample rate',
      'Samples lost',
      'Device',
    ]);
  });

  it('says nothing of a microphone where there was none', () => {
    expect([...findings(recording(16000), 16000).keys()]).not.toContain('Device');
  });

  it('counts the clipped samples of a sine that is driven too far, and not those of one at full scale', () => {
    const sine = Float32Array.from({ length: 48000 }, (_, n) => Math.sin((2 * Math.PI * 440 * n) / 48000));
    const driven = sine.map((value) => Math.max(-1, Math.min(1, 1.5 * value)));
    const clipped = driven.filter((value) => Math.abs(value) === 1).length;
    expect(amount(findings(driven).get('Clipped samples'))).toBe(clipped);
    expect(toMend(findings(driven))).toContain('Clipped samples');
    const whole = findings(sine.map((value) => 0.99 * value));
    expect(amount(whole.get('Clipped samples'))).toBe(0);
    expect(amount(whole.get('Loudest'))).toBeCloseTo(20 * Math.log10(0.99), 2);
  });

  it('tells a faint recording from one with nothing in it', () => {
    const faint = findings(recording(48000, 0.004, 1e-6)).get('Loudest');
    expect(faint).toMatchObject({ verdict: 'mend', remedy: expect.stringContaining('Come closer') });
    const nothing = findings(noise(48000, 1e-5)).get('Loudest');
    expect(nothing).toMatchObject({ verdict: 'mend', remedy: expect.stringContaining('muted') });
    const zeros = findings(new Float32Array(48000));
    expect(zeros.get('Loudest')).toMatchObject({ value: 'no sound', verdict: 'mend' });
    expect(toMend(zeros)).not.toContain('Reaches up to');
  });

  it('measures the noise between words', () => {
    const found = findings(recording(48000, 0.1, 0.02)).get('Quietest tenth');
    expect(amount(found)).toBeCloseTo(20 * Math.log10(0.02), 0);
    expect(found?.verdict).toBe('mend');
  });

  it('notices digital silence, but not the zeros that a quiet 16-bit recording crosses', () => {
    const gated = recording(48000);
    gated.fill(0, 0, 4800);
    expect(findings(gated).get('Digital zeros')).toMatchObject({ value: { amount: 4800 }, verdict: 'mend' });
    const sixteenBit = recording(48000, 0.05, 2e-5).map((value) => Math.round(value * 32768) / 32768);
    expect(amount(findings(sixteenBit).get('Digital zeros'))).toBeGreaterThan(1000);
    expect(findings(sixteenBit).get('Digital zeros')?.verdict).toBe('fine');
  });

  it('names the ceiling of a headset that stops at 4 kHz', () => {
    const found = findings(resample(recording(8000), 8000, 48000)).get('Reaches up to');
    expect(amount(found)).toBeCloseTo(4, 0);
    expect(found?.remedy).toContain(`stops at ${amount(found).toFixed(1)} kHz`);
    expect(findings(recording(8000), 8000).get('Reaches up to')?.verdict).toBe('mend');
    expect(findings(resample(recording(16000), 16000, 48000)).get('Reaches up to')?.verdict).toBe('fine');
  });

  it('tells what the browser granted, and what to do where that is not what was asked for', () => {
    const capture = { ...granted, noiseSuppression: true, echoCancellation: undefined, lost: 256, device: '' };
    const found = findings(recording(8000), 8000, capture);
    expect(found.get('Noise suppression')).toMatchObject({
      value: 'on',
      verdict: 'mend',
      remedy: expect.stringContaining('voice isolation'),
    });
    expect(found.get('Echo cancellation')).toEqual({ what: 'Echo cancellation', value: 'not told', verdict: 'fine' });
    expect(found.get('Gain control')).toMatchObject({ value: 'off', verdict: 'fine' });
    expect(found.get('Sample rate')).toMatchObject({ value: { amount: 8 }, verdict: 'mend' });
    expect(found.get('Samples lost')).toMatchObject({ value: { amount: 256 }, verdict: 'mend' });
    expect(found.get('Device')?.value).toBe('not named by the browser');
  });

  it('stays with numbers for one sample, a constant and a single click', () => {
    const click = new Float32Array(48000);
    click[100] = 1;
    for (const samples of [Float32Array.of(0.3), new Float32Array(48000).fill(0.5), click]) {
      for (const { value } of findings(samples).values()) {
        if (typeof value !== 'string') expect(Number.isFinite(value.amount)).toBe(true);
      }
    }
  });
});
