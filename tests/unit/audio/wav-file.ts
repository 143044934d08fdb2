/** WAV files of any make, right or wrong, for the tests. */

export interface WavParts {
  readonly container?: 'RIFF' | 'RIFX' | 'RF64';
  readonly code?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  readonly blockAlign?: number;
  readonly bytesPerSecond?: number;
  /** The sub-format's code: makes the format extensible. */
  readonly subFormat?: number;
  /** The sound, as bytes. */
  readonly data?: Uint8Array;
  /** What the header says the sound's size is. */
  readonly dataSize?: number;
  readonly riffSize?: number;
  /** Chunks before and after the sound; a padding byte follows those of odd size unless `unpadded`. */
  readonly before?: readonly Chunk[];
  readonly after?: readonly Chunk[];
  readonly unpadded?: boolean;
  readonly withoutFormat?: boolean;
  readonly withoutData?: boolean;
}

export type Chunk = readonly [name: string, body: Uint8Array];

export function wavFile(parts: WavParts = {}): Uint8Array {
  const { container = 'RIFF', code = 1, channels = 1, sampleRate = 8000, bits = 16 } = parts;
  const little = container !== 'RIFX';
  const data = parts.data ?? new Uint8Array(16);
  const blockAlign = parts.blockAlign ?? (channels * bits) / 8;
  const bytesPerSecond = parts.bytesPerSecond ?? sampleRate * blockAlign;
  const out: number[] = [];
  const letters = (text: string) => out.push(...[...text].map((letter) => letter.charCodeAt(0)));
  const number = (value: number, bytes: number) => {
    const one = Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256);
    out.push(...(little ? one : one.reverse()));
  };
  const chunk = (name: string, body: Uint8Array, size = body.length) => {
    letters(name);
    number(size, 4);
    for (const byte of body) out.push(byte);
    if (body.length % 2 === 1 && !parts.unpadded) out.push(0);
  };
  letters(container);
  number(0, 4);
  letters('WAVE');
  if (container === 'RF64') {
    letters('ds64');
    number(28, 4);
    number(0, 8);
    number(data.length, 8);
    number(0, 12);
  }
  if (!parts.withoutFormat) {
    letters('fmt ');
    number(parts.subFormat === undefined ? 16 : 40, 4);
    number(parts.subFormat === undefined ? code : 0xfffe, 2);
    number(channels, 2);
    number(sampleRate, 4);
    number(bytesPerSecond, 4);
    number(blockAlign, 2);
    number(bits, 2);
    if (parts.subFormat !== undefined) {
      number(22, 2);
      number(bits, 2);
      number(0, 4);
      number(parts.subFormat, 4);
      number(0, 2);
      number(0x0010, 2);
      out.push(0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71);
    }
  }
  for (const [name, body] of parts.before ?? []) chunk(name, body);
  if (!parts.withoutData) chunk('data', data, parts.dataSize ?? (container === 'RF64' ? 0xffffffff : data.length));
  for (const [name, body] of parts.after ?? []) chunk(name, body);
  const file = Uint8Array.from(out);
  new DataView(file.buffer).setUint32(4, parts.riffSize ?? file.length - 8, little);
  return file;
}

/** Numbers as the bytes of a typed array, little-endian. */
export function bytesOf(numbers: ArrayLike<number>, make: (n: ArrayLike<number>) => ArrayBufferView): Uint8Array {
  const view = make(numbers);
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

export const pcm16 = (numbers: ArrayLike<number>) => bytesOf(numbers, (n) => Int16Array.from(n));
