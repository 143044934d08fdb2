import type { ChoiceParameter } from '@/lib/parameters';

interface Props {
  /** A name that no other control of the page has. */
  id: string;
  parameter: ChoiceParameter;
  value: string;
  /** What stands for each choice on the page, where it is not its own name. */
  names?: Readonly<Record<string, string>> | undefined;
  onChange: (value: string) => void;
}

/** So many choices still stand side by side. */
const joined = 3;

/** One of a few: boxes side by side, or a list where they are more. */
export function Choice({ id, parameter, value, names = {}, onChange }: Props) {
  const { label, help, choices } = parameter;
  if (choices.length > joined) {
    return (
      <div class="choose">
        <label for={id}>{label}</label>
        <select
          id={id}
          value={value}
          aria-describedby={`${id}-help`}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {names[choice] ?? choice}
            </option>
          ))}
        </select>
        <span class="help" id={`${id}-help`}>
          {help}
        </span>
      </div>
    );
  }
  return (
    <fieldset class="choice" aria-describedby={`${id}-help`}>
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice}>
          <input type="radio" name={id} value={choice} checked={choice === value} onChange={() => onChange(choice)} />
          {names[choice] ?? choice}
        </label>
      ))}
      <span class="help" id={`${id}-help`}>
        {help}
      </span>
    </fieldset>
  );
}
