/**
 * Renders a figure of a chapter with all its numbers, on the built-in clip, for the pages' noscript elements. It runs
 * when the site is built and never in the page.
 */
import type { FunctionComponent } from 'preact';
import type { FigureProps } from '@/components/chapter/Figure';
import { type BuiltInAnswers, WithoutScript } from '@/reader/without-script';
import type { LabArguments, LabCall, LabResult } from '@/workers/lab';
import { builtInLab } from './built-in-lab.ts';
import { firstWord } from './still.ts';

interface Props extends FigureProps {
  readonly figure: FunctionComponent<FigureProps>;
}

/** The renderer waits for what is below it, not for the component that it was given itself. */
export default function FigureWithoutScript(props: Props) {
  return <Answered {...props} />;
}

function Answered({ figure: Figure, ...props }: Props) {
  return (
    <WithoutScript.Provider value={answersOn(firstWord)}>
      <Figure {...props} />
    </WithoutScript.Provider>
  );
}

const known = new Map<string, { readonly value: unknown }>();

/** What `compute` gives; thrown as a promise at first, for which the rendering waits before it begins anew. */
function suspended<Value>(key: string, compute: () => Promise<Value>): Value {
  const found = known.get(key);
  if (found) return found.value as Value;
  throw compute().then((value) => known.set(key, { value }));
}

function answersOn(name: string): BuiltInAnswers {
  const { clip, calls } = suspended(name, () => builtInLab(name));
  return {
    clip,
    canvas: { width: 720, height: 270, ratio: 1 },
    on: answersOn,
    answer<Name extends LabCall>(call: Name, args: LabArguments<Name>) {
      const compute = calls[call] as (...args: LabArguments<Name>) => Promise<LabResult<Name>> | LabResult<Name>;
      return suspended(`${name} ${call} ${JSON.stringify(args)}`, async () => compute(...args));
    },
  };
}
