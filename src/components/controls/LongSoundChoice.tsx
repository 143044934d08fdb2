import { useState } from 'preact/hooks';
import { longestClip } from '@/reader/make-clip';
import { formatTime, type LongSound } from '@/reader/open-file';
import { leaveLongSound, takePart } from '@/reader/take';
import { Wave } from './Wave';

/** Which minute of a long sound shall be the clip? */
export function LongSoundChoice({ sound }: { sound: LongSound }) {
  const [from, setFrom] = useState(0);
  const last = sound.seconds - longestClip;
  const part = { left: `${(100 * from) / sound.seconds}%`, width: `${(100 * longestClip) / sound.seconds}%` };
  const range = `${formatTime(from)} to ${formatTime(from + longestClip)}`;
  return (
    <fieldset class="cb-long">
      <legend>
        {sound.name} lasts {formatTime(sound.seconds)}. Which {longestClip} seconds of it?
      </legend>
      <div class="cb-long-wave">
        <Wave samples={sound.audio.samples} label="Waveform of the whole file" />
        <span class="cb-long-part" style={part} />
      </div>
      <label>
        <span>From</span>
        <input
          type="range"
          min="0"
          max={last}
          step="any"
          value={from}
          aria-valuetext={range}
          onInput={(event) => setFrom(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
            const step = steps[event.key as keyof typeof steps];
            if (!step) return;
            event.preventDefault();
            setFrom(Math.min(Math.max(from + step, 0), last));
          }}
        />
        <output>{range}</output>
      </label>
      <button type="button" class="link" onClick={() => void takePart(from)}>
        Take this part
      </button>
      <button type="button" class="link" onClick={leaveLongSound}>
        Leave it
      </button>
    </fieldset>
  );
}
