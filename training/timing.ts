/** How long a network takes to name one clip. */
import { setTimeout } from 'node:timers/promises';
import { fitInputs } from '../src/lib/audio/tiles.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import type { Milliseconds } from '../src/lib/model/card.ts';
import { classifyClip, getWeights, type Network } from '../src/lib/model/network.ts';
import { tensor } from '../src/lib/tensor.ts';
import { partOf } from './clips.ts';
import type { Recording } from './data.ts';
import { readSound } from './read-sound.ts';

/** Clips that are named by turns: what is zero in them is skipped, so one clip may take longer than another. */
const CLIPS = 8;
/** The warm-up, ms: until then the engine's code is compiled. */
const WARM_UP = 1000;
const ROUNDS = 8;
/** In a round; each clip is named as often as every other. */
const CALLS = 2 * CLIPS;
/** Between two rounds, ms. */
const PAUSE = 100;

/**
 * Times the network from the samples of one input to the probabilities, on this thread. What else the machine does only
 * ever adds, so it is the median of the quietest of several short rounds.
 * @param recordings some of which are named; all can be read
 */
export async function timeNetwork(
  network: Network,
  recordings: readonly Recording[],
  kernels: Kernels,
): Promise<Milliseconds> {
  const { input } = network.architecture;
  kernels.freeze(Object.values(getWeights(network)));
  const clips: Float32Array[] = [];
  const every = Math.ceil(recordings.length / CLIPS);
  for (const recording of recordings.filter((_, i) => i % every === 0)) {
    const { samples, sampleRate } = await readSound(recording.file, input.sampleRate);
    clips.push(fitInputs({ samples: partOf(samples, recording), sampleRate }, input)[0]);
  }
  const time = (call: number): number => {
    const begun = performance.now();
    classifyClip(network, tensor([input.samples], clips[call % clips.length]), kernels);
    return performance.now() - begun;
  };
  const end = performance.now() + WARM_UP;
  for (let call = 0; call < CALLS || performance.now() < end; call++) time(call);
  const medians: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times = Array.from({ length: CALLS }, (_, call) => time(call)).sort((a, b) => a - b);
    medians.push((times[CALLS / 2 - 1] + times[CALLS / 2]) / 2);
    await setTimeout(PAUSE);
  }
  const [version] = process.versions.node.split('.');
  return {
    median: Math.min(...medians),
    runtime: `Node ${version}, ${kernels.name}, one thread`,
  };
}
