/** Chapter 6: the second that the network judges, made louder, fainter, duller or shifted, and what it then answers. */
import { plainKernels } from '../../lib/kernels/plain.ts';
import { inferencePass, type Network, runStages, stageIndex } from '../../lib/model/network.ts';
import { example, type Tensor, tensor } from '../../lib/tensor.ts';
import type { Loaded } from '../shelf.ts';
import type { Bench } from './bench.ts';
import { modelClip } from './model-clip.ts';
import { layerOf, type Way } from './normalisation-ways.ts';
import { type Treated, type Treatment, treat } from './treatment.ts';

const model = 'keywords';
/** The stage that normalises. */
const stage = 'normalised';

/** The treated second, and its picture as it comes to be normalised. */
export interface Second extends Treated {
  /** Hz. */
  readonly sampleRate: number;
  /** [time, frequency, 1] */
  readonly picture: Tensor;
}

export interface Answers {
  readonly classes: readonly string[];
  /** Ten probabilities for each way. */
  readonly probabilities: readonly Float32Array[];
}

export function normalisationCalls(bench: Bench) {
  /** The reader's second at the network's rate, treated. */
  const second = (network: Network, treatment: Treatment) =>
    treat(modelClip(bench.clip(), network.architecture.input).data, treatment);

  return {
    async treatedSecond(treatment: Treatment): Promise<Second> {
      const network = await bench.outline(model);
      const treated = second(network, treatment);
      const { sampleRate } = network.architecture.input;
      return { ...treated, sampleRate, picture: pictureOf(network, treated.samples) };
    },

    /** What the network answers with each way in the place of its own. */
    async treatedAnswers(treatment: Treatment, ways: readonly Way[]): Promise<Answers> {
      const loaded = await bench.open(model);
      return answer(loaded, second(loaded.network, treatment).samples, ways);
    },

    /** The same for each gain, dB. */
    async answersByGain(gains: readonly number[], ways: readonly Way[]): Promise<readonly Answers[]> {
      const loaded = await bench.open(model);
      return gains.map((gain) => answer(loaded, second(loaded.network, { gain }).samples, ways));
    },
  };
}

/** What the network makes of a second before it normalises, [time, frequency, 1]. */
export function pictureOf(network: Network, samples: Float32Array): Tensor {
  const batch = tensor([1, samples.length], samples);
  return example(runStages(network, batch, inferencePass(plainKernels), 0, stageIndex(network, stage)), 0);
}

function answer({ network, kernels }: Loaded, samples: Float32Array, ways: readonly Way[]): Answers {
  const pass = inferencePass(kernels);
  const picture = pictureOf(network, samples);
  const batch = tensor([1, ...picture.shape], picture.data);
  const after = stageIndex(network, stage) + 1;
  return {
    classes: network.architecture.classes,
    probabilities: ways.map((way) => runStages(network, layerOf(way)?.forward(batch, pass) ?? batch, pass, after).data),
  };
}
