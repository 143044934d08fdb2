/**
 * LSTM, long short-term memory: goes through a series step by step and carries two things along, the state h that it
 * shows and the cell c that it remembers by. At each step four gates are weighted sums of the input and of the state
 * before, squeezed by σ(z) = 1/(1 + exp(−z)) or by tanh:
 *
 *     zi, zf, zg, zo = x[t] · inputWeight + h[t−1] · recurrentWeight + bias
 *     c[t] = σ(zf)·c[t−1] + σ(zi)·tanh(zg)
 *     h[t] = σ(zo)·tanh(c[t])
 *
 * from h = c = 0 on. x: [steps, …], where all that a step holds is its row of features, so that a spectrogram of [frames,
 * bins, 1] goes in as it is; y: h after the last step, [units], or after each, [steps, units]. inputWeight: [features,
 * 4·units]; recurrentWeight: [units, 4·units]; bias: [4·units]; gates in the order i, f, g, o. These are the equations
 * and the order of torch.nn.LSTM, which has two biases where their sum is enough. Gradients go back through all steps.
 * Source: Hochreiter and Schmidhuber, "Long short-term memory" (1997); the forget gate: Gers, Schmidhuber and Cummins,
 * "Learning to forget" (2000).
 */
import { ShapeError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { plainKernels } from '../kernels/plain.ts';
import type { Parameters } from '../parameters.ts';
import { cellAt, formatShape, type Shape, sizeOf, type Tensor, tensor } from '../tensor.ts';
import { evaluate, type Term } from './explanation.ts';
import { glorotUniform } from './glorot.ts';
import type { Layer, LayerKind } from './layer.ts';
import { whole } from './region.ts';
import { sigmoid, tanh } from './squash.ts';

export interface LstmConfig {
  readonly units: number;
  readonly returnSequences: boolean;
}

const parameters: Parameters<LstmConfig> = {
  units: {
    kind: 'integer',
    label: 'units',
    help: 'How many numbers the state holds, and how many come out of a step.',
    min: 1,
    max: 4096,
    default: 64,
  },
  returnSequences: {
    kind: 'switch',
    label: 'every step',
    help: 'On: the states after all steps come out. Off: only the one after the last.',
    default: false,
  },
};

export const lstmKind: LayerKind<LstmConfig> = { type: 'lstm', parameters, create };

/** What all steps of a batch came to. */
interface Steps {
  /** σ(zi), σ(zf), tanh(zg), σ(zo): [examples, steps, 4·units]. */
  readonly gates: Tensor;
  /** c: [examples, steps, units]. */
  readonly cells: Tensor;
  /** h: [examples, steps, units]. */
  readonly states: Tensor;
}

function create(config: LstmConfig): Layer<LstmConfig> {
  const { units, returnSequences } = config;

  const layer: Layer<LstmConfig> = {
    type: 'lstm',
    config,
    weights: {},
    trained: ['inputWeight', 'recurrentWeight', 'bias'],

    outputShape(input) {
      if (input.length < 2 || input.includes(0)) {
        throw new ShapeError(`lstm needs a series of steps × features, but ${formatShape(input)} came.`);
      }
      return returnSequences ? [input[0], units] : [units];
    },

    weightShapes: (input) => ({
      inputWeight: [featuresOf(input), 4 * units],
      recurrentWeight: [units, 4 * units],
      bias: [4 * units],
    }),

    /** A bias of 1 keeps the forget gates open at first (Jozefowicz, Zaremba and Sutskever, 2015). */
    initialWeights: (input, random) => ({
      inputWeight: glorotUniform([featuresOf(input), 4 * units], featuresOf(input), units, random),
      recurrentWeight: glorotUniform([units, 4 * units], units, units, random),
      bias: tensor([4 * units], new Float32Array(4 * units).fill(1, units, 2 * units)),
    }),

    forward(x, pass) {
      const { gates, cells, states } = runSteps(x, pass.kernels);
      pass.keep?.set('x', x).set('gates', gates).set('cells', cells).set('states', states);
      if (returnSequences) return states;
      const [count, steps] = states.shape;
      const last = tensor([count, units]);
      for (let n = 0; n < count; n++) last.data.set(stateAfter(states, n, steps - 1), n * units);
      return last;
    },

    backward(dy, pass) {
      const kept = (name: string) => pass.keep?.get(name) as Tensor;
      const x = kept('x');
      const { kernels } = pass;
      const steps = { gates: kept('gates'), cells: kept('cells'), states: kept('states') };
      const dz = backThroughSteps(dy, steps, kernels);
      const features = featuresOf(x.shape.slice(1));
      // As one product with dz, which `dense` reads block by block: `denseBackward` would read all of it for each row.
      const dweights = kernels.dense(factors(x, steps.states), dz, tensor([4 * units])).data;
      const cut = features * 4 * units;
      const { inputWeight, recurrentWeight } = layer.weights;
      return {
        dx: pass.skipInputGradient
          ? tensor([0])
          : tensor(x.shape, kernels.dense(dz, transpose(inputWeight), tensor([features])).data),
        dweights: {
          inputWeight: tensor(inputWeight.shape, dweights.slice(0, cut)),
          recurrentWeight: tensor(recurrentWeight.shape, dweights.slice(cut)),
          bias: sumOfRows(dz),
        },
      };
    },

    /**
     * The cell's own step: its features, each four times, once for each gate in order. What the steps before have left,
     * the cell and what bias and state add to each gate, are constants.
     */
    explain(cell, x) {
      const unit = cell[cell.length - 1];
      const step = returnSequences ? cell[0] : x.shape[0] - 1;
      const { inputWeight, recurrentWeight, bias } = layer.weights;
      const { cells, states } = runSteps(tensor([1, ...x.shape], x.data), plainKernels);
      const state = step === 0 ? tensor([1, units]) : tensor([1, units], stateAfter(states, 0, step - 1));
      const recurrent = plainKernels.dense(state, recurrentWeight, tensor([4 * units])).data;
      const features = featuresOf(x.shape);
      const terms: Term[] = [];
      for (let column = unit; column < 4 * units; column += units) {
        for (let f = 0; f < features; f++) {
          const place = step * features + f;
          const weight = inputWeight.data[f * 4 * units + column];
          terms.push({ from: cellAt(x.shape, place), value: x.data[place], weight });
        }
      }
      const [input, forget, candidate, output] = [0, 1, 2, 3].map((gate) => {
        const column = gate * units + unit;
        return bias.data[column] + recurrent[column];
      });
      const memory = step === 0 ? 0 : cells.data[(step - 1) * units + unit];
      const explanation = { op: 'lstm', terms, constants: { input, forget, candidate, output, memory } } as const;
      return { ...explanation, result: Math.fround(evaluate(explanation)) };
    },

    /** All steps up to the cell's own. */
    field: (cell, input) => (returnSequences ? whole(input).with(0, { start: 0, end: cell[0] + 1 }) : whole(input)),
  };

  function runSteps(x: Tensor, kernels: Kernels): Steps {
    const [count, ...series] = x.shape;
    layer.outputShape(series);
    const [steps] = series;
    const { inputWeight, recurrentWeight, bias } = layer.weights;
    const rows = tensor([count * steps, featuresOf(series)], x.data);
    const gates = tensor([count, steps, 4 * units], kernels.dense(rows, inputWeight, bias).data);
    const cells = tensor([count, steps, units]);
    const states = tensor([count, steps, units]);
    const state = tensor([count, units]);
    const noBias = tensor([4 * units]);
    for (let t = 0; t < steps; t++) {
      const recurrent = kernels.dense(state, recurrentWeight, noBias).data;
      for (let n = 0; n < count; n++) {
        const row = n * steps + t;
        const add = recurrent.subarray(n * 4 * units, (n + 1) * 4 * units);
        step(gates.data.subarray(row * 4 * units, (row + 1) * 4 * units), add, cells.data, states.data, row, t > 0);
        state.data.set(stateAfter(states, n, t), n * units);
      }
    }
    return { gates, cells, states };
  }

  /** One step of one example: squeezes its gates, in which the inputs' sums stand, and writes row `row` of c and h. */
  function step(
    gates: Float32Array,
    recurrent: Float32Array,
    cells: Float32Array,
    states: Float32Array,
    row: number,
    hasBefore: boolean,
  ): void {
    for (let u = 0; u < units; u++) {
      const i = sigmoid(gates[u] + recurrent[u]);
      const f = sigmoid(gates[units + u] + recurrent[units + u]);
      const g = tanh(gates[2 * units + u] + recurrent[2 * units + u]);
      const o = sigmoid(gates[3 * units + u] + recurrent[3 * units + u]);
      const c = (hasBefore ? f * cells[(row - 1) * units + u] : 0) + i * g;
      gates[u] = i;
      gates[units + u] = f;
      gates[2 * units + u] = g;
      gates[3 * units + u] = o;
      cells[row * units + u] = c;
      states[row * units + u] = o * tanh(c);
    }
  }

  /** The gradients with respect to the sums z, [examples · steps, 4·units], from those of the output. */
  function backThroughSteps(dy: Tensor, { gates, cells, states }: Steps, kernels: Kernels): Tensor {
    const [count, steps] = states.shape;
    const dz = tensor([count * steps, 4 * units]);
    const stepDz = tensor([count, 4 * units]);
    const transposed = transpose(layer.weights.recurrentWeight);
    const noBias = tensor([units]);
    let dState = tensor([count, units]).data;
    const dCell = new Float64Array(count * units);
    for (let t = steps - 1; t >= 0; t--) {
      for (let n = 0; n < count; n++) {
        const row = n * steps + t;
        for (let u = 0; u < units; u++) {
          const at = row * 4 * units + u;
          const i = gates.data[at];
          const f = gates.data[at + units];
          const g = gates.data[at + 2 * units];
          const o = gates.data[at + 3 * units];
          const before = t > 0 ? cells.data[(row - 1) * units + u] : 0;
          const shown = tanh(cells.data[row * units + u]);
          const own = n * units + u;
          let dh = dState[own];
          if (returnSequences) dh += dy.data[row * units + u];
          else if (t === steps - 1) dh += dy.data[own];
          const dc = dCell[own] + dh * o * (1 - shown * shown);
          dz.data[at] = dc * g * i * (1 - i);
          dz.data[at + units] = dc * before * f * (1 - f);
          dz.data[at + 2 * units] = dc * i * (1 - g * g);
          dz.data[at + 3 * units] = dh * shown * o * (1 - o);
          dCell[own] = dc * f;
        }
        stepDz.data.set(dz.data.subarray(row * 4 * units, (row + 1) * 4 * units), n * 4 * units);
      }
      if (t > 0) dState = kernels.dense(stepDz, transposed, noBias).data;
    }
    return dz;
  }

  /** What the weights were multiplied by, x[t] and under it h[t−1]: [features + units, examples · steps]. */
  function factors(x: Tensor, states: Tensor): Tensor {
    const [count, steps] = states.shape;
    const features = featuresOf(x.shape.slice(1));
    const rows = count * steps;
    const all = tensor([features + units, rows]);
    for (let row = 0; row < rows; row++) {
      for (let f = 0; f < features; f++) all.data[f * rows + row] = x.data[row * features + f];
      if (row % steps === 0) continue;
      for (let u = 0; u < units; u++) all.data[(features + u) * rows + row] = states.data[(row - 1) * units + u];
    }
    return all;
  }

  /** h of example n after step t. */
  function stateAfter(states: Tensor, n: number, t: number): Float32Array {
    const row = n * states.shape[1] + t;
    return states.data.subarray(row * units, (row + 1) * units);
  }

  return layer;
}

/** How many numbers a step holds. */
function featuresOf(series: Shape): number {
  return sizeOf(series.slice(1));
}

function transpose({ shape: [rows, columns], data }: Tensor): Tensor {
  const turned = tensor([columns, rows]);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.data[j * rows + i] = data[i * columns + j];
  return turned;
}

function sumOfRows({ shape: [rows, columns], data }: Tensor): Tensor {
  const sums = new Float64Array(columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) sums[j] += data[i * columns + j];
  return tensor([columns], Float32Array.from(sums));
}
