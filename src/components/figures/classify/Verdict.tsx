import { useState } from 'preact/hooks';
import { Bars } from '@/components/plots/Bars';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { modelProgress } from '@/workers/engine';
import { failure, type Run, tilesHeard, tryAgain } from './judge.ts';
import { hasLongNames } from './model-words.ts';

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
/** Of more classes than this, only the likeliest are shown at first. */
const most = 12;

/** What the network makes of the sound: the word, how likely it is, and all the others. */
export function Verdict({ run, classes }: Props) {
  return (
    <>
      <div class="said">
        <div role="status">
          {run?.shares ? <Answer run={run} shares={run.shares} /> : !failure.value && <Waiting />}
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
      <div class={hasLongNames(classes) ? 'v-bars long-names' : 'v-bars'}>
        <Shares classes={classes} shares={run?.shares ?? new Float32Array(0)} />
      </div>
    </>
  );
}

/** All answers in their order; of many, the likeliest first. */
function Shares({ classes, shares }: { readonly classes: readonly string[]; readonly shares: Float32Array }) {
  const [all, setAll] = useState(false);
  if (classes.length <= most || all) {
    return (
      <>
        <Bars names={classes} values={shares} />
        <p class="bars-unit">per cent; together 100</p>
      </>
    );
  }
  const order = [...classes.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0)).slice(0, most - 2);
  const others = shares.length > 0 ? 1 - order.reduce((sum, index) => sum + shares[index], 0) : undefined;
  return (
    <>
      <Bars
        names={order.map((index) => classes[index])}
        values={shares.length > 0 ? order.map((k) => shares[k]) : []}
      />
      <p class="bars-unit">
        per cent
        {others !== undefined &&
          `; the ${classes.length - order.length} others together ${formatNumber(100 * Math.max(0, others), { decimals: 1 })}`}
      </p>
      <button type="button" class="link" onClick={() => setAll(true)}>
        All {classes.length}
      </button>
    </>
  );
}

function Waiting() {
  const share = modelProgress.value;
  const tiles = tilesHeard.value;
  const done = tiles ? tiles[0] / tiles[1] : share;
  return (
    <>
      <p>
        {tiles
          ? `Hearing the tiles: ${tiles[0]} of ${tiles[1]}`
          : share === undefined
            ? 'The network is on its way.'
            : `Fetching the network: ${formatNumber(100 * share, { decimals: 0, unit: '%' })}`}
      </p>
      <span class="fetching" aria-hidden="true">
        <span style={{ width: `${100 * (done ?? 0)}%` }} />
      </span>
    </>
  );
}

function Answer({ run, shares }: { readonly run: Run; readonly shares: Float32Array }) {
  const { clip, info } = run;
  const { classes } = info;
  const best = indexOfLargest(shares);
  const second = indexOfLargest(shares.map((share, index) => (index === best ? -1 : share)));
  const name = classes[best];
  const verb = states.includes(name) ? 'is' : 'sounds like';
  return (
    <>
      <p>
        <Heard run={run} /> {verb}
      </p>
      <p class={name.length > 9 ? 'v-word longer' : name.length > 5 ? 'v-word long' : 'v-word'}>{name}</p>
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
      {clip.word !== undefined && clip.word !== name && classes.includes(clip.word) && (
        <p class="v-truth">
          It was <i>{clip.word}</i>; the network says <i>{name}</i>.
        </p>
      )}
    </>
  );
}

/** What was judged: the clip in silence, a part of it, or all of its tiles. */
function Heard({ run: { clip, frame } }: { readonly run: Run }) {
  const { seconds, start, tiles } = frame;
  const length = clip.samples.length / clip.sampleRate;
  if (tiles.length > 1) {
    return (
      <>
        The clip of <b class="num">{formatNumber(length, { decimals: 2, unit: 's' })}</b>, heard in {tiles.length}{' '}
        tiles,
      </>
    );
  }
  if (length < seconds) {
    return (
      <>
        The clip of <b class="num">{formatNumber(length, { decimals: 2, unit: 's' })}</b>, in silence,
      </>
    );
  }
  return (
    <>
      {seconds === 1 ? 'The second' : 'The part'} from <b class="num">{start.toFixed(2)}</b> to{' '}
      <b class="num">{formatNumber(start + seconds, { decimals: 2, unit: 's' })}</b>
    </>
  );
}
