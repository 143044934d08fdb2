import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useSettings } from '@/components/chapter/use-settings';
import { Wave } from '@/components/controls/Wave';
import { extentOf } from '@/components/plots/cells';
import { formatRange } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';
import { ownWay, type Way } from '@/workers/lab/normalisation-ways';
import { CellPicture } from './CellPicture.tsx';
import { clippedWords } from './clipped.ts';
import { lookOf } from './looks.ts';
import { gainParameter } from './settings.ts';
import { useNormalised, useSecond } from './use-second.ts';

interface Loudness {
  readonly gain: number;
}

const schema: Parameters<Loudness> = { gain: { ...gainParameter, default: -20 } };
const raw: Way = { ...ownWay, method: 'none' };
const stretched: Way = { ...ownWay, method: 'min-max' };

/** The reader's second, whispered or shouted: the picture as it comes, and twice normalised. */
export default function Opening({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { gain } = settings.config;
  const { second, clip, problem } = useSecond(number, { gain });
  const stretchedPicture = useNormalised(second?.picture, stretched);
  const normal = useNormalised(second?.picture, ownWay);
  const who = clip?.name ?? 'yes';
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-opening"
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <p class="n-hear">
            <PlayButton what={`opening ${number}`} samples={second?.samples} sampleRate={second?.sampleRate}>
              Play it so
            </PlayButton>
            <span aria-live="polite">{second && clippedWords(second.clipped)}</span>
          </p>
        </>
      }
      plate={
        <>
          <div class="n-wave soot">
            {second && (
              <Wave samples={second.samples} full={1} label={`Waveform of ${who} after a gain of ${gain} decibels`} />
            )}
            <span class="n-full">full scale</span>
          </div>
          <div class="n-three">
            <Panel title="As it comes" way={raw} picture={second?.picture} who={who} />
            <Panel title="Min-max" way={stretched} picture={stretchedPicture} who={who} />
            <Panel title="Z-score" way={ownWay} picture={normal} who={who} />
          </div>
        </>
      }
    />
  );
}

interface PanelProps {
  readonly title: string;
  readonly way: Way;
  readonly picture: Tensor | undefined;
  readonly who: string;
}

function Panel({ title, way, picture, who }: PanelProps) {
  const range = picture && extentOf(picture.data);
  const words = range ? formatRange(range.min, range.max, { decimals: 2 }) : '';
  return (
    <CellPicture
      title={
        <>
          <b>{title}</b> <span class="num">{words}</span>
        </>
      }
      picture={picture}
      look={lookOf(way)}
      label={`${title}: the picture of ${who}${words && `, values from ${words}`}`}
    />
  );
}
