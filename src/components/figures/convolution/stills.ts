/** Chapter 7's pictures of the built-in word, made at build time. */
import { readFile } from 'node:fs/promises';
import { signedScale } from '@/components/plots/colour';
import { paintMaps } from '@/components/plots/map-grid';
import type { Paint } from '@/components/plots/Picture';
import { createRaster } from '@/components/plots/raster';
import { fitLoudest } from '@/lib/audio/loudest';
import { resampleClip } from '@/lib/audio/resample';
import { plainKernels } from '@/lib/kernels/plain';
import { loadNetwork } from '@/lib/model/load';
import { stageIndex, traceClip } from '@/lib/model/network';
import { defaults } from '@/lib/parameters';
import { tensor } from '@/lib/tensor';
import { model, ownInputOf } from '@/workers/lab/convolution-calls';
import { convolved, partsOfMap } from '@/workers/lab/convolved';
import { builtInClip, type Still } from '../still.ts';
import { firstKernel, firstMap } from './first.ts';
import { levelsOf, limitOf, paintChannel, paintLevels } from './maps.ts';
import { kernelOf, ownKernelSchema } from './own-kernel.ts';
import { partColumns } from './PartMaps.tsx';

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const clip = await builtInClip();
  const network = await loadNetwork(async (file) => new Uint8Array(await readFile(`public/models/${model}/${file}`)));
  const { sampleRate, samples } = network.architecture.input;
  const second = fitLoudest(resampleClip(clip, sampleRate), samples);
  const { outputs } = traceClip(network, tensor([samples], second.samples), plainKernels);
  const of = (name: string) => outputs[stageIndex(network, name)];
  const still = (themed: boolean, width: number, height: number, paint: Paint): Still => ({
    themed,
    paint: (colours) => {
      const raster = createRaster(width, height);
      paint(raster, colours, 1);
      return raster;
    },
  });
  const signed = (name: string, channel: number, limit = limitOf(of(name))) => {
    const [times, frequencies] = of(name).shape;
    return still(true, times, frequencies, paintChannel(of(name), channel, limit));
  };
  const own = ownInputOf(clip.samples, clip.sampleRate).input;
  const map = convolved(own, kernelOf(defaults(ownKernelSchema)), plainKernels);
  const { weights } = network.stages[stageIndex(network, 'conv2')].layer;
  const { parts, whole } = partsOfMap(of('relu1'), weights, of('conv2'), firstMap, plainKernels);
  const count = parts.shape[2];
  const strip = { width: 1072, height: 134, columns: 16, count: 32, gap: 3, line: 1 };
  const grid = { width: 512, height: 256, columns: partColumns, count, gap: 4, line: 1 };
  return {
    'convolution-picture': signed('normalised', 0),
    'convolution-map': signed('conv1', firstKernel),
    'convolution-own': still(false, own.shape[0], own.shape[1], paintLevels(own)),
    'convolution-own-map': still(true, map.shape[0], map.shape[1], paintChannel(map, 0, limitOf(map))),
    'convolution-parts': still(true, grid.width, grid.height, (raster, colours) =>
      paintMaps(raster, grid, parts, signedScale(colours.diverging, limitOf(parts)), colours.rule),
    ),
    'convolution-maps': still(true, strip.width, strip.height, (raster, colours) =>
      paintMaps(raster, strip, of('relu1'), signedScale(colours.diverging, limitOf(of('relu1'))), colours.rule),
    ),
    'convolution-sum': signed('conv2', firstMap, limitOf(whole)),
    'convolution-relu': signed('relu2', firstMap),
    'convolution-pooled': signed('pool', firstMap),
    'convolution-second': still(false, 124, 129, paintLevels(levelsOf(of('spectrogram')))),
  };
}
