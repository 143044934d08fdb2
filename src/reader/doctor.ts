/** The microphone doctor: what is wrong with a recording, and what to do about it. */
import { measureLevel } from '../lib/audio/level.ts';
import { spectralCeiling } from '../lib/insight/spectral-ceiling.ts';
import type { Capture, Clip } from './clip.ts';

/** A measured number, and how it is to be written. */
export interface Measure {
  readonly amount: number;
  readonly decimals: number;
  readonly unit?: string;
}

export interface Finding {
  readonly what: string;
  readonly value: Measure | string;
  readonly verdict: 'fine' | 'mend';
  /** What to do, where there is something to mend. */
  readonly remedy?: string;
}

/** A word spoken into a microphone peaks between these, dBFS. */
const faintPeak = -30;
const nearSilence = -55;
/** Noise below this leaves a word clear, dBFS. */
const noisy = -40;
/** Microphones never give zeros this long by themselves, nor so many, seconds and share of the clip. */
const zeroRun = 0.01;
const zeroShare = 0.02;
/** The network hears up to 8 kHz; voices need at least this much of it, Hz. */
const neededCeiling = 5000;
const neededRate = 16000;

/** All that can be said of a clip; what only the microphone knows is left out for other clips. */
export function examine(clip: Clip): Finding[] {
  return [...examineSound(clip), ...examineCapture(clip.capture, clip.sampleRate)];
}

function examineSound(clip: Clip): Finding[] {
  const { samples, sampleRate } = clip;
  const level = measureLevel(clip);
  const ceiling = spectralCeiling(clip);
  const manyZeros =
    level.zeros > zeroShare * samples.length && level.longestZeroRun >= Math.round(zeroRun * sampleRate);
  const low = ceiling.hertz < neededCeiling && (ceiling.cut || sampleRate / 2 < neededCeiling);
  const kilohertz = (ceiling.hertz / 1000).toFixed(1);
  const remedies = {
    silent: 'There is next to nothing in it. Is the microphone muted, or is another one chosen?',
    faint: 'Come closer to the microphone, or raise its level in the system’s sound settings.',
    clipped: 'The sound is cut off at the top. Move back a little, or lower the level in the system’s sound settings.',
    noise: 'Something hums or hisses all the time. Find a quieter place, or come closer to the microphone.',
    zeros:
      'For a while there is no sound at all, not even noise: a gate or a noise suppression cuts it off, or the device fell silent.',
    ceiling: `The sound stops at ${kilohertz} kHz, as a telephone does. A wireless headset does so while its microphone is on: use the computer’s own microphone, or a wired one.`,
  };
  return [
    finding('Loudest', decibels(level.peakDbfs), [
      [level.peakDbfs < nearSilence, remedies.silent],
      [level.peakDbfs < faintPeak, remedies.faint],
    ]),
    finding('Clipped samples', count(level.clippedSamples), [[level.clippedSamples > 0, remedies.clipped]]),
    finding('Quietest tenth', decibels(level.noiseFloorDbfs), [[level.noiseFloorDbfs > noisy, remedies.noise]]),
    finding('Digital zeros', count(level.zeros), [[manyZeros, remedies.zeros]]),
    finding('Reaches up to', { amount: ceiling.hertz / 1000, decimals: 1, unit: 'kHz' }, [
      [low && ceiling.hertz > 0, remedies.ceiling],
    ]),
  ];
}

function examineCapture(capture: Capture | undefined, sampleRate: number): Finding[] {
  const rate = finding('Sample rate', { amount: sampleRate / 1000, decimals: 1, unit: 'kHz' }, [
    [
      sampleRate < neededRate,
      `The network takes ${neededRate / 1000} kHz. Choose another microphone, or a higher rate in the system’s sound settings.`,
    ],
  ]);
  if (!capture) return [rate];
  const kept = 'The browser kept it on although it was asked not to. Switch off';
  return [
    processing('Echo cancellation', capture.echoCancellation, `${kept} echo cancellation in the system’s settings.`),
    processing(
      'Noise suppression',
      capture.noiseSuppression,
      `${kept} “voice isolation” or “noise suppression” in the system’s sound settings.`,
    ),
    processing('Gain control', capture.autoGainControl, `${kept} the automatic level in the system’s sound settings.`),
    rate,
    finding('Samples lost', count(capture.lost), [
      [capture.lost > 0, 'The computer was too busy to take all of the sound. Close other programs and record again.'],
    ]),
    finding('Device', capture.device || 'not named by the browser', []),
  ];
}

function processing(what: string, on: boolean | undefined, remedy: string): Finding {
  return finding(what, on === undefined ? 'not told' : on ? 'on' : 'off', [[on === true, remedy]]);
}

function finding(what: string, value: Finding['value'], complaints: readonly (readonly [boolean, string])[]): Finding {
  const found = complaints.find(([holds]) => holds);
  return found ? { what, value, verdict: 'mend', remedy: found[1] } : { what, value, verdict: 'fine' };
}

/** Below −120 dB there is no sound to measure. */
function decibels(value: number): Finding['value'] {
  return value < -120 ? 'no sound' : { amount: value, decimals: 1, unit: 'dB' };
}

function count(amount: number): Measure {
  return { amount, decimals: 0 };
}
