/** Chapter 8: how much an answer hangs on single units, and how much noise turns it. */
import { type DropoutPasses, dropoutPasses } from '../../lib/insight/dropout-passes.ts';
import {
  defaultFlipRange,
  findFlip,
  makeNoise,
  mixNoise,
  type NoiseColour,
  type NoisyAnswer,
} from '../../lib/insight/noise-mix.ts';
import { runToEnd } from '../../lib/insight/progress.ts';
import { classifyClip } from '../../lib/model/network.ts';
import { tensor } from '../../lib/tensor.ts';
import type { Bench } from './bench.ts';
import { heardBy } from './model-clip.ts';

const model = 'keywords';

export interface Noisy {
  readonly probabilities: Float32Array;
  /** Clip and noise, turned down where they would exceed full scale. */
  readonly samples: Float32Array;
  /** Hz. */
  readonly sampleRate: number;
}

export interface Turning {
  /** The class that wins without noise. */
  readonly winner: number;
  /** The answers on the way, the least noise first. */
  readonly answers: readonly NoisyAnswer[];
  /** The answer with the least noise at which another class wins; undefined: none down to −20 dB. */
  readonly flipped: NoisyAnswer | undefined;
}

/** The noise is the same each time, so that a slider moves one thing alone. */
const seed = 1;

export function doubtCalls(bench: Bench) {
  return {
    /** Many passes with dropout on. */
    async passesWithDropout(count: number, dropoutSeed: number): Promise<DropoutPasses> {
      const { network, clip, kernels } = await heardBy(bench, model);
      return runToEnd(dropoutPasses(network, clip, count, dropoutSeed, kernels));
    },

    /** The second with noise in it, and the answer. @throws AudioError for a silent second */
    async noisyAnswer(colour: NoiseColour, snr: number): Promise<Noisy> {
      const { network, clip, kernels, info } = await heardBy(bench, model);
      const mixed = mixNoise(clip.data, makeNoise(colour, clip.data.length, seed), snr);
      const probabilities = classifyClip(network, tensor(clip.shape, mixed), kernels);
      const peak = mixed.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      return { probabilities, samples: mixed.map((value) => value / peak), sampleRate: info.sampleRate };
    },

    /** The ratio at which the answer turns, and the answers from little noise to much. */
    async noiseTurning(colour: NoiseColour): Promise<Turning> {
      const { network, clip, kernels } = await heardBy(bench, model);
      const noise = makeNoise(colour, clip.data.length, seed);
      const { clean, flipped, answers } = collect(findFlip(network, clip.data, noise, kernels));
      const { to, step } = defaultFlipRange;
      const last = Math.min(...answers.map(({ snr }) => snr));
      for (let snr = Math.ceil(last / step) * step - step; snr >= to; snr -= step) {
        const mixed = tensor(clip.shape, mixNoise(clip.data, noise, snr));
        const probabilities = classifyClip(network, mixed, kernels);
        answers.push({ snr, probabilities, winner: probabilities.indexOf(Math.max(...probabilities)) });
      }
      answers.sort((a, b) => b.snr - a.snr);
      return { winner: clean.winner, answers, flipped };
    },
  };
}

function collect(search: ReturnType<typeof findFlip>) {
  const answers: NoisyAnswer[] = [];
  let step = search.next();
  for (; !step.done; step = search.next()) answers.push(step.value.answer);
  return { ...step.value, answers };
}
