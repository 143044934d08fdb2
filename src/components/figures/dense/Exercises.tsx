import { useEffect, useMemo, useState } from 'preact/hooks';
import { Exercise, type ExerciseProps, type Question } from '@/components/chapter/Exercise';
import { useClip } from '@/reader/use-clip';
import { ask } from '@/workers/lab';
import type { Judged } from '@/workers/lab/dense-calls';
import { indexQuestion, ratioQuestion, sumQuestion, temperatureQuestion } from './questions.ts';

/** What the engine makes of the reader's clip, for an exercise. */
function useJudged(number: string): Judged | undefined {
  const [judged, setJudged] = useState<Judged>();
  const clip = useClip();
  useEffect(() => {
    if (!clip) return;
    ask(`exercise ${number}`, clip, 'judged').then(
      (found) => found && setJudged(found),
      () => {},
    );
  }, [clip, number]);
  return judged;
}

function asking(question: (judged: Judged) => Question) {
  return (props: ExerciseProps) => {
    const judged = useJudged(props.number);
    const asked = useMemo(() => judged && question(judged), [judged]);
    return <Exercise {...props} question={asked} />;
  };
}

export const IndexInRow = asking(indexQuestion);
export const SumOfVotes = asking(sumQuestion);
export const TimesAsLikely = asking(ratioQuestion);
export const ShareAtTwo = asking(temperatureQuestion);
