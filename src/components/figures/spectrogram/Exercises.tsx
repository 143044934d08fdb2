import { Exercise, type ExerciseProps } from '@/components/chapter/Exercise';
import { exerciseId } from '@/components/chapter/settings';
import { useLab } from '@/components/chapter/use-lab';
import { indexOfLargest } from '@/components/plots/cells';
import { useClip } from '@/reader/use-clip';
import { firstOptions } from './options.ts';
import { binQuestion, decibelQuestion, frameQuestion, loudestQuestion } from './questions.ts';

/** How many frames fit into the reader's clip. */
export function FrameCount(props: ExerciseProps) {
  const samples = useClip()?.samples.length;
  return <Exercise {...props} question={samples === undefined ? undefined : frameQuestion(samples, firstOptions)} />;
}

/** In which bin a whistle of 1,000 Hz lands. */
export function BinOfWhistle(props: ExerciseProps) {
  const sampleRate = useClip()?.sampleRate;
  return (
    <Exercise {...props} question={sampleRate === undefined ? undefined : binQuestion(sampleRate, firstOptions)} />
  );
}

/** The loudest frequency of the clip. */
export function LoudestCell(props: ExerciseProps) {
  const { result } = useLab(exerciseId(props.number), 'spectrogram', [firstOptions]);
  const cell = result && result.largest > 0 ? indexOfLargest(result.decibels) : undefined;
  if (!result || cell === undefined) return <Exercise {...props} question={undefined} />;
  const { bins, sampleRate, options, firstTime } = result;
  const step = sampleRate / options.nFft;
  const seconds = firstTime + (Math.floor(cell / bins) * options.hopLength) / sampleRate;
  return <Exercise {...props} question={loudestQuestion((cell % bins) * step, seconds, step)} />;
}

/** A magnitude as decibels. */
export function Decibels(props: ExerciseProps) {
  const { result } = useLab(exerciseId(props.number), 'spectrogram', [firstOptions]);
  const largest = result && result.largest > 0 ? result.largest : undefined;
  return <Exercise {...props} question={largest === undefined ? undefined : decibelQuestion(largest, 0.05)} />;
}
