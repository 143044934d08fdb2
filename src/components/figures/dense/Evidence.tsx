import './evidence.css';
import { useMemo, useState } from 'preact/hooks';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { LivePicture } from '@/components/chapter/LivePicture';
import { PlayButton } from '@/components/chapter/PlayButton';
import { inKilohertz, paintDecibels, scalesOf, shownRange } from '@/components/chapter/SpectrogramPlot';
import { Choice } from '@/components/controls/Choice';
import { Axis } from '@/components/plots/Axis';
import { formatProbability } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import type { Paint } from '@/components/plots/Picture';
import type { Tensor } from '@/lib/tensor';
import type { Judged } from '@/workers/lab/dense-calls';
import type { HeardPart, Parts } from '@/workers/lab/dense-evidence';
import { answers } from './answers.ts';
import { evidenceLimit, paintPlane } from './paint.ts';
import { largest } from './shares.ts';
import { useParts } from './use-parts.ts';

interface Props {
  readonly number: string;
  readonly judged: Judged | undefined;
  /** A value for each cell of the spectrogram: what it speaks for the answer. */
  readonly map: Tensor | undefined;
  /** What the map shows, with its unit. */
  readonly unit: string;
  /** In place of the map while there is none: its still picture, or words. */
  readonly still?: string;
  readonly waiting?: string;
  /** The share of the cells that is kept. */
  readonly share: number;
}

type Shown = 'all' | 'kept' | 'rest';

const shownParameter = {
  kind: 'choice' as const,
  label: 'in the picture',
  help: 'All of the second, the cells that are kept, or the others.',
  choices: ['all', 'kept', 'rest'] as const,
  default: 'all' as const,
};

/** The sound beside what an answer rests on in it; the part that matters most and the rest, seen and heard. */
export function Evidence({ number, judged, map, unit, still, waiting, share }: Props) {
  const [shown, show] = useState<Shown>('all');
  const parts = useParts(`${number}p`, map, share);
  const picture = judged?.picture;
  const mask = shown === 'all' ? undefined : parts?.mask;
  const sound = useMemo<Paint | undefined>(() => {
    if (!picture) return undefined;
    const kept = shown === 'kept' ? 1 : 0;
    const decibels = mask
      ? picture.decibels.map((value, cell) => (mask[cell] === kept ? value : -shownRange))
      : picture.decibels;
    return paintDecibels({ ...picture, decibels });
  }, [picture, mask, shown]);
  const limit = map ? evidenceLimit(map) : 1;
  const values = useMemo(() => map && paintPlane(map, limit), [map, limit]);
  const scales = picture && scalesOf(picture);
  const axes = scales && (
    <>
      <Axis side="left" scale={inKilohertz(scales.frequency)} unit="kHz" wanted={4} />
      <Axis side="bottom" scale={scales.time} unit="s" wanted={4} name="time" />
    </>
  );
  return (
    <div class="d-evidence">
      <div>
        <div class="plot">
          <div class="pic tall">
            <LivePicture
              still="dense-second"
              label={`Spectrogram of the second: ${{ all: 'all of it', kept: 'the part that is kept', rest: 'the rest' }[shown]}`}
              paint={sound}
            />
          </div>
          {axes}
        </div>
        <div class="under">
          <DecibelLegend />
        </div>
        <Choice
          id={`${number.replace('.', '-')}-shown`}
          parameter={shownParameter}
          value={shown}
          onChange={(value) => show(value as Shown)}
        />
      </div>
      <div>
        <div class="plot">
          <div class="pic tall d-paper">
            {values || still ? (
              <LivePicture
                still={still ?? ''}
                themed
                label={`${unit}, for each cell of the spectrogram`}
                paint={values}
              />
            ) : (
              <p>{waiting}</p>
            )}
          </div>
          {axes}
        </div>
        <div class="under">
          <Legend map="diverging" low={-limit} high={limit} ticks={[-limit, 0, limit]} label={`${unit}, and beyond`} />
        </div>
        <Verdicts number={number} parts={parts} />
      </div>
    </div>
  );
}

/** What the network says to either part alone. */
function Verdicts({ number, parts }: { readonly number: string; readonly parts: Parts | undefined }) {
  const row = (name: 'kept' | 'rest', title: string) => (
    <p>
      <PlayButton what={`${number}-${name}`} samples={parts?.[name].samples} sampleRate={parts?.sampleRate}>
        {title}
      </PlayButton>
      <span>{parts && <Verdict part={parts[name]} />}</span>
    </p>
  );
  return (
    <div class="d-verdicts" aria-live="polite">
      {row('kept', 'Play what is kept')}
      {row('rest', 'Play the rest')}
    </div>
  );
}

function Verdict({ part: { probabilities } }: { readonly part: HeardPart }) {
  return (
    <>
      {largest(probabilities, 2).map((k, rank) => (
        <span key={k}>
          {rank > 0 && ', '}
          <i>{answers[k]}</i> <b data-answer={answers[k]}>{formatProbability(probabilities[k])}</b>
        </span>
      ))}
    </>
  );
}
