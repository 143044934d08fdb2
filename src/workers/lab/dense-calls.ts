/** Chapter 8: what the last layers of `keywords` make of the second that it judges. */
import type { StftOptions } from '../../lib/dsp/frames.ts';
import { contributionsTo, type UnitContributions } from '../../lib/insight/contributions.ts';
import { hearField } from '../../lib/insight/hear.ts';
import { explainCell, inputOf, type Network, stageIndex, type Trace } from '../../lib/model/network.ts';
import { type Tensor, tensor } from '../../lib/tensor.ts';
import type { StageInfo } from '../protocol.ts';
import { stagesOf } from '../stages.ts';
import type { Bench } from './bench.ts';
import { doubtCalls } from './dense-doubt.ts';
import { evidenceCalls } from './dense-evidence.ts';
import { heardBy } from './model-clip.ts';
import { type DecibelPicture, decibelPicture } from './spectrogram-calls.ts';

/** The second that is judged, with what the last layers made of it. */
export interface Judged {
  readonly classes: readonly string[];
  readonly stages: readonly StageInfo[];
  readonly logits: Float32Array;
  readonly probabilities: Float32Array;
  /** The biases of the last layer, one a class. */
  readonly biases: Float32Array;
  /** What the units of the first dense layer say, after ReLU. */
  readonly units: Float32Array;
  /** For each class and unit weight × value, [classes, units]: with the bias, a class's votes add up to its logit. */
  readonly votes: Tensor;
  /** The last layer's weights, [units, classes]. */
  readonly weights: Tensor;
  /** What is laid into a row: [time, frequency, channels]. */
  readonly pooled: Tensor;
  /** Of the second; times count from its beginning. */
  readonly picture: DecibelPicture;
}

/** How a unit's weights, or what it adds up, are seen over the pooled picture. */
export type UnitView = 'strength' | 'channel' | 'votes';

export interface UnitMap {
  /** [time, frequency]. */
  readonly map: Tensor;
  /** Of the unit: its bias, and its value before ReLU for this clip. */
  readonly bias: number;
  readonly value: number;
}

const model = 'keywords';

export function denseCalls(bench: Bench) {
  return {
    async judged(): Promise<Judged> {
      const { network, clip, trace } = await heardBy(bench, model);
      return judgedOf(network, clip, trace);
    },

    /** What the second sounds like to the softmax: the logits alone. */
    async logitsOfClip(): Promise<Float32Array> {
      const { network, trace } = await heardBy(bench, model);
      return trace.outputs[stageIndex(network, 'dense2')].data;
    },

    /** What made a unit of the first dense layer what it is. */
    async unitVotes(unit: number, count: number): Promise<UnitContributions> {
      const { network, trace } = await heardBy(bench, model);
      return contributionsTo(network, trace, stageIndex(network, 'dense1'), unit, count);
    },

    async unitMap(unit: number, view: UnitView, channel: number): Promise<UnitMap> {
      const { network, trace } = await heardBy(bench, model);
      return unitMap(network, trace, unit, view, channel);
    },

    /** A field of the second alone, as loud as the second. */
    async soundOfField(seconds: readonly [number, number], hertz: readonly [number, number]) {
      const { clip, info } = await heardBy(bench, model);
      const { sampleRate } = info;
      return { sampleRate, ...hearField({ samples: clip.data, sampleRate }, { seconds, hertz }) };
    },

    ...evidenceCalls(bench),
    ...doubtCalls(bench),
  };
}

export function judgedOf(network: Network, clip: Tensor, trace: Trace): Judged {
  const last = stageIndex(network, 'dense2');
  const { layer, inputShape, outputShape } = network.stages[last];
  const [units] = inputShape;
  const [classes] = outputShape;
  const votes = tensor([classes, units]);
  for (let k = 0; k < classes; k++) {
    const { terms } = explainCell(network, trace, last, [k]);
    for (const [i, { value, weight = 1 }] of terms.entries()) votes.data[k * units + i] = value * weight;
  }
  const spectrogram = network.stages[stageIndex(network, 'spectrogram')].layer.config as StftOptions;
  return {
    classes: network.architecture.classes,
    stages: stagesOf(network),
    logits: trace.outputs[last].data,
    probabilities: trace.outputs[trace.outputs.length - 1].data,
    biases: layer.weights.bias.data,
    units: inputOf(network, trace, last).data,
    votes,
    weights: layer.weights.weight,
    pooled: trace.outputs[stageIndex(network, 'pool')],
    picture: decibelPicture(clip.data, network.architecture.input.sampleRate, spectrogram),
  };
}

function unitMap(network: Network, trace: Trace, unit: number, view: UnitView, channel: number): UnitMap {
  const stage = stageIndex(network, 'dense1');
  const { terms, bias = 0, result } = explainCell(network, trace, stage, [unit]);
  const [times, frequencies, channels] = network.stages[stageIndex(network, 'pool')].outputShape;
  const map = tensor([times, frequencies]);
  for (let place = 0; place < map.data.length; place++) {
    const own = terms.slice(place * channels, (place + 1) * channels);
    const weights = own.map(({ weight = 1 }) => weight);
    map.data[place] =
      view === 'channel'
        ? weights[channel]
        : view === 'votes'
          ? own.reduce((sum, { value, weight = 1 }) => sum + value * weight, 0)
          : Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0) / channels);
  }
  return { map, bias, value: result };
}
