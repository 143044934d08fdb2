/** The home page's use of the engine: the reader's clip goes in, a scene comes out. */
import { computed, effect, signal } from '@preact/signals';
import type { Cell } from '@/lib/tensor';
import { type Clip, clip } from '@/reader/clip';
import { handSeen, watchForHand } from '@/reader/hand';
import { sentenceOf } from '@/reader/notice';
import { engine } from '@/workers/engine';
import type { ModelInfo, SoundField } from '@/workers/protocol';
import { panelsOf } from './panels.ts';
import { type PanelWeights, type Scene, sceneOf, votesOf } from './scene.ts';

const model = 'keywords';
/** The page waits so long for the model before it shows a preview, ms. */
const patience = 200;

/** What the clip became; undefined until the network has run for the first time. */
export const scene = signal<Scene | undefined>(undefined);
/** Why there is no scene, in a sentence for the reader. */
export const failure = signal<string | undefined>(undefined);
const weights = signal<PanelWeights | undefined>(undefined);

/** What the thread runs through; undefined until the weights have come over from the worker. */
export const votes = computed(() => scene.value && weights.value && votesOf(scene.value, weights.value));

export function fieldOf(stage: number, cell: Cell): Promise<SoundField | undefined> {
  return engine.field(model, stage, cell);
}

/**
 * Runs every clip of the reader's through the network. Returns a function that ends it.
 * @param still the built-in clip that the page already has a picture of: it needs no preview, and the network is not
 *   fetched for it before there is a hand to answer
 */
export function watchClip(still: string | undefined): () => void {
  watchForHand();
  return effect(() => {
    const current = clip.value;
    if (!current) {
      scene.value = undefined;
      return;
    }
    const id = idOf(current);
    const isStill = current.source === 'built-in' && current.name === still;
    if (isStill && !handSeen.value) return;
    // What goes wrong in the preview goes wrong in the run too, and is told there.
    if (!isStill) preview(id, current).catch(() => {});
    run(id, current).catch((error: unknown) => {
      // What stands there is of another sound.
      if (scene.peek()?.id !== id) scene.value = undefined;
      failure.value = sentenceOf(error, 'The network could not run on this sound. Reload the page, or choose another.');
    });
  });
}

async function run(id: string, { samples, sampleRate, start }: Clip): Promise<void> {
  const info = await engine.load(model);
  loaded = true;
  const trace = await engine.trace(model, samples, sampleRate, start);
  if (!trace || !isCurrent(id)) return;
  failure.value = undefined;
  scene.value = sceneOf(id, info, trace);
  weights.value ??= await fetchWeights(info);
}

let loaded = false;

/** Where the model takes its time, shows at least what needs no weights. */
async function preview(id: string, { samples, sampleRate, start }: Clip): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, patience));
  if (loaded) return;
  const { previewOf } = await import('./preview.ts');
  const first = await previewOf(id, model, samples, sampleRate, start);
  if (!loaded && isCurrent(id)) scene.value = first;
}

/** Changes with the sound and with the second of it that is judged. */
function idOf({ id, start }: Clip): string {
  return `${id} ${start}`;
}

function isCurrent(id: string): boolean {
  const current = clip.peek();
  return current !== undefined && idOf(current) === id;
}

async function fetchWeights(info: ModelInfo): Promise<PanelWeights> {
  const of = async (key: keyof PanelWeights) => {
    const name = key === 'answers' ? lastDense(info) : panelsOf(info.stages).find((panel) => panel.key === key)?.name;
    const stage = info.stages.findIndex((one) => one.name === name);
    return (await engine.weights(model, stage)).weight;
  };
  return { conv1: await of('conv1'), conv2: await of('conv2'), dense: await of('dense'), answers: await of('answers') };
}

function lastDense(info: ModelInfo): string | undefined {
  return info.stages.findLast(({ type }) => type === 'dense')?.name;
}
