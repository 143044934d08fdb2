import { useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useSettings } from '@/components/chapter/use-settings';
import type { Explanation } from '@/lib/layers/explanation';
import type { Parameters } from '@/lib/parameters';
import { at } from '@/lib/tensor';
import { layerOf, ownWay, type Way } from '@/workers/lab/normalisation-ways';
import { Arithmetic } from './Arithmetic.tsx';
import { CellPicture, type Chosen } from './CellPicture.tsx';
import { Histogram } from './Histogram.tsx';
import { lookOf, placeName, rawLook } from './looks.ts';
import { numeral } from './numeral.ts';
import { pythonCalls } from './python.ts';
import { useNormalised, useSecond } from './use-second.ts';

type Choice = Pick<Way, 'method'>;

const schema: Parameters<Choice> = {
  method: {
    kind: 'choice',
    label: 'normalisation',
    help: 'What is done with each cell.',
    choices: ['z-score', 'min-max'],
    default: 'z-score',
  },
};

/** One cell through the formula: where it lies in the histogram and in the picture, before and after. */
export default function OneCell({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const way: Way = { ...ownWay, ...settings.config };
  const { second, clip, problem } = useSecond(number, {});
  const after = useNormalised(second?.picture, way);
  const [cell, setCell] = useState<Chosen>([14, 3]);
  const before = second?.picture;
  const explanation = before && layerOf(way)?.explain([...cell, 0], before);
  const who = clip?.name ?? 'yes';
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-one-cell"
      settings={settings}
      python={pythonCalls(way)}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <>
          <div class="n-two">
            <div>
              <CellPicture
                title={<b>Before</b>}
                picture={before}
                look={rawLook}
                label={`The picture of ${who} before it is normalised`}
                cell={cell}
                onCell={setCell}
                handles
              />
              <div class="n-histogram-place">
                {before && explanation && (
                  <Histogram
                    values={before.data}
                    name="value before"
                    value={at(before, [...cell, 0])}
                    centre={centreOf(explanation)}
                    litMean={isLit('6.1', 'm')}
                    litDeviation={isLit('6.1', 'v')}
                  />
                )}
              </div>
            </div>
            <div>
              <CellPicture
                title={<b>After</b>}
                picture={after}
                look={lookOf(way)}
                label={`The picture of ${who} after ${way.method} normalisation`}
                cell={cell}
                onCell={setCell}
              />
              <div class="n-histogram-place">
                {after && explanation && (
                  <Histogram
                    values={after.data}
                    name="value after"
                    value={explanation.result}
                    centre={way.method === 'z-score' ? { mean: 0, deviation: 1 } : undefined}
                    litMean={isLit('6.1', 'm')}
                    litDeviation={isLit('6.1', 'v')}
                  />
                )}
              </div>
            </div>
          </div>
          <div class="n-account" aria-live="polite">
            {explanation && (
              <>
                <p>
                  The cell at {placeName(...cell)}: {wordsOf(explanation)}
                </p>
                <Arithmetic explanation={explanation} />
              </>
            )}
          </div>
        </>
      }
    />
  );
}

function centreOf({ op, constants = {} }: Explanation) {
  if (op !== 'standardise') return undefined;
  return { mean: constants.mean, deviation: Math.sqrt(constants.variance) };
}

function wordsOf({ op, terms, constants = {}, result }: Explanation): string {
  const x = numeral(terms[0].value);
  if (op === 'standardise') {
    const side = result < 0 ? 'below' : 'above';
    return `its value ${x} lies ${numeral(Math.abs(result))} deviations ${side} the mean of all 1,024 cells, ${numeral(constants.mean)}.`;
  }
  return `its value ${x} lies at ${numeral(result)} of the way from the least, ${numeral(constants.min)}, to the greatest, ${numeral(constants.max)}.`;
}
