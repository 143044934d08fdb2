/** The browser's microphone: asking for it, what was granted, and why it cannot be had, in sentences. */
import { KuuloError } from '../lib/errors.ts';
import type { Capture } from './clip.ts';

const chooseFile = 'or choose a sound file instead.';

/**
 * Asks for a microphone without any processing of the sound.
 * @param deviceId of one that `listMicrophones` named; without it, the browser's own choice
 * @throws KuuloError with a sentence for the reader
 */
export async function openMicrophone(deviceId?: string): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new KuuloError(microphoneSentence('', isSecureContext, false));
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: false,
        noiseSuppression: false,
        autoGainControl: false,
        channelCount: { ideal: 1 },
        ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      },
    });
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    throw new KuuloError(microphoneSentence(name, isSecureContext, deviceId !== undefined));
  }
}

/** Why there is no microphone, and what to do. name: of the error that getUserMedia threw, empty if it is missing. */
export function microphoneSentence(name: string, secure: boolean, chosen: boolean): string {
  if (!secure) {
    return `Browsers lend the microphone only to pages that come over https or from this computer. Open the page over https, ${chooseFile}`;
  }
  switch (name) {
    case '':
      return `This browser cannot record. Open the page in another one, ${chooseFile}`;
    case 'NotAllowedError':
    case 'SecurityError':
      return `The microphone is refused to this page. Allow it beside the page’s address or in the system’s settings and record again, ${chooseFile}`;
    case 'NotFoundError':
      return `No microphone was found. Connect one and record again, ${chooseFile}`;
    case 'OverconstrainedError':
      return chosen
        ? 'The microphone that was chosen is not there any more. Choose another one and record again.'
        : `No microphone was found that can be used. Connect another one, ${chooseFile}`;
    case 'NotReadableError':
    case 'AbortError':
      return `The microphone is there, but cannot be opened: another program may be using it. Close that program and record again, ${chooseFile}`;
    default:
      return `The microphone could not be opened (${name}). Try again, ${chooseFile}`;
  }
}

/** What the browser granted, as far as it tells. */
export function readCapture(track: MediaStreamTrack, lost: number): Capture {
  const settings = track.getSettings();
  // Some browsers answer with more than yes or no: "remote-only", "all".
  const on = (value: unknown) => (value === undefined ? undefined : value !== false);
  return {
    device: track.label,
    trackRate: settings.sampleRate,
    echoCancellation: on(settings.echoCancellation),
    noiseSuppression: on(settings.noiseSuppression),
    autoGainControl: on(settings.autoGainControl),
    lost,
  };
}

export interface Microphone {
  readonly id: string;
  readonly name: string;
}

/** The microphones; their names are known only after one of them was allowed, and until then the list is empty. */
export async function listMicrophones(): Promise<readonly Microphone[]> {
  const devices = await navigator.mediaDevices?.enumerateDevices?.().catch(() => []);
  return (devices ?? [])
    .filter(({ kind, deviceId, label }) => kind === 'audioinput' && deviceId && label)
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
