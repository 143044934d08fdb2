/** Residual blocks: what stands between a fork, where a stage is read twice, and the sum that joins the two ways again. */
import type { StageInfo } from '@/workers/protocol';

export interface Block {
  /** "Block 3" */
  readonly title: string;
  /** By index, with the sum and what follows it alone. */
  readonly stages: ReadonlySet<number>;
  /** Those of them that stand on the way around. */
  readonly around: ReadonlySet<number>;
}

/** The blocks in order. A sum whose two ways come from nothing in common but the clip makes none. */
export function blocksOf(stages: readonly StageInfo[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const [index, { inputIndex, skipIndex }] of stages.entries()) {
    if (skipIndex === undefined) continue;
    const through = wayBack(stages, inputIndex);
    const around = wayBack(stages, skipIndex);
    const fork = around.find((stage) => through.includes(stage));
    if (fork === undefined || fork < 0) continue;
    const until = (way: readonly number[]) => way.slice(0, way.indexOf(fork));
    const [own, beside] = [until(through), until(around)];
    // The way around is the shorter one, whichever of the two the sum calls its skip.
    const [main, side] = own.length < beside.length ? [beside, own] : [own, beside];
    blocks.push({
      title: `Block ${blocks.length + 1}`,
      stages: new Set([...main, ...side, index]),
      around: new Set(side),
    });
  }
  return blocks;
}

/** A stage and all before it, each by its first input; a sum on the way is gone around. Ends at the clip, −1. */
function wayBack(stages: readonly StageInfo[], from: number): readonly number[] {
  const way = [from];
  for (let index = from; index >= 0; ) {
    const { inputIndex, skipIndex = inputIndex } = stages[index];
    index = skipIndex === inputIndex ? inputIndex : Math.min(inputIndex, skipIndex);
    way.push(index);
  }
  return way;
}
