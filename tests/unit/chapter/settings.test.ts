import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressOf,
  exerciseId,
  figureId,
  readAddress,
  settle,
  type Value,
} from '../../../src/components/chapter/settings.ts';
import { checkStftOptions, type StftOptions, stftParameters } from '../../../src/lib/dsp/frames.ts';
import { ParameterError } from '../../../src/lib/errors.ts';
import { defaults, type Parameter, type Parameters } from '../../../src/lib/parameters.ts';

type AnySchema = Parameters<Record<string, never>>;

const described = { label: 'a setting', help: 'What it does.' };
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const numbers = fc.tuple(finite, finite, finite).map(([a, b, c]) => {
  const [min, at, max] = [a, b, c].sort((x, y) => x - y);
  return { kind: 'number' as const, ...described, min, max, default: at };
});
const whole = fc.tuple(fc.integer(), fc.integer(), fc.integer()).map(([a, b, c]) => {
  const [min, at, max] = [a, b, c].sort((x, y) => x - y);
  return { kind: 'integer' as const, ...described, min, max, default: at };
});
const choices = fc
  .uniqueArray(fc.string(), { minLength: 1, maxLength: 5 })
  .map((all) => ({ kind: 'choice' as const, ...described, choices: all, default: all[0] }));
const switches = fc.boolean().map((on) => ({ kind: 'switch' as const, ...described, default: on }));

/** Any value that a setting allows. */
function anyValue(parameter: Parameter): fc.Arbitrary<Value> {
  if (parameter.kind === 'switch') return fc.boolean();
  if (parameter.kind === 'choice') return fc.constantFrom(...parameter.choices);
  const { min, max } = parameter;
  return parameter.kind === 'integer'
    ? fc.integer({ min, max })
    : fc.double({ min, max, noNaN: true }).map((value) => value + 0);
}

/** A schema and settings that it allows. */
const figures = fc
  .dictionary(
    fc.stringMatching(/^[a-zA-Z]\w*$/).filter((name) => name !== 'figure'),
    fc.oneof(numbers, whole, choices, switches),
    { maxKeys: 6 },
  )
  .chain((schema) =>
    fc.record({
      schema: fc.constant(schema as unknown as AnySchema),
      values: fc.record(Object.fromEntries(Object.entries(schema).map(([name, one]) => [name, anyValue(one)]))),
    }),
  );

const { winLength, hopLength, nFft, window, centre } = stftParameters;
type Cut = Pick<StftOptions, 'winLength' | 'hopLength' | 'nFft' | 'window' | 'centre'>;
const schema: Parameters<Cut> = { winLength, hopLength, nFft, window, centre };

describe('the address of a figure', () => {
  it('opens it in the state that it was made of', () => {
    fc.assert(
      fc.property(figures, ({ schema: any, values }) => {
        const url = new URL(addressOf('https://kuulo.example/chapters/03/', '3.2', any, values));
        const read = readAddress(url.search, '3.2', any);
        expect({ ...defaults(any), ...read }).toEqual({ ...values });
        expect(settle(any, { ...defaults(any), ...read }, 'Figure 3.2')).toEqual({ config: { ...values } });
      }),
    );
  });

  it('leaves out what is at its default, and ends in the place of the figure', () => {
    const usual = defaults(schema);
    expect(addressOf('/3/', '3.2', schema, { ...usual })).toBe('/3/?figure=3.2#figure-3-2');
    const changed = addressOf('/3/', '3.2', schema, { ...usual, winLength: 64, centre: true });
    expect(changed).toBe('/3/?figure=3.2&winLength=64&centre=true#figure-3-2');
    expect([figureId('10.12'), exerciseId('3.1')]).toEqual(['figure-10-12', 'exercise-3-1']);
  });

  it('says nothing to another figure', () => {
    for (const search of ['', '?winLength=64', '?figure=3.20&winLength=64', '?figure=&winLength=64', '?figure=4.2']) {
      expect(readAddress(search, '3.2', schema)).toBeUndefined();
    }
    expect(readAddress('?figure=3.2', '3.2', schema)).toEqual({});
  });

  it('takes up no name that the figure does not have', () => {
    const hostile = '?figure=3.2&__proto__=1&constructor=x&toString=y&hop=3&sampleRate=8000&winLength=64';
    const read = readAddress(hostile, '3.2', schema) ?? {};
    expect(Object.keys(read)).toEqual(['winLength']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(settle(schema, { ...defaults(schema), ...read }, 'Figure 3.2')).toEqual({
      config: { ...defaults(schema), winLength: 64 },
    });
  });
});

describe('settings that cannot be', () => {
  const settled = (search: string) => {
    const read = readAddress(search, '3.2', schema);
    return settle(schema, { ...defaults(schema), ...read }, 'Figure 3.2', (config) =>
      checkStftOptions({ ...defaults(stftParameters), ...config }),
    );
  };

  it.each([
    ['winLength=', 'window length is not a number, but must be a whole number from 1 to 65536 samples.'],
    ['winLength=%20', 'window length is not a number, but must be a whole number from 1 to 65536 samples.'],
    ['winLength=1e999', 'window length is Infinity, but must be a whole number from 1 to 65536 samples.'],
    ['winLength=-5', 'window length is -5, but must be a whole number from 1 to 65536 samples.'],
    ['winLength=12.5', 'window length is 12.5, but must be a whole number from 1 to 65536 samples.'],
    ['winLength=__proto__', 'window length is not a number, but must be a whole number from 1 to 65536 samples.'],
    ['window=__proto__', 'window is "__proto__", but must be one of hann, hamming, blackman, rectangular.'],
    ['window=', 'window is "", but must be one of hann, hamming, blackman, rectangular.'],
    ['centre=1', 'centred frames is "1", but must be true or false.'],
  ])('such as %s get a sentence and the name of the setting', (query, sentence) => {
    const result = settled(`?figure=3.2&${query}`);
    if (!('error' in result)) throw new Error('The settings were taken.');
    expect(result.error).toBeInstanceOf(ParameterError);
    expect(result.error).toMatchObject({ parameter: query.split('=')[0], message: `Figure 3.2: ${sentence}` });
  });

  it('are those too that exclude each other', () => {
    const result = settled('?figure=3.2&winLength=512&nFft=256');
    expect(result).toMatchObject({ error: { parameter: 'winLength' } });
  });

  it('never come through, whatever an address says', () => {
    const text = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('', 'true', 'null', 'NaN', '0x10', '1e3'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(schema)), text, (name, value) => {
        const result = settled(`?${new URLSearchParams({ figure: '3.2', [name]: value })}`);
        if ('error' in result) {
          expect(result.error).toBeInstanceOf(ParameterError);
          return;
        }
        const { config } = result;
        for (const length of [config.winLength, config.hopLength, config.nFft]) {
          expect(Number.isInteger(length) && length >= 1 && length <= 65536).toBe(true);
        }
        expect(window.choices).toContain(config.window);
        expect(config.centre).toBeTypeOf('boolean');
      }),
    );
  });
});
