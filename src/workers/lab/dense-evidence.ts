/** Chapter 8: what in the sound an answer rests on, and how that sounds alone. */
import type { StftOptions } from '../../lib/dsp/frames.ts';
import { hearCells, largestCells } from '../../lib/insight/hear-cells.ts';
import { dropByCell, type Occlusion, occlude } from '../../lib/insight/occlusion.ts';
import type { OcclusionOptions } from '../../lib/insight/occlusion-options.ts';
import { gradientTimesInput, saliency } from '../../lib/insight/saliency.ts';
import { classifyClip, type Network, stageIndex } from '../../lib/model/network.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';
import type { Bench } from './bench.ts';
import { heardBy } from './model-clip.ts';

const model = 'keywords';

/** How a cell of the spectrogram is weighed: by the slope of the logit, or by the slope times the cell's own value. */
export type SlopeMeasure = 'slope' | 'slope-times-value';

export interface SlopeMap {
  readonly classIndex: number;
  readonly logit: number;
  /** [frames, bins]. */
  readonly map: Tensor;
  /** The sum over all cells. */
  readonly sum: number;
}

export interface DropMap {
  readonly classIndex: number;
  readonly occlusion: Occlusion;
  /** The mean drop of the patches over each cell, [frames, bins]. */
  readonly map: Tensor;
}

/** A part of the second, and what the network says to it alone. */
export interface HeardPart {
  readonly samples: Float32Array;
  readonly probabilities: Float32Array;
}

export interface Parts {
  /** Hz. */
  readonly sampleRate: number;
  /** The cells that were kept, 1, and the others, 0, [frames, bins]. */
  readonly mask: Float32Array;
  readonly kept: HeardPart;
  readonly rest: HeardPart;
}

export function evidenceCalls(bench: Bench) {
  /** −1 stands for the class that the network names. */
  const classOf = (network: Network, probabilities: Float32Array, wanted: number) =>
    wanted in network.architecture.classes ? wanted : probabilities.indexOf(Math.max(...probabilities));

  return {
    /** The slope of a class's logit with each cell of the spectrogram. */
    async logitSlopes(wanted: number, measure: SlopeMeasure): Promise<SlopeMap> {
      const { network, clip, trace, kernels } = await heardBy(bench, model);
      const classIndex = classOf(network, trace.outputs[trace.outputs.length - 1].data, wanted);
      const target = { stage: stageIndex(network, 'dense2'), cell: [classIndex] };
      const found = saliency(network, clip, target, stageIndex(network, 'spectrogram'), kernels);
      const cells = measure === 'slope' ? found.gradient : gradientTimesInput(found);
      const sum = cells.data.reduce((total, value) => total + value, 0);
      return { classIndex, logit: found.value, map: tensor(cells.shape.slice(0, 2), cells.data), sum };
    },

    /** Tries every place of the patch; tells how far it has come. */
    async occlusionDrops(wanted: number, options: OcclusionOptions): Promise<DropMap> {
      const { network, trace, kernels } = await heardBy(bench, model);
      const classIndex = classOf(network, trace.outputs[trace.outputs.length - 1].data, wanted);
      const spectrogram = trace.outputs[stageIndex(network, 'spectrogram')];
      const tries = occlude(network, spectrogram, classIndex, options, kernels);
      let step = tries.next();
      for (; !step.done; step = tries.next()) bench.progress(step.value.done / step.value.total);
      const occlusion = step.value;
      const [frames, bins] = spectrogram.shape;
      return { classIndex, occlusion, map: dropByCell(occlusion, frames, bins) };
    },

    /** The cells with the largest values alone, and the rest alone. */
    async heardParts(values: Float32Array, share: number): Promise<Parts> {
      const { network, clip, kernels, info } = await heardBy(bench, model);
      const { sampleRate } = info;
      const options = network.stages[stageIndex(network, 'spectrogram')].layer.config as StftOptions;
      const mask = largestCells(values, share);
      const part = (cells: Float32Array): HeardPart => {
        const samples = hearCells({ samples: clip.data, sampleRate }, options, cells);
        return { samples, probabilities: classifyClip(network, tensor(clip.shape, samples), kernels) };
      };
      return { sampleRate, mask, kept: part(mask), rest: part(mask.map((cell) => 1 - cell)) };
    },
  };
}
