/**
 * Who reads whom. The stages of a network stand in one order, and each reads the output of an earlier stage: the one
 * before it, unless it names another. A stage that joins two outputs names the second one too. So the network is a graph
 * without cycles, and its listed order is one in which it can be run.
 */
import { ModelError } from '../errors.ts';
import type { StageSpec } from './architecture.ts';

/** What `from` and `skip` call the clip; as an index it is −1, the place before the first stage. */
const CLIP = 'input';

/** The stages that a stage reads, by index; −1 is the clip. */
export interface Inputs {
  readonly inputIndex: number;
  /** The second input of a stage that joins two. */
  readonly skipIndex?: number;
}

/**
 * What stage `index` reads.
 * @throws ModelError where it names no earlier stage
 */
export function connect(stages: readonly StageSpec[], index: number): Inputs {
  const { name, from, skip } = stages[index];
  const find = (source: string): number => {
    const found = stages.findIndex((stage) => stage.name === source);
    if (source === CLIP) {
      if (found < 0) return -1;
      throw new ModelError(
        `Stage "${name}" reads "${CLIP}", which means the clip, but a stage is called so too. Give that stage another name.`,
      );
    }
    if (found >= 0 && found < index) return found;
    throw new ModelError(
      `Stage "${name}" reads "${source}", but no stage before it is called so. Name an earlier stage, or "${CLIP}" for the clip.`,
    );
  };
  return {
    inputIndex: from === undefined ? index - 1 : find(from),
    ...(skip === undefined ? {} : { skipIndex: find(skip) }),
  };
}

/** The indices that a stage reads: one or two. */
export function indicesOf({ inputIndex, skipIndex }: Inputs): readonly number[] {
  return skipIndex === undefined ? [inputIndex] : [inputIndex, skipIndex];
}

/** How the stages of a range are run. */
export interface Plan {
  /** The stages that the last one depends on, with itself, in order; others are left out. */
  readonly steps: readonly number[];
  /** For the index of an output, the last of these stages that reads it. */
  readonly lastReader: ReadonlyMap<number, number>;
}

/**
 * The plan for the stages from `first` up to, not including, `end`, which are given the output of the stage before.
 * @throws ModelError where they read more than that from outside
 */
export function planRange(stages: readonly (Inputs & { readonly name: string })[], first: number, end: number): Plan {
  const needed = new Set([end - 1]);
  const lastReader = new Map<number, number>();
  for (let index = end - 1; index >= first; index--) {
    if (!needed.has(index)) continue;
    for (const source of indicesOf(stages[index])) {
      needed.add(source);
      if (!lastReader.has(source)) lastReader.set(source, index);
      if (source < first - 1) throw cannotRun(stages, first, end, index, source);
    }
  }
  return { steps: [...needed].filter((index) => index >= first).sort((a, b) => a - b), lastReader };
}

/** The last stage, `first` or an earlier one, from which the stages up to, not including, `end` run by themselves. */
export function latestStart(stages: readonly Inputs[], first: number, end = stages.length): number {
  let start = first;
  const needed = new Set([end - 1]);
  for (let index = end - 1; index >= start; index--) {
    if (!needed.has(index)) continue;
    for (const source of indicesOf(stages[index])) {
      needed.add(source);
      start = Math.min(start, source + 1);
    }
  }
  return start;
}

function cannotRun(
  stages: readonly (Inputs & { readonly name: string })[],
  first: number,
  end: number,
  index: number,
  source: number,
): ModelError {
  const nameOf = (stage: number) => (stage < 0 ? 'the clip' : `"${stages[stage].name}"`);
  return new ModelError(
    `The stages from ${nameOf(first)} to ${nameOf(end - 1)} cannot be run by themselves, since ${nameOf(index)} also reads ${nameOf(source)}. Begin at ${nameOf(latestStart(stages, first, end))}.`,
  );
}
