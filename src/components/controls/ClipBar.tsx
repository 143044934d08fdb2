import '@/styles/clip-bar.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import { listBuiltIns } from '@/reader/built-in';
import { type Clip, clip } from '@/reader/clip';
import { watchDrops } from '@/reader/drop';
import { dismiss, notice } from '@/reader/notice';
import { play, playing, stopPlaying } from '@/reader/player';
import { recorded, recorder, startRecording, stopRecording, wordSeconds } from '@/reader/recorder';
import { deleteClip, restoreClip, restored } from '@/reader/store';
import { longSound, reading, takeBuiltIn, takeFile } from '@/reader/take';
import { BuiltInOptions } from './BuiltInOptions';
import { FileInput } from './FileInput.tsx';
import { LevelMeter } from './LevelMeter';
import { LongSoundChoice } from './LongSoundChoice';
import { recorderWords, spokenWords } from './recorder-words';
import { Wave } from './Wave';

/** The reader's sound at the foot of every page: play it, see it, record another, replace or delete it. */
export function ClipBar() {
  const [open, setOpen] = useState(false);
  const [dropping, setDropping] = useState(false);
  // Another island may have read the sound before this one came alive. The first rendering has to be that of the page as
  // it was built all the same: Preact takes its attributes as they stand.
  const [alive, setAlive] = useState(false);
  const record = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    setAlive(true);
    void restoreClip();
    void listBuiltIns().catch(() => {});
    return watchDrops(setDropping, (file) => void takeFile(file));
  }, []);

  const current = alive ? clip.value : undefined;
  const { kind } = recorder.value;
  const playingThis = playing.value !== undefined && playing.value.what === current?.id;
  const state =
    kind !== 'idle'
      ? 'recording'
      : playingThis
        ? 'playing'
        : current
          ? 'ready'
          : alive && restored.value
            ? 'empty'
            : 'loading';

  return (
    <section class="clipbar" data-state={state} data-open={open} aria-label="Your sound">
      <Notice dropping={dropping} />
      <p class="sr" role="status">
        {spokenWords(recorder.value)}
      </p>
      <PlayButton current={current} playing={playingThis} />
      <div class="cb-wave">
        {current && <Wave samples={current.samples} label={`Waveform of ${current.name}`} />}
        {playingThis && <Head />}
      </div>
      <div class="cb-id">
        {current && (
          <>
            <span class="cb-name">{current.name}</span>
            <button
              type="button"
              class="cb-name cb-more"
              aria-expanded={open}
              aria-controls="cb-sheet"
              onClick={() => setOpen(!open)}
            >
              {current.name}
            </button>
            <span class="cb-meta">{metaOf(current)}</span>
          </>
        )}
      </div>
      <div class="cb-live">
        <span class="cb-msg" aria-hidden="true">
          {recorderWords(recorder.value, recorded.value)}
        </span>
        {kind !== 'idle' && <LevelMeter />}
      </div>
      <p class="cb-empty">No sound yet. Record a word, or take a built-in one.</p>
      <button
        ref={record}
        type="button"
        class="disc rec"
        aria-label={kind === 'idle' ? 'Record a word' : 'Stop recording'}
        onClick={() => (kind === 'idle' ? startRecording({ seconds: wordSeconds }) : stopRecording())}
      />
      <div class="cb-tools" id="cb-sheet">
        {current && <span class="cb-meta cb-sheet-meta">{metaOf(current)}</span>}
        <Replace disabled={kind !== 'idle'} taken={() => setOpen(false)} />
        {current && current.source !== 'built-in' && (
          <button
            type="button"
            class="link"
            disabled={kind !== 'idle'}
            onClick={() => {
              setOpen(false);
              // The button goes away with the clip; the focus goes to what can be done next.
              record.current?.focus();
              stopPlaying();
              void deleteClip();
            }}
          >
            Delete
          </button>
        )}
      </div>
    </section>
  );
}

function PlayButton({ current, playing: on }: { current: Clip | undefined; playing: boolean }) {
  return (
    <button
      type="button"
      class="disc cb-play"
      aria-label={on ? 'Stop' : 'Play'}
      disabled={!current || recorder.value.kind !== 'idle'}
      onClick={() => (on ? stopPlaying() : current && play(current.id, current.samples, current.sampleRate))}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={on ? 'M3 3h10v10H3z' : 'M4 2l10 6-10 6z'} />
      </svg>
    </button>
  );
}

/** The playhead: a component of its own, so that only it is drawn anew in every frame. */
function Head() {
  const now = playing.value;
  return <span class="cb-head" style={{ left: now ? `${(100 * now.at) / now.seconds}%` : '0' }} />;
}

const file = 'file';

function Replace({ disabled, taken }: { disabled: boolean; taken: () => void }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <select
        aria-label="Replace your sound by"
        disabled={disabled}
        value=""
        onChange={({ currentTarget }) => {
          const choice = currentTarget.value;
          currentTarget.value = '';
          taken();
          if (choice === file) chooser.current?.click();
          else void takeBuiltIn(choice.slice(1));
        }}
      >
        <option value="" disabled hidden>
          Replace by…
        </option>
        <BuiltInOptions mark=":" />
        <option value={file}>choose a file…</option>
      </select>
      <FileInput chooser={chooser} />
    </>
  );
}

/** What there is to say or to ask, above the bar. */
function Notice({ dropping }: { dropping: boolean }) {
  const said = notice.value;
  const text = dropping
    ? 'Drop the file: it becomes your sound.'
    : reading.value !== undefined
      ? `Reading ${reading.value}…`
      : said?.text;
  const long = longSound.value;
  return (
    <div class="cb-notice" data-kind={dropping ? undefined : said?.kind} data-shown={text !== undefined || !!long}>
      <p role="status">{text}</p>
      {long && <LongSoundChoice key={long.name} sound={long} />}
      {said && !dropping && (
        <button type="button" class="link" onClick={dismiss}>
          Close
        </button>
      )}
    </div>
  );
}

function metaOf({ samples, sampleRate, source }: Clip): string {
  const seconds = formatNumber(samples.length / sampleRate, { decimals: 2, unit: 's' });
  const rate = formatNumber(sampleRate / 1000, { unit: 'kHz' });
  const origin = { 'built-in': 'built in', microphone: 'recorded', file: 'file' }[source];
  return `${seconds} · ${rate} · ${origin}`;
}
