/**
 * The still picture: a built-in clip run through the model when the site is built, so that the page shows its network
 * before any script has come, or without any.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { formatDimensions } from '@/components/plots/format';
import { createRaster, type Raster } from '@/components/plots/raster';
import { envelope, peakOf } from '@/components/plots/wave';
import { fitLoudest } from '@/lib/audio/loudest';
import { resampleClip } from '@/lib/audio/resample';
import { soundOfCell } from '@/lib/insight/field-to-sound';
import { plainKernels } from '@/lib/kernels/plain';
import { loadNetwork } from '@/lib/model/load';
import { type Network, traceClip } from '@/lib/model/network';
import { tensor } from '@/lib/tensor';
import { encodePng } from '../png.ts';
import { builtInClip, paletteOf } from '../still.ts';
import { markOf, sourceOf, type Traced } from './boxes.ts';
import { type CellPanelKey, painterOf } from './paint.ts';
import type { PanelKey } from './panels.ts';
import { answerOf, type PanelWeights, rangeText, type Scene, sceneOf, votesOf } from './scene.ts';
import {
  isSharedByLayouts,
  isSharedByThemes,
  type Layout,
  layouts,
  pictureName,
  type Snapshot,
  type Theme,
  themes,
} from './snapshot.ts';
import { strongestVote } from './thread.ts';
import { fieldText, pictureText } from './words.ts';

const model = 'public/models/keywords';
const word = 'yes';

/** Device pixels of a still picture in a CSS pixel. */
const ratio = 2;

/** The pictures' sizes in CSS pixels, about as large as the page shows them. */
const sizes: Readonly<Record<Layout, Readonly<Record<CellPanelKey, readonly [number, number]>>>> = {
  wide: {
    spectrogram: [124, 129],
    resized: [32, 32],
    normalised: [32, 32],
    conv1: [108, 216],
    conv2: [100, 400],
    pooled: [62, 248],
    dense: [24, 256],
  },
  narrow: {
    spectrogram: [124, 129],
    resized: [32, 32],
    normalised: [32, 32],
    conv1: [250, 125],
    conv2: [250, 250],
    pooled: [160, 160],
    dense: [250, 31],
  },
};

interface Still {
  readonly snapshot: Snapshot;
  readonly scene: Scene;
}

let made: Promise<Still | undefined> | undefined;

/** The still picture's words and numbers; undefined where there is no model. */
export async function stillSnapshot(): Promise<Snapshot | undefined> {
  made ??= make();
  return (await made)?.snapshot;
}

/** The still pictures as PNG files, by name. */
export async function stillPictures(): Promise<Map<string, () => Uint8Array<ArrayBuffer>>> {
  made ??= make();
  const files = new Map<string, () => Uint8Array<ArrayBuffer>>();
  const scene = (await made)?.scene;
  if (!scene) return files;
  for (const key of Object.keys(sizes.wide) as CellPanelKey[]) {
    for (const layout of layouts) {
      for (const theme of themes) {
        if (layout === 'narrow' && isSharedByLayouts(key)) continue;
        if (theme === 'dark' && isSharedByThemes(key)) continue;
        files.set(pictureName(key, layout, theme), () => encodePng(paintStill(scene, key, layout, theme)));
      }
    }
  }
  return files;
}

async function make(): Promise<Still | undefined> {
  if (!existsSync(`${model}/weights.safetensors`)) return undefined;
  const network = await loadNetwork(async (file) => new Uint8Array(await readFile(`${model}/${file}`)));
  const { sampleRate, samples } = network.architecture.input;
  const clip = fitLoudest(resampleClip(await builtInClip(word), sampleRate), samples);
  const trace = traceClip(network, tensor([samples], clip.samples), plainKernels);
  const stages = network.stages.map(({ layer, ...stage }) => ({
    ...stage,
    type: layer.type,
    config: layer.config as Readonly<Record<string, unknown>>,
  }));
  const { classes } = network.architecture;
  const scene = sceneOf(word, { classes, sampleRate, samples, stages }, trace);
  return { scene, snapshot: describe(network, scene) };
}

function describe(network: Network, scene: Scene): Snapshot {
  const answer = answerOf(scene);
  const votes = votesOf(scene, weightsOf(network));
  if (!answer || !votes) throw new Error('The still picture lacks a stage.');
  const thread = strongestVote(votes, answer.index);
  const source = sourceOf(thread);
  const stage = scene.panels.find(({ key }) => key === source)?.stage ?? 0;
  const field = soundOfCell(network, stage, thread.cells[source] ?? []);
  const traced = { scene, thread, field };
  return {
    word,
    answer: answer.word,
    probability: answer.probability,
    classes: scene.classes,
    probabilities: [...votes.answers.data],
    panels: scene.panels.map(({ key, title, name, shape }) => {
      const values = scene.shown[key];
      if (!values) throw new Error(`The still picture lacks ${title}.`);
      const text = pictureText(key, title, values);
      return { key, title, name, shape: formatDimensions(shape), range: rangeText(key, values), text };
    }),
    field: fieldText(field.seconds, field.hertz),
    statistics: field.statistics.length > 0,
    marks: { wide: marksOf(traced, 'wide'), narrow: marksOf(traced, 'narrow') },
    wave: outline(scene.shown.waveform?.data ?? new Float32Array(1)),
  };
}

function weightsOf({ stages }: Network): PanelWeights {
  const nth = (type: string, n: number) => stages.filter(({ layer }) => layer.type === type)[n].layer.weights.weight;
  return { conv1: nth('conv2d', 0), conv2: nth('conv2d', 1), dense: nth('dense', 0), answers: nth('dense', 1) };
}

function marksOf(traced: Traced, layout: Layout): Snapshot['marks'][Layout] {
  const keys = Object.keys(sizes[layout]) as CellPanelKey[];
  const marks = [...keys, 'waveform' as const].map((key: Exclude<PanelKey, 'answers'>) => {
    const [width, height] = key === 'waveform' ? [1, 1] : sizes[layout][key];
    const size = { width: width * ratio, height: height * ratio };
    return [key, markOf(traced, key, size, ratio, layout === 'narrow')];
  });
  return Object.fromEntries(marks);
}

function paintStill(scene: Scene, key: CellPanelKey, layout: Layout, theme: Theme): Raster {
  const values = scene.shown[key];
  if (!values) throw new Error(`The still picture lacks ${key}.`);
  const [width, height] = sizes[layout][key];
  const raster = createRaster(width * ratio, height * ratio);
  painterOf(key, values, scene.loudest, layout === 'narrow')(raster, paletteOf(theme), ratio);
  return raster;
}

/** The wave as an SVG path in a box of 1000 × 100, as `drawWave` draws it. */
function outline(samples: Float32Array): string {
  const columns = 250;
  const wave = envelope(samples, columns);
  const scale = 47 / (peakOf(wave) || 1);
  const x = (column: number) => (column * 1000) / columns;
  const upper: string[] = [];
  const lower: string[] = [];
  for (let column = 0; column < columns; column++) {
    const top = Math.min(49.5, 50 - wave.high[column] * scale).toFixed(1);
    const bottom = Math.max(50.5, 50 - wave.low[column] * scale).toFixed(1);
    upper.push(`${x(column)} ${top}H${x(column + 1)}`);
    lower.unshift(`${x(column + 1)} ${bottom}H${x(column)}`);
  }
  return `M${upper.join('L')}L${lower.join('L')}Z`;
}
