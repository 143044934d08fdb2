import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { inKilohertz, scalesOf } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Axis } from '@/components/plots/Axis';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import type { Paint } from '@/components/plots/Picture';
import { paintCells, wholeOf } from '@/components/plots/raster';
import type { Parameters } from '@/lib/parameters';
import { firstOptions } from './options.ts';

interface Scale {
  readonly scale: 'magnitude' | 'power' | 'decibels';
  readonly ref: 'max' | 'one';
  readonly topDb: number;
}

const schema: Parameters<Scale> = {
  scale: {
    kind: 'choice',
    label: 'scale',
    help: '|X|, |X|², or 20·log₁₀|X|, which is 10·log₁₀|X|².',
    choices: ['magnitude', 'power', 'decibels'],
    default: 'decibels',
  },
  ref: {
    kind: 'choice',
    label: 'ref',
    help: 'What counts as 0 dB: the strongest cell, or a magnitude of 1.',
    choices: ['max', 'one'],
    default: 'max',
  },
  topDb: {
    kind: 'integer',
    label: 'top_db',
    help: 'What lies further below the strongest cell is raised to there.',
    unit: 'dB',
    min: 10,
    max: 120,
    default: 80,
  },
};

const names = { decibels: 'dB', one: '1', max: 'loudest' };

/** The same numbers as magnitude, power and decibels. */
export default function Scales({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { scale, ref, topDb } = settings.config;
  const asked = { scale, ref, topDb };
  const { result: picture, clip, problem } = useLab(number, 'scaled', [firstOptions, asked]);
  const paint = useMemo<Paint | undefined>(() => {
    if (!picture) return undefined;
    const { values: data, frames, bins, low, high } = picture;
    const cells = { data, times: frames, frequencies: bins, offset: 0, timeStride: bins, frequencyStride: 1 };
    return (raster, { sequential }) => paintCells(raster, wholeOf(raster), cells, { table: sequential, low, high });
  }, [picture]);
  const scales = picture && scalesOf(picture);
  const unit = scale === 'decibels' ? (ref === 'max' ? 'dB, 0 at the loudest cell' : 'dB, 0 at |X| = 1') : scale;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={
        <Controls
          settings={settings}
          problem={problem}
          names={names}
          only={scale === 'decibels' ? ['scale', 'ref', 'topDb'] : ['scale']}
        />
      }
      plate={
        <>
          <div class="plot">
            <div class="pic tall">
              <LivePicture
                still="spectrogram"
                label={`Spectrogram of ${clip?.name ?? 'yes'} as ${scale}`}
                paint={paint}
              />
            </div>
            {scales && (
              <>
                <Axis side="left" scale={inKilohertz(scales.frequency)} unit="kHz" wanted={4} />
                <Axis side="bottom" scale={scales.time} unit="s" wanted={6} name="time" />
              </>
            )}
          </div>
          <div class="under">
            {picture && picture.high > picture.low && (
              <Legend
                map="sequential"
                low={picture.low}
                high={picture.high}
                ticks={[picture.low, (picture.low + picture.high) / 2, picture.high]}
                label={unit}
              />
            )}
            <span class="readout">
              {picture && (
                <>
                  <b>{formatNumber(100 * picture.dark, { decimals: 0, unit: '%' })}</b> of the cells lie
                  <br />
                  in the darkest tenth of the scale
                </>
              )}
            </span>
          </div>
        </>
      }
    />
  );
}
