/** Playing sounds, one at a time. */
import { signal } from '@preact/signals';
import { resample } from '../lib/audio/resample.ts';
import { report } from './notice.ts';

export interface Playing {
  /** What is played, by the name that `play` was given. */
  readonly what: string;
  /** How far it has come, seconds. */
  readonly at: number;
  /** How long it is, seconds. */
  readonly seconds: number;
}

/** What is played just now; undefined while nothing is. */
export const playing = signal<Playing | undefined>(undefined);

/** Rates that every browser plays (Web Audio API 1.1, BaseAudioContext.createBuffer), Hz. */
const playable = { lowest: 8000, highest: 96000 };
const otherRate = 48000;

let context: AudioContext | undefined;
let stop: (() => void) | undefined;

/**
 * Plays samples from the first to the last; what was playing stops. Call it directly from a click or a key press:
 * browsers start the sound only then.
 * @param what a name by which `playing` tells this sound from others, such as the clip's id
 * @param sampleRate Hz
 */
export function play(what: string, samples: Float32Array, sampleRate: number): void {
  stopPlaying();
  if (samples.length === 0) return;
  const within = sampleRate >= playable.lowest && sampleRate <= playable.highest;
  const rate = within ? sampleRate : otherRate;
  try {
    // A context that the system has closed or put aside does not always come back: then a new one takes its place.
    if (!context || context.state === 'closed') context = new AudioContext();
    void context.resume();
    const buffer = context.createBuffer(
      1,
      within ? samples.length : Math.ceil((samples.length * rate) / sampleRate),
      rate,
    );
    buffer.copyToChannel(Float32Array.from(within ? samples : resample(samples, sampleRate, rate)), 0);
    begin(context, buffer, what);
  } catch {
    report('The sound cannot be played: the browser has no way to the loudspeaker. Reload the page and try again.');
  }
}

function begin(output: AudioContext, buffer: AudioBuffer, what: string): void {
  const source = output.createBufferSource();
  source.buffer = buffer;
  source.connect(output.destination);
  const seconds = buffer.duration;
  let started: number | undefined;
  let frame = 0;
  const finish = () => {
    if (stop !== finish) return;
    stop = undefined;
    cancelAnimationFrame(frame);
    source.onended = null;
    source.stop();
    source.disconnect();
    playing.value = undefined;
  };
  const tick = () => {
    // The clock stands still until the context runs.
    if (output.state === 'running') started ??= output.currentTime;
    const at = started === undefined ? 0 : output.currentTime - started - (output.outputLatency || 0);
    playing.value = { what, seconds, at: Math.min(Math.max(at, 0), seconds) };
    frame = requestAnimationFrame(tick);
  };
  stop = finish;
  source.onended = finish;
  source.start();
  playing.value = { what, at: 0, seconds };
  frame = requestAnimationFrame(tick);
}

/** Ends what is playing. */
export function stopPlaying(): void {
  stop?.();
}
