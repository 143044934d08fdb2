import { Bars } from '@/components/plots/Bars';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber, formatProbability } from '@/components/plots/format';
import type { Clip } from '@/reader/clip';
import { judgedSeconds } from '@/reader/make-clip';
import { modelProgress } from '@/workers/engine';
import { failure, type Run, tryAgain } from './judge.ts';

interface Props {
  readonly run: Run | undefined;
  /** Known before the model has run: their rows keep their place. */
  readonly classes: readonly string[];
}

/** Answers that are no words. */
const states: readonly string[] = ['unknown', 'silence'];
/** Below this an answer is a guess, and its neighbour is named below this other. */
const guess = 0.5;
const sure = 0.8;

/** What the network makes of the second: the word, how likely it is, and all the others. */
export function Verdict({ run, classes }: Props) {
  const shares = run?.trace.outputs.at(-1)?.data;
  return (
    <>
      <div class="said">
        <div role="status">
          {run && shares ? (
            <Answer clip={run.clip} classes={run.info.classes} shares={shares} />
          ) : (
            !failure.value && <Waiting />
          )}
        </div>
        {failure.value && (
          <p class="failed">
            {failure.value}{' '}
            <button type="button" class="link" onClick={tryAgain}>
              Try again
            </button>
          </p>
        )}
      </div>
      <div class="v-bars">
        <Bars names={classes} values={shares ?? []} />
        <p class="bars-unit">per cent; together 100</p>
      </div>
    </>
  );
}

function Waiting() {
  const share = modelProgress.value;
  return (
    <>
      <p>
        {share === undefined
          ? 'The network is on its way.'
          : `Fetching the network: ${formatNumber(100 * share, { decimals: 0, unit: '%' })}`}
      </p>
      <span class="fetching" aria-hidden="true">
        <span style={{ width: `${100 * (share ?? 0)}%` }} />
      </span>
    </>
  );
}

interface AnswerProps {
  readonly clip: Clip;
  readonly classes: readonly string[];
  readonly shares: Float32Array;
}

function Answer({ clip, classes, shares }: AnswerProps) {
  const best = indexOfLargest(shares);
  const second = indexOfLargest(shares.map((share, index) => (index === best ? -1 : share)));
  const name = classes[best];
  const seconds = clip.samples.length / clip.sampleRate;
  const verb = states.includes(name) ? 'is' : 'sounds like';
  return (
    <>
      <p>
        {seconds < judgedSeconds ? (
          <>
            The clip of <b class="num">{formatNumber(seconds, { decimals: 2, unit: 's' })}</b>, in silence, {verb}
          </>
        ) : (
          <>
            The second from <b class="num">{clip.start.toFixed(2)}</b> to{' '}
            <b class="num">{formatNumber(clip.start + judgedSeconds, { decimals: 2, unit: 's' })}</b> {verb}
          </>
        )}
      </p>
      <p class={name.length > 5 ? 'v-word long' : 'v-word'}>{name}</p>
      <p>
        {shares[best] < guess ? 'Not sure: ' : ''}
        {formatProbability(shares[best])}
        {shares[best] < guess ? '' : ' sure'}
        {shares[best] < sure && (
          <>
            , and <i>{classes[second]}</i> is near: {formatProbability(shares[second])}
          </>
        )}
        .{shares[best] < guess && ' Softmax must choose: its shares always add up to 100 %, whatever it heard.'}
      </p>
      {clip.word !== undefined && clip.word !== name && (
        <p class="v-truth">
          It was <i>{clip.word}</i>; the network says <i>{name}</i>.
        </p>
      )}
    </>
  );
}
