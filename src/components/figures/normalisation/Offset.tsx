import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Wave } from '@/components/controls/Wave';
import { indexOfLargest } from '@/components/plots/cells';
import { formatProbability } from '@/components/plots/format';
import { momentsOf } from '@/lib/dsp/moments';
import type { Parameters } from '@/lib/parameters';
import { ownWay } from '@/workers/lab/normalisation-ways';
import type { Treatment } from '@/workers/lab/treatment';
import { CellPicture } from './CellPicture.tsx';
import { lookOf, rawLook } from './looks.ts';
import { numeral } from './numeral.ts';
import { useNormalised, useSecond } from './use-second.ts';

interface Shifted {
  readonly offset: number;
}

const schema: Parameters<Shifted> = {
  offset: {
    kind: 'number',
    label: 'offset',
    help: 'Added to every sample, of full scale. Nothing of it is heard.',
    min: 0,
    max: 0.5,
    step: 0.01,
    default: 0.3,
  },
};
const own = [ownWay];

/** A constant added to every sample, left in and taken out. */
export default function Offset({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { offset } = settings.config;
  const left = useMemo<Treatment>(() => ({ offset }), [offset]);
  const taken = useMemo<Treatment>(() => ({ offset, centred: true }), [offset]);
  const { second, clip, problem } = useSecond(number, left);
  const { second: mended } = useSecond(`${number}a`, taken);
  const shiftedPicture = useNormalised(second?.picture, ownWay);
  const mendedPicture = useNormalised(mended?.picture, ownWay);
  const { result: withOffset } = useLab(`${number}b`, 'treatedAnswers', [left, own]);
  const { result: without } = useLab(`${number}c`, 'treatedAnswers', [taken, own]);
  const who = clip?.name ?? 'yes';
  const moments = second && momentsOf(second.picture.data);
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-offset"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <>
          <div class="n-wave soot">
            {second && <Wave samples={second.samples} full={1} label={`Waveform of ${who}, shifted by ${offset}`} />}
            <span class="n-full">full scale</span>
          </div>
          <div class="n-three">
            <CellPicture
              title={
                <>
                  <b>Offset left in</b> <span class="num">{moments && `σ² = ${numeral(moments.variance)}`}</span>
                </>
              }
              picture={second?.picture}
              look={rawLook}
              label={`The picture of ${who} with an offset of ${offset}: the lowest bins are bright throughout`}
            />
            <CellPicture
              title={
                <>
                  <b>Left in, standardised</b> <span class="num">{answerOf(withOffset)}</span>
                </>
              }
              picture={shiftedPicture}
              look={lookOf(ownWay)}
              label={`The same, standardised. The network answers ${answerOf(withOffset)}`}
            />
            <CellPicture
              title={
                <>
                  <b>Taken out, standardised</b> <span class="num">{answerOf(without)}</span>
                </>
              }
              picture={mendedPicture}
              look={lookOf(ownWay)}
              label={`The picture with the offset taken out first. The network answers ${answerOf(without)}`}
            />
          </div>
        </>
      }
    />
  );
}

/** "yes, 97.3 %" */
function answerOf(
  answers: { readonly classes: readonly string[]; readonly probabilities: readonly Float32Array[] } | undefined,
): string {
  if (!answers) return '';
  const [probabilities] = answers.probabilities;
  const best = indexOfLargest(probabilities);
  return `${answers.classes[best]}, ${formatProbability(probabilities[best])}`;
}
