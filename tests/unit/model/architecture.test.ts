import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelError } from '../../../src/lib/errors.ts';
import { type Architecture, hashArchitecture, readArchitecture } from '../../../src/lib/model/architecture.ts';

const architecture: Architecture = {
  format: 'kuulo-architecture-1',
  name: 'tiny',
  input: { sampleRate: 8000, samples: 4 },
  classes: ['a', 'b'],
  stages: [{ name: 'out', type: 'dense', config: { units: 2 } }],
};

it('reads what is well formed', () => {
  expect(readArchitecture(JSON.parse(JSON.stringify(architecture)))).toEqual(architecture);
});

it.each([
  [{ ...architecture, format: 'onnx' }, /format is "onnx"/],
  [{ ...architecture, input: { sampleRate: 0, samples: 4 } }, /sample rate/],
  [{ ...architecture, input: { sampleRate: 1e300, samples: 4 } }, /takes sound at 1e\+300 Hz/],
  [{ ...architecture, classes: ['a'] }, /fewer than two classes/],
  [{ ...architecture, classes: ['a', 'a'] }, /not all names that differ/],
  [{ ...architecture, classes: ['a', {}] }, /not all names that differ/],
  [{ ...architecture, stages: [] }, /no stages/],
  [{ ...architecture, stages: [null] }, /lacks its name/],
  [{ ...architecture, stages: [...architecture.stages, ...architecture.stages] }, /Two stages .* "out"/],
])('refuses %j in a sentence', (given, sentence) => {
  expect(() => readArchitecture(given)).toThrow(sentence);
});

it('answers any other data with a ModelError', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      expect(() => readArchitecture(json)).toThrow(ModelError);
    }),
  );
});

it('hashes the meaning, not the order of the keys', () => {
  const { format, ...rest } = architecture;
  expect(hashArchitecture({ ...rest, format })).toBe(hashArchitecture(architecture));
  const other = { ...architecture, input: { sampleRate: 16000, samples: 4 } };
  expect(hashArchitecture(other)).not.toBe(hashArchitecture(architecture));
});

it('refuses to hash what is nested without end', () => {
  const text = `{"stages": ${'['.repeat(20000)}${']'.repeat(20000)}}`;
  expect(() => hashArchitecture({ ...architecture, ...JSON.parse(text) })).toThrow(ModelError);
});
