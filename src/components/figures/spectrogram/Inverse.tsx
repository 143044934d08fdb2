import './inverse.css';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useJob } from '@/components/chapter/use-job';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Wave } from '@/components/controls/Wave';
import { formatNumber } from '@/components/plots/format';
import { checkStftOptions, type StftOptions, stftParameters } from '@/lib/dsp/frames';
import type { Parameters } from '@/lib/parameters';
import { play, playing, stopPlaying } from '@/reader/player';
import { useClip } from '@/reader/use-clip';
import { firstOptions } from './options.ts';

interface Rebuilt {
  readonly winLength: number;
  readonly hopLength: number;
  readonly iterations: number;
}

const schema: Parameters<Rebuilt> = {
  winLength: { ...stftParameters.winLength, kind: 'integer', min: 32, max: 4096, default: 512, scale: 'log' },
  hopLength: { ...stftParameters.hopLength, kind: 'integer', min: 8, max: 4096, default: 128, scale: 'log' },
  iterations: {
    kind: 'integer',
    label: 'iterations',
    help: 'How often the phases are guessed anew.',
    min: 0,
    max: 100,
    default: 32,
  },
};

/** The way back: a clip from its spectrogram, with the phases that it had, or without. */
export default function Inverse({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { winLength, hopLength, iterations } = settings.config;
  const nFft = 2 ** Math.ceil(Math.log2(winLength));
  const options: StftOptions = { ...firstOptions, winLength, hopLength, nFft, placement: 'centre', centre: true };
  checkStftOptions(options);
  const clip = useClip();
  const kept = useLab(number, 'resynthesise', [options, 'kept', 0]);
  const guessed = useJob('resynthesise', [options, 'guessed', iterations]);
  const problem = kept.problem ?? guessed.problem;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem} />}
      plate={
        <div class="inverse">
          <Row title="Your clip" what="inverse-clip" samples={clip?.samples} sampleRate={clip?.sampleRate}>
            {' '}
          </Row>
          <Row
            title="Back from |X| and its phases"
            what="inverse-kept"
            samples={kept.result?.samples}
            sampleRate={kept.result?.sampleRate}
          >
            {kept.result && kept.clip && <span>{differenceOf(kept.result.samples, kept.clip.samples)}</span>}
          </Row>
          <Row
            title="Back from |X| alone"
            what="inverse-guessed"
            samples={guessed.result?.samples}
            sampleRate={guessed.result?.sampleRate}
          >
            {guessed.progress === undefined ? (
              <button type="button" class="btn plain" disabled={!clip} onClick={guessed.start}>
                Guess the phases
              </button>
            ) : (
              <button type="button" class="btn plain" onClick={guessed.stop}>
                Stop at {formatNumber(100 * guessed.progress, { decimals: 0, unit: '%' })}
              </button>
            )}
            {guessed.result && (
              <span>
                its magnitudes are {formatNumber(100 * guessed.result.convergence, { decimals: 1, unit: '%' })} off
              </span>
            )}
          </Row>
        </div>
      }
    />
  );
}

/** How far the rebuilt samples lie from the clip's, where windows reached them. */
function differenceOf(samples: Float32Array, clip: Float32Array): string {
  let largest = 0;
  for (let n = 0; n < samples.length; n++) largest = Math.max(largest, Math.abs(samples[n] - clip[n]));
  return largest < 1e-5
    ? 'the same clip, to the fifth decimal'
    : `the largest difference is ${formatNumber(largest, { significant: 2 })}: some samples lie in no window`;
}

interface RowProps {
  readonly title: string;
  readonly what: string;
  readonly samples: Float32Array | undefined;
  readonly sampleRate: number | undefined;
  readonly children: preact.ComponentChildren;
}

function Row({ title, what, samples, sampleRate, children }: RowProps) {
  const on = playing.value?.what === what;
  return (
    <div class="inverse-row">
      <h3>{title}</h3>
      <div class="inverse-wave soot">{samples && <Wave samples={samples} label={`Waveform: ${title}`} />}</div>
      <div class="inverse-tools">
        <button
          type="button"
          class="link"
          disabled={!samples}
          onClick={() => (on ? stopPlaying() : samples && sampleRate && play(what, samples, sampleRate))}
        >
          {on ? 'Stop' : 'Play'}
        </button>
        {children}
      </div>
    </div>
  );
}
