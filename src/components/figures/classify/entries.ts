/**
 * The entries of the stage browser: a model's stages, grouped as one speaks of them. A ReLU or softmax belongs to the
 * layer that it follows; dropout and flatten, which change no number of an answering network, to the one they precede.
 */
import { type Cell, cellAt, type Shape } from '@/lib/tensor';
import type { ModelInfo, StageInfo } from '@/workers/protocol';

/** What the page knows of a model when it is built, and still knows when the weights have come. */
export type ModelShell = Pick<ModelInfo, 'name' | 'classes' | 'sampleRate' | 'samples' | 'stages'>;

export interface Entry {
  /** The name of the stage that it is about; its address is #stage=key. */
  readonly key: string;
  readonly title: string;
  /** Every stage name that leads here. */
  readonly names: readonly string[];
  /** The stages that compute, in order, by index; none for the waveform. */
  readonly steps: readonly number[];
  /** The kinds of layer of the steps. */
  readonly types: readonly string[];
  /** The stage whose output is shown; −1 for the clip. */
  readonly output: number;
  /** The stage whose output the first step reads, past dropout and flatten; −1 for the clip. */
  readonly source: number;
  readonly shape: Shape;
}

const followers: readonly string[] = ['relu', 'softmax'];
const folded: readonly string[] = ['dropout', 'flatten'];
const titles: Readonly<Record<string, string>> = {
  spectrogram: 'Spectrogram',
  log: 'Logarithm',
  power: 'Compressed',
  resize: 'Resized',
  normalise: 'Normalised',
  'min-max': 'Scaled',
  conv2d: 'Convolution',
  'max-pool2d': 'Pooled',
  dense: 'Dense',
};
const counts = [
  'No',
  'One',
  'Two',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Eleven',
  'Twelve',
];

interface Group {
  readonly main: number;
  readonly steps: number[];
  readonly names: string[];
}

/** The waveform, then one entry for each layer. */
export function entriesOf({ stages, classes, samples }: ModelShell): readonly Entry[] {
  const groups: Group[] = [];
  let waiting: string[] = [];
  for (const [index, { name, type }] of stages.entries()) {
    const last = groups.at(-1);
    if (folded.includes(type)) waiting.push(name);
    else if (followers.includes(type) && last && waiting.length === 0) {
      last.steps.push(index);
      last.names.push(name);
    } else {
      groups.push({ main: index, steps: [index], names: [...waiting, name] });
      waiting = [];
    }
  }
  groups.at(-1)?.names.push(...waiting);
  const waveform: Entry = {
    key: 'waveform',
    title: 'Waveform',
    names: ['waveform'],
    steps: [],
    types: [],
    output: -1,
    source: -1,
    shape: [samples],
  };
  return [
    waveform,
    ...groups.map(({ main, steps, names }, place) => ({
      key: stages[main].name,
      title:
        place === groups.length - 1
          ? `${counts[classes.length] ?? classes.length} answers`
          : titleOf(stages, groups.slice(0, -1), main),
      names,
      steps,
      types: steps.map((step) => stages[step].type),
      output: steps[steps.length - 1],
      source: sourceOf(stages, main),
      shape: stages[steps[steps.length - 1]].outputShape,
    })),
  ];
}

/** The entry that a stage's name leads to. */
export function entryNamed(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.find(({ names }) => names.includes(name));
}

/** The entry that shows the output of a stage. */
export function entryShowing(entries: readonly Entry[], stage: number): Entry | undefined {
  return entries.find(({ output }) => output === stage);
}

/** Where an input cell of the entry's first step stands in the output of its source. */
export function cellInSource(stages: readonly StageInfo[], { steps, source }: Entry, from: Cell): Cell {
  let cell = from;
  for (let index = steps[0] - 1; index > source; index--) {
    if (stages[index].type === 'flatten') cell = cellAt(stages[index].inputShape, cell[0]);
  }
  return cell;
}

function sourceOf(stages: readonly StageInfo[], main: number): number {
  let source = main - 1;
  while (source >= 0 && folded.includes(stages[source].type)) source--;
  return source;
}

/** "Convolution 1" where there are several, "Pooled" where there is one. */
function titleOf(stages: readonly StageInfo[], groups: readonly Group[], main: number): string {
  const { type, name } = stages[main];
  const same = groups.filter((group) => stages[group.main].type === type);
  const title = titles[type] ?? name;
  return same.length > 1 ? `${title} ${same.findIndex((group) => group.main === main) + 1}` : title;
}

/** A shape without a last axis of one: 124 × 129 instead of 124 × 129 × 1. */
export function plainShape(shape: Shape): Shape {
  return shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape;
}

/** How many maps a shape holds: 1 for what is no picture. */
export function channelsOf(shape: Shape): number {
  return shape.length === 3 ? shape[2] : 1;
}

/** "[9, 7, 4]", as one would index it; a single channel is left out. */
export function cellName(cell: Cell, shape: Shape): string {
  return `[${cell.slice(0, plainShape(shape).length).join(', ')}]`;
}
