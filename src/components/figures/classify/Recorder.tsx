import { useEffect } from 'preact/hooks';
import { BuiltInOptions } from '@/components/controls/BuiltInOptions';
import { ChooseFile } from '@/components/controls/ChooseFile';
import { LevelMeter } from '@/components/controls/LevelMeter';
import { recorderWords } from '@/components/controls/recorder-words';
import { formatNumber } from '@/components/plots/format';
import { toDecibels } from '@/lib/audio/level';
import type { Clip } from '@/reader/clip';
import { notice } from '@/reader/notice';
import {
  chosenMicrophone,
  level,
  microphones,
  recorded,
  recorder,
  startRecording,
  stopRecording,
  watchMicrophones,
  wordSeconds,
} from '@/reader/recorder';
import { longSound, reading, takeBuiltIn } from '@/reader/take';
import { chosen } from './model.ts';
import { Take } from './Take.tsx';

/** The soot sheet: record a word, choose a file or a built-in sound, and choose the second to judge. */
export function Recorder({ clip }: { readonly clip: Clip | undefined }) {
  useEffect(watchMicrophones, []);
  const state = recorder.value;
  const idle = state.kind === 'idle';
  const model = chosen.value;
  const longer = model !== undefined && model.samples > model.sampleRate;
  const seconds = longer ? Math.ceil(model.samples / model.sampleRate) : wordSeconds;
  return (
    <section class="recorder soot wide" data-state={idle ? 'ready' : 'recording'} aria-label="Recorder">
      <div class="rec-in">
        <button
          type="button"
          class="disc big rec"
          aria-label={idle ? 'Record' : 'Stop the recording'}
          onClick={() => (idle ? startRecording({ seconds }) : stopRecording())}
        />
        <p class="rec-txt">
          <b>
            {idle
              ? clip?.source === 'microphone'
                ? 'Record again'
                : longer
                  ? `Record ${seconds} seconds`
                  : 'Record a word'
              : recorderWords(state, recorded.value)}
          </b>
          {idle ? (
            <>
              <span class="drop-hint">or drop a file anywhere on this page</span>
              <span class="touch-hint">or take one below</span>
            </>
          ) : (
            'press again to stop'
          )}
        </p>
        <Device disabled={!idle} />
        <Level live={!idle} />
        <p class="rec-others">
          <ChooseFile disabled={!idle} />
          <select
            aria-label="Take a built-in sound"
            disabled={!idle}
            value=""
            onChange={({ currentTarget }) => {
              const choice = currentTarget.value;
              currentTarget.value = '';
              void takeBuiltIn(choice);
            }}
          >
            <option value="" disabled hidden>
              Built-in sounds…
            </option>
            <BuiltInOptions />
          </select>
        </p>
      </div>
      <Take clip={clip} />
      <Said />
    </section>
  );
}

/** Which microphone; browsers name them only after one was allowed. */
function Device({ disabled }: { readonly disabled: boolean }) {
  const known = microphones.value;
  return (
    <label class="rec-row">
      <span>Microphone</span>
      <select
        disabled={disabled || known.length === 0}
        value={chosenMicrophone.value ?? ''}
        onChange={({ currentTarget }) => {
          chosenMicrophone.value = currentTarget.value || undefined;
        }}
      >
        <option value="">the browser’s choice</option>
        {known.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Level({ live }: { readonly live: boolean }) {
  const { peak, clipped } = level.value;
  const text = peak > 0 ? formatNumber(toDecibels(peak), { decimals: 1, unit: 'dB' }) : 'no sound';
  return (
    <div class="rec-row">
      <span>Level</span>
      <LevelMeter />
      <span class="num">{live ? (clipped ? 'too loud' : text) : ''}</span>
    </div>
  );
}

/** What the page has to say of the sound, here where the reader looks; the clip bar speaks it. */
function Said() {
  const said = notice.value;
  const long = longSound.value;
  const text =
    reading.value !== undefined
      ? `Reading ${reading.value}…`
      : long
        ? `${long.name} is long. Choose its part at the foot of the page.`
        : said?.text;
  return (
    <p class="rec-said" data-kind={said?.kind}>
      {text}
    </p>
  );
}
