/**
 * The little of protobuf's wire format that writing takes: https://protobuf.dev/programming-guides/encoding/. A message is
 * its fields, one after the other; a field is a key (its number and how it is written) and its value.
 */
type Bytes = Uint8Array<ArrayBuffer>;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** A field with a whole number >= 0. */
export function integerField(field: number, value: number): Bytes {
  return Uint8Array.from([...varint(field * 8 + VARINT), ...varint(value)]);
}

/** A field with a floating-point number of 32 bits. */
export function floatField(field: number, value: number): Bytes {
  const raw = new DataView(new ArrayBuffer(4));
  raw.setFloat32(0, value, true);
  return join(Uint8Array.from(varint(field * 8 + FIXED_32)), new Uint8Array(raw.buffer));
}

/** A field with bytes: raw data, or a message. */
export function bytesField(field: number, bytes: Bytes): Bytes {
  const head = [...varint(field * 8 + LENGTH_DELIMITED), ...varint(bytes.length)];
  return join(Uint8Array.from(head), bytes);
}

export function textField(field: number, text: string): Bytes {
  return bytesField(field, new TextEncoder().encode(text));
}

export function join(...parts: readonly Bytes[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Seven bits a byte, lowest first; the highest bit says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}
