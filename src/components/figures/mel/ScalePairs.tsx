import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { LineChart, placed, type ValueRange } from '@/components/plots/LineChart';
import { hzToMel, type MelScale, melParameters, melToHz } from '@/lib/dsp/mel';
import type { Parameters } from '@/lib/parameters';
import { play, playing, stopPlaying } from '@/reader/player';
import { toneRate, tones } from './tones.ts';

interface Pairs {
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly scale: MelScale;
}

const tone = { kind: 'integer', unit: 'Hz', max: 8000, step: 10 } as const;
const schema: Parameters<Pairs> = {
  low: { ...tone, label: 'lower pair from', help: 'Its first tone.', min: 100, max: 2000, default: 500 },
  high: { ...tone, label: 'upper pair from', help: 'The first tone of both upper pairs.', min: 1000, default: 5000 },
  step: { ...tone, label: 'step', help: 'How far the lower pair rises.', min: 10, max: 500, default: 100 },
  scale: { ...melParameters.scale, help: 'The formula by which a step is as many mel.' },
};

/** Slaney's mel times this agree with hertz up to 1 kHz, so that both curves can share an axis. */
const unit: Readonly<Record<MelScale, number>> = { htk: 1, slaney: 200 / 3 };
const mel = (hertz: number, scale: MelScale) => unit[scale] * hzToMel(hertz, scale);

const across: ValueRange = { min: 0, max: 10, unit: 'kHz', name: 'frequency', ticks: [0, 1, 2, 4, 6, 8, 10] };
const up: ValueRange = { min: 0, max: 3400, unit: '', name: 'pitch, mel', ticks: [0, 1000, 2000, 3000] };
const curve = (scale: MelScale) =>
  Array.from({ length: 101 }, (_, i): [number, number] => [i / 10, mel(100 * i, scale)]);
const curves = { htk: curve('htk'), slaney: curve('slaney') };

/** Pairs of tones: as many hertz apart, and as many mel; with both scales drawn over hertz. */
export default function ScalePairs({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { low, high, step, scale } = settings.config;
  const mels = mel(low + step, scale) - mel(low, scale);
  const reached = melToHz((mel(high, scale) + mels) / unit[scale], scale);
  const pairs = [
    { id: 'low', from: low, to: low + step, says: 'the lower pair' },
    { id: 'hertz', from: high, to: high + step, says: 'as many hertz' },
    { id: 'mel', from: high, to: reached, says: 'as many mel' },
  ];
  const n = (value: number, of = '') => formatNumber(value, { decimals: 0, ...(of && { unit: of }) });
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-scales"
      controls={<Controls settings={settings} />}
      plate={
        <>
          <LineChart
            label={`The mel scales of HTK and Slaney over frequency. From ${low} to ${low + step} hertz are ${n(mels)} mel; from ${high} hertz as many mel lead to ${n(reached)} hertz.`}
            x={across}
            y={up}
            lines={[
              { points: curves.slaney, tone: 1, name: 'Slaney, × 66.7' },
              { points: curves.htk, tone: 'strong' },
              // The name has its place below the curve.
              { points: [[10, 2500]], name: 'HTK' },
            ]}
          >
            {pairs
              .filter(({ id }) => id !== 'hertz')
              .map(({ id, from, to }) => (
                <path
                  key={id}
                  class={isLit('4.1', 'f') ? 'm-pair lit' : 'm-pair'}
                  d={`${angle(from, scale)}${angle(to, scale)}`}
                />
              ))}
          </LineChart>
          <ul class="m-pairs plain">
            {pairs.map(({ id, from, to, says }) => {
              const what = `pair ${id}`;
              const on = playing.value?.what === what;
              return (
                <li key={id} data-pair={id} data-from={from} data-to={to} data-mel={mel(to, scale) - mel(from, scale)}>
                  <button
                    type="button"
                    class="btn plain"
                    onClick={() => (on ? stopPlaying() : play(what, tones([from, to]), toneRate))}
                  >
                    {on ? 'Stop' : 'Play'} {n(from)} → {n(to, 'Hz')}
                  </button>
                  <span>
                    {says}: {n(to - from, 'Hz')}, {n(mel(to, scale) - mel(from, scale), 'mel')}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      }
    />
  );
}

/** From the frequency axis up to the curve and over to the mel axis. */
function angle(hertz: number, scale: MelScale): string {
  const [x, y] = placed([hertz / 1000, mel(hertz, scale)], across, up);
  return `M${x.toFixed(1)} 1000V${y.toFixed(1)}H0`;
}
