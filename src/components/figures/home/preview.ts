/** The first stages of a clip, computed in the page while the network's weights are still on their way. */
import { fitToLength } from '@/lib/audio/fit';
import { removeOffset } from '@/lib/audio/offset';
import { resample } from '@/lib/audio/resample';
import { plainKernels } from '@/lib/kernels/plain';
import { loadArchitecture } from '@/lib/model/load';
import { createNetwork, inferencePass } from '@/lib/model/network';
import { type Tensor, tensor } from '@/lib/tensor';
import { stagesOf } from '@/workers/stages';
import { type Scene, sceneOf } from './scene.ts';

/** A scene of the stages that need no weights. */
export async function previewOf(
  id: string,
  model: string,
  samples: Float32Array,
  sampleRate: number,
  start: number,
): Promise<Scene> {
  const architecture = await loadArchitecture(async (file) => {
    const response = await fetch(`${import.meta.env.BASE_URL.replace(/\/$/, '')}/models/${model}/${file}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  const network = createNetwork(architecture);
  const { sampleRate: rate, samples: length } = architecture.input;
  const input = tensor(
    [length],
    fitToLength({ samples: removeOffset(resample(samples, sampleRate, rate)), sampleRate: rate }, length, start)
      .samples,
  );
  const pass = inferencePass(plainKernels);
  const outputs: Tensor[] = [];
  let batch = tensor([1, length], input.data);
  for (const { layer, inputShape } of network.stages) {
    if (Object.keys(layer.weightShapes(inputShape)).length > 0) break;
    batch = layer.forward(batch, pass);
    outputs.push(tensor(batch.shape.slice(1), batch.data));
  }
  const info = {
    classes: architecture.classes,
    sampleRate: rate,
    samples: length,
    stages: stagesOf(network),
  };
  return sceneOf(id, info, { input, outputs });
}
