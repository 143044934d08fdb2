/** The way from the clip to a stage, through each stage's first input. */
import type { StageInfo } from '@/workers/protocol';

/** The indices from the first stage on that way to the stage itself; none for the clip, −1. */
export function pathTo(stages: readonly Pick<StageInfo, 'inputIndex'>[], stage: number): readonly number[] {
  const path: number[] = [];
  for (let index = stage; index >= 0; index = stages[index].inputIndex) path.unshift(index);
  return path;
}
