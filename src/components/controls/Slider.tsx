import { useEffect, useState } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import type { NumberParameter } from '@/lib/parameters';

interface Props {
  /** A name that no other control of the page has. */
  id: string;
  parameter: NumberParameter;
  value: number;
  /** Why the value is impossible. */
  problem?: string | undefined;
  onChange: (value: number) => void;
}

/** Steps of the track where the parameter's own do not lie evenly on it. */
const positions = 1000;

/** A number, by a handle on a track or by its digits. */
export function Slider({ id, parameter, value, problem, onChange }: Props) {
  const { label, help, unit, min, max, kind, scale } = parameter;
  const step = parameter.step ?? (kind === 'integer' ? 1 : (max - min) / positions);
  const [text, setText] = useState(digitsOf(value));
  // What is being typed stands until the value comes to differ from it.
  useEffect(() => setText((typed) => (Number(typed) === value ? typed : digitsOf(value))), [value]);

  const log = scale === 'log';
  const share = (given: number) => {
    const within = Math.min(Math.max(Number.isFinite(given) ? given : min, min), max);
    return log ? Math.log(within / min) / Math.log(max / min) : (within - min) / (max - min);
  };
  const slide = (position: number) => {
    if (!log) return onChange(position);
    const exact = min * (max / min) ** (position / positions);
    const rounded = Math.min(max, Math.max(min, Math.round(exact / step) * step));
    const back = position / positions < share(value);
    onChange(rounded !== value ? rounded : Math.min(max, Math.max(min, value + (back ? -step : step))));
  };
  const type = (typed: string) => {
    setText(typed);
    onChange(typed.trim() === '' ? Number.NaN : Number(typed.replaceAll(',', '').replace('−', '-')));
  };
  const at = share(value);
  const said = Number.isFinite(value) ? formatNumber(value, unit ? { unit } : {}) : text;
  const described = [problem ? `${id}-why` : '', `${id}-help`].filter(Boolean).join(' ');

  return (
    <div class="slider" data-bad={problem ? '' : undefined}>
      <label for={id}>{label}</label>
      <span class="numf">
        <input
          type="text"
          inputMode="decimal"
          aria-label={`${label}${unit ? `, ${unit}` : ''}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={described}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
        />
        {unit && ` ${unit}`}
      </span>
      <input
        id={id}
        type="range"
        min={log ? 0 : min}
        max={log ? positions : max}
        step={log ? 1 : step}
        value={log ? Math.round(at * positions) : Math.min(Math.max(value || min, min), max)}
        style={{ '--at': at }}
        aria-valuetext={said}
        aria-describedby={described}
        onInput={(event) => slide(Number(event.currentTarget.value))}
      />
      {problem && (
        <span class="why" id={`${id}-why`} role="alert">
          {problem}
        </span>
      )}
      <span class="help" id={`${id}-help`}>
        {help}
      </span>
    </div>
  );
}

function digitsOf(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : '';
}
