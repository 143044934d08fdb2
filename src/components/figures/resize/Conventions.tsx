import './resize.css';
import './conventions.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { coordinateNames, StripRow } from './StripRow.tsx';
import { checkStrip, countingRow, loudestRow, reachOf, type StripSettings, stripOf, stripSchema } from './strips.ts';

const presets = [
  { before: 3, after: 6, cell: 2 },
  { before: 6, after: 3, cell: 1 },
  { before: 8, after: 2, cell: 1 },
] as const;

/** A row of a few cells in another length, by each of the three conventions. */
export default function Conventions({ number, children }: FigureProps) {
  const settings = useSettings<StripSettings>(number, stripSchema, checkStrip);
  const { before, after, cell, numbers } = settings.config;
  const { result } = useLab(number, 'secondPicture', []);
  const row = numbers === 'from your clip' && result ? loudestRow(result.magnitudes, before) : countingRow(before);
  const lit = { old: isLit('5.1', 'n'), made: isLit('5.1', 'm'), chosen: isLit('5.1', 'o'), place: isLit('5.1', 'p') };
  const strips = coordinateNames.map((coordinates) => stripOf(row, after, coordinates));
  const reach = reachOf(strips);
  return (
    <Figure
      number={number}
      layout="wide"
      class="conventions"
      settings={settings}
      caption={children}
      controls={
        <>
          <div class="resize-presets">
            {presets.map((preset) => (
              <button
                key={preset.before}
                type="button"
                class="btn plain"
                aria-pressed={preset.before === before && preset.after === after}
                onClick={() => settings.take(preset)}
              >
                {preset.before} → {preset.after}
              </button>
            ))}
          </div>
          <Controls settings={settings} />
        </>
      }
      plate={
        <div class="strips">
          {coordinateNames.map((coordinates, index) => (
            <StripRow
              key={coordinates}
              strip={strips[index]}
              reach={reach}
              coordinates={coordinates}
              chosen={cell}
              lit={lit}
              onChoose={(to) => settings.set('cell', to)}
            />
          ))}
          <p class="strip-note">
            Upper row: the {before} old cells with their values. Lower row: the {after} new ones, each centred on its
            place p, with its bilinear value. {numbers === 'from your clip' && (result ? loudestWords : '')}
          </p>
        </div>
      }
    />
  );
}

const loudestWords = `The values are magnitudes of your loudest moment, neighbours in frequency, the largest called ${formatNumber(100)}.`;
