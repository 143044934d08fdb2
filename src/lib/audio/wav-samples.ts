/** How the samples of a WAV file are stored, and how they become numbers in [-1, 1). */
import { AudioError } from '../errors.ts';

export interface SampleFormat {
  readonly kind: 'integer' | 'float' | 'a-law' | 'mu-law';
  /** Bytes that a sample takes in the file. Integers fill them from the most significant bit. */
  readonly bytes: number;
  /** For people: "16-bit PCM". */
  readonly name: string;
}

/** The fields of a WAV file's format chunk that tell how a sample is stored. */
export interface FormatFields {
  readonly code: number;
  /** Bits of a sample. */
  readonly bits: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSecond: number;
  readonly blockAlign: number;
  /** The 24 bytes that WAVE_FORMAT_EXTENSIBLE adds. */
  readonly extension: DataView | undefined;
  readonly littleEndian: boolean;
}

const extensible = 0xfffe;
/** How the sub-format GUIDs go on after the code: Microsoft's in either byte order, and ambisonic B-format. */
const guidTails = ['00001000800000aa00389b71', '00000010800000aa00389b71', '2107d3118644c8c1ca000000'];

/** Codings that are sound in a WAV file but not sample by sample, for the sentence. */
const codings = new Map([
  [0x0002, 'Microsoft ADPCM'],
  [0x0011, 'IMA ADPCM'],
  [0x0031, 'GSM 6.10'],
  [0x0045, 'G.726 ADPCM'],
  [0x0050, 'MPEG audio'],
  [0x0055, 'MP3'],
  [0x0092, 'Dolby AC-3'],
  [0x00ff, 'AAC'],
  [0x0161, 'Windows Media Audio'],
  [0x0162, 'Windows Media Audio'],
  [0x674f, 'Vorbis'],
  [0xf1ac, 'FLAC'],
]);

/** Throws AudioError if samples of this kind cannot be read. */
export function sampleFormat(fields: FormatFields): SampleFormat {
  const code = fields.code === extensible ? subFormat(fields) : fields.code;
  const { bits } = fields;
  if (code === 6) return { kind: 'a-law', bytes: 1, name: 'A-law' };
  if (code === 7) return { kind: 'mu-law', bytes: 1, name: 'µ-law' };
  if (code === 3) {
    if (bits === 32 || bits === 64) return { kind: 'float', bytes: bits / 8, name: `${bits}-bit float` };
    throw wrongBits(`${bits}-bit floats`, '32 and 64-bit floats');
  }
  if (code === 1) {
    const bytes = integerBytes(fields);
    if (bits >= 1 && bytes <= 4) return { kind: 'integer', bytes, name: `${bits}-bit PCM` };
    throw wrongBits(`PCM samples of ${bits} bits`, '8 to 32 bits');
  }
  const coding = codings.get(code);
  const what = coding ? `${coding} (format code ${code})` : `an unknown coding (format code ${code})`;
  throw new AudioError(
    `The WAV file holds ${what}, which cannot be read here. Convert it to WAV, 16-bit PCM, or to FLAC.`,
  );
}

function subFormat({ extension, littleEndian }: FormatFields): number {
  if (!extension) {
    throw new AudioError(
      'The WAV header is cut off: the format is "extensible", but its extension is missing. Export the file again as WAV, 16-bit PCM.',
    );
  }
  let tail = '';
  for (let i = 12; i < 24; i++) tail += extension.getUint8(i).toString(16).padStart(2, '0');
  if (!guidTails.includes(tail)) {
    throw new AudioError(
      `The WAV file has the sub-format ${tail}, which is not known here. Convert it to WAV, 16-bit PCM, or to FLAC.`,
    );
  }
  return extension.getUint32(8, littleEndian);
}

/** Bytes an integer sample takes: those its bits need, or more where both other size fields agree on more. */
function integerBytes({ bits, channels, sampleRate, bytesPerSecond, blockAlign }: FormatFields): number {
  const needed = Math.ceil(bits / 8);
  const container = blockAlign / channels;
  const agreed = Number.isInteger(container) && bytesPerSecond === blockAlign * sampleRate;
  return agreed && container > needed && container <= 4 ? container : needed;
}

function wrongBits(what: string, can: string): AudioError {
  return new AudioError(`The WAV file holds ${what}; ${can} can be read. Convert it to WAV, 16-bit PCM, or to FLAC.`);
}

/** Fills `samples` from the sample at `offset` on, one every `stride` bytes; returns how many were no usable number. */
export type SampleReader = (samples: Float32Array, offset: number, stride: number) => number;

export function sampleReader(format: SampleFormat, view: DataView, littleEndian: boolean): SampleReader {
  const decode = decoder(format, view, littleEndian);
  const float = format.kind === 'float';
  return (samples, offset, stride) => {
    let damaged = 0;
    for (let n = 0, at = offset; n < samples.length; n++, at += stride) {
      const value = decode(at);
      // Beyond 2^31 no scale that programs use is left: such a float is as damaged as one that is not a number.
      if (float && !(Math.abs(value) <= 2147483648)) damaged++;
      else samples[n] = value;
    }
    return damaged;
  };
}

function decoder(format: SampleFormat, view: DataView, littleEndian: boolean): (at: number) => number {
  if (format.kind === 'a-law') return (at) => aLaw[view.getUint8(at)];
  if (format.kind === 'mu-law') return (at) => muLaw[view.getUint8(at)];
  if (format.kind === 'float') {
    return format.bytes === 8 ? (at) => view.getFloat64(at, littleEndian) : (at) => view.getFloat32(at, littleEndian);
  }
  switch (format.bytes) {
    case 1: // The only unsigned one: 128 is zero.
      return (at) => (view.getUint8(at) - 128) / 128;
    case 2:
      return (at) => view.getInt16(at, littleEndian) / 32768;
    case 3:
      return littleEndian
        ? (at) => (view.getInt16(at + 1, true) * 256 + view.getUint8(at)) / 8388608
        : (at) => (view.getInt16(at, false) * 256 + view.getUint8(at + 2)) / 8388608;
    default:
      return (at) => view.getInt32(at, littleEndian) / 2147483648;
  }
}

/** ITU-T G.711 A-law: 13-bit magnitudes in 8 segments, every second bit inverted. */
const aLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32768;
});

/** ITU-T G.711 µ-law: 14-bit magnitudes in 8 segments with a bias of 33 (here × 4 = 132), all bits inverted. */
const muLaw = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 255;
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132;
  return (bits & 0x80 ? -magnitude : magnitude) / 32768;
});
