/**
 * The safetensors file format (github.com/huggingface/safetensors): eight bytes with the header's length, the header as
 * JSON (name → dtype, shape, byte range), then the numbers, little-endian. Any library that reads safetensors reads our
 * weights. Two entries of the metadata are ours: `architecture`, the hash of the architecture that the weights belong
 * to, and `content`, the hash of the numbers, so that an altered file is noticed.
 */
import { ModelError } from '../errors.ts';
import type { Weights } from '../layers/layer.ts';
import { sizeOf } from '../tensor.ts';
import { fromFloat16, toFloat16 } from './float16.ts';
import { sha256 } from './sha256.ts';

export type StorageType = 'F32' | 'F16';

const BYTES: Record<StorageType, number> = { F32: 4, F16: 2 };
const AGAIN = 'Load it again; if that does not help, train or download the model anew.';

interface Entry {
  dtype: StorageType;
  shape: number[];
  data_offsets: [number, number];
}

/** Writes weights as a safetensors file. */
export function writeSafetensors(weights: Weights, architectureHash: string, storage: StorageType): Uint8Array {
  const entries: Record<string, Entry> = {};
  let length = 0;
  for (const [name, { shape, data }] of Object.entries(weights)) {
    const end = length + data.length * BYTES[storage];
    entries[name] = { dtype: storage, shape: [...shape], data_offsets: [length, end] };
    length = end;
  }
  const content = new Uint8Array(length);
  const view = new DataView(content.buffer);
  for (const [name, { data }] of Object.entries(weights)) {
    const start = entries[name].data_offsets[0];
    for (let i = 0; i < data.length; i++) {
      if (storage === 'F32') view.setFloat32(start + 4 * i, data[i], true);
      else view.setUint16(start + 2 * i, toFloat16(data[i]), true);
    }
  }
  const metadata = { architecture: architectureHash, content: sha256(content) };
  const text = JSON.stringify({ __metadata__: metadata, ...entries });
  const header = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const file = new Uint8Array(8 + header.length + length);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, 8);
  file.set(content, 8 + header.length);
  return file;
}

/**
 * Reads the weights of a safetensors file.
 * @param architectureHash what the file must belong to
 * @throws ModelError that says whether the file is cut short, altered, or of another architecture
 */
export function readSafetensors(file: Uint8Array, architectureHash: string): Weights {
  const { header, content } = split(file);
  const metadata = header.__metadata__ as { architecture?: string; content?: string } | undefined;
  if (metadata?.architecture !== architectureHash) {
    throw new ModelError(
      'These weights were trained for another architecture than the one beside them. Use the two files of one training run.',
    );
  }
  const weights: Weights = {};
  let end = 0;
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (!isEntry(value)) {
      throw new ModelError(`The weights file describes "${name}" in a way that cannot be read. ${AGAIN}`);
    }
    const { dtype, shape } = value;
    const [from, to] = value.data_offsets;
    if (to > content.length) {
      throw new ModelError(`The weights file is cut short: "${name}" ends after its last byte. ${AGAIN}`);
    }
    weights[name] = { shape, data: decode(content.subarray(from, to), dtype) };
    end = Math.max(end, to);
  }
  if (metadata.content !== sha256(content.subarray(0, end))) {
    throw new ModelError(`The weights file was altered after it was written: its checksum does not fit. ${AGAIN}`);
  }
  return weights;
}

function isEntry(value: unknown): value is Entry {
  const { dtype, shape, data_offsets } = (value ?? {}) as Partial<Entry>;
  if (!dtype || !BYTES[dtype] || !isCounts(shape) || !isCounts(data_offsets)) return false;
  const [from, to] = data_offsets;
  return data_offsets.length === 2 && to - from === sizeOf(shape) * BYTES[dtype];
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isInteger(n) && n >= 0);
}

function split(file: Uint8Array): { header: Record<string, unknown>; content: Uint8Array } {
  const cutShort = new ModelError(`The weights file is cut short: it has only ${file.length} bytes. ${AGAIN}`);
  if (file.length < 8) throw cutShort;
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  if (length > 1e8) throw new ModelError('This is not a safetensors file, so it cannot hold the weights of a model.');
  if (file.length < 8 + length) throw cutShort;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, 8 + length));
    return { header: Object(JSON.parse(text)), content: file.subarray(8 + length) };
  } catch {
    throw new ModelError(`The header of the weights file cannot be read. ${AGAIN}`);
  }
}

function decode(bytes: Uint8Array, dtype: StorageType): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Float32Array(bytes.length / BYTES[dtype]);
  for (let i = 0; i < numbers.length; i++) {
    numbers[i] = dtype === 'F32' ? view.getFloat32(4 * i, true) : fromFloat16(view.getUint16(2 * i, true));
  }
  return numbers;
}
