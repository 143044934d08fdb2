/**
 * Interpolation along one axis: which inputs each output is made of, and how much of each. Cell o of the output sits at
 * the place p(o) among the cells of the input, and there are three conventions for it:
 *   half-pixel     p = (o + ½)·in/out − ½         cells are squares, and the outer edges meet (tf.image.resize, PyTorch)
 *   align-corners  p = o·(in − 1)/(out − 1)       the middles of the outermost cells meet
 *   asymmetric     p = o·in/out                   the first cells meet (old TensorFlow)
 * And three methods:
 *   nearest   the input nearest to p.
 *   bilinear  weights are a triangle around p of half-width 1, which reaches the two nearest inputs. With antialias, a
 *             shrinking axis gets a triangle wider by the factor of shrinking, so that every input counts, as
 *             torch.nn.functional.interpolate and tf.image.resize do with antialias=True. Weights that would fall
 *             outside are given to those inside, so that they always sum to 1.
 *   area      the mean of the inputs that the output covers, from o·in/out to (o + 1)·in/out, each by the share of it
 *             that is covered: cv2.INTER_AREA when shrinking, tf.compat.v1.image.resize_area. Where the lengths divide,
 *             it is PyTorch's mode 'area'; elsewhere PyTorch counts an input that is covered in part as a whole one.
 */
import { ParameterError } from '../errors.ts';

export type Method = 'bilinear' | 'nearest' | 'area';
export type Coordinates = 'half-pixel' | 'align-corners' | 'asymmetric';

export interface Interpolation {
  readonly method: Method;
  readonly coordinates: Coordinates;
  readonly antialias: boolean;
}

/** Output o = Σ weights[o·taps + j] · input[first[o] + j], for j from 0 to count[o] − 1. */
export interface AxisWeights {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** The largest count: how many places `weights` keeps for each output. */
  readonly taps: number;
  readonly weights: Float64Array;
}

/** The inputs from `first` on that make one output, and their weights. */
interface Blend {
  readonly first: number;
  readonly weights: readonly number[];
}

/** @throws ParameterError for settings that have no meaning together */
export function checkInterpolation({ method, coordinates, antialias }: Interpolation): void {
  if (method === 'area' && coordinates !== 'half-pixel') {
    throw new ParameterError(
      'coordinates',
      `The area that a cell covers is only known where the outer edges of both pictures meet, not with ${coordinates} coordinates. Choose half-pixel coordinates, or the method bilinear or nearest.`,
    );
  }
  if (method !== 'bilinear' && antialias) {
    const reason = method === 'area' ? 'counts every cell that it covers already' : 'takes one cell and blends nothing';
    throw new ParameterError(
      'antialias',
      `Antialias widens the triangle of bilinear weights, but the method ${method} ${reason}. Switch antialias off, or choose the method bilinear.`,
    );
  }
}

/**
 * The weights of every output of an axis.
 * @param input length of the axis before, >= 1
 * @param output length after, >= 1
 */
export function axisWeights(
  input: number,
  output: number,
  { method, coordinates, antialias }: Interpolation,
): AxisWeights {
  const radius = antialias ? Math.max(1, stepOf(input, output, coordinates)) : 1;
  const blend = (o: number): Blend => {
    if (method === 'area') return covered(o, input, output);
    if (method === 'nearest') return { first: nearest(o, input, output, coordinates), weights: [1] };
    return triangle(placeOf(o, input, output, coordinates), radius, input);
  };
  const rows = Array.from({ length: output }, (_, o) => blend(o));
  const taps = rows.reduce((most, row) => Math.max(most, row.weights.length), 0);
  const weights = new Float64Array(output * taps);
  for (const [o, row] of rows.entries()) weights.set(row.weights, o * taps);
  return {
    first: Int32Array.from(rows, (row) => row.first),
    count: Int32Array.from(rows, (row) => row.weights.length),
    taps,
    weights,
  };
}

/** p(o): the place of output o among the inputs, where input i is at place i. It may lie outside of them. */
export function placeOf(o: number, input: number, output: number, coordinates: Coordinates): number {
  if (coordinates === 'half-pixel') return ((2 * o + 1) * input) / (2 * output) - 0.5;
  if (coordinates === 'align-corners') return output > 1 ? (o * (input - 1)) / (output - 1) : 0;
  return (o * input) / output;
}

/** How far apart the places of two neighbouring outputs are, in inputs. */
function stepOf(input: number, output: number, coordinates: Coordinates): number {
  return coordinates === 'align-corners' ? (output > 1 ? (input - 1) / (output - 1) : 0) : input / output;
}

/** The inputs less than `radius` away from `place`, and their weights; 0 everywhere else. */
function triangle(place: number, radius: number, input: number): Blend {
  const first = Math.max(0, Math.floor(place - radius) + 1);
  const last = Math.min(input - 1, Math.ceil(place + radius) - 1);
  const heights = Array.from({ length: last - first + 1 }, (_, j) => 1 - Math.abs(first + j - place) / radius);
  const sum = heights.reduce((total, height) => total + height, 0);
  return { first, weights: heights.map((height) => height / sum) };
}

/** The inputs that output o covers. Lengths are counted in parts of which an input has `output`: all are whole numbers. */
function covered(o: number, input: number, output: number): Blend {
  const start = o * input;
  const end = start + input;
  const first = Math.floor(start / output);
  const weights = Array.from({ length: Math.ceil(end / output) - first }, (_, j) => {
    const left = (first + j) * output;
    return (Math.min(end, left + output) - Math.max(start, left)) / input;
  });
  return { first, weights };
}

/** As PyTorch's nearest-exact (half-pixel) and nearest (asymmetric); halves round up with aligned corners. */
function nearest(o: number, input: number, output: number, coordinates: Coordinates): number {
  const place = placeOf(o, input, output, coordinates);
  // With half-pixel and with aligned corners the nearest middle is taken; asymmetric cells begin at their place.
  const index = coordinates === 'asymmetric' ? Math.floor(place) : Math.floor(place + 0.5);
  return Math.min(index, input - 1);
}
