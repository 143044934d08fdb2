import './sheet.css';
import { LevelMeter } from '@/components/controls/LevelMeter';
import { recorderWords } from '@/components/controls/recorder-words';
import { Wave } from '@/components/controls/Wave';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { builtIns } from '@/reader/built-in';
import type { Clip } from '@/reader/clip';
import { judgedSeconds } from '@/reader/make-clip';
import { recorded, recorder, startRecording, stopRecording, wordSeconds } from '@/reader/recorder';
import { modelProgress } from '@/workers/engine';
import type { Answer } from './scene.ts';
import type { Snapshot } from './snapshot.ts';
import { words } from './words.ts';

interface Props {
  /** Stands for the clip while that is not there yet. */
  readonly snapshot: Snapshot | undefined;
  readonly clip: Clip | undefined;
  /** What the network made of the clip. */
  readonly answer: Answer | undefined;
  /** Whether it will make nothing of it. */
  readonly failed: boolean;
}

/** The soot sheet: press and speak, the wave, the word that was heard. */
export function Sheet({ snapshot, clip, answer, failed }: Props) {
  const state = recorder.value;
  const idle = state.kind === 'idle';
  return (
    <section class="sheet soot wide bleed" data-state={idle ? 'ready' : 'recording'} aria-label="Your word">
      <button
        class="speak"
        type="button"
        onClick={() => (idle ? startRecording({ seconds: wordSeconds }) : stopRecording())}
      >
        <span class="ring" />
        <span class="sp">
          <b>{idle ? 'Press and speak' : recorderWords(state, recorded.value)}</b>
          <small>{idle ? `one of: ${words.join(', ')}` : 'press again to stop'}</small>
        </span>
      </button>
      <div class="sheet-wave">
        {!idle ? (
          <LevelMeter />
        ) : clip ? (
          <ClipWave clip={clip} />
        ) : (
          snapshot && (
            <svg
              viewBox="0 0 1000 100"
              preserveAspectRatio="none"
              role="img"
              aria-label={`Waveform of ${snapshot.word}`}
            >
              <path d={snapshot.wave} />
            </svg>
          )
        )}
      </div>
      <output class="heard">
        {answer && <Heard answer={answer} truth={truthOf(clip, snapshot)} />}
        {!answer && clip && idle && !failed && <span class="heard-p">{fetchingText(modelProgress.value)}</span>}
      </output>
      {modelProgress.value !== undefined && (
        <span class="fetched" aria-hidden="true" style={{ width: `${100 * modelProgress.value}%` }} />
      )}
    </section>
  );
}

/** The whole clip; of a longer one, the second that is judged between two lines. */
function ClipWave({ clip: { samples, sampleRate, start, name } }: { clip: Clip }) {
  const seconds = samples.length / sampleRate;
  return (
    <>
      <Wave samples={samples} label={`Waveform of ${name}`} />
      {seconds > judgedSeconds && (
        <span
          class="judged"
          style={{ left: `${(100 * start) / seconds}%`, width: `${(100 * judgedSeconds) / seconds}%` }}
        />
      )}
    </>
  );
}

function Heard({ answer: { word, probability }, truth }: { answer: Answer; truth: string | undefined }) {
  return (
    <>
      <span class={words.includes(word) ? 'heard-word' : 'heard-word long'}>{word}</span>
      <span class="heard-p">{formatProbability(probability)} sure</span>
      {truth !== undefined && truth !== word && (
        <span class="heard-truth">
          It was <i>{truth}</i>; the network says <i>{word}</i>.
        </span>
      )}
    </>
  );
}

/** @param share of the network that has come, 0 to 1; undefined before the first of it */
function fetchingText(share: number | undefined): string {
  return share === undefined
    ? 'Fetching the network…'
    : `Fetching the network: ${formatNumber(100 * share, { decimals: 0, unit: '%' })}`;
}

/** What was really said, where that is known: in the built-in clips of words. */
function truthOf(clip: Clip | undefined, snapshot: Snapshot | undefined): string | undefined {
  if (!clip) return snapshot?.word;
  if (clip.source !== 'built-in') return undefined;
  return builtIns.value.find(({ name }) => name === clip.name)?.word;
}
