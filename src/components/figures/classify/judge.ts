/** The page's use of the engine: every clip of the reader's goes through the chosen model, and what came of it is kept here. */
import { effect, signal } from '@preact/signals';
import { type Clip, clip } from '@/reader/clip';
import { sentenceOf } from '@/reader/notice';
import { engine } from '@/workers/engine';
import type { Answer, ModelInfo, TraceResult } from '@/workers/protocol';
import { type Framed, framed } from './frame.ts';
import { chosen } from './model.ts';
import type { ModelSummary } from './summaries.ts';

/** One run of a model, with the clip that went in. */
export interface Run {
  readonly clip: Clip;
  /** The model's name. */
  readonly model: string;
  /** The part of the clip that was traced. */
  readonly frame: Framed;
  readonly info: ModelInfo;
  readonly trace: TraceResult;
  /** The answer: of a longer clip that is heard in tiles their mean, undefined until all were heard. */
  readonly shares?: Float32Array;
}

/** The newest run; the one before stands until the next is there. */
export const run = signal<Run | undefined>(undefined);
/** Why the newest clip did not run, in a sentence for the reader. */
export const failure = signal<string | undefined>(undefined);
/** How many of how many tiles have been heard; undefined while none are. */
export const tilesHeard = signal<readonly [number, number] | undefined>(undefined);

const failed = 'The network could not run on this sound. Try again, or choose another sound.';
let turn = 0;

/** Runs every clip of the reader's through the model that is chosen. Returns a function that ends it. */
export function watchClip(): () => void {
  return effect(() => {
    const model = chosen.value;
    if (run.peek() && run.peek()?.model !== model?.name) {
      run.value = undefined;
      failure.value = undefined;
    }
    if (clip.value && model) void judge(clip.value, model, framed(clip.value, model));
  });
}

/** Tries once more after a failure. */
export function tryAgain(): void {
  failure.value = undefined;
  if (clip.value && chosen.value) void judge(clip.value, chosen.value, framed(clip.value, chosen.value));
}

async function judge(current: Clip, model: ModelSummary, frame: Framed): Promise<void> {
  turn++;
  const mine = turn;
  try {
    const info = await engine.load(model.name);
    if (mine !== turn) return;
    const trace = await engine.trace(model.name, current.samples, current.sampleRate, frame.start);
    if (!trace || mine !== turn) return;
    failure.value = undefined;
    const last = run.peek();
    const known = last?.model === model.name && last.clip.id === current.id && frame.tiles.length > 1;
    const shares = frame.tiles.length > 1 ? (known ? last.shares : undefined) : trace.outputs.at(-1)?.data;
    run.value = { clip: current, model: model.name, frame, info, trace, ...(shares ? { shares } : {}) };
    if (shares) return;
    const heard = await hearTiles(current, model, frame, {
      goesOn: () => mine === turn,
      onTile: (done) => {
        tilesHeard.value = [done, frame.tiles.length];
      },
      answered: answersTo(current, model),
    });
    if (mine !== turn || !heard || !run.value) return;
    run.value = { ...run.value, shares: heard.shares };
  } catch (error) {
    if (mine === turn) failure.value = sentenceOf(error, failed);
  } finally {
    if (mine === turn) tilesHeard.value = undefined;
  }
}

interface Hearing {
  /** Asked before each tile; false ends it. */
  readonly goesOn: () => boolean;
  readonly onTile: (done: number) => void;
  /** Answers that are known already, by the second at which their tile begins; new ones are added. */
  readonly answered?: Map<number, Answer>;
}

let lastAnswers: { readonly of: string; readonly answers: Map<number, Answer> } | undefined;

/** What is known of the tiles of this clip: looking at another tile meanwhile does not begin anew. */
function answersTo(current: Clip, { name }: ModelSummary): Map<number, Answer> {
  const of = `${name} ${current.id}`;
  if (lastAnswers?.of !== of) lastAnswers = { of, answers: new Map() };
  return lastAnswers.answers;
}

/** The mean answer over the tiles of a clip, and the milliseconds that the network took for all; undefined where it was ended. */
export async function hearTiles(
  { samples, sampleRate }: Clip,
  { name, classes }: ModelSummary,
  { tiles }: Framed,
  { goesOn, onTile, answered }: Hearing,
): Promise<{ readonly shares: Float32Array; readonly milliseconds: number } | undefined> {
  const shares = new Float32Array(classes.length);
  let milliseconds = 0;
  for (const [index, start] of tiles.entries()) {
    if (!goesOn()) return undefined;
    const answer = answered?.get(start) ?? (await engine.answer(name, samples, sampleRate, start));
    answered?.set(start, answer);
    if (!goesOn()) return undefined;
    milliseconds += answer.milliseconds;
    for (const [k, share] of answer.shares.entries()) shares[k] += share / tiles.length;
    onTile(index + 1);
  }
  return { shares, milliseconds };
}
