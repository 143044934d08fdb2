import { useEffect, useState } from 'preact/hooks';
import type { Tensor } from '@/lib/tensor';
import { type Clip, clip } from '@/reader/clip';
import { ask } from '@/workers/lab';
import type { Parts } from '@/workers/lab/dense-evidence';

/**
 * The cells with the largest values alone, and the rest alone, as sounds with the network's answers.
 * @param key who asks
 * @param map a value for each cell of the spectrogram; undefined while there is none
 * @param share of the cells to keep, 0 to 1
 */
export function useParts(key: string, map: Tensor | undefined, share: number): Parts | undefined {
  const [found, setFound] = useState<{ readonly of: Clip; readonly map: Tensor; readonly parts: Parts }>();
  const current = clip.value;
  useEffect(() => {
    if (!map || !current) return;
    ask(key, current, 'heardParts', map.data, share).then(
      (parts) => parts && setFound({ of: current, map, parts }),
      // A clip that cannot be computed from is told of by the figure's first question.
      () => {},
    );
  }, [key, map, share, current]);
  return found && found.of === current && found.map === map ? found.parts : undefined;
}
