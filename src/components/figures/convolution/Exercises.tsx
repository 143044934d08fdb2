import { useMemo } from 'preact/hooks';
import { Exercise, type ExerciseProps } from '@/components/chapter/Exercise';
import { exerciseId } from '@/components/chapter/settings';
import { useLab } from '@/components/chapter/use-lab';
import { countQuestion, fieldQuestion, secondWeights, sizeQuestion, valueQuestion } from './questions.ts';

/** The columns that a kernel with a stride leaves of the reader's spectrogram. */
export function OutputColumns(props: ExerciseProps) {
  const { result } = useLab(exerciseId(props.number), 'ownShape', []);
  const question = useMemo(() => result && sizeQuestion(result[0]), [result]);
  return <Exercise {...props} question={question} />;
}

const picture = ['normalised'] as const;

/** One cell of a convolution, by hand. */
export function CellByHand(props: ExerciseProps) {
  const { result } = useLab(exerciseId(props.number), 'stageOutputs', [picture]);
  const question = useMemo(() => result && valueQuestion(result.outputs.normalised), [result]);
  return <Exercise {...props} question={question} />;
}

const counted = countQuestion(secondWeights);

/** The numbers that training sets in the second convolution. */
export function WeightCount(props: ExerciseProps) {
  return <Exercise {...props} question={counted} />;
}

/** The columns of the picture that the strongest pooled cell depends on. */
export function PooledColumns(props: ExerciseProps) {
  const { result } = useLab(exerciseId(props.number), 'strongestPooled', []);
  const question = useMemo(() => result && fieldQuestion(result), [result]);
  return <Exercise {...props} question={question} />;
}
