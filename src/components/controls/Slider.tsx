import { useEffect, useState } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import type { NumberParameter } from '@/lib/parameters';
import { digitsOf, numberOf } from './digits.ts';
import { positionOf, shareOf, trackOf, valueAt } from './track.ts';

interface Props {
  /** A name that no other control of the page has. */
  id: string;
  parameter: NumberParameter;
  value: number;
  /** Why the value is impossible. */
  problem?: string | undefined;
  onChange: (value: number) => void;
}

/** A number, by a handle on a track or by its digits. */
export function Slider({ id, parameter, value, problem, onChange }: Props) {
  const { label, help, unit } = parameter;
  const [text, setText] = useState(digitsOf(value));
  // What is being typed stands until the value comes to differ from it; a minus alone is no number, nor is the value then.
  useEffect(() => setText((typed) => (Object.is(numberOf(typed), value) ? typed : digitsOf(value))), [value]);

  const type = (typed: string) => {
    setText(typed);
    onChange(numberOf(typed));
  };
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
        {...trackOf(parameter)}
        value={positionOf(parameter, value)}
        style={{ '--at': shareOf(parameter, value) }}
        aria-valuetext={said}
        aria-describedby={described}
        onInput={(event) => onChange(valueAt(parameter, Number(event.currentTarget.value), value))}
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
