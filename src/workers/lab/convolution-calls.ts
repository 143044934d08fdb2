/** Chapter 7: the maps of `keywords` on the clip, one map taken apart, the reader's own kernel, and what excites a map. */
import { removeOffset } from '../../lib/audio/offset.ts';
import { resample } from '../../lib/audio/resample.ts';
import type { StftOptions } from '../../lib/dsp/frames.ts';
import { griffinLim } from '../../lib/dsp/griffin-lim.ts';
import { ascend, ascentParameters } from '../../lib/insight/activation-maximisation.ts';
import { soundOfCell } from '../../lib/insight/field-to-sound.ts';
import { hearField } from '../../lib/insight/hear.ts';
import { pictureToSpectrogram } from '../../lib/insight/picture-to-spectrogram.ts';
import type { Weights } from '../../lib/layers/layer.ts';
import type { Span } from '../../lib/layers/region.ts';
import { stageIndex, type Trace, traceClip } from '../../lib/model/network.ts';
import { defaults } from '../../lib/parameters.ts';
import { type Cell, cellAt, type Shape, type Tensor } from '../../lib/tensor.ts';
import { handOver } from '../hand-over.ts';
import type { HeardField, SoundField, StageInfo } from '../protocol.ts';
import type { Loaded } from '../shelf.ts';
import type { Bench, LabClip } from './bench.ts';
import { convolved, type Kernel, partsOfMap } from './convolved.ts';
import { modelClip } from './model-clip.ts';
import { levelRange, ownOptions, ownRate } from './own-options.ts';
import { decibelPicture } from './spectrogram-calls.ts';

export const model = 'keywords';

/** What some stages made of the second that is judged, by the names of the stages. */
export interface StageOutputs {
  /** Hz. */
  readonly sampleRate: number;
  readonly stages: readonly StageInfo[];
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly weights: Readonly<Record<string, Weights>>;
}

/** One output map of a convolution, taken apart. */
export interface TakenApart {
  /** What each input map adds, [height, width, input maps]. */
  readonly parts: Tensor;
  readonly bias: number;
  /** The map as the network computed it, before ReLU, [height, width, 1]. */
  readonly whole: Tensor;
}

/** The spectrogram that the reader's own kernel is laid on. */
export interface OwnInput {
  readonly options: StftOptions;
  /** Hz. */
  readonly sampleRate: number;
  /** The middle of frame 0, seconds. */
  readonly firstTime: number;
  /** Decibels above the floor, [frames, bins, 1]: 0 is `levelRange` below the loudest cell. */
  readonly input: Tensor;
}

/** What the kernel has made of it. */
export interface OwnMap {
  readonly kernel: Kernel;
  readonly inputShape: Shape;
  readonly output: Tensor;
}

export interface Excited {
  /** The picture that was found, [time, frequency, 1], in the units of the normalised stage. */
  readonly picture: Tensor;
  /** How strongly it excites the map, and how strongly the clip does: the map's mean after ReLU. */
  readonly value: number;
  readonly ofClip: number;
  /** The magnitudes that would have become this picture, [frames, bins, 1]. */
  readonly spectrogram: Tensor;
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
}

export interface CellSound {
  readonly field: SoundField;
  readonly heard: HeardField;
}

/** Of the sound that a picture is turned into. */
const griffinLimPasses = 32;

export function convolutionCalls(bench: Bench) {
  const trace = createTracer(bench);
  const own = createOwnInput(bench);
  return {
    /** The outputs and weights of stages of `keywords`. */
    async stageOutputs(names: readonly string[]): Promise<StageOutputs> {
      const { loaded, outputs } = await trace();
      const { network, info } = loaded;
      const of = <Value>(pick: (index: number) => Value) =>
        Object.fromEntries(names.map((name) => [name, pick(stageIndex(network, name))] as const));
      return {
        sampleRate: info.sampleRate,
        stages: info.stages,
        outputs: of((index) => outputs[index]),
        weights: of((index) => network.stages[index].layer.weights),
      };
    },

    /** A map of the second convolution as the sum of what each map before it adds. */
    async takenApart(filter: number): Promise<TakenApart> {
      const { loaded, outputs } = await trace();
      const conv = stageIndex(loaded.network, 'conv2');
      const { layer } = loaded.network.stages[conv];
      return partsOfMap(outputs[conv - 1], layer.weights, outputs[conv], filter, loaded.kernels);
    },

    /** The strongest cell after the max-pool, and the columns of the picture that it depends on. */
    async strongestPooled(): Promise<{ readonly cell: Cell; readonly columns: Span }> {
      const { loaded, outputs } = await trace();
      const { network } = loaded;
      const pool = stageIndex(network, 'pool');
      const { shape, data } = outputs[pool];
      const best = data.reduce((most, value, index) => (value > data[most] ? index : most), 0);
      const cell = cellAt(shape, best);
      return { cell, columns: soundOfCell(network, pool, cell).regions[stageIndex(network, 'normalised')][0] };
    },

    /** The part of the sound that a cell depends on, and that part to be heard. */
    async cellSound(stage: string, cell: Cell): Promise<CellSound> {
      const { loaded, input } = await trace();
      const { sampleRate } = loaded.info;
      const field = soundOfCell(loaded.network, stageIndex(loaded.network, stage), cell);
      return { field, heard: { sampleRate, ...hearField({ samples: input.data, sampleRate }, field) } };
    },

    /** The spectrogram of the whole clip. */
    ownInput: (): OwnInput => own(),

    /** How large that spectrogram is. */
    ownShape: (): Shape => own().input.shape,

    /** A kernel of the reader's laid on that spectrogram. */
    async ownKernel(kernel: Kernel): Promise<OwnMap> {
      const { kernels } = await bench.open(model);
      const { input } = own();
      const output = convolved(input, kernel, kernels);
      return handOver({ kernel, inputShape: input.shape, output }, output.data);
    },

    /** Climbs to a picture that excites a map, and makes a sound of it. */
    async excite(stage: string, channel: number, seed: number): Promise<Excited> {
      const { loaded, input, outputs } = await trace();
      const { network, kernels, info } = loaded;
      const unit = { stage: stageIndex(network, stage), channel };
      const normalised = stageIndex(network, 'normalised');
      const options = { ...defaults(ascentParameters), jitter: 2, seed };
      const climb = ascend(network, unit, normalised, options, kernels);
      let step = climb.next();
      for (; !step.done; step = climb.next()) bench.progress((0.8 * step.value.done) / step.value.total);
      const { picture, value } = step.value;
      const spectrogram = pictureToSpectrogram(network, normalised, picture, { input, outputs }, kernels);
      const stft = network.stages[0].layer.config as StftOptions;
      let samples = new Float32Array(0);
      const passes = griffinLim(spectrogram.data, stft, { iterations: griffinLimPasses, seed });
      for (const pass of passes) {
        samples = Float32Array.from(pass.samples);
        bench.progress(0.8 + (0.2 * pass.iteration) / griffinLimPasses);
      }
      const ofClip = meanOfChannel(outputs[unit.stage], channel);
      return { picture, value, ofClip, spectrogram, samples, sampleRate: info.sampleRate };
    },
  };
}

/** The trace of the second to judge, run once for each clip. */
function createTracer(bench: Bench): () => Promise<Trace & { readonly loaded: Loaded }> {
  let last: { readonly clip: LabClip; readonly trace: Trace } | undefined;
  return async () => {
    const loaded = await bench.open(model);
    const clip = bench.clip();
    if (last?.clip !== clip) {
      last = { clip, trace: traceClip(loaded.network, modelClip(clip, loaded.info), loaded.kernels) };
    }
    return { ...last.trace, loaded };
  };
}

/** The spectrogram of the whole clip, made once for each clip. */
function createOwnInput(bench: Bench): () => OwnInput {
  let last: { readonly of: Float32Array; readonly input: OwnInput } | undefined;
  return () => {
    const { samples, sampleRate } = bench.clip();
    if (last?.of !== samples) last = { of: samples, input: ownInputOf(samples, sampleRate) };
    return last.input;
  };
}

/** A clip's spectrogram in decibels above the floor. */
export function ownInputOf(samples: Float32Array, sampleRate: number): OwnInput {
  const heard = removeOffset(resample(samples, sampleRate, ownRate));
  const { decibels, frames, bins, firstTime } = decibelPicture(heard, ownRate, ownOptions);
  const data = decibels.map((level) => Math.max(0, level + levelRange));
  return { options: ownOptions, sampleRate: ownRate, firstTime, input: { shape: [frames, bins, 1], data } };
}

function meanOfChannel({ shape, data }: Tensor, channel: number): number {
  const channels = shape[shape.length - 1];
  let sum = 0;
  for (let i = channel; i < data.length; i += channels) sum += data[i];
  return (sum * channels) / data.length;
}
