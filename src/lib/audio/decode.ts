/**
 * The edge of the engine, where the bytes of a file become a recording. The kind of file is told from its first bytes,
 * never from its name. WAV, FLAC and the Ogg container are read by our own code; Opus, Vorbis and MP3 need a codec, which
 * is loaded only when such a file comes. What only a browser can read (M4A, WebM) is handed to it.
 */
import { AudioError } from '../errors.ts';
import type { Recording } from './clip.ts';
import { isFlac, isOggFlac, openFlac, openOggFlac } from './flac.ts';
import { isMp3, openMp3 } from './mp3.ts';
import { isOgg, readOgg } from './ogg.ts';
import { isOpus, openOpus } from './opus.ts';
import { type AudioStream, type Block, checkSampleRate, collect, type DecodedAudio } from './stream.ts';
import { isVorbis, openVorbis } from './vorbis.ts';
import { openWav } from './wav.ts';

export interface DecodeOptions {
  /** Decodes what the engine itself cannot, at whatever rate it likes; the page gives one built on decodeAudioData. */
  readonly platformDecode?: (bytes: Uint8Array) => Promise<Recording>;
}

/**
 * Reads a whole sound file into memory, every channel at the file's own rate.
 * @throws AudioError in every case in which there is no sound to be had, with what to do about it
 */
export async function decodeAudio(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedAudio> {
  return collect(await openAudio(bytes, options));
}

/**
 * Opens a sound file for reading block by block.
 * @throws AudioError as decodeAudio does; running through the blocks, too, throws nothing else
 */
export async function openAudio(bytes: Uint8Array, options: DecodeOptions = {}): Promise<AudioStream> {
  const tag = id3Length(bytes);
  const sound = bytes.subarray(tag);
  const found = kindOf(sound);
  // What follows a tag and is nothing else was meant to be MP3.
  const kind = tag > 0 && (found === 'nothing' || found === 'unknown') ? 'MP3' : found;
  try {
    const stream = await open(kind, sound, options);
    checkSampleRate(stream.sampleRate);
    return { ...stream, blocks: guarded(stream.blocks, kind) };
  } catch (error) {
    throw readable(error, kind);
  }
}

type Kind = 'WAV' | 'FLAC' | 'Ogg' | 'MP3' | 'M4A' | 'AAC' | 'WebM' | 'AIFF' | 'text' | 'nothing' | 'unknown';

function kindOf(bytes: Uint8Array): Kind {
  if (bytes.length === 0) return 'nothing';
  const begins = (letters: string, at = 0) => [...letters].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (begins('RIFF') || begins('RIFX') || begins('RF64') || begins('BW64')) return 'WAV';
  if (isFlac(bytes)) return 'FLAC';
  if (isOgg(bytes)) return 'Ogg';
  if (begins('ftyp', 4)) return 'M4A';
  if (begins('\x1a\x45\xdf\xa3')) return 'WebM';
  if (begins('FORM') && (begins('AIFF', 8) || begins('AIFC', 8))) return 'AIFF';
  // The sync word of ADTS, whose layer bits are zero, before that of MPEG audio, whose layer bits are not.
  if (bytes[0] === 0xff && (bytes[1] & 0xf6) === 0xf0) return 'AAC';
  if (isMp3(bytes)) return 'MP3';
  return isText(bytes) ? 'text' : 'unknown';
}

async function open(kind: Kind, bytes: Uint8Array, options: DecodeOptions): Promise<AudioStream> {
  switch (kind) {
    case 'WAV':
      return openWav(bytes);
    case 'FLAC':
      return openFlac(bytes);
    case 'Ogg':
      return openOgg(bytes, options);
    case 'MP3':
      return openMp3(bytes);
    case 'nothing':
      throw new AudioError('The file is empty: it holds not one byte. Choose another file, or record it again.');
    case 'text':
      throw new AudioError('The file holds text, not sound, whatever its name says. Choose a sound file.');
    default:
      return openByPlatform(kind, bytes, options);
  }
}

async function openOgg(bytes: Uint8Array, options: DecodeOptions): Promise<AudioStream> {
  const ogg = readOgg(bytes);
  const head = ogg.packets[0];
  if (!head) {
    throw new AudioError('The Ogg file is damaged: no part of it can be decoded. Copy or export it again.');
  }
  if (isOpus(head)) return openOpus(ogg);
  if (isVorbis(head)) return openVorbis(bytes, ogg);
  if (isOggFlac(head)) return openOggFlac(ogg);
  if (ogg.damagedPages > 0) {
    throw new AudioError('The Ogg file is damaged at its beginning and cannot be decoded. Copy or export it again.');
  }
  return openByPlatform('Ogg', bytes, options);
}

async function openByPlatform(kind: Kind, bytes: Uint8Array, options: DecodeOptions): Promise<AudioStream> {
  const { platformDecode } = options;
  if (!platformDecode) throw new AudioError(unreadable(kind, 'here'));
  let recording: Recording;
  try {
    // A copy, since decodeAudioData takes the buffer away from whoever gives it.
    recording = await platformDecode(bytes.slice());
  } catch {
    throw new AudioError(unreadable(kind, 'by this browser'));
  }
  const { channels, sampleRate } = recording;
  const format = `${kind === 'unknown' ? 'a format of its own' : kind}, decoded by the browser`;
  return { format, sampleRate, channelCount: channels.length, blocks: [channels], notices: [] };
}

function unreadable(kind: Kind, where: string): string {
  const what =
    kind === 'unknown' ? 'The file is of no kind of sound file known here' : `${kind} files cannot be read ${where}`;
  return `${what}. Convert it to WAV or FLAC, or choose another file.`;
}

function* guarded(blocks: Iterable<Block>, kind: Kind): Generator<Block> {
  try {
    yield* blocks;
  } catch (error) {
    throw readable(error, kind);
  }
}

/** What a codec throws, as a sentence; an AudioError is one already. */
function readable(error: unknown, kind: Kind): AudioError {
  if (error instanceof AudioError) return error;
  return new AudioError(
    `The ${kind} file is damaged and cannot be decoded. Copy or export it again, or convert it to WAV.`,
    {
      cause: error,
    },
  );
}

/** The length of an ID3v2 tag at the beginning, which some programs put before any kind of sound file. */
function id3Length(bytes: Uint8Array): number {
  if (bytes.length < 10 || bytes[0] !== 0x49 || bytes[1] !== 0x44 || bytes[2] !== 0x33) return 0;
  const size = (bytes[6] << 21) | (bytes[7] << 14) | (bytes[8] << 7) | bytes[9];
  const footer = (bytes[5] & 0x10) === 0 ? 0 : 10;
  return Math.min(10 + size + footer, bytes.length);
}

/** Whether the first bytes are plain text or a web page: no control characters but tabs and line ends. */
function isText(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, 512)
    .every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 12 || byte === 13);
}
