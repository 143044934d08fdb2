/** The cell that the reader looks at: where it stands, its arithmetic, and the sound that it depends on. */
import { computed, effect, signal } from '@preact/signals';
import { indexOfLargest } from '@/components/plots/cells';
import type { Explanation } from '@/lib/layers/explanation';
import { type Cell, cellAt, type Tensor } from '@/lib/tensor';
import { engine } from '@/workers/engine';
import type { SoundField } from '@/workers/protocol';
import { type Entry, entriesOf, entryNamed, type ModelShell } from './entries.ts';
import { type Run, run } from './judge.ts';
import { chosen } from './model.ts';
import { type Address, holds, readAddress, writeAddress } from './place.ts';

/** A cell of an entry, explained. */
export interface Account {
  readonly run: Run;
  readonly entry: Entry;
  readonly cell: Cell;
  /** One explanation for each step of the entry. */
  readonly steps: readonly Explanation[];
  /** Undefined for the waveform, whose cells are the sound. */
  readonly field?: SoundField;
}

/** A cell of a stage's output; the stage is −1 for the clip. */
export interface Place {
  readonly stage: number;
  readonly cell: Cell;
}

/** The model that the page was built with, until it has been loaded. */
export const shell = signal<ModelShell | undefined>(undefined);
const info = computed<ModelShell | undefined>(() => {
  if (run.value) return run.value.info;
  return shell.value?.name === chosen.value?.name ? shell.value : undefined;
});
export const entries = computed(() => (info.value ? entriesOf(info.value) : []));

/** What the reader asked for; without a cell, that of the largest value is shown. */
const address = signal<Address | undefined>(undefined);
/** Cells that the reader chose, by entry: coming back, one finds them again. */
const remembered = new Map<string, Cell>();

/** The entry on the desk. */
export const entry = computed<Entry | undefined>(
  () =>
    (address.value && entryNamed(entries.value, address.value.stage)) ??
    entries.value.find(({ types }) => types[0]?.startsWith('conv')) ??
    entries.value.at(-1),
);

/** The cell on the desk; undefined until the model has run. */
export const cell = computed<Cell | undefined>(() => {
  if (!run.value || !entry.value) return undefined;
  const values = outputOf(run.value, entry.value.output);
  const asked = address.value?.cell ?? remembered.get(entry.value.key);
  return holds(values.shape, asked) ? asked : cellAt(values.shape, indexOfLargest(values.data));
});

export const account = signal<Account | undefined>(undefined);
/** The term that is pointed at, by the stage that it is read from and its cell there. */
export const lit = signal<Place | undefined>(undefined);
/** Where the reader came from, following terms back; the newest last. */
export const trail = signal<readonly { readonly entry: Entry; readonly cell: Cell }[]>([]);

export function outputOf({ trace }: Run, stage: number): Tensor {
  return stage < 0 ? trace.input : trace.outputs[stage];
}

/** Moves to another cell of the entry on the desk. */
export function moveTo(next: Cell): void {
  if (!entry.value) return;
  const { key } = entry.value;
  remembered.set(key, next);
  lit.value = undefined;
  address.value = { stage: key, cell: next };
  history.replaceState(null, '', writeAddress({ stage: key, cell: next }));
}

/** Opens an entry, at a cell or where it was left. The browser's way back leads here again. */
export function open(to: Entry, at?: Cell): void {
  const next: Address = at ? { stage: to.key, cell: at } : { stage: to.key };
  if (at) remembered.set(to.key, at);
  lit.value = undefined;
  address.value = next;
  history.pushState(null, '', writeAddress(next));
}

/** Follows a term to its cell in an earlier entry. */
export function follow(to: Entry, at: Cell): void {
  if (entry.value && cell.value) trail.value = [...trail.value, { entry: entry.value, cell: cell.value }];
  open(to, at);
}

/** Goes back to where the last term was followed from. */
export function goBack(): void {
  const last = trail.value.at(-1);
  if (!last) return;
  trail.value = trail.value.slice(0, -1);
  open(last.entry, last.cell);
}

/** Reads the address now and whenever it changes, and explains each cell that is chosen. Returns a function that ends it. */
export function watchCursor(): () => void {
  const read = () => {
    address.value = readAddress(location.hash);
    lit.value = undefined;
  };
  read();
  let before = chosen.value?.name;
  const endModel = effect(() => {
    const name = chosen.value?.name;
    if (name === before) return;
    before = name;
    remembered.clear();
    trail.value = [];
    account.value = undefined;
    read();
  });
  addEventListener('popstate', read);
  addEventListener('hashchange', read);
  const end = effect(() => {
    if (run.value && entry.value && cell.value) void explain(run.value, entry.value, cell.value);
  });
  return () => {
    endModel();
    removeEventListener('popstate', read);
    removeEventListener('hashchange', read);
    end();
  };
}

let turn = 0;

/** The engine answers the newest question alone, so the steps are asked for one after the other. */
async function explain(of: Run, from: Entry, at: Cell): Promise<void> {
  turn++;
  const mine = turn;
  const steps: Explanation[] = [];
  for (const stage of from.steps) {
    const step = await engine.explain(of.model, stage, at);
    if (!step || mine !== turn) return;
    steps.push(step);
  }
  const field = from.output < 0 ? undefined : await engine.field(of.model, from.output, at);
  if (mine !== turn || (from.output >= 0 && !field)) return;
  account.value = { run: of, entry: from, cell: at, steps, ...(field ? { field } : {}) };
}
