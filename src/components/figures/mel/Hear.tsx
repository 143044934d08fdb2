import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { PlayButton } from '@/components/chapter/PlayButton';
import { shownRange } from '@/components/chapter/SpectrogramPlot';
import { useJob } from '@/components/chapter/use-job';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Axis } from '@/components/plots/Axis';
import { extentOf, magnitudeQuantile } from '@/components/plots/cells';
import { signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { dctParameters } from '@/lib/dsp/dct';
import { melParameters } from '@/lib/dsp/mel';
import { ParameterError } from '@/lib/errors';
import type { Parameters } from '@/lib/parameters';
import { useClip } from '@/reader/use-clip';
import type { CosinePicture } from '@/workers/lab/mel-calls';
import { MelPlot, paintRows, timeScale } from './MelPlot.tsx';
import { bandsFor } from './settings.ts';

interface Left {
  readonly nMels: number;
  readonly nMfcc: number;
  readonly from: 'cosines' | 'bands';
  readonly phase: 'clip' | 'griffin-lim';
}

const schema: Parameters<Left> = {
  nMels: { ...melParameters.nMels, kind: 'integer', min: 4, max: 80, default: 40 },
  nMfcc: { ...dctParameters.nMfcc, kind: 'integer', min: 1, max: 80, default: 13 },
  from: {
    kind: 'choice',
    label: 'sound made from',
    help: 'What is left after the cosines, or already after the mel bands.',
    choices: ['cosines', 'bands'],
    default: 'cosines',
  },
  phase: {
    kind: 'choice',
    label: 'phases',
    help: 'Those that the clip had, or none: then Griffin and Lim’s algorithm looks for some, 32 times over.',
    choices: ['clip', 'griffin-lim'],
    default: 'clip',
  },
};

const names = { cosines: 'MFCC', bands: 'log-mel', clip: 'of the clip', 'griffin-lim': 'guessed' };

function check({ nMels, nMfcc }: Left): void {
  if (nMfcc > nMels) {
    throw new ParameterError(
      'nMfcc',
      `A column of ${nMels} bands has no more than ${nMels} cosines, but ${nMfcc} are asked for. Keep fewer, or take more bands.`,
    );
  }
}

/** What mel bands and their first cosines keep of the clip: seen, and heard. */
export default function Hear({ number, children }: FigureProps) {
  const settings = useSettings(number, schema, check);
  const { nMels, nMfcc, from, phase } = settings.config;
  const clip = useClip();
  const rate = clip?.sampleRate;
  const bands = useMemo(() => (rate ? bandsFor(rate, nMels) : undefined), [rate, nMels]);
  const { result, clip: of, problem } = useLab(number, 'melCosines', bands && [bands, nMfcc]);
  const job = useJob('hearMel', bands && [{ bands, nMfcc: from === 'cosines' ? nMfcc : null, phase, iterations: 32 }]);
  const pictures = useMemo(() => result && paintAll(result), [result]);
  const limit = pictures?.limit ?? 50;
  const name = of?.name ?? 'yes';
  const why = problem ?? job.problem;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="mel-hear"
      layout="wide"
      controls={<Controls settings={settings} names={names} problem={why} />}
      plate={
        <>
          <div class="m-three">
            <div>
              <p class="m-head">Log-mel</p>
              <MelPlot
                grid={result?.logMel}
                paint={pictures?.logMel}
                still="mel-40"
                label={`Log-mel of ${name} in ${nMels} bands`}
                wanted={3}
              />
              <DecibelLegend />
            </div>
            <div>
              <p class="m-head">MFCC, coefficient by coefficient</p>
              <Coefficients picture={result} paint={pictures?.mfcc} name={name} />
              <Legend
                map="diverging"
                low={-limit}
                high={limit}
                ticks={[-limit, 0, limit]}
                label="coefficients, dB, and beyond"
              />
            </div>
            <div>
              <p class="m-head">Log-mel, back from these</p>
              <MelPlot
                grid={result?.logMel}
                paint={pictures?.smoothed}
                still="mel-smoothed"
                label={`What ${nMfcc} cosines give back of it`}
                wanted={3}
              />
            </div>
          </div>
          <div class="under">
            <span class="readout" data-numbers={result && result.logMel.frames * nMfcc}>
              {result && (
                <>
                  <b>
                    {formatNumber(result.logMel.frames * nMels, { decimals: 0 })} →{' '}
                    {formatNumber(result.logMel.frames * nMfcc, { decimals: 0 })} numbers
                  </b>
                  , {formatNumber(missedOf(result), { decimals: 1, unit: 'dB' })} off
                </>
              )}
            </span>
          </div>
          <div class="m-tools">
            <PlayButton what="mel-clip" samples={clip?.samples} sampleRate={rate}>
              Play your clip
            </PlayButton>
            {job.progress === undefined ? (
              <button type="button" class="btn" disabled={!bands} onClick={job.start}>
                Make the sound of what is left
              </button>
            ) : (
              <>
                <button type="button" class="btn" onClick={job.stop}>
                  Stop
                </button>
                <progress max={1} value={job.progress} aria-label="Making the sound" />
              </>
            )}
            <PlayButton what="mel-left" samples={job.result?.samples} sampleRate={job.result?.sampleRate}>
              Play what is left
            </PlayButton>
            <span aria-live="polite">
              {job.result && (
                <>
                  Its spectrogram is {formatNumber(job.result.distance, { decimals: 1, unit: 'dB' })} from that of the
                  clip (root mean square, within 60{'\u00a0'}dB of the loudest).
                </>
              )}
            </span>
          </div>
        </>
      }
    />
  );
}

interface CoefficientsProps {
  readonly picture: CosinePicture | undefined;
  readonly paint: ReturnType<typeof paintRows> | undefined;
  readonly name: string;
}

function Coefficients({ picture, paint, name }: CoefficientsProps) {
  const rows = picture && picture.mfcc.length / picture.logMel.frames;
  return (
    <div class="plot">
      <div class="pic tall">
        <LivePicture
          still="mel-mfcc"
          themed
          label={`The first ${rows ?? 13} coefficients of ${name} over time`}
          paint={paint}
        />
      </div>
      {picture && rows && (
        <>
          <Axis
            side="left"
            scale={{ count: rows, first: 0, step: 1 }}
            unit=""
            ticks={[0, 5, 10, 20, 40, 60].filter((k) => k < rows)}
          />
          <Axis side="bottom" scale={timeScale(picture.logMel)} unit="s" wanted={3} name="time" />
        </>
      )}
    </div>
  );
}

/** Of both mel pictures on the scale of the first, and of the coefficients; the limit leaves coefficient 0 aside. */
export function paintAll({ logMel: { values, frames }, mfcc, smoothed }: CosinePicture) {
  const { max: high } = extentOf(values);
  const rows = mfcc.length / frames;
  const later = rows > 1 ? mfcc.filter((_, cell) => cell % rows !== 0) : mfcc;
  const limit = Math.max(1, Math.ceil(magnitudeQuantile(later, 0.98)));
  const decibels = (of: Float32Array) =>
    paintRows(of, frames, ({ sequential }) => ({ table: sequential, low: high - shownRange, high }));
  return {
    logMel: decibels(values),
    smoothed: decibels(smoothed),
    mfcc: paintRows(mfcc, frames, ({ diverging }) => signedScale(diverging, limit)),
    limit,
  };
}

/** How far the smoothed picture lies from the log-mel, root mean square. */
function missedOf({ logMel: { values }, smoothed }: CosinePicture): number {
  return Math.sqrt(values.reduce((sum, value, cell) => sum + (value - smoothed[cell]) ** 2, 0) / values.length);
}
