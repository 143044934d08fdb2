/** Maps of the network as chapter 7 draws them: signed, zero the paper, in full colour from a high quantile on. */
import { type Cells, extentOf, magnitudeQuantile, planeOf } from '@/components/plots/cells';
import { signedScale } from '@/components/plots/colour';
import type { Paint } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import { scalesOf } from '@/components/plots/stage-scales';
import { amplitudeToDb } from '@/lib/dsp/scale';
import { type Conv2dConfig, conv2dKind } from '@/lib/layers/conv2d';
import type { Layer } from '@/lib/layers/layer';
import type { Tensor } from '@/lib/tensor';
import type { StageOutputs } from '@/workers/lab/convolution-calls';
import { levelRange } from '@/workers/lab/own-options';

/** Signed values reach full colour at this share of the cells that are not zero. */
const fullColour = 0.98;

/** Of more cells than twice this, every so many are looked at: enough for a colour scale. */
const enough = 4096;

/** Where a tensor's colours end, to three digits; 1 where all is zero. */
export function limitOf({ data }: Pick<Tensor, 'data'>): number {
  // An odd number, so that it meets all of 32 or 64 channels.
  const stride = Math.floor(data.length / enough / 2) * 2 + 1;
  const some = Float32Array.from({ length: Math.ceil(data.length / stride) }, (_, place) => data[place * stride]);
  return Number(magnitudeQuantile(some, fullColour).toPrecision(3)) || 1;
}

/** Paints cells between −limit and limit; cells that are not numbers stay empty. */
export function paintSigned(cells: Cells, limit: number): Paint {
  return (raster, { diverging }) => paintCells(raster, wholeOf(raster), cells, signedScale(diverging, limit));
}

/** Paints one channel of [time, frequency, channel]. */
export function paintChannel(t: Tensor, channel: number, limit: number): Paint {
  return paintSigned(planeOf(t, channel), limit);
}

/** The index of a stage by its name. */
export function stageNamed({ stages }: Pick<StageOutputs, 'stages'>, name: string): number {
  return stages.findIndex((stage) => stage.name === name);
}

/** Seconds and hertz of the columns and rows of a stage's output. */
export function scalesOfStage(run: StageOutputs, name: string) {
  return scalesOf(run, stageNamed(run, name));
}

/** A convolution of the network, with the weights that it has learned. */
export function convolutionOf(run: StageOutputs, name: string): Layer<Conv2dConfig> {
  const { config } = run.stages[stageNamed(run, name)];
  const layer = conv2dKind.create(config as unknown as Conv2dConfig);
  layer.weights = run.weights[name];
  return layer;
}

/** One kernel's slice for one input map as a picture, [time, frequency, 1]. */
export function kernelSlice({ shape, data }: Tensor, input: number, filter: number): Tensor {
  const [height, width, inputs, filters] = shape;
  const values = Float32Array.from(
    { length: height * width },
    (_, place) => data[(place * inputs + input) * filters + filter],
  );
  return { shape: [height, width, 1], data: values };
}

/** All slices of one kernel, one for each input map: [time, frequency, input maps]. */
export function filterSlices({ shape, data }: Tensor, filter: number): Tensor {
  const [height, width, inputs, filters] = shape;
  const values = Float32Array.from({ length: height * width * inputs }, (_, place) => data[place * filters + filter]);
  return { shape: [height, width, inputs], data: values };
}

/** Magnitudes as decibels above a floor that lies `levelRange` below the loudest: 0 or more, and 0 for silence. */
export function levelsOf({ shape, data }: Tensor): Tensor {
  const { max } = extentOf(data);
  if (!(max > 0)) return { shape, data: new Float32Array(data.length) };
  const decibels = amplitudeToDb(
    data.map((magnitude) => magnitude / max),
    { topDb: levelRange },
  );
  return { shape, data: decibels.map((level) => level + levelRange) };
}

/** Paints levels above the floor in magma. */
export function paintLevels(levels: Tensor): Paint {
  const cells = planeOf(levels);
  return (raster, { sequential }) =>
    paintCells(raster, wholeOf(raster), cells, { table: sequential, low: 0, high: levelRange });
}
