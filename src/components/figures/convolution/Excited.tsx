import { useMemo } from 'preact/hooks';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useJob } from '@/components/chapter/use-job';
import { formatNumber } from '@/components/plots/format';
import type { StageOutputs } from '@/workers/lab/convolution-calls';
import { MapPlot } from './MapPlot.tsx';
import { levelsOf, limitOf, paintChannel, paintLevels, scalesOfStage } from './maps.ts';

interface Props {
  readonly number: string;
  /** The stage whose map is to be excited: after ReLU. */
  readonly stage: 'relu1' | 'relu2';
  readonly filter: number;
  readonly seed: number;
  readonly run: StageOutputs | undefined;
}

/** A picture that excites a map, searched for uphill from noise, and what it sounds like. */
export function Excited({ number, stage, filter, seed, run }: Props) {
  const job = useJob('excite', [stage, filter, seed]);
  const { result, progress, problem } = job;
  const paint = useMemo(() => result && paintChannel(result.picture, 0, limitOf(result.picture)), [result]);
  const levels = useMemo(() => result && paintLevels(levelsOf(result.spectrogram)), [result]);
  const running = progress !== undefined;
  return (
    <div class="excited" data-state={result ? 'done' : running ? 'running' : 'idle'}>
      <div class="buttons">
        <button type="button" class="btn" disabled={!run} onClick={running ? job.stop : job.start}>
          {running ? 'Stop' : 'Find what excites it'}
        </button>
        <PlayButton what={`${number} excited`} samples={result?.samples} sampleRate={result?.sampleRate}>
          Hear it
        </PlayButton>
        <span class="ex-words" aria-live="polite">
          {problem && <span class="why">{problem.sentence}</span>}
          {running && (
            <>
              <progress value={progress} aria-label="How far the search has come" />{' '}
              {formatNumber(100 * progress, { decimals: 0, unit: '%' })}
            </>
          )}
          {result && (
            <span data-value={result.value}>
              It excites the map to {formatNumber(result.value, { significant: 3 })} on average; your clip does to{' '}
              {formatNumber(result.ofClip, { significant: 3 })}.
            </span>
          )}
        </span>
      </div>
      <div class="ex-plates">
        {result && run ? (
          <>
            <MapPlot
              paint={paint}
              still="convolution-picture"
              title="a picture that excites it"
              label={`A picture, found by gradient steps, that excites map ${filter}`}
              scales={scalesOfStage(run, 'normalised')}
            />
            <MapPlot
              paint={levels}
              still="convolution-second"
              themed={false}
              title="as a spectrogram"
              label="The same picture, made large again as a spectrogram"
              scales={scalesOfStage(run, 'spectrogram')}
            />
          </>
        ) : (
          <p class="ex-empty">
            The search begins with noise and takes 64 steps uphill. It runs beside the page, and can be stopped.
          </p>
        )}
      </div>
    </div>
  );
}
