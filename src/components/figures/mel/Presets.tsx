import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { type MelPresetName, melPresets } from '@/lib/dsp/mel-presets';
import type { Parameters } from '@/lib/parameters';
import type { MelPicture } from '@/workers/lab/mel-calls';
import { MelPlot, paintBelow } from './MelPlot.tsx';
import { callOfPreset, costOf, type Length, presetNames, settingsOfPreset } from './preset-rows.ts';
import { pythonCalls } from './python.ts';

interface Chosen {
  readonly preset: MelPresetName;
  readonly length: Length;
}

const schema: Parameters<Chosen> = {
  preset: {
    kind: 'choice',
    label: 'settings of',
    help: 'The five projects behind this book, then two libraries when nothing is asked of them.',
    choices: Object.keys(presetNames) as MelPresetName[],
    default: 'environment',
  },
  length: {
    kind: 'choice',
    label: 'FFT length',
    help: 'Or the next power of two above the window, with fewer zeros around it.',
    choices: ['as written', 'shortest that fits'],
    default: 'as written',
  },
};

/** The clip by other people's settings: what they cost, and what they buy. */
export default function Presets({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { preset, length } = settings.config;
  const asked = useMemo(() => settingsOfPreset(preset, length), [preset, length]);
  const { result, clip, problem } = useLab(number, 'melPicture', asked && [asked]);
  const paint = useMemo(() => result && paintBelow(result), [result]);
  const call = callOfPreset(preset, length);
  const { note, source } = melPresets[preset];
  const linked = source.startsWith('https');
  const seconds = clip ? clip.samples.length / clip.sampleRate : 0;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-presets"
      {...(call ? { python: pythonCalls(call) } : {})}
      controls={
        <>
          <Controls settings={settings} names={presetNames} problem={asked ? problem : undefined} />
          <p class="m-note">
            {note} {linked ? <a href={source}>Documentation</a> : source}
          </p>
        </>
      }
      plate={
        <>
          <MelPlot
            grid={result}
            paint={paint}
            still="mel-environment"
            label={`${clip?.name ?? 'yes'} by the settings of ${presetNames[preset]}`}
          />
          <div class="under">
            <DecibelLegend />
          </div>
          {asked ? (
            result && <Bill picture={result} seconds={seconds} clipRate={clip?.sampleRate ?? 0} />
          ) : (
            <p class="m-readout">
              This document names no sizes, so there is nothing to compute; the picture is the one before.
            </p>
          )}
        </>
      }
    />
  );
}

interface BillProps {
  readonly picture: MelPicture;
  readonly seconds: number;
  readonly clipRate: number;
}

function Bill({ picture, seconds, clipRate }: BillProps) {
  const { settings, frames, bands, empty, milliseconds } = picture;
  const cost = costOf(settings, seconds);
  const { sampleRate, stft, mel } = settings;
  const n = (value: number, unit = '', decimals = 0) => formatNumber(value, { decimals, ...(unit && { unit }) });
  const spent = milliseconds.spectra + milliseconds.filters;
  const rows: readonly (readonly [string, string, string, number])[] = [
    ['window', n(cost.windowMs, 'ms', 1), `${n(stft.winLength, 'samples')} at ${n(sampleRate, 'Hz')}`, cost.windowMs],
    ['hop', n(cost.hopMs, 'ms', 1), `each moment is in ${n(cost.overlap, '', 1)} frames`, cost.hopMs],
    ['bins', n(cost.bins), `${n(cost.binHertz, 'Hz', 1)} apart, from an FFT of ${n(stft.nFft)}`, cost.bins],
    ['told apart', n(cost.apartHertz, 'Hz'), 'tones closer than this run together in such a window', cost.apartHertz],
    [
      'rows',
      n(bands),
      mel
        ? `mel bands, ${n(mel.fMin)} to ${n(mel.fMax, 'Hz')}; ${empty.length || 'none'} of them empty`
        : 'the bins themselves',
      bands,
    ],
    ['frames', n(frames), `of ${n(seconds, 's', 2)}`, frames],
    ['numbers', n(frames * bands), 'go to the network', frames * bands],
    ['time', n(spent, 'ms', spent < 10 ? 1 : 0), 'on this device, just now', spent],
  ];
  return (
    <>
      <table class="m-bill">
        <tbody>
          {rows.map(([name, value, why, exact]) => (
            <tr key={name} data-cost={name} data-value={exact}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="m-readout">
        {clipRate > 0 && clipRate !== sampleRate && (
          <>
            Your clip came at {n(clipRate, 'Hz')} and was brought to {n(sampleRate, 'Hz')}
            {clipRate < sampleRate && `, which adds nothing above ${n(clipRate / 2, 'Hz')}`}.
          </>
        )}
      </p>
    </>
  );
}
