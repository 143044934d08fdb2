import { describe, expect, it } from 'vitest';
import { ModelError, ShapeError } from '../../../src/lib/errors.ts';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { evaluate } from '../../../src/lib/layers/explanation.ts';
import { contains, type Region, single, sizeOfRegion } from '../../../src/lib/layers/region.ts';
import {
  type Architecture,
  hashArchitecture,
  readArchitecture,
  type StageSpec,
} from '../../../src/lib/model/architecture.ts';
import { latestStart, planRange } from '../../../src/lib/model/graph.ts';
import {
  completeArchitecture,
  createNetwork,
  explainCell,
  fieldOf,
  fieldsOf,
  getWeights,
  inferencePass,
  initialise,
  inputOf,
  type Network,
  runBackward,
  runForward,
  runStages,
  setWeights,
  stageIndex,
  traceClip,
} from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, type Cell, cellAt, example, sizeOf, type Tensor, tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/residual.json' with { type: 'json' };
import { randomTensor } from '../kernels/support.ts';
import { expectClose, read, readAll } from '../layers/support.ts';
import { architecture } from './residual.ts';

function built(): Network {
  const network = createNetwork(architecture);
  setWeights(network, readAll(golden.network.weights));
  return network;
}

function changed(name: string, change: Partial<StageSpec>): Architecture {
  const stages = architecture.stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage));
  return { ...architecture, stages };
}

/** From the picture to the logits. */
const FIRST = 1;
const network = built();
const END = stageIndex(network, 'dense') + 1;

const noise = createRandom(4);
const clip = tensor(
  [70],
  Float32Array.from({ length: 70 }, () => noise.normal()),
);

describe.each(golden.network.runs)('a residual network, training: $training', ({ training, logits, dx, dweights }) => {
  const pass = { training, random: createRandom(1), kernels: plainKernels };

  it('agrees with PyTorch, forward and backward', () => {
    const { y, tape } = runForward(network, read(golden.network.x), pass, FIRST, END);
    expectClose(y, read(logits));
    const gradients = runBackward(network, read(golden.network.dy), tape);
    expectClose(gradients.dx, read(dx));
    const wanted = readAll(dweights);
    // A shift before a batch's own mean changes nothing: those gradients are 0, but for rounding.
    const isLost = (name: string) => training && /^conv.*bias$/.test(name);
    expect(Object.keys(gradients.dweights).sort()).toEqual(Object.keys(wanted).sort());
    for (const [name, gradient] of Object.entries(wanted)) {
      if (!isLost(name)) expectClose(gradients.dweights[name], gradient);
      else expect(Math.max(...gradients.dweights[name].data.map(Math.abs))).toBeLessThan(1e-4);
    }
  });

  it('has the gradients that finite differences give', () => {
    const random = createRandom(9);
    const x = read(golden.network.x);
    const dy = read(golden.network.dy);
    const { tape } = runForward(network, x, pass, FIRST, END);
    const { dx: gradient, dweights: gradients } = runBackward(network, dy, tape);
    const weights = getWeights(network);
    const pairs = Object.keys(gradients).map((name) => ({ t: weights[name], gradient: gradients[name] }));
    pairs.push({ t: x, gradient });
    /** The loss, and which cells the ReLUs let through. */
    const judge = () => {
      const run = runForward(network, x, pass, FIRST, END);
      const open = [...run.tape.passes].flatMap(([index, { keep }]) => {
        if (network.stages[index].layer.type !== 'relu') return [];
        const y = keep?.get('y') as Tensor;
        return [...y.data].map((value) => value > 0);
      });
      return { loss: run.y.data.reduce((sum, value, i) => sum + value * dy.data[i], 0), open: open.join() };
    };
    let checked = 0;
    for (const { t, gradient } of pairs) {
      const steepest = Math.max(1, ...gradient.data.map(Math.abs));
      for (let draw = 0; draw < 4; draw++) {
        const i = random.integer(t.data.length);
        const value = t.data[i];
        const step = 2 ** -9;
        t.data[i] = value + step;
        const above = judge();
        t.data[i] = value - step;
        const below = judge();
        t.data[i] = value;
        // Between the two no ReLU may open or close: there the loss has a kink.
        if (above.open !== below.open) continue;
        checked++;
        expect(Math.abs(gradient.data[i] - (above.loss - below.loss) / (2 * step))).toBeLessThan(2e-3 * steepest);
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it('gives an empty gradient of the input, and the same of the weights, where that is skipped', () => {
    const { tape } = runForward(network, read(golden.network.x), pass, FIRST, END);
    const whole = runBackward(network, read(golden.network.dy), tape);
    const skipped = runBackward(network, read(golden.network.dy), tape, false);
    expect(skipped.dx.shape).toEqual([0]);
    expect(skipped.dweights).toEqual(whole.dweights);
  });
});

describe('a trace', () => {
  const trace = traceClip(network, clip, plainKernels);
  const output = (name: string): Tensor => trace.outputs[stageIndex(network, name)];

  it('is what running gives', () => {
    const pass = inferencePass(plainKernels);
    expect(trace.outputs.at(-1)?.data).toEqual(runStages(network, tensor([1, 70], clip.data), pass).data);
    expect(trace.outputs.map(({ shape }) => shape)).toEqual(network.stages.map(({ outputShape }) => outputShape));
  });

  it('gives a stage the outputs that it names', () => {
    expect(inputOf(network, trace, 0)).toBe(trace.input);
    expect(inputOf(network, trace, stageIndex(network, 'conv2s'))).toBe(output('relu1'));
    const { inputIndex, skipIndex } = network.stages[stageIndex(network, 'sum2')];
    expect([inputIndex, skipIndex].map((index) => network.stages[index as number].name)).toEqual(['norm2s', 'norm2b']);
    for (const [i, value] of output('sum1').data.entries()) {
      expect(value).toBe(Math.fround(output('norm1b').data[i] + output('relu0').data[i]));
    }
  });

  it('explains every stage from what it was given', () => {
    const random = createRandom(2);
    for (const [index, { shape }] of trace.outputs.entries()) {
      const cell = cellAt(shape, random.integer(sizeOf(shape)));
      const explanation = explainCell(network, trace, index, cell);
      const value = at(trace.outputs[index], cell);
      expect(Math.abs(explanation.result - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
      expect(Math.abs(evaluate(explanation) - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
    }
  });
});

describe('the field of a cell', () => {
  const sum = stageIndex(network, 'sum1');

  it('is spanned by both ways through a residual block', () => {
    const box = (rows: readonly [number, number], columns: readonly [number, number]): Region => [
      { start: rows[0], end: rows[1] },
      { start: columns[0], end: columns[1] },
      { start: 0, end: 3 },
    ];
    const { outputs } = fieldsOf(network, sum, single([4, 3, 1]));
    const at = (name: string) => outputs[stageIndex(network, name)];
    expect(at('norm1b')).toEqual(single([4, 3, 1]));
    expect(at('relu1a')).toEqual(box([3, 6], [2, 5]));
    // The convolutions read two cells to each side, the skip the cell itself.
    expect(at('relu0')).toEqual(box([2, 7], [1, 6]));
    expect(at('spectrogram')).toEqual([
      { start: 1, end: 8 },
      { start: 0, end: 7 },
      { start: 0, end: 1 },
    ]);
    expect(outputs).toHaveLength(sum + 1);
    expect(fieldOf(network, sum, single([4, 3, 1]), stageIndex(network, 'relu0'))).toEqual(at('relu0'));
  });

  it('is of no cell in an output that is not read', () => {
    const side = stageIndex(network, 'norm2s');
    expect(sizeOfRegion(fieldOf(network, side, single([1, 1, 0]), stageIndex(network, 'norm2b')))).toBe(0);
    const { regions, seconds } = soundOfCell(network, side, [1, 1, 0]);
    expect(sizeOfRegion(regions[stageIndex(network, 'conv2a')])).toBe(0);
    expect(sizeOfRegion(regions[stageIndex(network, 'relu1')])).toBe(3);
    expect(seconds[0]).toBe(0);
    expect(seconds[1]).toBe(0.049);
  });

  const before = traceClip(network, clip, plainKernels);
  const cells: readonly (readonly [string, Cell])[] = [
    ['sum1', [0, 0, 0]],
    ['sum1', [4, 3, 2]],
    ['sum1', [8, 7, 1]],
    ['sum2', [1, 3, 3]],
    ['sum2', [4, 0, 0]],
    ['norm2s', [2, 1, 1]],
  ];
  it.each(cells)('%s %j changes only where its field in the picture and in the clip changes', (name, cell) => {
    const stage = stageIndex(network, name);
    const random = createRandom(8);
    const after = (inside: boolean, to: 0 | -1): number => {
      const field = fieldOf(network, stage, single(cell), to);
      const x = to < 0 ? clip : before.outputs[to];
      const data = x.data.map((value, i) =>
        contains(field, cellAt(x.shape, i)) === inside ? value + random.normal() : value,
      );
      const pass = inferencePass(plainKernels);
      return at(example(runStages(network, tensor([1, ...x.shape], data), pass, to + 1, stage + 1), 0), cell);
    };
    for (const to of [0, -1] as const) {
      expect(after(false, to)).toBe(at(before.outputs[stage], cell));
      expect(after(true, to)).not.toBe(at(before.outputs[stage], cell));
    }
  });
});

describe('createNetwork', () => {
  it.each<[string, Architecture, RegExp]>([
    ['a missing skip', changed('sum1', { skip: undefined } as object), /"sum1" \(sum\) joins.*Name the second/],
    ['a superfluous skip', changed('relu1', { skip: 'relu0' }), /"relu1" \(relu\) has one input.*Leave it out/],
    ['a source that is not there', changed('sum1', { skip: 'relu9' }), /"sum1" reads "relu9", but no stage before/],
    ['a source that comes later', changed('sum1', { skip: 'relu2' }), /"sum1" reads "relu2", but no stage before/],
    ['a stage that reads itself', changed('relu1', { from: 'relu1' }), /"relu1" reads "relu1", but no stage before/],
  ])('refuses %s', (_, wrong, sentence) => {
    expect(() => createNetwork(wrong)).toThrow(ModelError);
    expect(() => createNetwork(wrong)).toThrow(sentence);
  });

  it('refuses to join shapes that differ, and says which stage asked', () => {
    expect(() => createNetwork(changed('sum2', { skip: 'norm2a' }))).not.toThrow();
    expect(() => createNetwork(changed('sum2', { skip: 'relu1' }))).toThrow(ShapeError);
    expect(() => createNetwork(changed('sum2', { skip: 'relu1' }))).toThrow(/"sum2".*5 × 4 × 4 and 9 × 8 × 3/);
  });

  it('takes "input" for the clip, unless a stage is called so', () => {
    const spectrogram = architecture.stages[0];
    const twice = (name: string): Architecture => ({
      ...architecture,
      stages: [{ ...spectrogram, name }, { ...spectrogram, from: 'input' }, ...architecture.stages.slice(1)],
    });
    const { stages } = createNetwork(twice('first'));
    expect([stages[1].inputIndex, stages[1].inputShape]).toEqual([-1, [70]]);
    expect(() => createNetwork(twice('input'))).toThrow(/a stage is called so too/);
  });

  it('refuses sources that are no names, when an architecture is read', () => {
    const json = changed('sum1', { skip: 3 } as object);
    expect(() => readArchitecture(json)).toThrow(/"sum1" of "residual" reads 3/);
  });

  it('keeps what reads what, when every setting is written out', () => {
    const complete = completeArchitecture(network);
    expect(complete.stages.find(({ name }) => name === 'conv2s')).toMatchObject({ from: 'relu1' });
    expect(complete.stages.find(({ name }) => name === 'sum1')).toMatchObject({ skip: 'relu0' });
    expect(Object.keys(complete.stages[1])).toEqual(['name', 'type', 'config']);
    const again = createNetwork(complete);
    setWeights(again, getWeights(network));
    expect(traceClip(again, clip, plainKernels)).toEqual(traceClip(network, clip, plainKernels));
    const other = changed('sum1', { skip: 'norm0' });
    expect(hashArchitecture(other)).not.toBe(hashArchitecture(architecture));
  });
});

describe('a part of a network', () => {
  const index = (name: string) => stageIndex(network, name);
  const pass = inferencePass(plainKernels);
  const run = (first: string, last: string) => {
    const { inputShape } = network.stages[index(first)];
    const batch = randomTensor(createRandom(3), [2, ...inputShape]);
    return [
      () => runStages(network, batch, pass, index(first), index(last) + 1),
      () => runForward(network, batch, pass, index(first), index(last) + 1),
    ];
  };

  it('runs where it reads only the output before it', () => {
    for (const each of [...run('conv1a', 'relu1'), ...run('conv2a', 'softmax'), ...run('conv2b', 'norm2b')]) {
      expect(each).not.toThrow();
    }
  });

  it('is refused where it reads more, with the stage to begin at', () => {
    for (const each of run('conv1b', 'sum1')) {
      expect(each).toThrow(ModelError);
      expect(each).toThrow(/from "conv1b" to "sum1".*since "sum1" also reads "relu0". Begin at "conv1a"/);
    }
    for (const each of run('conv2b', 'softmax')) expect(each).toThrow(/"conv2s" also reads "relu1".*"conv2a"/);
    for (const each of run('conv2s', 'norm2s')) expect(each).toThrow(/Begin at "conv2a"/);
  });

  it('gives back its input where it has no stages', () => {
    const x = randomTensor(createRandom(3), [1, 4]);
    expect(runStages(network, x, pass, 2, 2)).toBe(x);
    const { y, tape } = runForward(network, x, pass, 2, 2);
    expect(runBackward(network, y, tape).dx).toBe(x);
  });

  it('lets each output go at its last reader, and finds where a range may begin', () => {
    const { steps, lastReader } = planRange(network.stages, index('conv1a'), index('relu1') + 1);
    expect(steps.map((step) => network.stages[step].name)).toEqual([
      'conv1a',
      'norm1a',
      'relu1a',
      'conv1b',
      'norm1b',
      'sum1',
      'relu1',
    ]);
    expect(lastReader.get(index('relu0'))).toBe(index('sum1'));
    expect(lastReader.get(index('relu1a'))).toBe(index('conv1b'));
    expect(latestStart(network.stages, index('norm1b'))).toBe(index('conv1a'));
    expect(latestStart(network.stages, index('pool'))).toBe(index('pool'));
  });
});

describe('stages that the answer does not depend on', () => {
  /** A decoder beside the answer: it reads the code, and nothing reads it. */
  const forked: Architecture = {
    ...architecture,
    input: { sampleRate: 1000, samples: 6 },
    stages: [
      { name: 'code', type: 'dense', config: { units: 4 } },
      { name: 'decoder', type: 'dense', config: { units: 6 } },
      { name: 'readout', type: 'dense', config: { units: 3 }, from: 'code' },
    ],
  };
  const own = createNetwork(forked);
  initialise(own, createRandom(2));
  const batch = randomTensor(createRandom(3), [2, 6]);
  const pass = inferencePass(plainKernels);

  it('are left out of a run, and stand in a trace', () => {
    const { y, tape } = runForward(own, batch, pass, 0, 3);
    expect([...tape.passes.keys()]).toEqual([0, 2]);
    const { outputs } = traceClip(own, example(batch, 0), plainKernels);
    expect(outputs.map(({ shape }) => shape)).toEqual([[4], [6], [3]]);
    expect(outputs[2].data).toEqual(example(y, 0).data);
    const { dweights } = runBackward(own, y, tape);
    expect(Object.keys(dweights).sort()).toEqual(['code.bias', 'code.weight', 'readout.bias', 'readout.weight']);
  });

  it('can be trained by themselves', () => {
    const { y, tape } = runForward(own, batch, pass, 0, 2);
    expect(y.shape).toEqual([2, 6]);
    const { dweights } = runBackward(own, y, tape);
    expect(Object.keys(dweights).sort()).toEqual(['code.bias', 'code.weight', 'decoder.bias', 'decoder.weight']);
  });
});
