import './convolution.css';
import './own-kernel.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { binScale, type CellScale } from '@/components/plots/cell-scale';
import { indexOfLargest } from '@/components/plots/cells';
import { formatDimensions, formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { type Scales, windowed } from '@/components/plots/stage-scales';
import type { OwnInput, OwnMap } from '@/workers/lab/convolution-calls';
import { levelRange } from '@/workers/lab/own-options';
import { KernelFields } from './KernelFields.tsx';
import { MapPlot } from './MapPlot.tsx';
import { limitOf, paintChannel, paintLevels } from './maps.ts';
import { kernelOf, ownKernelSchema, presetOf, presets, settingsOf } from './own-kernel.ts';
import { SignedLegend } from './SignedLegend.tsx';

/** The reader's own kernel on the reader's own spectrogram. */
export default function OwnKernel({ number, children }: FigureProps) {
  const settings = useSettings(number, ownKernelSchema);
  const kernel = useMemo(() => kernelOf(settings.config), [settings.config]);
  const { result: own, clip, problem: unreadable } = useLab(`${number}a`, 'ownInput', []);
  const { result: shown, problem } = useLab(`${number}b`, 'ownKernel', [kernel]);
  const preset = presetOf(settings.config);
  // Turned by 180°, of the four only the onset becomes another kernel.
  const about = preset && !(settings.config.turned && preset.name === 'onset') ? preset.about : undefined;
  const scales = own && scalesOfOwn(own);
  const outScales = scales && shown && after(scales, shown);
  const limit = useMemo(() => (shown ? limitOf(shown.output) : 1), [shown]);
  const input = useMemo(() => own && paintLevels(own.input), [own]);
  const output = useMemo(() => shown && paintChannel(shown.output, 0, limit), [shown, limit]);
  const name = clip?.name ?? 'yes';
  return (
    <Figure
      number={number}
      class="own-kernel"
      settings={settings}
      caption={children}
      controls={
        <>
          <fieldset class="presets">
            <legend>Begin with</legend>
            {presets.map((one) => (
              <button
                key={one.name}
                type="button"
                class="link"
                aria-pressed={one === preset}
                onClick={() => settings.take(settingsOf(one))}
              >
                {one.name}
              </button>
            ))}
          </fieldset>
          <KernelFields settings={settings} />
          <Controls settings={settings} only={['size', 'padding', 'turned']} problem={problem ?? unreadable} />
        </>
      }
      plate={
        <>
          <MapPlot
            paint={input}
            still="convolution-own"
            themed={false}
            title="in: your clip"
            label={`Spectrogram of ${name}, in decibels above its floor`}
            scales={scales}
          />
          <MapPlot
            paint={output}
            still="convolution-own-map"
            title={preset ? `out: ${preset.name}, ${about ?? 'turned round'}` : 'out: your own kernel'}
            label={`The same after ${preset ? `the kernel called ${preset.name}${about ? `: ${about}` : ', turned round'}` : 'a kernel of your own'}`}
            scales={outScales}
          />
          <div class="under">
            <Legend
              map="sequential"
              low={0}
              high={levelRange}
              ticks={[0, 35, levelRange]}
              label="in: dB above the floor"
            />
            <SignedLegend limit={limit} label="out: weighted sums of dB" />
            <span class="readout">{shown && outScales && <Strongest shown={shown} scales={outScales} />}</span>
          </div>
        </>
      }
    />
  );
}

interface StrongestProps {
  readonly shown: OwnMap;
  readonly scales: Scales;
}

function Strongest({ shown: { inputShape, output, kernel }, scales: { time, frequency } }: StrongestProps) {
  const [, bins] = output.shape;
  const best = indexOfLargest(output.data);
  const seconds = time.first + Math.floor(best / bins) * time.step;
  const hertz = frequency.first + (best % bins) * frequency.step;
  const total = kernel.weights.reduce((sum, weight) => sum + weight, 0);
  return (
    <>
      <b data-shape={output.shape.slice(0, 2).join(',')}>
        {formatDimensions(inputShape.slice(0, 2))} → {formatDimensions(output.shape.slice(0, 2))}
      </b>
      <br />
      largest: <span data-largest={output.data[best]}>{formatNumber(output.data[best])}</span>, at{' '}
      {formatNumber(seconds, { decimals: 2, unit: 's' })} and {formatNumber(hertz, { decimals: 0, unit: 'Hz' })}
      <br />
      the weights add up to {formatNumber(total)}
    </>
  );
}

function scalesOfOwn({ options, sampleRate, firstTime, input }: OwnInput): Scales {
  const [frames, bins] = input.shape;
  return {
    time: { count: frames, first: firstTime, step: options.hopLength / sampleRate },
    frequency: binScale(bins, options.nFft, sampleRate),
  };
}

/** The scales of what a kernel has made of the picture. */
function after({ time, frequency }: Scales, { output, kernel: { size, padding } }: OwnMap): Scales {
  const [columns, rows] = output.shape;
  const along = (scale: CellScale, count: number) => windowed(scale, count, size, 1, padding === 'same');
  return { time: along(time, columns), frequency: along(frequency, rows) };
}
