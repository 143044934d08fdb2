/**
 * The settings of a figure: what its controls show, the last settings that were possible, and their place in the
 * address. `?figure=3.2&winLength=512#figure-3-2` opens Figure 3.2 with a window of 512.
 */
import { defaults, type Parameter, type Parameters, readParameters } from '@/lib/parameters';

export type Value = number | string | boolean;

/** The id of a figure in its page: "figure-3-2" for Figure 3.2. */
export function figureId(number: string): string {
  return `figure-${number.replace('.', '-')}`;
}

/** The id of an exercise in its page: "exercise-3-1" for Exercise 3.1. */
export function exerciseId(number: string): string {
  return `exercise-${number.replace('.', '-')}`;
}

/** The settings that an address gives to a figure, as they stand there; undefined where it speaks of another figure. */
export function readAddress<Config>(
  search: string,
  number: string,
  schema: Parameters<Config>,
): Record<string, Value> | undefined {
  const query = new URLSearchParams(search);
  if (query.get('figure') !== number) return undefined;
  const values: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(schema) as [string, Parameter][]) {
    const text = query.get(name);
    if (text !== null) values[name] = parse(text, parameter);
  }
  return values;
}

function parse(text: string, { kind }: Parameter): Value {
  if (kind === 'switch') return text === 'true' || (text === 'false' ? false : text);
  if (kind === 'choice') return text;
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** The address that opens a figure with these settings; those at their default are left out. */
export function addressOf<Config>(
  page: string,
  number: string,
  schema: Parameters<Config>,
  values: Readonly<Record<string, Value>>,
): string {
  const usual = defaults(schema) as Record<string, Value>;
  const query = new URLSearchParams({ figure: number });
  for (const name of Object.keys(schema)) if (values[name] !== usual[name]) query.set(name, String(values[name]));
  return `${page}?${query}#${figureId(number)}`;
}

/** The config that the values make, or the error that says why they make none. */
export function settle<Config>(
  schema: Parameters<Config>,
  values: Readonly<Record<string, Value>>,
  owner: string,
  check: (config: Config) => void = () => {},
): { readonly config: Config } | { readonly error: unknown } {
  try {
    const config = readParameters(schema, values, owner);
    check(config);
    return { config };
  } catch (error) {
    return { error };
  }
}
