import './side-by-side.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { type Clip, clip } from '@/reader/clip';
import { sentenceOf } from '@/reader/notice';
import { engine, modelProgress } from '@/workers/engine';
import { framed } from './frame.ts';
import { hearTiles } from './judge.ts';
import { addressOf, choose, chosen, models } from './model.ts';
import type { ModelSummary } from './summaries.ts';

/** How far a model has come. */
type State =
  | { readonly kind: 'waiting' | 'fetching' | 'stopped' }
  | { readonly kind: 'hearing'; readonly done: number; readonly of: number }
  | { readonly kind: 'failed'; readonly sentence: string }
  | {
      readonly kind: 'answered';
      readonly name: string;
      readonly share: number;
      readonly milliseconds: number;
      readonly tiles: number;
    };

interface Comparison {
  readonly clip: Clip;
  readonly states: Readonly<Record<string, State>>;
  readonly running: boolean;
}

const failed = 'It could not run on this sound.';

/** The same clip through all models, one after the other. */
export function SideBySide() {
  const [comparison, setComparison] = useState<Comparison>();
  const going = useRef<object>();
  useEffect(
    () => () => {
      going.current = undefined;
    },
    [],
  );

  async function compare(current: Clip) {
    const mine = {};
    going.current = mine;
    const all = models.value;
    setComparison({
      clip: current,
      states: Object.fromEntries(all.map(({ name }) => [name, { kind: 'waiting' }])),
      running: true,
    });
    const goesOn = () => going.current === mine;
    const tell = (name: string, state: State) => {
      if (goesOn()) setComparison((last) => last && { ...last, states: { ...last.states, [name]: state } });
    };
    for (const model of all) {
      tell(model.name, { kind: 'fetching' });
      tell(model.name, await hear(current, model, goesOn, (state) => tell(model.name, state)));
      if (!goesOn()) return;
    }
    setComparison((last) => last && { ...last, running: false });
  }

  function stop() {
    going.current = undefined;
    setComparison((last) => {
      if (!last) return undefined;
      const states = Object.entries(last.states).map(([name, state]) => {
        const done = state.kind === 'answered' || state.kind === 'failed';
        return [name, done ? state : { kind: 'stopped' }];
      });
      return { ...last, states: Object.fromEntries(states), running: false };
    });
  }

  const current = clip.value;
  const running = comparison?.running ?? false;
  const done = comparison
    ? Object.values(comparison.states).filter(({ kind }) => kind === 'answered' || kind === 'failed').length
    : 0;
  return (
    <section class="side-by-side wide" id="side-by-side" aria-labelledby="side-by-side-title">
      <h2 id="side-by-side-title">Side by side</h2>
      <p>
        The same sound through every model, one after the other. Each listens for something else, and answers all the
        same: what it says of a sound that it does not know means nothing.
      </p>
      <p class="side-tools">
        <button
          type="button"
          class="btn"
          disabled={!current || running}
          onClick={() => current && void compare(current)}
        >
          {comparison ? 'Run all again' : 'Run all models'}
        </button>
        {running && (
          <button type="button" class="link" onClick={stop}>
            Stop
          </button>
        )}
        <span role="status">
          {comparison &&
            `${running ? `${done} of ${models.value.length} done` : `${done} of ${models.value.length} answered`}, on ${comparison.clip.name}${comparison.clip === current ? '' : ' (another sound is open now)'}.`}
        </span>
      </p>
      <section class="side-table" tabIndex={0} aria-label="The models side by side">
        <table>
          <thead>
            <tr>
              <th scope="col">Model, and what it listens for</th>
              <th scope="col">Says</th>
              <th scope="col" class="n">
                Sure
              </th>
              <th scope="col" class="n">
                Time
              </th>
              <th scope="col" class="n">
                Weights
              </th>
            </tr>
          </thead>
          <tbody>
            {models.value.map((model) => (
              <Line key={model.name} model={model} state={comparison?.states[model.name]} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

/** Loads a model and runs it on the clip; `tell` hears how far it has come. */
async function hear(
  current: Clip,
  model: ModelSummary,
  goesOn: () => boolean,
  tell: (state: State) => void,
): Promise<State> {
  try {
    await engine.load(model.name);
    if (!goesOn()) return { kind: 'stopped' };
    const frame = framed(current, model);
    const onTile = (done: number) => tell({ kind: 'hearing', done, of: frame.tiles.length });
    const heard = await hearTiles(current, model, frame, { goesOn, onTile });
    if (!heard) return { kind: 'stopped' };
    const best = indexOfLargest(heard.shares);
    return {
      kind: 'answered',
      name: model.classes[best],
      share: heard.shares[best],
      milliseconds: heard.milliseconds,
      tiles: frame.tiles.length,
    };
  } catch (error) {
    return { kind: 'failed', sentence: sentenceOf(error, failed) };
  }
}

function Line({ model, state }: { readonly model: ModelSummary; readonly state: State | undefined }) {
  const answered = state?.kind === 'answered' ? state : undefined;
  const open = model.name === chosen.value?.name;
  return (
    <tr data-model={model.name} data-state={state?.kind ?? 'idle'}>
      <th scope="row">
        <a
          href={addressOf(model.name)}
          aria-current={open ? 'true' : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            choose(model.name);
            document.querySelector('.classify h1')?.scrollIntoView();
          }}
        >
          {model.name}
        </a>
        {open && ' (open above)'}
        <small>{model.task}</small>
      </th>
      <td>{answered ? <i>{answered.name}</i> : <Progress state={state} />}</td>
      <td class="n">{answered && formatProbability(answered.share)}</td>
      <td class="n">
        {answered && formatNumber(answered.milliseconds, { significant: 2, unit: 'ms' })}
        {answered && answered.tiles > 1 && <small>for {answered.tiles} tiles</small>}
      </td>
      <td class="n">{formatNumber(model.weights, { decimals: 0 })}</td>
    </tr>
  );
}

function Progress({ state }: { readonly state: State | undefined }) {
  switch (state?.kind) {
    case 'fetching': {
      const share = modelProgress.value;
      return <>fetching{share === undefined ? '' : ` ${formatNumber(100 * share, { decimals: 0, unit: '%' })}`}</>;
    }
    case 'hearing':
      return state.of > 1 ? (
        <>
          tile {state.done} of {state.of}
        </>
      ) : (
        <>hearing</>
      );
    case 'waiting':
      return <>waiting</>;
    case 'stopped':
      return <>stopped</>;
    case 'failed':
      return <span class="failed">{state.sentence}</span>;
    default:
      return null;
  }
}
