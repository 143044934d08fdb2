/**
 * A schema for the settings of an operation: the one source of sliders, help texts, bounds, URLs and the checking of
 * what comes from outside. `readParameters` turns unknown data into a config, or says in a sentence what is wrong.
 */
import { ParameterError } from './errors.ts';

interface Described {
  /** What the setting is called on the page. */
  readonly label: string;
  /** One sentence: what it does. */
  readonly help: string;
}
export interface NumberParameter extends Described {
  readonly kind: 'number' | 'integer';
  readonly unit?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Where the values are spaced by ratios, as octaves are: a slider gives each doubling the same way. */
  readonly scale?: 'log';
  readonly default: number;
}
export interface ChoiceParameter<Value extends string = string> extends Described {
  readonly kind: 'choice';
  readonly choices: readonly Value[];
  readonly default: Value;
}
export interface SwitchParameter extends Described {
  readonly kind: 'switch';
  readonly default: boolean;
}
export type Parameter = NumberParameter | ChoiceParameter | SwitchParameter;

/** A schema for the settings of type Config: one parameter a field. */
export type Parameters<Config> = {
  readonly [Name in keyof Config]: Config[Name] extends number
    ? NumberParameter
    : Config[Name] extends boolean
      ? SwitchParameter
      : Config[Name] extends string
        ? ChoiceParameter<Config[Name]>
        : never;
};

/** The config with every setting at its default. */
export function defaults<Config>(schema: Parameters<Config>): Config {
  return readParameters(schema, {}, 'defaults');
}

/**
 * Checks given settings against a schema; what is not given takes its default.
 * @param owner what the settings belong to, for the sentence: "conv2d"
 * @throws ParameterError for what is no object, an unknown name, a wrong type, or a value out of bounds
 */
export function readParameters<Config>(schema: Parameters<Config>, given: unknown, owner: string): Config {
  const known = schema as Record<string, Parameter>;
  const values = (given ?? {}) as Record<string, unknown>;
  if (typeof values !== 'object' || Array.isArray(values)) {
    throw new ParameterError('', `${owner}: its settings are ${JSON.stringify(given)}, but must be names with values.`);
  }
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known).join(', ') || 'none';
      throw new ParameterError(name, `${owner} has no setting "${name}". It has: ${names}.`);
    }
  }
  const config: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(known)) {
    const value = (Object.hasOwn(values, name) ? values[name] : undefined) ?? parameter.default;
    checkParameter(name, parameter, value, owner);
    config[name] = value;
  }
  return config as Config;
}

function checkParameter(name: string, parameter: Parameter, value: unknown, owner: string): void {
  const refuse = (need: string): never => {
    const shown = typeof value !== 'number' ? JSON.stringify(value) : Number.isNaN(value) ? 'not a number' : value;
    throw new ParameterError(name, `${owner}: ${parameter.label} is ${shown}, but must be ${need}.`);
  };
  if (parameter.kind === 'switch') {
    if (typeof value !== 'boolean') refuse('true or false');
  } else if (parameter.kind === 'choice') {
    if (!(parameter.choices as readonly unknown[]).includes(value)) refuse(`one of ${parameter.choices.join(', ')}`);
  } else {
    const unit = parameter.unit ? ` ${parameter.unit}` : '';
    const whole = parameter.kind === 'integer' ? 'a whole number' : 'a number';
    const need = `${whole} from ${parameter.min} to ${parameter.max}${unit}`;
    const inBounds = typeof value === 'number' && value >= parameter.min && value <= parameter.max;
    if (!inBounds || (parameter.kind === 'integer' && !Number.isInteger(value))) refuse(need);
  }
}
