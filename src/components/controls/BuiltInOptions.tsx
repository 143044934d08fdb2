import { type BuiltIn, builtIns } from '@/reader/built-in';

/** The built-in sounds as the options of a select, by the voice that speaks them; `mark` stands before each value. */
export function BuiltInOptions({ mark = '' }: { readonly mark?: string }) {
  return groupsOf(builtIns.value).map(([label, clips]) => (
    <optgroup key={label} label={label}>
      {clips.map(({ name, word }) => (
        <option key={name} value={`${mark}${name}`}>
          {word ?? name}
        </option>
      ))}
    </optgroup>
  ));
}

/** The words by the voice that speaks them, then everything else. */
function groupsOf(all: readonly BuiltIn[]): readonly (readonly [string, readonly BuiltIn[]])[] {
  const labelOf = ({ word, voice }: BuiltIn) => (word && voice ? voice : 'Other sounds');
  return [...new Set(all.map(labelOf))].map((label) => [label, all.filter((one) => labelOf(one) === label)]);
}
