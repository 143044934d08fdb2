/**
 * A model's architecture as data: the whole chain from waveform to label, preprocessing included. This is the content
 * of `architecture.json`; page, worker, trainer and tests build the network from it with `createNetwork`.
 */
import { ModelError } from '../errors.ts';
import { sha256 } from './sha256.ts';

export interface StageSpec {
  /** The stage's name, unique in the model: "conv1". Weights are stored as "conv1.weight". */
  readonly name: string;
  /** The kind of layer, as in the registry of `layers/index.ts`. */
  readonly type: string;
  /** Settings that differ from the kind's defaults. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The earlier stage whose output this one reads, or "input" for the clip; the stage before it where nothing is said. */
  readonly from?: string;
  /** For a layer that joins two outputs: the second one, named in the same way. */
  readonly skip?: string;
}

export interface Architecture {
  readonly format: 'kuulo-architecture-1';
  readonly name: string;
  /**
   * What goes in: a mono clip of this many samples at this rate (Hz). A longer recording is heard in tiles, `hop` samples
   * from one to the next, whose probabilities are averaged; where no hop is given, only its loudest stretch is heard.
   */
  readonly input: { readonly sampleRate: number; readonly samples: number; readonly hop?: number };
  /** The names of the outputs, in order. */
  readonly classes: readonly string[];
  readonly stages: readonly StageSpec[];
}

/** Rates that sound files have, Hz. */
const LOWEST_RATE = 1000;
const HIGHEST_RATE = 768000;
/** Lists and objects within each other; our own architectures have four. */
const DEEPEST = 32;

/** Reads an architecture from parsed JSON. Throws ModelError that says what is missing or wrong. */
export function readArchitecture(json: unknown): Architecture {
  const given = (json ?? {}) as Partial<Architecture>;
  if (given.format !== 'kuulo-architecture-1') {
    throw new ModelError(
      `This is not an architecture that Kuulo can read: its format is ${JSON.stringify(given.format)}, not "kuulo-architecture-1".`,
    );
  }
  const whole = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
  if (typeof given.name !== 'string') throw new ModelError('The architecture has no name.');
  if (!given.input || !whole(given.input.sampleRate) || !whole(given.input.samples)) {
    throw new ModelError(
      `The architecture "${given.name}" does not say its input's sample rate and number of samples.`,
    );
  }
  if (given.input.hop !== undefined && !whole(given.input.hop)) {
    throw new ModelError(
      `The architecture "${given.name}" has tiles ${JSON.stringify(given.input.hop)} samples apart, which is not a whole number from 1.`,
    );
  }
  if (given.input.sampleRate < LOWEST_RATE || given.input.sampleRate > HIGHEST_RATE) {
    throw new ModelError(
      `The architecture "${given.name}" takes sound at ${given.input.sampleRate} Hz, but must take it at ${LOWEST_RATE} to ${HIGHEST_RATE} Hz.`,
    );
  }
  if (!Array.isArray(given.classes) || given.classes.length < 2) {
    throw new ModelError(`The architecture "${given.name}" names fewer than two classes.`);
  }
  const classes: readonly unknown[] = given.classes;
  if (!classes.every((name, k) => typeof name === 'string' && classes.indexOf(name) === k)) {
    throw new ModelError(`The classes of the architecture "${given.name}" are not all names that differ.`);
  }
  if (!Array.isArray(given.stages) || given.stages.length === 0) {
    throw new ModelError(`The architecture "${given.name}" has no stages.`);
  }
  const names = new Set<string>();
  for (const stage of given.stages as (Partial<StageSpec> | null)[]) {
    if (typeof stage?.name !== 'string' || typeof stage.type !== 'string') {
      throw new ModelError(`A stage of the architecture "${given.name}" lacks its name or its type.`);
    }
    if (names.has(stage.name)) throw new ModelError(`Two stages of "${given.name}" are called "${stage.name}".`);
    names.add(stage.name);
    for (const source of [stage.from, stage.skip] as readonly unknown[]) {
      if (source !== undefined && typeof source !== 'string') {
        throw new ModelError(
          `The stage "${stage.name}" of "${given.name}" reads ${JSON.stringify(source)}, which is not the name of a stage.`,
        );
      }
    }
  }
  return given as Architecture;
}

/** SHA-256, in hex, of the architecture written in one canonical way. Weights carry the hash of theirs. */
export function hashArchitecture(architecture: Architecture): string {
  return sha256(new TextEncoder().encode(canonicalJson(architecture)));
}

/** JSON with sorted keys and no blanks: the same data always gives the same text. */
function canonicalJson(value: unknown, depth = 0): string {
  if (depth > DEEPEST) {
    throw new ModelError(`The architecture holds lists within lists more than ${DEEPEST} deep, which none needs.`);
  }
  if (Array.isArray(value)) return `[${value.map((inner) => canonicalJson(inner, depth + 1)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner, depth + 1)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
