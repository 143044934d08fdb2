import './unit.css';
import { useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { SpectrogramPlot } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import { answers } from './answers.ts';
import { FieldBox } from './FieldBox.tsx';
import { PlaceTerms, UnitPlaces } from './UnitPlaces.tsx';

interface Look {
  readonly unit: number;
}

const schema: Parameters<Look> = {
  unit: {
    kind: 'integer',
    label: 'unit',
    help: 'Which of the 128 units is laid open.',
    min: 0,
    max: 127,
    default: 68,
  },
};

/** How many places of the picture are listed. */
const count = 8;

/** One unit's sum, traced back to the parts of the sound that its largest terms looked at. */
export default function Unit({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { unit } = settings.config;
  const { result: judged, clip } = useLab(`${number}a`, 'judged', []);
  const { result: votes, problem } = useLab(`${number}b`, 'unitVotes', [unit, count]);
  const [chosen, choose] = useState(0);
  const place = votes?.places[chosen];
  const winner = judged ? judged.probabilities.indexOf(Math.max(...judged.probabilities)) : 0;
  const takeStrongest = () => {
    if (!judged) return;
    const { units, votes: all } = judged;
    const own = all.data.subarray(winner * units.length, (winner + 1) * units.length);
    settings.set('unit', own.indexOf(Math.max(...own)));
  };
  return (
    <Figure
      number={number}
      settings={settings}
      class="d-unit"
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <p>
            <button type="button" class="link" disabled={!judged} onClick={takeStrongest}>
              The unit that spoke most for <i>{answers[winner]}</i>
            </button>
          </p>
        </>
      }
      plate={
        <>
          <SpectrogramPlot
            picture={judged?.picture}
            still="dense-second"
            label={`Spectrogram of ${clip?.name ?? 'yes'} with the places that speak loudest for and against unit ${unit}`}
          >
            {judged &&
              votes?.places.map(({ sound, sum }, index) => (
                <FieldBox
                  key={index}
                  picture={judged.picture}
                  sound={sound}
                  state={index === chosen ? 'chosen' : sum < 0 ? 'against' : 'for'}
                />
              ))}
          </SpectrogramPlot>
          <div class="under">
            <DecibelLegend />
            <span class="readout">
              {votes && (
                <>
                  unit {unit}: <b data-result={votes.result}>{formatNumber(votes.result, { decimals: 3 })}</b>
                  <br />
                  after ReLU {formatNumber(Math.max(0, votes.result), { decimals: 3 })}
                </>
              )}
            </span>
          </div>
          <div class="d-places">
            <UnitPlaces number={number} votes={votes} chosen={chosen} onChoose={choose} />
            <PlaceTerms place={place} />
          </div>
        </>
      }
    />
  );
}
