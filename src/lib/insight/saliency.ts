/**
 * Saliency: how much a number that the network computes for one clip, such as the logit of a class, would move with each
 * cell of something earlier: the waveform, the spectrogram, the resized picture. It is the gradient, taken by one
 * backward pass through the stages between. Source: Simonyan, Vedaldi, Zisserman, "Deep Inside Convolutional Networks"
 * (2013), section 3. Times the cell's own value it says, to first order, what the cell contributes: Shrikumar et al.,
 * "Not Just a Black Box" (2016).
 *
 * The gradient is local: it speaks of small changes. Of a probability near 1 it is nearly 0 everywhere, since softmax is
 * flat there, so a logit is the better target. Statistics over the whole picture (`normalise` per clip) are part of it.
 */
import { ModelError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { inferencePass, type Network, runBackward, runForward, runStages } from '../model/network.ts';
import { at, type Cell, example, offsetOf, type Tensor, tensor } from '../tensor.ts';

/** A number that the network computes: a cell in the output of stage `stage`. */
export interface Target {
  readonly stage: number;
  readonly cell: Cell;
}

export interface Saliency {
  /** The target's value for this clip. */
  readonly value: number;
  /** What the clip is at the place looked at: the output of stage `of`, or the clip. */
  readonly input: Tensor;
  /** ∂ value / ∂ input, in the same shape: units of the target per unit of the input. */
  readonly gradient: Tensor;
}

/**
 * The gradient of `target` with respect to the output of stage `of`, or, with `of` −1, to the samples of the clip.
 * @param clip [samples], as the network takes it
 * @throws ModelError where `of` does not come before the target's stage; ShapeError for a cell that does not exist
 */
export function saliency(network: Network, clip: Tensor, target: Target, of: number, kernels: Kernels): Saliency {
  checkOrder(network, target, of);
  const pass = inferencePass(kernels);
  const batch = runStages(network, tensor([1, ...clip.shape], clip.data), pass, 0, of + 1);
  const { y, tape } = runForward(network, batch, pass, of + 1, target.stage + 1);
  const output = example(y, 0);
  const dy = tensor(y.shape);
  dy.data[offsetOf(output.shape, target.cell)] = 1;
  const { dx } = runBackward(network, dy, tape);
  return { value: at(output, target.cell), input: example(batch, 0), gradient: example(dx, 0) };
}

/** Gradient × input, cell by cell: what each cell contributes, to first order, in the target's unit. */
export function gradientTimesInput({ gradient, input }: Saliency): Tensor {
  return tensor(
    gradient.shape,
    gradient.data.map((slope, i) => slope * input.data[i]),
  );
}

function checkOrder({ architecture, stages }: Network, { stage }: Target, of: number): void {
  const known = (index: number, least: number) => Number.isInteger(index) && index >= least && index < stages.length;
  if (!known(stage, 0) || !known(of, -1)) {
    throw new ModelError(
      `The network "${architecture.name}" has the stages 0 to ${stages.length - 1}; a gradient of stage ${stage} with respect to stage ${of} was asked for.`,
    );
  }
  if (of >= stage) {
    throw new ModelError(
      `"${stages[stage].name}" does not come after "${stages[of].name}", so it has no gradient there. Choose an earlier stage to look at.`,
    );
  }
}
