/** Which seconds and hertz the columns and rows of a stage's picture stand for. */
import { binScale, type CellScale, frameScale, resizedScale } from '@/components/plots/cell-scale';
import type { StftOptions } from '@/lib/dsp/frames';
import type { ModelInfo, StageInfo } from '@/workers/protocol';

export interface Scales {
  /** Seconds from the start of the model's input. */
  readonly time: CellScale;
  /** Hertz. */
  readonly frequency: CellScale;
}

/** The scales of the output of a stage; undefined for what is no picture of time and frequency. */
export function scalesOf({ stages, sampleRate }: Pick<ModelInfo, 'stages' | 'sampleRate'>, stage: number) {
  let scales: Scales | undefined;
  for (const one of stages.slice(0, stage + 1)) {
    scales = one.type === 'spectrogram' ? ofSpectrogram(one, sampleRate) : scales && through(scales, one);
  }
  return scales;
}

function ofSpectrogram({ config, outputShape }: StageInfo, sampleRate: number): Scales {
  const options = config as unknown as StftOptions;
  const [frames, bins] = outputShape;
  return {
    time: frameScale(frames, options, sampleRate),
    frequency: binScale(bins, options.nFft, sampleRate),
  };
}

function through({ time, frequency }: Scales, stage: StageInfo): Scales | undefined {
  const { type, config, outputShape } = stage;
  if (outputShape.length !== 3) return undefined;
  const [times, frequencies] = outputShape;
  const number = (name: string) => config[name] as number;
  switch (type) {
    case 'resize':
      return { time: resizedScale(time, times), frequency: resizedScale(frequency, frequencies) };
    case 'conv2d':
      return {
        time: windowed(time, times, number('kernelHeight'), number('strideHeight'), config.padding === 'same'),
        frequency: windowed(
          frequency,
          frequencies,
          number('kernelWidth'),
          number('strideWidth'),
          config.padding === 'same',
        ),
      };
    case 'max-pool2d':
      return {
        time: windowed(time, times, number('poolHeight'), number('poolHeight'), false),
        frequency: windowed(frequency, frequencies, number('poolWidth'), number('poolWidth'), false),
      };
    default:
      return { time, frequency };
  }
}

/** Cells that each read a window of `length` cells stand in its middle; the windows begin `stride` cells apart. */
export function windowed(scale: CellScale, count: number, length: number, stride: number, padded: boolean): CellScale {
  const padding = padded ? Math.max(0, (count - 1) * stride + length - scale.count) >> 1 : 0;
  return { count, first: scale.first + ((length - 1) / 2 - padding) * scale.step, step: scale.step * stride };
}
