import { useEffect, useState } from 'preact/hooks';
import type { Settings } from '@/components/chapter/use-settings';
import { type OwnKernelConfig, weightName } from './own-kernel.ts';

/** The kernel as a block of number fields: time to the right, frequency up. */
export function KernelFields({ settings }: { readonly settings: Settings<OwnKernelConfig> }) {
  const { size } = settings.config;
  return (
    <fieldset class="kernel-fields">
      <legend>Weights: time to the right, frequency up</legend>
      <div style={{ gridTemplateColumns: `repeat(${size}, minmax(0, 1fr))` }}>
        {Array.from({ length: size * size }, (_, place) => {
          const name = weightName(place % size, size - 1 - Math.floor(place / size));
          return (
            <WeightField
              key={name}
              label={settings.schema[name].label}
              value={Number(settings.values[name])}
              bad={settings.problem?.parameter === name}
              onChange={(value) => settings.set(name, value)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: number;
  readonly bad: boolean;
  readonly onChange: (value: number) => void;
}

function WeightField({ label, value, bad, onChange }: FieldProps) {
  const [text, setText] = useState(digitsOf(value));
  // What is being typed stands until the value comes to differ from it.
  useEffect(() => setText((typed) => (parse(typed) === value ? typed : digitsOf(value))), [value]);
  return (
    <input
      class="field"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      aria-label={label}
      aria-invalid={bad || undefined}
      value={text}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(parse(currentTarget.value));
      }}
    />
  );
}

/** What is no number yet, such as a lone minus, is not a number. */
function parse(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return plain === '' ? Number.NaN : Number(plain);
}

function digitsOf(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))).replace('-', '−') : '';
}
