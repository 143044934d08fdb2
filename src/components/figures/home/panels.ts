/** The nine pictures of the network at a glance, and which stage of the model each of them shows. */
import type { Shape } from '@/lib/tensor';
import type { StageInfo } from '@/workers/protocol';

export const panelKeys = [
  'waveform',
  'spectrogram',
  'resized',
  'normalised',
  'conv1',
  'conv2',
  'pooled',
  'dense',
  'answers',
] as const;
export type PanelKey = (typeof panelKeys)[number];

export interface Panel {
  readonly key: PanelKey;
  readonly title: string;
  /** The stage whose output is shown; −1 for the clip itself. After a convolution or dense layer: its ReLU's. */
  readonly stage: number;
  /** The stage that the title leads to on the page Classify. */
  readonly name: string;
  readonly shape: Shape;
}

const titles: Readonly<Record<PanelKey, string>> = {
  waveform: 'Waveform',
  spectrogram: 'Spectrogram',
  resized: 'Resized',
  normalised: 'Normalised',
  conv1: 'Convolution 1',
  conv2: 'Convolution 2',
  pooled: 'Pooled',
  dense: 'Dense',
  answers: 'Ten answers',
};

/** The panels while nothing is known of the model. */
export const waitingPanels: readonly Pick<Panel, 'key' | 'title' | 'name'>[] = panelKeys.map((key) => ({
  key,
  title: titles[key],
  name: '',
}));

/**
 * Finds the panels in a model of the shape of `keywords`: spectrogram, resize, normalise, two convolutions, a pooling
 * and a dense layer, each with what goes with it.
 */
export function panelsOf(stages: readonly Pick<StageInfo, 'name' | 'type' | 'inputShape' | 'outputShape'>[]): Panel[] {
  const nth = (type: string, n = 0): number => {
    const found = stages.flatMap((stage, index) => (stage.type === type ? [index] : []))[n];
    if (found === undefined) throw new Error(`The model has too few stages of the type "${type}" for this picture.`);
    return found;
  };
  const rectified = (index: number): number => (stages[index + 1]?.type === 'relu' ? index + 1 : index);
  const panel = (key: PanelKey, stage: number, named = stage): Panel => ({
    key,
    title: titles[key],
    stage,
    name: stages[named].name,
    shape: pictureShape(stages[stage].outputShape),
  });
  const resize = nth('resize');
  const normalise = nth('normalise');
  const [conv1, conv2, dense] = [nth('conv2d'), nth('conv2d', 1), nth('dense')];
  return [
    { key: 'waveform', title: titles.waveform, stage: -1, name: 'waveform', shape: stages[0].inputShape },
    panel('spectrogram', resize - 1, 0),
    panel('resized', normalise - 1, resize),
    panel('normalised', normalise),
    panel('conv1', rectified(conv1), conv1),
    panel('conv2', rectified(conv2), conv2),
    panel('pooled', nth('max-pool2d')),
    panel('dense', rectified(dense), dense),
    panel('answers', stages.length - 1),
  ];
}

/** A picture of one channel is shown without that axis: 32 × 32. */
function pictureShape(shape: Shape): Shape {
  return shape.length === 3 && shape[2] === 1 ? shape.slice(0, 2) : shape;
}

/** How many columns the maps and units of a panel stand in. */
export function columnsOf(key: PanelKey, narrow: boolean): number {
  if (key === 'dense') return narrow ? 32 : 2;
  return narrow ? 8 : 4;
}

/** The address of a stage on the page Classify; without a name, that page. */
export function linkTo(name: string): string {
  return name ? `/classify/#stage=${encodeURIComponent(name)}` : '/classify/';
}
