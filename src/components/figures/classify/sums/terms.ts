import { type Part, partsOf } from '@/components/plots/sums/parts';
import type { Explanation } from '@/lib/layers/explanation';
import type { StageInfo } from '@/workers/protocol';
import { cellInSource, type Entry } from '../entries.ts';

/** The terms of an entry's first step, each at its cell in the output of the entry's source. */
export function termsOf(explanation: Explanation, stages: readonly StageInfo[], entry: Entry): readonly Part[] {
  return partsOf(explanation, (from) => cellInSource(stages, entry, from));
}
