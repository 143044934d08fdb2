import { figureId } from './settings.ts';
import type { Settings } from './use-settings.ts';

/** Settings that somebody wrote down, to be taken at once. */
export interface Preset<Config> {
  /** What the reader chooses it by: "keywords, project 000". */
  readonly name: string;
  readonly values: Partial<Config>;
}

interface Props<Config> {
  readonly settings: Settings<Config>;
  readonly presets: readonly Preset<Config>[];
}

/** A list of settings that others use; the one that stands in the controls is named. */
export function Presets<Config>({ settings, presets }: Props<Config>) {
  const id = `${figureId(settings.number)}-preset`;
  const isSet = ({ values }: Preset<Config>) =>
    Object.entries(values).every(([name, value]) => settings.values[name] === value);
  const current = presets.findIndex(isSet);
  return (
    <div class="choose">
      <label for={id}>settings of</label>
      <select
        id={id}
        value={current}
        onChange={(event) => {
          const preset = presets[Number(event.currentTarget.value)];
          if (preset) settings.take(preset.values);
        }}
      >
        <option value={-1}>your own</option>
        {presets.map(({ name }, index) => (
          <option key={name} value={index}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
