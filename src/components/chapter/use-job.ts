import { useEffect, useRef, useState } from 'preact/hooks';
import { clip } from '@/reader/clip';
import { type Job, type LabArguments, type LabCall, type LabResult, startJob } from '@/workers/lab';
import { type Problem, problemOf } from './use-settings.ts';

export interface RunningJob<Result> {
  /** Of the clip and the arguments of now; undefined until the job has run on them. */
  readonly result?: Result;
  /** The share that is done, 0 to 1, while it runs. */
  readonly progress?: number;
  readonly problem?: Problem;
  start(): void;
  stop(): void;
}

type State<Result> = Omit<RunningJob<Result>, 'start' | 'stop'> & { readonly question?: string };

/**
 * Seconds of work over the reader's clip, begun and stopped by the reader. Another clip or other arguments end it, and
 * make its result void.
 * @param args undefined while there is nothing to compute
 */
export function useJob<Name extends LabCall>(
  call: Name,
  args: LabArguments<Name> | undefined,
): RunningJob<LabResult<Name>> {
  const [state, setState] = useState<State<LabResult<Name>>>({});
  const job = useRef<Job<LabResult<Name>>>();
  const current = clip.value;
  const question = args && current ? `${current.id} ${current.start} ${JSON.stringify(args)}` : undefined;

  useEffect(() => () => job.current?.stop(), [question]);

  const start = () => {
    if (!args || !current || question === undefined) return;
    job.current?.stop();
    setState({ question, progress: 0 });
    const begun = startJob(current, call, args, (progress) => {
      if (job.current === begun) setState({ question, progress });
    });
    job.current = begun;
    begun.result.then(
      (result) => {
        if (job.current === begun) setState(result === undefined ? {} : { question, result });
      },
      (error: unknown) => {
        if (job.current === begun) setState({ question, problem: problemOf(error) });
      },
    );
  };
  const { question: of, ...shown } = state;
  return { ...(of === question ? shown : {}), start, stop: () => job.current?.stop() };
}
