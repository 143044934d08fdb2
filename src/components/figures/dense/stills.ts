/** Chapter 8's pictures of the built-in word, made at build time. */
import { paintDecibels } from '@/components/chapter/SpectrogramPlot';
import type { Paint } from '@/components/plots/Picture';
import { createRaster } from '@/components/plots/raster';
import { defaults } from '@/lib/parameters';
import { builtInLab } from '../built-in-lab.ts';
import { firstWord, type Still } from '../still.ts';
import { flattenSchema } from './flatten-look.ts';
import type { FirstAnswer } from './Opening.tsx';
import {
  evidenceLimit,
  paintAllMaps,
  paintPlane,
  paintRow,
  paintVotes,
  paintWeights,
  pooledLimit,
  roundUp,
  unitColumns,
  unitLimit,
  voteLimit,
  weightLimit,
} from './paint.ts';
import { sortedUnits } from './sorted-units.ts';
import { schema as unitsSchema } from './Units.tsx';

export async function firstAnswer(): Promise<FirstAnswer> {
  const { calls } = await builtInLab(firstWord);
  const { logits, probabilities, votes } = await calls.judged();
  return { logits: [...logits], probabilities: [...probabilities], limit: voteLimit(votes.data) };
}

export async function stills(): Promise<Readonly<Record<string, Still>>> {
  const { calls } = await builtInLab(firstWord);
  const judged = await calls.judged();
  const { votes, probabilities, picture, pooled, units, weights } = judged;
  const winner = probabilities.indexOf(Math.max(...probabilities));
  const { unit, view, channel: unitChannel } = defaults(unitsSchema);
  const { map: unitMap } = await calls.unitMap(unit, view, unitChannel);
  const { map: slopes } = await calls.logitSlopes(winner, 'slope-times-value');
  const limit = pooledLimit(pooled);
  const [times, frequencies, channels] = pooled.shape;
  const still = (themed: boolean, width: number, height: number, paint: Paint): Still => ({
    themed,
    paint: (colours) => {
      const raster = createRaster(width, height);
      paint(raster, colours, 1);
      return raster;
    },
  });
  const rows = units.length / unitColumns;
  return {
    'dense-votes': still(true, unitColumns, rows, paintVotes(judged, winner, roundUp(voteLimit(votes.data)))),
    'dense-second': still(false, picture.frames, picture.bins, paintDecibels(picture)),
    'dense-maps': still(true, 300, 300, paintAllMaps(pooled, limit)),
    'dense-map': still(true, times, frequencies, paintPlane(pooled, limit, defaults(flattenSchema).channel)),
    'dense-row': still(true, frequencies * channels, times, paintRow(pooled.data, frequencies * channels, limit)),
    'dense-weights': still(
      true,
      units.length,
      probabilities.length,
      paintWeights(weights, sortedUnits(weights), weightLimit(weights)),
    ),
    'dense-unit': still(true, times, frequencies, paintPlane(unitMap, unitLimit(unitMap))),
    'dense-slopes': still(true, picture.frames, picture.bins, paintPlane(slopes, evidenceLimit(slopes))),
  };
}
