import { Exercise, type ExerciseProps, type Question } from '@/components/chapter/Exercise';
import { useClip } from '@/components/chapter/use-clip';
import { formatNumber } from '@/components/plots/format';
import { frameCount } from '@/lib/dsp/frames';
import { ShapeError } from '@/lib/errors';
import { firstOptions } from './options.ts';

/** How many frames fit into the reader's clip. */
export function FrameCount(props: ExerciseProps) {
  const samples = useClip()?.samples.length;
  return <Exercise {...props} question={samples === undefined ? undefined : frameQuestion(samples)} />;
}

function frameQuestion(samples: number): Question {
  const { winLength, hopLength } = firstOptions;
  const n = (value: number) => formatNumber(value, { decimals: 0 });
  const answer = countOf(samples);
  const starts = Math.floor(samples / hopLength);
  const quotient = formatNumber((samples - winLength) / hopLength, { decimals: 2 });
  return {
    given: `Your clip has ${n(samples)} samples. The window is ${winLength} long, the hop ${hopLength}, nothing is padded.`,
    unit: 'frames',
    answer,
    tolerance: 0,
    why:
      answer > 0
        ? `1 + ⌊(${n(samples)} − ${winLength}) / ${hopLength}⌋ = 1 + ⌊${quotient}⌋ = ${n(answer)}.`
        : `The clip is shorter than one window, so no frame fits.`,
    hint: `The first frame needs ${winLength} samples. How many hops of ${hopLength} fit into what is left?`,
    mistake: (given) => {
      if (given === answer - 1) return `That counts the hops. The frame before the first hop counts too.`;
      if (given === starts || given === starts + 1) {
        return `${n(samples)} / ${hopLength} counts where frames could start, also the last ones, which would reach beyond the clip. How many fit whole?`;
      }
      if (given === Math.floor(samples / winLength)) {
        return `That is ${n(samples)} / ${winLength}: frames laid end to end. But they overlap: each begins ${hopLength} samples after the one before.`;
      }
      return given < answer
        ? `More frames fit than that. Take the first frame away, and count the hops that are left.`
        : `So many do not fit: the last of them would end beyond sample ${n(samples)}.`;
    },
  };
}

function countOf(samples: number): number {
  try {
    return frameCount(firstOptions, samples);
  } catch (error) {
    if (error instanceof ShapeError) return 0;
    throw error;
  }
}
