import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Clip, clip } from '@/reader/clip';
import { WithoutScript } from '@/reader/without-script';
import { ask, type LabArguments, type LabCall, type LabResult } from '@/workers/lab';
import { useOnScreen } from './use-on-screen.ts';
import { type Problem, problemOf } from './use-settings.ts';

export interface Answer<Result> {
  /** The last one that could be computed, and the clip that it was computed from; undefined before the first. */
  readonly result?: Result;
  readonly clip?: Clip;
  /** Why the newest question has no answer. */
  readonly problem?: Problem;
}

/**
 * A computation over the reader's clip, done anew when the clip or the arguments change while the figure is in view.
 * Where the answer is a draft, the same is asked again until all is in, or the question is another.
 * @param figure who asks: the figure's number, with a letter behind where a figure asks several questions; an exercise
 *   by its id
 * @param args undefined while there is nothing to ask
 */
export function useLab<Name extends LabCall>(
  figure: string,
  call: Name,
  args: LabArguments<Name> | undefined,
): Answer<LabResult<Name>> {
  const [answer, setAnswer] = useState<Answer<LabResult<Name>>>({});
  const seen = useOnScreen(figure.replace(/(?<=\d)[a-z]$/, ''));
  const current = clip.value;
  const question = args && current ? `${current.id} ${current.start} ${JSON.stringify(args)}` : undefined;
  const asked = useRef<string>();
  /** Whether the last answer was a draft. */
  const unfinished = useRef(false);

  // At once: an effect after the next frame would make the picture a frame older.
  useLayoutEffect(() => {
    if (!seen || !args || !current || (asked.current === question && !unfinished.current)) return;
    asked.current = question;
    unfinished.current = false;
    ask(figure, current, call, ...args).then(
      (result) => {
        if (result === undefined) return;
        unfinished.current = asked.current === question && isDraft(result);
        setAnswer({ result, clip: current });
      },
      (error: unknown) => {
        if (asked.current === question)
          setAnswer(({ problem: _, ...before }) => ({ ...before, problem: problemOf(error) }));
      },
    );
  });

  const builtIn = useContext(WithoutScript);
  if (builtIn && args) return { result: builtIn.answer(call, args), clip: builtIn.clip };
  return answer;
}

/** Whether there is more to come on the same question, as with a LookPicture. */
function isDraft(result: object): boolean {
  return 'share' in result && Number(result.share) < 1;
}
