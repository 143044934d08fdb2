/** Chapter 8's pictures of the built-in word, made at build time. */
import { readFile } from 'node:fs/promises';
import { paintDecibels } from '@/components/chapter/SpectrogramPlot';
import { createRaster } from '@/components/plots/raster';
import { plainKernels } from '@/lib/kernels/plain';
import { loadNetwork } from '@/lib/model/load';
import { traceClip } from '@/lib/model/network';
import { type Judged, judgedOf } from '@/workers/lab/dense-calls';
import { modelClip } from '@/workers/lab/model-clip';
import { builtInClip, type Still } from '../still.ts';
import type { FirstAnswer } from './Opening.tsx';
import { paintVotes, roundUp, unitColumns, voteLimit } from './paint.ts';

let judging: Promise<Judged> | undefined;

function judgedFirst(): Promise<Judged> {
  judging ??= (async () => {
    const network = await loadNetwork(async (file) => new Uint8Array(await readFile(`public/models/keywords/${file}`)));
    const clip = modelClip({ ...(await builtInClip()), start: 0 }, network.architecture.input);
    return judgedOf(network, clip, traceClip(network, clip, plainKernels));
  })();
  return judging;
}

export async function firstAnswer(): Promise<FirstAnswer> {
  const { logits, probabilities, votes } = await judgedFirst();
  return { logits: [...logits], probabilities: [...probabilities], limit: voteLimit(votes.data) };
}

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const judged = await judgedFirst();
  const { votes, probabilities, picture, units } = judged;
  const winner = probabilities.indexOf(Math.max(...probabilities));
  return {
    'dense-votes': {
      themed: true,
      paint: (colours) => {
        const raster = createRaster(unitColumns, units.length / unitColumns);
        paintVotes(judged, winner, roundUp(voteLimit(votes.data)))(raster, colours, 1);
        return raster;
      },
    },
    'dense-second': {
      themed: false,
      paint: (colours) => {
        const raster = createRaster(picture.frames, picture.bins);
        paintDecibels(picture)(raster, colours, 1);
        return raster;
      },
    },
  };
}
