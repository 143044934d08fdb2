import { describe, expect, it } from 'vitest';
import { ModelError, ShapeError } from '../../../src/lib/errors.ts';
import { gradientTimesInput, saliency, type Target } from '../../../src/lib/insight/saliency.ts';
import type { Kernels } from '../../../src/lib/kernels/kernels.ts';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { loadWasmKernels } from '../../../src/lib/kernels/wasm.ts';
import { type Region, single } from '../../../src/lib/layers/region.ts';
import { fieldOf, stageIndex, traceClip } from '../../../src/lib/model/network.ts';
import golden from '../../golden/saliency.json' with { type: 'json' };
import { readBuild } from '../kernels/support.ts';
import { clips, loadKeywords, voice } from './keywords.ts';

const network = await loadKeywords();
const indexOf = (name: string) => (name === 'clip' ? -1 : stageIndex(network, name));

const cases = golden.saliency.flatMap(({ clip, winner, gradients }) =>
  gradients.map((gradient) => ({ clip, winner, ...gradient })),
);

/** To 1e-5 of the largest: float32 in every stage leaves 4e-7. */
function expectAgreement(one: (typeof cases)[number], kernels: Kernels): void {
  const target = { stage: stageIndex(network, one.target), cell: [one.winner] };
  const { gradient } = saliency(network, clips[one.clip], target, indexOf(one.of), kernels);
  for (const [place, value] of one.cells) {
    expect(Math.abs(gradient.data[place] - value)).toBeLessThanOrEqual(1e-5 * one.largest);
  }
  const sum = gradient.data.reduce((total, value) => total + Math.abs(value), 0);
  expect(Math.abs(sum / one.magnitudes - 1)).toBeLessThanOrEqual(1e-5);
}

describe('the shipped network, against PyTorch in double precision', () => {
  it('gives the same logits and probabilities', () => {
    for (const { clip, logits, probabilities } of golden.saliency) {
      const { outputs } = traceClip(network, clips[clip], plainKernels);
      const largest = Math.max(...logits.map(Math.abs));
      for (const [k, logit] of logits.entries()) {
        expect(Math.abs(outputs[indexOf('dense2')].data[k] - logit)).toBeLessThanOrEqual(1e-5 * largest);
        expect(outputs[indexOf('softmax')].data[k]).toBeCloseTo(probabilities[k], 4);
      }
    }
  });

  it.each(cases)('gives the same gradient, plain kernels: $target of $clip by $of', (one) => {
    expectAgreement(one, plainKernels);
  });

  it.each(cases)('gives the same gradient, wasm kernels: $target of $clip by $of', async (one) => {
    expectAgreement(one, await loadWasmKernels(readBuild('simd')));
  });
});

describe('the field of a cell of conv2, against the cells that have a gradient', () => {
  const focus = (cell: readonly number[], to: number) =>
    fieldOf(network, stageIndex(network, 'conv2'), single(cell), to, 'focus');
  const pairs = (region: Region) => region.map(({ start, end }) => [start, end]);

  it.each(golden.field.filter(({ linear }) => !linear))('holds all of them: $cell', ({ cell, spectrogram, clip }) => {
    for (const [region, box] of [
      [focus(cell, 0), spectrogram],
      [focus(cell, -1), clip],
    ] as const) {
      for (const [axis, [first, end]] of box.entries()) {
        expect(region[axis].start).toBeLessThanOrEqual(first);
        expect(region[axis].end).toBeGreaterThanOrEqual(end);
      }
    }
  });

  it.each(golden.field.filter(({ linear }) => linear))(
    'is no larger than they are where no ReLU switches any off: $cell',
    ({ cell, spectrogram, clip }) => {
      expect(pairs(focus(cell, 0))).toEqual(spectrogram);
      // The first sample of a frame is weighed by 0: the periodic Hann window begins there.
      expect(pairs(focus(cell, -1))).toEqual([[clip[0][0] - 1, clip[0][1]]]);
    },
  );

  it('is everything where the statistics of the whole picture count', () => {
    const all = fieldOf(network, stageIndex(network, 'conv2'), single([13, 5, 7]), 0);
    expect(pairs(all)).toEqual([
      [0, 124],
      [0, 129],
      [0, 1],
    ]);
  });
});

describe('saliency', () => {
  const logit: Target = { stage: stageIndex(network, 'dense2'), cell: [6] };

  it('gives the value and the input that it belongs to', () => {
    const { outputs } = traceClip(network, voice, plainKernels);
    const { value, input, gradient } = saliency(network, voice, logit, indexOf('spectrogram'), plainKernels);
    expect(value).toBe(outputs[logit.stage].data[6]);
    expect(input).toEqual(outputs[0]);
    expect(gradient.shape).toEqual([124, 129, 1]);
    expect(saliency(network, voice, logit, -1, plainKernels).input.data).toEqual(voice.data);
  });

  it('times the input adds up to the logit, with the bias, where the network is linear from there on', () => {
    const result = saliency(network, voice, logit, indexOf('relu3'), plainKernels);
    const product = gradientTimesInput(result);
    const { weight, bias } = network.stages[logit.stage].layer.weights;
    const sum = product.data.reduce((total, value) => total + value, 0) + bias.data[6];
    expect(sum).toBeCloseTo(result.value, 4);
    expect(product.data[3]).toBeCloseTo(weight.data[3 * 10 + 6] * result.input.data[3], 6);
  });

  it('refuses stages in the wrong order or unknown, and cells that do not exist', () => {
    const at = (of: number, target: Target) => () => saliency(network, voice, target, of, plainKernels);
    expect(at(logit.stage, logit)).toThrow(ModelError);
    expect(at(logit.stage, logit)).toThrow(/"dense2" does not come after "dense2"/);
    expect(at(-2, logit)).toThrow(/stages 0 to 15/);
    expect(at(0, { stage: 16, cell: [0] })).toThrow(/stages 0 to 15/);
    expect(at(0, { ...logit, cell: [10] })).toThrow(ShapeError);
  });
});
