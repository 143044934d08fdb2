import type { SwitchParameter } from '@/lib/parameters';

interface Props {
  /** A name that no other control of the page has. */
  id: string;
  parameter: SwitchParameter;
  value: boolean;
  onChange: (value: boolean) => void;
}

/** On or off. */
export function Switch({ id, parameter, value, onChange }: Props) {
  return (
    <div class="switch">
      <label>
        <input
          id={id}
          type="checkbox"
          checked={value}
          aria-describedby={`${id}-help`}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{parameter.label}</span>
      </label>
      <span class="help" id={`${id}-help`}>
        {parameter.help}
      </span>
    </div>
  );
}
