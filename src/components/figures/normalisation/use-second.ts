import { useMemo } from 'preact/hooks';
import { useLab } from '@/components/chapter/use-lab';
import type { Tensor } from '@/lib/tensor';
import { normalised, type Way } from '@/workers/lab/normalisation-ways';
import type { Treatment } from '@/workers/lab/treatment';

/** The reader's second, treated, with its picture as it comes to be normalised. */
export function useSecond(figure: string, treatment: Treatment) {
  const { result: second, clip, problem } = useLab(figure, 'treatedSecond', [treatment]);
  return { second, clip, problem };
}

/** A picture normalised one way: a thousand cells, which is nothing to compute. */
export function useNormalised(picture: Tensor | undefined, way: Way): Tensor | undefined {
  const { method, statistics, epsilon } = way;
  return useMemo(
    () => picture && normalised(picture, { method, statistics, epsilon }),
    [picture, method, statistics, epsilon],
  );
}
