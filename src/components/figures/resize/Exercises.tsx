import { useMemo } from 'preact/hooks';
import { Exercise, type ExerciseProps, type Question } from '@/components/chapter/Exercise';
import { exerciseId } from '@/components/chapter/settings';
import { useLab } from '@/components/chapter/use-lab';
import { frameCount } from '@/lib/dsp/frames';
import type { Tensor } from '@/lib/tensor';
import { useClip } from '@/reader/use-clip';
import { secondOptions } from '@/workers/lab/resize-calls';
import { countQuestion, placeQuestion, valueQuestion } from './questions.ts';

/** Where a row of the small picture is read. */
export function Place(props: ExerciseProps) {
  return <OfSecond {...props} make={placeQuestion} />;
}

/** A value from its four neighbours. */
export function Value(props: ExerciseProps) {
  return <OfSecond {...props} make={valueQuestion} />;
}

/** How many cells have a say. */
export function Count(props: ExerciseProps) {
  const samples = useClip()?.samples.length;
  const question = useMemo(() => (samples === undefined ? undefined : countQuestion(framesOf(samples))), [samples]);
  return <Exercise {...props} question={question} />;
}

function OfSecond({ make, ...props }: ExerciseProps & { readonly make: (magnitudes: Tensor) => Question }) {
  const { result } = useLab(exerciseId(props.number), 'secondPicture', []);
  const magnitudes = result?.magnitudes;
  const question = useMemo(() => magnitudes && make(magnitudes), [magnitudes, make]);
  return <Exercise {...props} question={question} />;
}

/** Of the whole clip; one where it is shorter than a frame. */
function framesOf(samples: number): number {
  return frameCount(secondOptions, Math.max(samples, secondOptions.winLength));
}
