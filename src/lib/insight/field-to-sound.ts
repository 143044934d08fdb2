/**
 * From cells to sound: which seconds and which hertz of the clip a cell of any stage depends on.
 *
 * Seconds come from the samples that the spectrogram's frames read: frame t of hop h and window w reads samples t·h up to
 * t·h + w − 1, and sample n is taken to last from n / rate to (n + 1) / rate. Hertz come from the bins: bin k of an
 * n_fft-point transform stands for k·rate / n_fft and is taken to reach half a bin to either side, from 0 to rate / 2.
 *
 * A picture that is normalised by its own mean and variance depends, through these two numbers, on the whole clip. They
 * are left out here (`Layer.focus`), and `statistics` names the stages where they enter.
 */
import { ModelError } from '../errors.ts';
import { type Region, single, sizeOfRegion } from '../layers/region.ts';
import { type Fields, fieldsOf, type Network } from '../model/network.ts';
import type { Cell } from '../tensor.ts';

/** A box in the plane of time and frequency. */
export interface SoundBox {
  /** From and to, in seconds from the start of the model's input. */
  readonly seconds: readonly [number, number];
  /** From and to, in hertz. */
  readonly hertz: readonly [number, number];
}

export interface FieldInSound extends SoundBox {
  /** The field in the output of each stage up to the cell's own, by stage index; of no cell where it reads nothing. */
  readonly regions: readonly Region[];
  /** The stages, by index, up to the cell's own, whose statistics over the whole clip enter the cell too. */
  readonly statistics: readonly number[];
}

/**
 * The part of the sound that one cell of the output of stage `stage` depends on.
 * @throws ModelError for a stage that the network does not have
 */
export function soundOfCell(network: Network, stage: number, cell: Cell): FieldInSound {
  return soundOfRegion(network, stage, single(cell));
}

/** The same for a box of cells. */
export function soundOfRegion(network: Network, stage: number, region: Region): FieldInSound {
  if (!network.stages[stage]) {
    throw new ModelError(`The network "${network.architecture.name}" has no stage number ${stage}.`);
  }
  const fields = fieldsOf(network, stage, region, 'focus');
  const regions = fields.outputs;
  const statistics = [...regions.keys()].filter(
    (index) => sizeOfRegion(regions[index]) > 0 && hasStatistics(network, index),
  );
  return { regions, statistics, ...soundOfFields(network, fields) };
}

/** True where a cell's field is more than its focus. */
function hasStatistics(network: Network, index: number): boolean {
  const { layer, inputShape, outputShape } = network.stages[index];
  const cell = outputShape.map(() => 0);
  return (
    layer.focus !== undefined &&
    sizeOfRegion(layer.field(cell, inputShape)) > sizeOfRegion(layer.focus(cell, inputShape))
  );
}

function soundOfFields(network: Network, { input, outputs }: Fields): SoundBox {
  const { sampleRate } = network.architecture.input;
  const [samples] = input;
  const index = network.stages.findIndex(({ layer }) => layer.type === 'spectrogram');
  const bins = outputs[index]?.[1];
  return {
    seconds: [samples.start / sampleRate, samples.end / sampleRate],
    hertz:
      bins && bins.end > bins.start
        ? hertzOfBins(bins.start, bins.end, network.stages[index].layer.config as { nFft: number }, sampleRate)
        : [0, sampleRate / 2],
  };
}

/** The band of the bins from `start` up to, not including, `end`, in hertz. */
export function hertzOfBins(
  start: number,
  end: number,
  { nFft }: { readonly nFft: number },
  sampleRate: number,
): readonly [number, number] {
  const edge = (bins: number) => Math.min(Math.max(((bins - 0.5) * sampleRate) / nFft, 0), sampleRate / 2);
  return [edge(start), edge(end)];
}
