/** Which seconds and hertz the columns and rows of a stage's picture stand for. */
import { binScale, type CellScale, frameScale, resizedScale } from '@/components/plots/cell-scale';
import type { StftOptions } from '@/lib/dsp/frames';
import type { MelOptions } from '@/lib/dsp/mel';
import type { ModelInfo, StageInfo } from '@/workers/protocol';
import { melAxis } from './mel-scale.ts';

export interface Scales {
  /** Seconds from the start of the model's input. */
  readonly time: CellScale;
  /** Hertz. */
  readonly frequency: CellScale;
}

/** What runs along the axis of a stage's output that is not time. */
export type Rows =
  | { readonly kind: 'hertz'; readonly scale: CellScale }
  /** Evenly spaced in mel: the scale is in mel. */
  | { readonly kind: 'mel'; readonly scale: CellScale; readonly mel: MelBands }
  /** No frequencies: the coefficients of an MFCC, the channels of a series. */
  | { readonly kind: 'number'; readonly name: string };

export type MelBands = Pick<MelOptions, 'nMels' | 'fMin' | 'fMax' | 'scale'>;

/**
 * The axes of a stage's output: of the waveform time alone, of a picture time and rows, of a mean over time the rows
 * alone.
 */
export interface Axes {
  /** Seconds from the start of the model's input. */
  readonly time?: CellScale;
  /** Where silence was cut off before, the seconds count from the first sample that was kept. */
  readonly trimmed?: true;
  readonly rows?: Rows;
  /** Where the rows were turned to run along the first axis, what the second one counts: "frame", "channel". */
  readonly across?: string;
}

type Known = Pick<ModelInfo, 'stages' | 'sampleRate'> & Partial<Pick<ModelInfo, 'samples'>>;

/** The scales of the output of a stage; undefined for what is no picture of time and of evenly spaced hertz. */
export function scalesOf(info: Known, stage: number): Scales | undefined {
  const { time, rows } = axesOf(info, stage);
  return time && rows?.kind === 'hertz' ? { time, frequency: rows.scale } : undefined;
}

/** The axes of the output of a stage, or of the clip, −1. */
export function axesOf(info: Known, stage: number): Axes {
  if (stage < 0) {
    return info.samples === undefined ? {} : { time: { count: info.samples, first: 0, step: 1 / info.sampleRate } };
  }
  const one = info.stages[stage];
  return through(axesOf(info, one.inputIndex), one, info.sampleRate);
}

function through(before: Axes, stage: StageInfo, sampleRate: number): Axes {
  const { type, config, inputShape, outputShape } = stage;
  switch (type) {
    case 'spectrogram':
      return ofSpectrogram(before, stage, sampleRate);
    case 'trim':
      return { ...before, trimmed: true };
    case 'mel': {
      const mel = config as unknown as MelBands;
      return { ...before, rows: { kind: 'mel', scale: melAxis(mel).scale, mel } };
    }
    case 'dct':
      return { ...before, rows: { kind: 'number', name: 'coefficient' } };
    case 'mean-over-time':
      return before.rows ? { rows: before.rows } : {};
    case 'resize':
    case 'transposed-conv2d':
      return along(before, outputShape, resizedScale);
    case 'conv2d':
    case 'depthwise-conv2d':
      return along(before, outputShape, windows(config, 'kernel'));
    case 'max-pool2d':
      return along(before, outputShape, windows(config, 'pool'));
    case 'transpose':
      return before.rows ? { rows: before.rows, across: 'frame' } : {};
    case 'conv1d':
      return series(before, stage, config.kernel as number, config.stride as number);
    case 'max-pool1d':
      return series(before, stage, config.pool as number, config.pool as number);
    case 'lstm':
      return outputShape.length === 2 && before.time ? { ...before, rows: { kind: 'number', name: 'unit' } } : {};
    case 'flatten':
    case 'dense':
    case 'global-average-pool':
      return {};
    default:
      return inputShape.length === outputShape.length ? before : {};
  }
}

function ofSpectrogram({ trimmed }: Axes, { config, outputShape }: StageInfo, sampleRate: number): Axes {
  const options = config as unknown as StftOptions;
  const [frames, bins] = outputShape;
  return {
    time: frameScale(frames, options, sampleRate),
    ...(trimmed ? { trimmed } : {}),
    rows: { kind: 'hertz', scale: binScale(bins, options.nFft, sampleRate) },
  };
}

/** Both axes of a picture, each changed in the same manner. */
function along(
  { time, rows, ...rest }: Axes,
  [times, frequencies]: readonly number[],
  change: (scale: CellScale, count: number, axis: 'Height' | 'Width') => CellScale,
): Axes {
  return {
    ...rest,
    ...(time ? { time: change(time, times, 'Height') } : {}),
    ...(rows
      ? { rows: rows.kind === 'number' ? rows : { ...rows, scale: change(rows.scale, frequencies, 'Width') } }
      : {}),
  };
}

function windows(config: StageInfo['config'], name: 'kernel' | 'pool') {
  return (scale: CellScale, count: number, axis: 'Height' | 'Width') => {
    const length = config[`${name}${axis}`] as number;
    const stride = name === 'pool' ? length : (config[`stride${axis}`] as number);
    return windowed(scale, count, length, stride, config.padding === 'same');
  };
}

/** A series of [length, channels]: along the time of what it reads, or along its rows. */
function series(before: Axes, { config, outputShape }: StageInfo, length: number, stride: number): Axes {
  const { time, trimmed, rows, across } = before;
  const move = (scale: CellScale) => windowed(scale, outputShape[0], length, stride, config.padding === 'same');
  if (time && across === undefined) {
    return { time: move(time), ...(trimmed ? { trimmed } : {}), rows: { kind: 'number', name: 'channel' } };
  }
  if (!rows || rows.kind === 'number') return {};
  return { rows: { ...rows, scale: move(rows.scale) }, across: 'channel' };
}

/** Cells that each read a window of `length` cells stand in its middle; the windows begin `stride` cells apart. */
export function windowed(scale: CellScale, count: number, length: number, stride: number, padded: boolean): CellScale {
  const padding = padded ? Math.max(0, (count - 1) * stride + length - scale.count) >> 1 : 0;
  return { count, first: scale.first + ((length - 1) / 2 - padding) * scale.step, step: scale.step * stride };
}
