/**
 * Recording from the microphone. One recording at a time; its state is a signal, which every recorder on the page shows:
 *
 *     idle → asking → countdown 3, 2, 1 → waiting → recording → idle
 *
 * The microphone runs during the countdown already, and "Speak now" comes only when it has given its first sound, so
 * that no word loses its head. The sound is taken from the audio thread sample by sample, at the device's own rate.
 */
import { signal } from '@preact/signals';
import { KuuloError } from '../lib/errors.ts';
import recorderUrl from '../workers/recorder.worklet.ts?worker&url';
import { type Clip, clip } from './clip.ts';
import { longestClip, makeClip } from './make-clip.ts';
import { listMicrophones, type Microphone, microphoneSentence, openMicrophone, readCapture } from './microphone.ts';
import { dismiss, mention, report, sentenceOf } from './notice.ts';
import { stopPlaying } from './player.ts';
import { createRecording, type RecordedBlock, type Recording } from './recording.ts';
import { takeRecording } from './take.ts';

export type RecorderState =
  | { readonly kind: 'idle' }
  /** The browser asks the reader for permission. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'countdown'; readonly left: number }
  /** The countdown is over, but nothing has come from the microphone yet. */
  | { readonly kind: 'waiting' }
  /** `limit`: when the recording ends by itself, seconds. */
  | { readonly kind: 'recording'; readonly limit: number };

export interface Level {
  /** The largest magnitude of the last moments, 1 at full scale. */
  readonly peak: number;
  /** Whether it reached full scale at any time since the recording began. */
  readonly clipped: boolean;
}

export interface RecordOptions {
  /** How long to record, seconds; without it, until the reader stops, but no longer than a clip may be. */
  readonly seconds?: number;
}

export const recorder = signal<RecorderState>({ kind: 'idle' });
export const level = signal<Level>({ peak: 0, clipped: false });
/** Seconds recorded so far. */
export const recorded = signal(0);
/** The microphones to choose from; empty until one was allowed. */
export const microphones = signal<readonly Microphone[]>([]);
/** The chosen microphone's id; undefined leaves the choice to the browser. */
export const chosenMicrophone = signal<string | undefined>(undefined);

/** A spoken word, with time to begin. */
export const wordSeconds = 1.5;
const countdownSteps = 3;
const countdownStep = 0.7;
/** A microphone that is still silent after so long may be muted. */
const patience = 1;
const fullScale = 0.999;
const muted = 'The microphone gives nothing but digital silence: is it muted, or is another one chosen?';

interface Session {
  readonly context: AudioContext;
  readonly recording: Recording;
  readonly limit: number;
  stream?: MediaStream;
  timer?: ReturnType<typeof setInterval>;
  notices: string[];
}

let session: Session | undefined;

/**
 * Begins to record. Call it directly from a click or a key press, without awaiting anything before: browsers start the
 * sound only then. What was recorded becomes the reader's clip; what went wrong becomes a notice.
 */
export function startRecording({ seconds }: RecordOptions = {}): void {
  if (session) return;
  dismiss();
  stopPlaying();
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    report(microphoneSentence('', isSecureContext, false));
    return;
  }
  void context.resume();
  const limit = Math.min(seconds ?? longestClip, longestClip);
  session = { context, limit, recording: createRecording(context.sampleRate), notices: [] };
  recorder.value = { kind: 'asking' };
  recorded.value = 0;
  level.value = { peak: 0, clipped: false };
  void run(session);
}

/** Ends the recording and keeps it; during the countdown, leaves everything as it was. */
export function stopRecording(): void {
  if (session) end(session);
}

async function run(mine: Session): Promise<void> {
  try {
    await connect(mine);
    void refreshMicrophones();
    if (mine !== session) return;
    for (let left = countdownSteps; left > 0; left--) {
      recorder.value = { kind: 'countdown', left };
      await wait(countdownStep);
      if (mine !== session) return;
    }
    await firstSound(mine);
    if (mine !== session) return;
    mine.recording.begin();
    recorder.value = { kind: 'recording', limit: mine.limit };
  } catch (error) {
    if (mine !== session) return;
    close(mine);
    report(sentenceOf(error, 'The recording could not be started. Reload the page and try again.'));
  }
}

/** Opens the microphone and lets its sound flow into the recording. */
async function connect(mine: Session): Promise<void> {
  const { context, recording } = mine;
  if (!context.audioWorklet) throw new KuuloError(microphoneSentence('', isSecureContext, false));
  const loaded = context.audioWorklet.addModule(recorderUrl);
  // Its failure is met below; until then it shall not count as unhandled.
  loaded.catch(() => {});
  const stream = await openMicrophone(chosenMicrophone.value);
  if (mine !== session) return stopTracks(stream);
  mine.stream = stream;
  await loaded;
  if (mine !== session) return;
  const node = new AudioWorkletNode(context, 'kuulo-recorder', {
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  });
  node.port.onmessage = ({ data }: MessageEvent<RecordedBlock>) => {
    if (mine !== session) return;
    recording.add(data);
    const peak = recording.takePeak();
    level.value = { peak: Math.max(peak, 0.8 * level.value.peak), clipped: level.value.clipped || peak >= fullScale };
    recorded.value = recording.seconds;
    if (recording.seconds >= mine.limit) end(mine);
  };
  context.createMediaStreamSource(stream).connect(node);
  const [track] = stream.getAudioTracks();
  track.addEventListener('ended', () => {
    interrupt(mine, 'The microphone was unplugged, or taken away from the page.');
  });
  context.addEventListener('statechange', () => {
    if (mine !== session || context.state === 'running') return;
    // A pause that the browser ends by itself, as after a call, is not waited for: its clock may be wrong afterwards.
    interrupt(mine, 'The browser paused the recording, perhaps because the page was out of sight.');
  });
}

/** Resolves when the microphone is awake, or when it has been silent for so long that waiting does not help. */
async function firstSound(mine: Session): Promise<void> {
  const { recording } = mine;
  const begun = performance.now();
  while (mine === session && !recording.live) {
    if (recorder.value.kind !== 'waiting') recorder.value = { kind: 'waiting' };
    if (recording.heard >= patience) {
      mine.notices.push(muted);
      mention(muted);
      return;
    }
    if (performance.now() - begun > 5000) {
      throw new KuuloError('Nothing comes from the microphone. Choose another one, or reload the page and try again.');
    }
    await wait(0.02);
  }
}

function interrupt(mine: Session, why: string): void {
  if (mine !== session) return;
  const { seconds } = mine.recording;
  if (seconds === 0) {
    close(mine);
    report(`${why} Nothing was recorded; record again.`);
  } else {
    mine.notices.push(`${why} The ${seconds.toFixed(1)} s until then are kept.`);
    end(mine);
  }
}

function end(mine: Session): void {
  const { recording, stream, limit, context } = mine;
  const [track] = stream?.getAudioTracks() ?? [];
  const samples = recording.samples(limit);
  const made = track && samples.length > 0;
  const { sampleRate } = context;
  const capture = track ? readCapture(track, recording.lost) : undefined;
  const notices = mine.notices.filter((line) => line !== muted || !recording.live);
  close(mine);
  if (!made) return;
  const next = makeClip({
    name: nextName(clip.value),
    source: 'microphone',
    samples,
    sampleRate: Math.round(sampleRate),
    notices,
    ...(capture ? { capture } : {}),
  });
  void takeRecording(next);
}

function close(mine: Session): void {
  session = undefined;
  recorder.value = { kind: 'idle' };
  if (mine.stream) stopTracks(mine.stream);
  void mine.context.close().catch(() => {});
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Looks again which microphones there are. */
async function refreshMicrophones(): Promise<void> {
  microphones.value = await listMicrophones();
  const chosen = chosenMicrophone.value;
  if (chosen && !microphones.value.some(({ id }) => id === chosen)) chosenMicrophone.value = undefined;
}

/** Keeps the list of microphones up to date. Returns a function that ends it. */
export function watchMicrophones(): () => void {
  const refresh = () => void refreshMicrophones();
  refresh();
  navigator.mediaDevices?.addEventListener?.('devicechange', refresh);
  return () => navigator.mediaDevices?.removeEventListener?.('devicechange', refresh);
}

/** "recording 3" after "recording 2". */
function nextName(before: Clip | undefined): string {
  const number = before?.source === 'microphone' ? Number(/\d+$/.exec(before.name)?.[0] ?? 0) : 0;
  return `recording ${number + 1}`;
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
}
