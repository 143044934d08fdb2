/** The clip as the browser keeps it, and the checking of what comes back: storage may hold anything. */
import type { Capture, Clip, ClipSource } from './clip.ts';
import { longestClip, startBounds } from './make-clip.ts';

export interface StoredClip extends Clip {
  readonly format: 'kuulo-clip-1';
}

export function toStored(clip: Clip): StoredClip {
  return { format: 'kuulo-clip-1', ...clip };
}

/** The clip that was kept, or undefined if what was found is not one. `start` is what was kept apart from it. */
export function fromStored(found: unknown, start: unknown): Clip | undefined {
  if (!isRecord(found) || found.format !== 'kuulo-clip-1') return undefined;
  const { id, name, source, samples, sampleRate, notices, word, capture } = found;
  if (typeof id !== 'string' || typeof name !== 'string' || !isSource(source)) return undefined;
  if (!(samples instanceof Float32Array) || samples.length === 0 || !samples.every(isSample)) return undefined;
  if (!isRate(sampleRate)) return undefined;
  if (samples.length > sampleRate * (longestClip + 1)) return undefined;
  const [first, last] = startBounds(samples.length, sampleRate);
  const moved = isRecord(start) && start.id === id ? start.start : found.start;
  const at = typeof moved === 'number' && Number.isFinite(moved) ? Math.min(Math.max(moved, first), last) : first;
  const told = Array.isArray(notices) ? notices.filter((line) => typeof line === 'string') : [];
  const granted = readCapture(capture);
  return {
    id,
    name,
    source,
    samples,
    sampleRate,
    start: at,
    notices: told,
    ...(typeof word === 'string' ? { word } : {}),
    ...(granted ? { capture: granted } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** As in the files that are read: what is larger is no sound, and would end as infinity in the network. */
function isSample(value: number): boolean {
  return Math.abs(value) <= 2 ** 31;
}

function isRate(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1000 && (value as number) <= 768000;
}

function isSource(value: unknown): value is ClipSource {
  return value === 'built-in' || value === 'microphone' || value === 'file';
}

function readCapture(value: unknown): Capture | undefined {
  if (!isRecord(value)) return undefined;
  const flag = (found: unknown) => (typeof found === 'boolean' ? found : undefined);
  return {
    device: typeof value.device === 'string' ? value.device : '',
    trackRate: typeof value.trackRate === 'number' ? value.trackRate : undefined,
    echoCancellation: flag(value.echoCancellation),
    noiseSuppression: flag(value.noiseSuppression),
    autoGainControl: flag(value.autoGainControl),
    lost: typeof value.lost === 'number' ? value.lost : 0,
  };
}
