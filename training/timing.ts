/** How long a network takes to name one clip. */
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
const WARM_UP = 16;
const CALLS = 64;

/**
 * Times the network from the samples of one input to the probabilities, on this thread.
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
  const times: number[] = [];
  for (let call = -WARM_UP; call < CALLS; call++) {
    const clip = clips[(call + WARM_UP) % clips.length];
    const begun = performance.now();
    classifyClip(network, tensor([input.samples], clip), kernels);
    if (call >= 0) times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const [version] = process.versions.node.split('.');
  return {
    median: (times[CALLS / 2 - 1] + times[CALLS / 2]) / 2,
    runtime: `Node ${version}, ${kernels.name}, one thread`,
  };
}
