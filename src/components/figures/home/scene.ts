/** All that the picture shows of one clip: each panel's values, their ranges in words, and what the thread needs. */

import { extentOf, indexOfLargest } from '@/components/plots/cells';
import { formatNumber, formatRange, type NumberFormat } from '@/components/plots/format';
import type { Tensor } from '@/lib/tensor';
import type { ModelInfo, TraceResult } from '@/workers/protocol';
import { loudestOf, shownValues } from './paint.ts';
import { type Panel, type PanelKey, panelsOf } from './panels.ts';
import type { Votes } from './thread.ts';

export interface Scene {
  /** Changes with the clip and with the second to judge. */
  readonly id: string;
  readonly classes: readonly string[];
  /** The length of the model's input, in seconds. */
  readonly duration: number;
  readonly panels: readonly Panel[];
  /** The values as they are painted; energies in dB. Only the first ones while the model is still on its way. */
  readonly shown: Readonly<Partial<Record<PanelKey, Tensor>>>;
  /** The spectrogram's largest value, dB. */
  readonly loudest: number;
}

/** The weights that votes are counted with, by panel. */
export type PanelWeights = Readonly<Record<'conv1' | 'conv2' | 'dense' | 'answers', Tensor>>;

/** @param trace of the whole network, or of its first stages alone */
export function sceneOf(
  id: string,
  info: Pick<ModelInfo, 'classes' | 'sampleRate' | 'samples' | 'stages'>,
  trace: Pick<TraceResult, 'input' | 'outputs'>,
): Scene {
  const panels = panelsOf(info.stages);
  const shown: Partial<Record<PanelKey, Tensor>> = {};
  for (const panel of panels) {
    const value = panel.stage < 0 ? trace.input : trace.outputs[panel.stage];
    if (value) shown[panel.key] = shownValues(panel, value, info.stages);
  }
  return {
    id,
    classes: info.classes,
    duration: info.samples / info.sampleRate,
    panels,
    shown,
    loudest: shown.spectrogram ? loudestOf(shown.spectrogram) : 0,
  };
}

/** What the thread runs through; undefined before the whole network has run. */
export function votesOf({ shown }: Scene, weights: PanelWeights): Votes | undefined {
  const { normalised, conv1, conv2, pooled, dense, answers } = shown;
  if (!normalised || !conv1 || !conv2 || !pooled || !dense || !answers) return undefined;
  return {
    normalised,
    conv1,
    conv2,
    pooled,
    dense,
    answers,
    conv1Weight: weights.conv1,
    conv2Weight: weights.conv2,
    denseWeight: weights.dense,
    answerWeight: weights.answers,
  };
}

export interface Answer {
  readonly index: number;
  readonly word: string;
  readonly probability: number;
}

export function answerOf({ classes, shown }: Scene): Answer | undefined {
  if (!shown.answers) return undefined;
  const index = indexOfLargest(shown.answers.data);
  return { index, word: classes[index], probability: shown.answers.data[index] };
}

const formats: Readonly<Partial<Record<PanelKey, NumberFormat>>> = {
  waveform: { decimals: 2 },
  spectrogram: { decimals: 0, unit: 'dB' },
  resized: { decimals: 0, unit: 'dB' },
  normalised: { decimals: 2 },
};

/** "−46 to 24 dB"; for the answers, their unit. */
export function rangeText(key: PanelKey, values: Tensor): string {
  if (key === 'answers') return 'per cent';
  const { min, max } = extentOf(values.data);
  const format = formats[key];
  if (format) return formatRange(min, max, format);
  return `${min === 0 ? '0' : formatNumber(min, { decimals: 1 })} to ${formatNumber(max, { decimals: 1 })}`;
}
