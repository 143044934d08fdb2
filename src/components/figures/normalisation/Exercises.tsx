import { useMemo } from 'preact/hooks';
import { Exercise, type ExerciseProps, type Question } from '@/components/chapter/Exercise';
import { exerciseId } from '@/components/chapter/settings';
import { type Numbers, numbersOf } from './numbers.ts';
import { epsilonQuestion, gainQuestion, minMaxQuestion, zScoreQuestion } from './questions.ts';
import { useSecond } from './use-second.ts';

const asItIs = {};
const quieter = { gain: -20 };

function useQuestion(number: string, ask: (of: Numbers) => Question): Question | undefined {
  const { second } = useSecond(exerciseId(number), asItIs);
  return useMemo(() => second && ask(numbersOf(second.picture)), [second, ask]);
}

/** The z-score of the strongest cell. */
export function ZScore(props: ExerciseProps) {
  return <Exercise {...props} question={useQuestion(props.number, zScoreQuestion)} />;
}

/** Where min-max puts the mean. */
export function MinMax(props: ExerciseProps) {
  return <Exercise {...props} question={useQuestion(props.number, minMaxQuestion)} />;
}

/** The mean after a gain. */
export function Gain(props: ExerciseProps) {
  const { second } = useSecond(exerciseId(props.number), asItIs);
  const { second: faint } = useSecond(`${exerciseId(props.number)}a`, quieter);
  const question = useMemo(
    () => second && faint && gainQuestion(numbersOf(second.picture), numbersOf(faint.picture).mean),
    [second, faint],
  );
  return <Exercise {...props} question={question} />;
}

/** The gain at which epsilon is as large as the variance. */
export function EpsilonGain(props: ExerciseProps) {
  return <Exercise {...props} question={useQuestion(props.number, epsilonQuestion)} />;
}
