import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ParameterError } from '@/lib/errors';
import { defaults, type Parameters } from '@/lib/parameters';
import { sentenceOf } from '@/reader/notice';
import { addressOf, readAddress, settle, type Value } from './settings.ts';

/** Why the settings that the controls show are impossible. */
export interface Problem {
  /** The setting at fault; empty where it is none alone. */
  readonly parameter: string;
  readonly sentence: string;
}

export interface Settings<Config> {
  readonly number: string;
  readonly schema: Parameters<Config>;
  /** What the controls show. */
  readonly values: Readonly<Record<string, Value>>;
  /** The last settings that were possible: what the picture shows. The same object while they are the same. */
  readonly config: Config;
  readonly problem?: Problem;
  set(name: keyof Config & string, value: Value): void;
  /** Takes several at once, as a preset does. */
  take(values: Partial<Config>): void;
  reset(): void;
  /** The address that opens the figure in this state. */
  address(): string;
}

/**
 * @param number the figure's: "3.2"
 * @param check throws a ParameterError where settings exclude each other
 */
export function useSettings<Config extends object>(
  number: string,
  schema: Parameters<Config>,
  check?: (config: Config) => void,
): Settings<Config> {
  const usual = useMemo(() => defaults(schema), [schema]);
  const [values, setValues] = useState<Readonly<Record<string, Value>>>(plain(usual));
  const good = useRef(usual);

  useEffect(() => {
    const given = readAddress(location.search, number, schema);
    if (given) setValues({ ...plain(usual), ...given });
  }, [number, schema, usual]);

  const settled = useMemo(() => settle(schema, values, `Figure ${number}`, check), [schema, values, number, check]);
  if ('config' in settled && JSON.stringify(settled.config) !== JSON.stringify(good.current)) {
    good.current = settled.config;
  }

  return {
    number,
    schema,
    values,
    config: good.current,
    ...('error' in settled ? { problem: problemOf(settled.error) } : {}),
    set: (name, value) => setValues((before) => ({ ...before, [name]: value })),
    take: (given) => setValues((before) => ({ ...before, ...plain(given) })),
    reset: () => setValues(plain(usual)),
    address: () => addressOf(location.origin + location.pathname, number, schema, values),
  };
}

/** A config as the values of its controls. */
function plain(config: object): Readonly<Record<string, Value>> {
  return config as Readonly<Record<string, Value>>;
}

export function problemOf(error: unknown): Problem {
  return {
    parameter: error instanceof ParameterError ? error.parameter : '',
    sentence: sentenceOf(error, 'This could not be computed. Press Reset, or choose another sound.'),
  };
}
