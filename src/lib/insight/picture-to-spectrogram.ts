/**
 * Back from a picture to a spectrogram, so that what excites a unit can be heard: the stages between are undone one by
 * one, as far as they can be. A resize is undone by a resize to the old size, which blurs; a power law or logarithm by
 * its inverse; normalising with statistics that must come from somewhere: those of a reference clip, which makes the
 * picture as loud as that clip.
 */
import { ModelError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Explanation } from '../layers/explanation.ts';
import type { LogConfig } from '../layers/log.ts';
import type { PowerConfig } from '../layers/power.ts';
import { type ResizeConfig, resizeKind } from '../layers/resize.ts';
import { inferencePass, inputOf, type Network, type Stage, type Trace } from '../model/network.ts';
import { defaults } from '../parameters.ts';
import { cellAt, example, type Tensor, tensor } from '../tensor.ts';

/**
 * The spectrogram, [frames, bins, 1], cells >= 0, that would have become this picture.
 * @param picture in the shape of the output of stage `stage`
 * @param reference a trace of a clip whose statistics the picture is given
 * @throws ModelError where the network has no spectrogram before `stage`, or a stage between cannot be undone
 */
export function pictureToSpectrogram(
  network: Network,
  stage: number,
  picture: Tensor,
  reference: Trace,
  kernels: Kernels,
): Tensor {
  const first = network.stages.findIndex(({ layer }) => layer.type === 'spectrogram');
  if (first < 0 || first > stage) {
    throw new ModelError(`"${network.architecture.name}" has no spectrogram before stage ${stage} to go back to.`);
  }
  let y = picture;
  let index = stage;
  while (index > first) {
    y = undone(network.stages[index], y, inputOf(network, reference, index), kernels);
    index = network.stages[index].inputIndex;
  }
  if (index < first) {
    throw new ModelError(`Stage ${stage} of "${network.architecture.name}" does not read its spectrogram.`);
  }
  return tensor(
    y.shape,
    y.data.map((value) => Math.max(value, 0)),
  );
}

/** The input of a stage from its output y. x: what the stage was given for the reference clip. */
function undone(stage: Stage, y: Tensor, x: Tensor, kernels: Kernels): Tensor {
  const { name, layer, inputShape } = stage;
  const map = (inverse: (value: number) => number): Tensor => tensor(y.shape, y.data.map(inverse));
  switch (layer.type) {
    case 'resize': {
      const { coordinates } = layer.config as ResizeConfig;
      const [height, width] = inputShape;
      const back = resizeKind.create({ ...defaults(resizeKind.parameters), height, width, coordinates });
      return example(back.forward(tensor([1, ...y.shape], y.data), inferencePass(kernels)), 0);
    }
    case 'power': {
      const { exponent } = layer.config as PowerConfig;
      return map((value) => Math.max(value, 0) ** (1 / exponent));
    }
    case 'log': {
      const { scale, offset } = layer.config as LogConfig;
      return map((value) => Math.exp(value / scale) - offset);
    }
    case 'normalise':
    case 'min-max':
      return withStatistics(y, x, (cell) => layer.explain(cell, x));
    case 'dropout':
      return y;
    default:
      throw new ModelError(
        `The stage "${name}" (${layer.type}) cannot be undone, so its picture cannot be heard. Choose an earlier stage.`,
      );
  }
}

/** Undoes (x − mean)/deviation or (x − min)/range with the constants of the reference. */
function withStatistics(y: Tensor, x: Tensor, explain: (cell: readonly number[]) => Explanation): Tensor {
  // The statistics of a cell are those of its clip or its bin: they do not vary along the first axis, time.
  const columns = y.data.length / y.shape[0];
  const lines = Array.from({ length: columns }, (_, column) => {
    const { op, constants = {} } = explain(cellAt(x.shape, column));
    return op === 'standardise'
      ? { shift: constants.mean, factor: Math.sqrt(constants.variance + constants.epsilon) }
      : { shift: constants.min, factor: Math.max(constants.max - constants.min, constants.epsilon) };
  });
  return tensor(
    y.shape,
    y.data.map((value, i) => lines[i % columns].shift + lines[i % columns].factor * value),
  );
}
