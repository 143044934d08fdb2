import './trade-off.css';
import { useContext, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { SpectrogramPlot } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { type StftOptions, stftParameters } from '@/lib/dsp/frames';
import type { Parameters } from '@/lib/parameters';
import { WithoutScript } from '@/reader/without-script';
import { firstOptions } from './options.ts';

interface Two {
  readonly short: number;
  readonly long: number;
}

const schema: Parameters<Two> = {
  short: {
    ...stftParameters.winLength,
    kind: 'integer',
    label: 'left window',
    help: 'Its length: the clicks and edges of the word are sharp here.',
    min: 16,
    max: 4096,
    default: 64,
    scale: 'log',
  },
  long: {
    ...stftParameters.winLength,
    kind: 'integer',
    label: 'right window',
    help: 'Its length: the harmonics of the voice are sharp here.',
    min: 16,
    max: 4096,
    default: 1024,
    scale: 'log',
  },
};

/** Two windows on one clip, side by side. */
export default function TradeOff({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { short, long } = settings.config;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={
        <>
          {children}
          <DecibelLegend label="dB below the loudest cell of each" />
        </>
      }
      layout="wide"
      controls={<Controls settings={settings} />}
      plate={
        <div class="two-looks">
          <Look number={number} side="a" winLength={short} />
          <Look number={number} side="b" winLength={long} />
        </div>
      }
    />
  );
}

interface LookProps {
  readonly number: string;
  readonly side: 'a' | 'b';
  readonly winLength: number;
}

function Look({ number, side, winLength }: LookProps) {
  const options: StftOptions = {
    ...firstOptions,
    winLength,
    hopLength: Math.max(8, Math.floor(winLength / 4)),
    nFft: 2 ** Math.ceil(Math.log2(winLength)),
  };
  const [size, setSize] = useState(useContext(WithoutScript)?.canvas);
  const { result: picture, clip, problem } = useLab(`${number}${side}`, 'look', size && [options, size]);
  const seconds = picture && winLength / picture.sampleRate;
  return (
    <div>
      <SpectrogramPlot
        picture={picture}
        onSize={setSize}
        still={side === 'a' ? 'spectrogram-short' : 'spectrogram-long'}
        label={`Spectrogram of ${clip?.name ?? 'yes'} with windows of ${winLength} samples`}
      />
      <p class="frames-rule">
        {problem ? (
          <span class="why">{problem.sentence}</span>
        ) : (
          seconds !== undefined && (
            <>
              {formatNumber(winLength)} samples: <b>{formatNumber(1000 * seconds, { decimals: 1, unit: 'ms' })}</b> in
              time, <b>{formatNumber(4 / seconds, { decimals: 0, unit: 'Hz' })}</b> across the main lobe
            </>
          )
        )}
      </p>
    </div>
  );
}
