import './mel.css';
import { useMemo, useState } from 'preact/hooks';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { Grip } from '@/components/controls/Grip';
import { binScale, placeOf, valueAtPlace } from '@/components/plots/cell-scale';
import { formatNumber } from '@/components/plots/format';
import { melAxis } from '@/components/plots/mel-scale';
import { hzToMel } from '@/lib/dsp/mel';
import { useClip } from '@/reader/use-clip';
import { MelPlot, paintBelow } from './MelPlot.tsx';
import { bandsFor } from './settings.ts';

export const openingBands = 64;
/** The steps of the handle, from 0 Hz to half the sample rate. */
const steps = 200;

/** The clip twice, by hertz and by mel, with one frequency laid through both. */
export default function Opening({ number, children }: FigureProps) {
  const rate = useClip()?.sampleRate;
  const settings = rate === undefined ? undefined : bandsFor(rate, openingBands);
  const mel = useLab(number, 'melPicture', settings && [settings]);
  const linear = useLab(`${number}b`, 'melPicture', settings && [{ ...settings, mel: null }]);
  const [chosen, choose] = useState(1000);
  const paintMel = useMemo(() => mel.result && paintBelow(mel.result), [mel.result]);
  const paintLinear = useMemo(() => linear.result && paintBelow(linear.result), [linear.result]);
  const sampleRate = mel.result?.settings.sampleRate ?? 16000;
  const top = sampleRate / 2;
  const hertz = Math.min(chosen, top);
  const filters = mel.result?.settings.mel;
  const axis = filters && melAxis(filters);
  const bins = linear.result && binScale(linear.result.bands, linear.result.settings.stft.nFft, sampleRate);
  const within = (value: number) => Math.min(Math.max(Math.round(value), 0), top);
  const take = (index: number) => choose(within((index * top) / steps));
  const n = (value: number, unit: string) => formatNumber(value, { decimals: 0, unit });
  const words = `${n(hertz, 'hertz')}, ${n(hzToMel(hertz, 'htk'), 'mel')}`;
  const name = mel.clip?.name ?? 'yes';
  const share = (of: number) => formatNumber(100 * Math.min(1, Math.max(0, of)), { decimals: 0, unit: '%' });
  const line = (place: number) => (
    <span class="m-line" style={{ bottom: `${100 * Math.min(1, Math.max(0, place))}%` }} />
  );
  const problem = mel.problem ?? linear.problem;
  return (
    <Figure
      number={number}
      layout="wide"
      class="mel-opening"
      caption={
        <>
          {children} {problem && <span class="why">{problem.sentence}</span>}
          <DecibelLegend />
        </>
      }
      plate={
        <>
          <div class="m-two">
            <div>
              <p class="m-head">Even steps in hertz</p>
              <MelPlot
                onPoint={(_, y) => bins && choose(within(valueAtPlace(bins, 1 - y)))}
                grid={linear.result}
                paint={paintLinear}
                still="mel-linear"
                label={`Spectrogram of ${name} with evenly spaced frequencies`}
              >
                {bins && line(placeOf(bins, hertz))}
                {bins && (
                  <Grip
                    label="Frequency"
                    side="left"
                    place={placeOf(bins, hertz)}
                    index={Math.round((steps * hertz) / top)}
                    count={steps + 1}
                    text={words}
                    onMove={take}
                  />
                )}
              </MelPlot>
            </div>
            <div>
              <p class="m-head">Even steps in mel</p>
              <MelPlot
                onPoint={(_, y) => axis && choose(within(axis.hertzAt(1 - y)))}
                grid={mel.result}
                paint={paintMel}
                still="mel"
                label={`Mel spectrogram of ${name} in ${openingBands} bands: low frequencies have more room`}
              >
                {axis && line(axis.placeOfHertz(hertz))}
              </MelPlot>
            </div>
          </div>
          <p class="m-readout" aria-live="polite">
            {bins && axis && (
              <>
                <b>{n(hertz, 'Hz')}</b> is <b>{n(hzToMel(hertz, 'htk'), 'mel')}</b>. Below the line lies{' '}
                {share(placeOf(bins, hertz))} of the left picture and {share(axis.placeOfHertz(hertz))} of the right
                one.
              </>
            )}
          </p>
        </>
      }
    />
  );
}
