import { type Part, partsOf } from '@/components/plots/sums/parts';
import type { Explanation } from '@/lib/layers/explanation';
import type { StageInfo } from '@/workers/protocol';
import { cellInSource, type Entry, sourceOfTerm } from '../entries.ts';

/** A term at its cell in the output of the stage that it is read from. */
export interface PlacedPart extends Part {
  readonly stage: number;
}

/** The terms of an entry's first step, each at its cell in the output of the entry's source, or of its second source. */
export function termsOf(explanation: Explanation, stages: readonly StageInfo[], entry: Entry): readonly PlacedPart[] {
  return partsOf(explanation).map((part) => {
    const { input } = explanation.terms[part.index];
    return {
      ...part,
      place: cellInSource(stages, entry, part.place, input),
      stage: sourceOfTerm(entry, input),
    };
  });
}
