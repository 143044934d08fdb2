import { describe, expect, it } from 'vitest';
import { chainOf } from '../../../src/components/figures/classify/chain.ts';
import { entriesOf, entryNamed, entryShowing } from '../../../src/components/figures/classify/entries.ts';
import { railOf } from '../../../src/components/figures/classify/rail.ts';
import { shadesOf } from '../../../src/components/figures/classify/shades.ts';
import { linesAfter } from '../../../src/components/figures/classify/sums/after.ts';
import { gatesOf } from '../../../src/components/figures/classify/sums/gates.ts';
import { termsOf } from '../../../src/components/figures/classify/sums/terms.ts';
import { axesOf } from '../../../src/components/plots/stage-scales.ts';
import { melToHz } from '../../../src/lib/dsp/mel.ts';
import { soundOfCell } from '../../../src/lib/insight/field-to-sound.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { explainCell, type Network, stageIndex, type Trace, traceClip } from '../../../src/lib/model/network.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { at, cellAt, sizeOf, tensor } from '../../../src/lib/tensor.ts';
import { cleaned, recurrent, residual, separable, series, shellOf } from './networks.ts';

const all = { separable, residual, cleaned, series, recurrent };

function traceOf(network: Network): Trace {
  const random = createRandom(9);
  const { samples } = network.architecture.input;
  return traceClip(
    network,
    tensor(
      [samples],
      Float32Array.from({ length: samples }, () => 0.3 * random.normal()),
    ),
    plainKernels,
  );
}
const outputOf = ({ input, outputs }: Trace, stage: number) => (stage < 0 ? input : outputs[stage]);

describe.each(Object.entries(all))('the entries of a %s network', (_name, network) => {
  const shell = shellOf(network);
  const entries = entriesOf(shell);
  const trace = traceOf(network);

  it('lead to every stage, each of which is computed once', () => {
    for (const { name } of shell.stages) expect(entryNamed(entries, name)).toBeDefined();
    const silent = shell.stages.flatMap(({ type }, index) => (type === 'dropout' || type === 'flatten' ? [index] : []));
    const computed = entries.flatMap(({ steps }) => steps);
    expect([...computed, ...silent].sort((a, b) => a - b)).toEqual(shell.stages.map((_, index) => index));
    expect(new Set(entries.map(({ title }) => title)).size).toBe(entries.length);
  });

  it('have their terms at the very values that the sources show, and end in what they show', () => {
    for (const entry of entries.slice(1)) {
      const { shape } = entry;
      for (const offset of [0, sizeOf(shape) >> 1, sizeOf(shape) - 1]) {
        const cell = cellAt(shape, offset);
        const steps = entry.steps.map((stage) => explainCell(network, trace, stage, cell));
        const parts = termsOf(steps[0], shell.stages, entry);
        for (const { stage, place, value } of parts) {
          expect(entryShowing(entries, stage)).toBeDefined();
          expect(at(outputOf(trace, stage), place)).toBe(value);
        }
        expect(linesAfter(steps, entry.types).result).toBeCloseTo(at(outputOf(trace, entry.output), cell), 4);
      }
    }
  });

  it('are painted in finite colours', () => {
    for (const { output } of entries.slice(1)) {
      const { values, legend } = shadesOf(shell.stages, output, outputOf(trace, output));
      expect(values.data.some(Number.isNaN)).toBe(false);
      expect(Number.isFinite(legend.low) && legend.high > legend.low).toBe(true);
    }
  });
});

describe('a residual block', () => {
  it('stands together, with its way around named', () => {
    const titles = entriesOf(shellOf(residual)).map(({ title }) => title);
    expect(titles.slice(4)).toEqual([
      'Normalised',
      'Convolution',
      'Block 1 convolution 1',
      'Block 1 convolution 2',
      'Block 1 sum',
      'Block 2 way around',
      'Block 2 convolution 1',
      'Block 2 convolution 2',
      'Block 2 sum',
      'Mean of each map',
      'Three answers',
    ]);
  });

  it('ends in a sum of two terms, one from each way', () => {
    const shell = shellOf(residual);
    const entries = entriesOf(shell);
    const entry = entryNamed(entries, 'block2-sum');
    if (!entry) throw new Error('There is no sum.');
    const explanation = explainCell(residual, traceOf(residual), entry.steps[0], [1, 2, 3]);
    const parts = termsOf(explanation, shell.stages, entry);
    expect(parts.map(({ stage }) => entryShowing(entries, stage)?.title)).toEqual([
      'Block 2 convolution 2',
      'Block 2 way around',
    ]);
    expect(parts.map(({ place }) => place)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('is one item of the rail until it is opened', () => {
    const entries = entriesOf(shellOf(separable));
    const titlesAt = (key: string) => railOf(entries, entryNamed(entries, key)).map(({ title }) => title);
    expect(titlesAt('normalised')).toEqual([
      'Waveform',
      'Spectrogram',
      'Mel',
      'Logarithm',
      'Normalised',
      'Convolution',
      'Block 1',
      'Block 2',
      'Mean of each map',
      'Three answers',
    ]);
    expect(titlesAt('block1-depthwise').slice(5, 10)).toEqual([
      'Convolution',
      'Block 1 depthwise',
      'Block 1 convolution',
      'Block 1 sum',
      'Block 2',
    ]);
  });

  it('counts as one link of the chain', () => {
    expect(chainOf(shellOf(separable))).toBe(
      'spectrogram, mel, logarithm, normalised, convolution, 2 × residual block, mean of each map',
    );
    expect(chainOf(shellOf(recurrent))).toBe('spectrogram, decibels, normalised, LSTM');
  });
});

describe('a batch normalisation', () => {
  it('is told as a product and a shift between the sum and the ReLU', () => {
    const entry = entryNamed(entriesOf(shellOf(separable)), 'stem-conv');
    if (!entry) throw new Error('There is no stem.');
    expect(entry.types).toEqual(['conv2d', 'batch-norm', 'relu']);
    const steps = entry.steps.map((stage) => explainCell(separable, traceOf(separable), stage, [3, 4, 5]));
    const { rows, label, result } = linesAfter(steps, entry.types);
    expect(rows.map((row) => row.label.replace(/[\d.]+/, '#'))).toEqual(['× # (batch-norm)', '+ shift']);
    expect(label).toBe('ReLU');
    expect(result).toBeCloseTo(Math.max(0, rows[0].value + rows[1].value), 5);
  });
});

describe('an LSTM', () => {
  it('is told by four gates that give the cell', () => {
    const explanation = explainCell(recurrent, traceOf(recurrent), stageIndex(recurrent, 'lstm'), [2]);
    const [i, f, g, o] = gatesOf(explanation).map(({ open }) => open);
    const memory = explanation.constants?.memory ?? 0;
    expect(o * Math.tanh(f * memory + i * g)).toBeCloseTo(explanation.result, 6);
  });
});

describe('the axes of a stage', () => {
  it('are those of its own way, not of what is listed before it', () => {
    const shell = shellOf(residual);
    const index = stageIndex(residual, 'block2-conv1');
    const before = axesOf(shell, stageIndex(residual, 'block1-relu2'));
    const { time } = axesOf(shell, index);
    expect(before.time && time && time.step / before.time.step).toBe(2);
  });

  it.each(['mel', 'stem-relu', 'block1-sum', 'block2-sum'])('put a cell of %s in the middle of its field', (name) => {
    const index = stageIndex(separable, name);
    const { time, rows } = axesOf(shellOf(separable), index);
    if (!time || rows?.kind !== 'mel') throw new Error('There are no axes.');
    const [times, bands, channels] = separable.stages[index].outputShape;
    const cell = [times >> 1, bands >> 1, channels - 1];
    const { seconds, hertz } = soundOfCell(separable, index, cell);
    const centre = time.first + cell[0] * time.step;
    expect(Math.abs((seconds[0] + seconds[1]) / 2 - centre)).toBeLessThan(0.021);
    const peak = melToHz(rows.scale.first + cell[1] * rows.scale.step, rows.mel.scale);
    expect(peak).toBeGreaterThan(hertz[0]);
    expect(peak).toBeLessThan(hertz[1]);
  });

  it('of a series are time and channels; of a mean over time the frequencies alone', () => {
    const { time, rows } = axesOf(shellOf(series), stageIndex(series, 'pool1'));
    expect(rows).toEqual({ kind: 'number', name: 'channel' });
    const { seconds } = soundOfCell(series, stageIndex(series, 'pool1'), [100, 2]);
    expect(time && time.first + 100 * time.step).toBeCloseTo((seconds[0] + seconds[1]) / 2 - 0.5 / 8000, 9);
    const mean = axesOf(shellOf(cleaned), stageIndex(cleaned, 'scaled'));
    expect(mean.time).toBeUndefined();
    expect(mean.rows?.kind).toBe('hertz');
    expect(axesOf(shellOf(cleaned), stageIndex(cleaned, 'dense1'))).toEqual({});
    expect(axesOf(shellOf(cleaned), stageIndex(cleaned, 'trimmed')).trimmed).toBe(true);
  });
});
