/**
 * Interpolation along one axis: which inputs each output is made of, and how much of each. Cell o of the output sits at
 * the place p(o) among the cells of the input, and there are three conventions for it:
 *   half-pixel     p = (o + ½)·in/out − ½         cells are squares, and the outer edges meet (tf.image.resize, PyTorch)
 *   align-corners  p = o·(in − 1)/(out − 1)       the middles of the outermost cells meet
 *   asymmetric     p = o·in/out                   the first cells meet (old TensorFlow)
 * Bilinear weights are a triangle around p of half-width 1, which reaches the two nearest inputs. With antialias, a
 * shrinking axis gets a triangle wider by the factor of shrinking, so that every input counts, as
 * torch.nn.functional.interpolate and tf.image.resize do with antialias=True. Weights that would fall outside are
 * given to those inside, so that they always sum to 1.
 */
export type Method = 'bilinear' | 'nearest';
export type Coordinates = 'half-pixel' | 'align-corners' | 'asymmetric';

/** Output o = Σ weights[o·taps + j] · input[first[o] + j], for j from 0 to count[o] − 1. */
export interface AxisWeights {
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** The largest count: how many places `weights` keeps for each output. */
  readonly taps: number;
  readonly weights: Float64Array;
}

/** @param input length of the axis before, >= 1 @param output after, >= 1 */
export function axisWeights(
  input: number,
  output: number,
  method: Method,
  coordinates: Coordinates,
  antialias: boolean,
): AxisWeights {
  const step = coordinates === 'align-corners' ? (output > 1 ? (input - 1) / (output - 1) : 0) : input / output;
  const shift = coordinates === 'half-pixel' ? step / 2 - 0.5 : 0;
  const radius = antialias ? Math.max(1, step) : 1;
  const rows = Array.from({ length: output }, (_, o) =>
    method === 'nearest'
      ? { first: nearest(o, step, coordinates, input), weights: [1] }
      : triangle(o * step + shift, radius, input),
  );
  const taps = Math.max(...rows.map((row) => row.weights.length));
  const weights = new Float64Array(output * taps);
  for (const [o, row] of rows.entries()) weights.set(row.weights, o * taps);
  return {
    first: Int32Array.from(rows, (row) => row.first),
    count: Int32Array.from(rows, (row) => row.weights.length),
    taps,
    weights,
  };
}

/** The inputs less than `radius` away from `place`, and their weights; 0 everywhere else. */
function triangle(place: number, radius: number, input: number): { first: number; weights: number[] } {
  const first = Math.max(0, Math.floor(place - radius) + 1);
  const last = Math.min(input - 1, Math.ceil(place + radius) - 1);
  const heights = Array.from({ length: last - first + 1 }, (_, j) => 1 - Math.abs(first + j - place) / radius);
  const sum = heights.reduce((total, height) => total + height, 0);
  return { first, weights: heights.map((height) => height / sum) };
}

/** As PyTorch's nearest-exact (half-pixel) and nearest (asymmetric); halves round up with aligned corners. */
function nearest(o: number, step: number, coordinates: Coordinates, input: number): number {
  const place = coordinates === 'half-pixel' ? (o + 0.5) * step : o * step;
  const index = coordinates === 'align-corners' ? Math.round(place) : Math.floor(place);
  return Math.min(index, input - 1);
}
