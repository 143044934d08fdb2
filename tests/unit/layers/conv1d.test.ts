/** A published 1-D network on a log-mel spectrogram of 128 bands × 16 frames: it cannot be built as it is written. */
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import type { Architecture, StageSpec } from '../../../src/lib/model/architecture.ts';
import { createNetwork } from '../../../src/lib/model/network.ts';

/** The front end of the network: one second at 8 kHz, librosa's defaults, bands along the series. */
const logMel: readonly StageSpec[] = [
  {
    name: 'spectrogram',
    type: 'spectrogram',
    config: { winLength: 2048, hopLength: 512, nFft: 2048, centre: true, padMode: 'constant', power: 2 },
  },
  { name: 'mel', type: 'mel', config: { sampleRate: 8000, nFft: 2048, nMels: 128, fMax: 4000 } },
  { name: 'decibels', type: 'decibels' },
  { name: 'bands', type: 'transpose' },
];

/** Filters and windows of its four convolutions, each with ReLU and pooling of 3 behind it. */
function blocks(padding: 'valid' | 'same', count = 4): StageSpec[] {
  const sizes = [
    [8, 13],
    [16, 11],
    [32, 9],
    [64, 7],
  ].slice(0, count);
  return sizes.flatMap(([filters, kernel], i) => [
    { name: `conv${i + 1}`, type: 'conv1d', config: { filters, kernel, padding } },
    { name: `relu${i + 1}`, type: 'relu' },
    { name: `pool${i + 1}`, type: 'max-pool1d', config: { pool: 3 } },
  ]);
}

function network(front: readonly StageSpec[], body: readonly StageSpec[]) {
  const architecture: Architecture = {
    format: 'kuulo-architecture-1',
    name: 'digits',
    input: { sampleRate: 8000, samples: 8000 },
    classes: Array.from({ length: 10 }, (_, digit) => `${digit}`),
    stages: [
      ...front,
      ...body,
      { name: 'flatten', type: 'flatten' },
      { name: 'dense', type: 'dense', config: { units: 10 } },
    ],
  };
  return createNetwork(architecture);
}

/** The lengths of the series, from what comes in to what the last pooling leaves. */
function lengths({ stages }: ReturnType<typeof network>): number[] {
  const changing = stages.filter(({ layer }) => layer.type === 'conv1d' || layer.type === 'max-pool1d');
  return [changing[0].inputShape[0], ...changing.map(({ outputShape }) => outputShape[0])];
}

function refusal(build: () => unknown): string {
  try {
    build();
  } catch (error) {
    expect(error).toBeInstanceOf(ShapeError);
    return (error as ShapeError).message;
  }
  throw new Error('The network was built.');
}

describe('a 1-D network without padding on 128 × 16', () => {
  it('has one step left after three convolutions and two poolings', () => {
    const built = network(logMel, blocks('valid', 3).slice(0, -1));
    expect(built.stages[logMel.length].inputShape).toEqual([128, 16]);
    expect(lengths(built)).toEqual([128, 116, 38, 28, 9, 1]);
  });

  it('cannot be built as written: the third pooling has nothing to keep', () => {
    expect(refusal(() => network(logMel, blocks('valid')))).toBe(
      'Stage "pool3": max-pool1d keeps one of every 3 steps, but only 1 step is left of the series (1 × 32 came), so nothing would come out. Choose a smaller pool here, or padding "same" in the convolutions before, so that more steps are left.',
    );
  });

  it('cannot be built without that pooling either: the fourth window is longer than the series', () => {
    const body = blocks('valid').filter(({ name }) => name !== 'pool3');
    expect(refusal(() => network(logMel, body))).toBe(
      'Stage "conv4": conv1d has a window of 7 steps, but only 1 step is left of the series (1 × 32 came). Choose a shorter window or padding "same", here or in the stages before, so that more steps are left.',
    );
  });

  it('can be built with padding, and without it on the waveform', () => {
    expect(lengths(network(logMel, blocks('same')))).toEqual([128, 128, 42, 42, 14, 14, 4, 4, 1]);
    expect(lengths(network([], blocks('valid')))).toEqual([8000, 7988, 2662, 2652, 884, 876, 292, 286, 95]);
  });
});
