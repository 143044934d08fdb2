/**
 * Temperature scaling: the logits of a trained network are divided by one number T, so that its probabilities mean what
 * they say; its answers stay the same. T makes the loss on the validation clips least. Source: Guo et al., "On
 * Calibration of Modern Neural Networks" (2017), section 4.2. Label smoothing leaves a network too modest: T < 1.
 */
import { type Network, stageIndex } from '../model/network.ts';
import { tensor } from '../tensor.ts';
import type { Answers } from './metrics.ts';

const LIMIT = Math.log(10);
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The temperature, from 0.1 to 10, to a part in 10⁴. The logarithms of probabilities serve as logits. */
export function fitTemperature(answers: Answers): number {
  let low = -LIMIT;
  let high = LIMIT;
  // The loss is convex in 1/T, so it has one minimum, and golden-section search finds it.
  while (high - low > 1e-4) {
    const a = high - GOLDEN * (high - low);
    const b = low + GOLDEN * (high - low);
    if (lossAt(answers, Math.exp(a)) < lossAt(answers, Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/** The mean of −ln(probability of the true class) at a temperature. */
function lossAt({ classes, truth, probabilities }: Answers, temperature: number): number {
  let loss = 0;
  for (let row = 0; row < truth.length; row++) {
    const logits = classes.map((_, k) => {
      const probability = probabilities[row * classes.length + k];
      return Math.log(Math.max(probability, 1e-30)) / temperature;
    });
    const peak = Math.max(...logits);
    const sum = logits.reduce((total, logit) => total + Math.exp(logit - peak), 0);
    loss += peak + Math.log(sum) - logits[truth[row]];
  }
  return loss / truth.length;
}

/** Divides the logits that a dense or convolution stage gives: its weights and biases. */
export function divideLogits(network: Network, stage: string, temperature: number): void {
  const { layer } = network.stages[stageIndex(network, stage)];
  layer.weights = Object.fromEntries(
    Object.entries(layer.weights).map(([name, { shape, data }]) => [
      name,
      tensor(
        shape,
        data.map((weight) => weight / temperature),
      ),
    ]),
  );
}
