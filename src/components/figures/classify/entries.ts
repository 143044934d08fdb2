/**
 * The entries of the stage browser: a model's stages, grouped as one speaks of them. A ReLU, batch normalisation or
 * softmax belongs to the layer that it reads; dropout and flatten, which change no number of an answering network, to
 * the one that reads them. The stages of a residual block stand together.
 */
import { type Cell, cellAt, type Shape } from '@/lib/tensor';
import type { ModelInfo, StageInfo } from '@/workers/protocol';
import { blocksOf } from './blocks.ts';

/** What the page knows of a model when it is built, and still knows when the weights have come. */
export type ModelShell = Pick<ModelInfo, 'name' | 'classes' | 'sampleRate' | 'samples' | 'stages'>;

export interface Entry {
  /** The name of the stage that it is about; its address is #stage=key. */
  readonly key: string;
  readonly title: string;
  /** The residual block that it belongs to, "Block 3". */
  readonly block?: string;
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
  /** The same for the second input of a step that joins two. */
  readonly skip?: number;
  readonly shape: Shape;
}

/** Which input of a layer that joins two; the one that every layer has where nothing is said. */
export type InputName = 'skip' | undefined;

const followers: readonly string[] = ['relu', 'batch-norm', 'softmax'];
const folded: readonly string[] = ['dropout', 'flatten'];
const titles: Readonly<Record<string, string>> = {
  denoise: 'Denoised',
  trim: 'Trimmed',
  spectrogram: 'Spectrogram',
  mel: 'Mel',
  decibels: 'Decibels',
  dct: 'MFCC',
  log: 'Logarithm',
  power: 'Compressed',
  resize: 'Resized',
  normalise: 'Normalised',
  'min-max': 'Scaled',
  'mean-over-time': 'Mean over time',
  conv1d: 'Convolution',
  conv2d: 'Convolution',
  'depthwise-conv2d': 'Depthwise',
  'transposed-conv2d': 'Transposed',
  'batch-norm': 'Batch-norm',
  relu: 'ReLU',
  'max-pool1d': 'Pooled',
  'max-pool2d': 'Pooled',
  'global-average-pool': 'Mean of each map',
  sum: 'Sum',
  transpose: 'Turned',
  lstm: 'LSTM',
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
  const groups = groupsOf(stages);
  const blocks = blocksOf(stages);
  const blockOf = (stage: number) => blocks.find(({ stages: own }) => own.has(stage));
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
    ...groups.map(({ main, steps, names }): Entry => {
      const { inputIndex, skipIndex, name } = stages[main];
      const output = steps[steps.length - 1];
      const block = blockOf(main);
      const isLast = output === stages.length - 1;
      const alike = groups.filter(
        (other) => other !== groups.at(-1) && blockOf(other.main) === block && !block?.around.has(other.main),
      );
      const plain = titleOf(stages, alike, main, block?.around.has(main) ?? false);
      return {
        key: name,
        title: isLast
          ? `${counts[classes.length] ?? classes.length} answers`
          : block
            ? `${block.title} ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`
            : plain,
        ...(block ? { block: block.title } : {}),
        names,
        steps,
        types: steps.map((step) => stages[step].type),
        output,
        source: pastFolded(stages, inputIndex),
        ...(skipIndex === undefined ? {} : { skip: pastFolded(stages, skipIndex) }),
        shape: stages[output].outputShape,
      };
    }),
  ];
}

/** A stage that follows joins the group that ends in what it reads, where nothing else reads that too. */
function groupsOf(stages: readonly StageInfo[]): readonly Group[] {
  const readers = new Map<number, number>();
  for (const { inputIndex, skipIndex } of stages) {
    for (const index of [inputIndex, skipIndex]) {
      if (index !== undefined) readers.set(index, (readers.get(index) ?? 0) + 1);
    }
  }
  const groups: Group[] = [];
  const waiting = new Map<number, string[]>();
  for (const [index, { name, type, inputIndex, skipIndex }] of stages.entries()) {
    const before = groups.find(({ steps }) => steps.at(-1) === inputIndex);
    const folding = waiting.get(inputIndex) ?? [];
    if (folded.includes(type)) waiting.set(index, [...folding, name]);
    else if (followers.includes(type) && before && readers.get(inputIndex) === 1) {
      before.steps.push(index);
      before.names.push(name);
    } else {
      const second = skipIndex === undefined ? [] : (waiting.get(skipIndex) ?? []);
      groups.push({ main: index, steps: [index], names: [...folding, ...second, name] });
    }
  }
  const last = waiting.get(stages.length - 1);
  if (last) groups.at(-1)?.names.push(...last);
  return groups;
}

/** The entry that a stage's name leads to. */
export function entryNamed(entries: readonly Entry[], name: string): Entry | undefined {
  return entries.find(({ names }) => names.includes(name));
}

/** The entry that shows the output of a stage. */
export function entryShowing(entries: readonly Entry[], stage: number): Entry | undefined {
  return entries.find(({ output }) => output === stage);
}

/** The stage whose output a term of the entry's first step is read from, past dropout and flatten. */
export function sourceOfTerm({ source, skip }: Entry, input: InputName): number {
  return input === 'skip' && skip !== undefined ? skip : source;
}

/** Where an input cell of the entry's first step stands in the output of its source. */
export function cellInSource(stages: readonly StageInfo[], entry: Entry, from: Cell, input?: InputName): Cell {
  const { inputIndex, skipIndex } = stages[entry.steps[0]];
  const source = sourceOfTerm(entry, input);
  let cell = from;
  let index = input === 'skip' && skipIndex !== undefined ? skipIndex : inputIndex;
  while (index !== source) {
    const { type, inputShape, inputIndex: before } = stages[index];
    if (type === 'flatten') cell = cellAt(inputShape, cell[0]);
    index = before;
  }
  return cell;
}

function pastFolded(stages: readonly StageInfo[], index: number): number {
  let source = index;
  while (source >= 0 && folded.includes(stages[source].type)) source = stages[source].inputIndex;
  return source;
}

/** "Convolution 1" where there are several among these, "Pooled" where there is one. */
function titleOf(stages: readonly StageInfo[], groups: readonly Group[], main: number, isAround: boolean): string {
  if (isAround) return 'Way around';
  const kind = (group: Group) => titles[stages[group.main].type] ?? stages[group.main].type;
  const own = titles[stages[main].type] ?? stages[main].name;
  const same = groups.filter((group) => kind(group) === own);
  return same.length > 1 ? `${own} ${same.findIndex((group) => group.main === main) + 1}` : own;
}

/** Whether an entry is still a sound, and no picture of one. */
export function isSound({ types }: Entry): boolean {
  return types.every((type) => type === 'denoise' || type === 'trim');
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
