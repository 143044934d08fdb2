import { useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useSettings } from '@/components/chapter/use-settings';
import type { Parameters } from '@/lib/parameters';
import type { Tensor } from '@/lib/tensor';
import { layerOf, ownWay, type Way } from '@/workers/lab/normalisation-ways';
import type { Treatment } from '@/workers/lab/treatment';
import { CellPicture, type Chosen } from './CellPicture.tsx';
import { lookOf, placeName } from './looks.ts';
import { numeral } from './numeral.ts';
import { Profile } from './Profile.tsx';
import { gainParameter } from './settings.ts';
import { useNormalised, useSecond } from './use-second.ts';

interface Room {
  readonly gain: number;
  readonly cutoff: number;
}

/** From here on there is no wall. */
const open = 8000;

const schema: Parameters<Room> = {
  gain: { ...gainParameter, max: 0 },
  cutoff: {
    kind: 'integer',
    label: 'wall',
    help: 'Above this, a low-pass takes 6 dB an octave, as a wall does. At 8,000 Hz there is none.',
    unit: 'Hz',
    min: 100,
    max: open,
    step: 10,
    scale: 'log',
    default: open,
  },
};

const ways: readonly (readonly [title: string, way: Way])[] = [
  ['Training set', { ...ownWay, statistics: 'fitted' }],
  ['This clip', ownWay],
  ['Each bin', { ...ownWay, statistics: 'per-bin' }],
];

/** The clip fainter, or through a wall, standardised by three sets of statistics. */
export default function WhoseStatistics({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { gain, cutoff } = settings.config;
  const treatment = useMemo<Treatment>(() => ({ gain, ...(cutoff < open ? { cutoff } : {}) }), [gain, cutoff]);
  const { second, clip, problem } = useSecond(number, treatment);
  const [cell, setCell] = useState<Chosen>([14, 3]);
  return (
    <Figure
      number={number}
      layout="wide"
      class="n-whose"
      settings={settings}
      caption={children}
      controls={
        <>
          <Controls settings={settings} problem={problem} />
          <p class="n-hear">
            <PlayButton what={`statistics ${number}`} samples={second?.samples} sampleRate={second?.sampleRate}>
              Play it so
            </PlayButton>
          </p>
        </>
      }
      plate={
        <>
          <div class="n-three">
            {ways.map(([title, way], index) => (
              <Panel
                key={title}
                title={title}
                way={way}
                picture={second?.picture}
                who={clip?.name ?? 'yes'}
                cell={cell}
                onCell={setCell}
                handles={index === 0}
              />
            ))}
          </div>
          <div class="n-profile">{second && <Profile picture={second.picture} bin={cell[1]} />}</div>
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
  readonly cell: Chosen;
  readonly onCell: (cell: Chosen) => void;
  readonly handles: boolean;
}

function Panel({ title, way, picture, who, cell, ...pointed }: PanelProps) {
  const shown = useNormalised(picture, way);
  const explanation = picture && layerOf(way)?.explain([...cell, 0], picture);
  return (
    <CellPicture
      title={
        <>
          <b>{title}</b>{' '}
          {explanation && (
            <span class="num" data-term="y" data-way={way.statistics} data-value={explanation.result}>
              {numeral(explanation.result)} at {placeName(...cell)}
            </span>
          )}
        </>
      }
      picture={shown}
      look={lookOf(way)}
      label={`The picture of ${who}, standardised by the statistics of ${title.toLowerCase()}`}
      cell={cell}
      {...pointed}
    />
  );
}
