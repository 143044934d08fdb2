import { Choice } from '@/components/controls/Choice';
import { Slider } from '@/components/controls/Slider';
import { Switch } from '@/components/controls/Switch';
import type { Parameter } from '@/lib/parameters';
import { figureId } from './settings.ts';
import type { Problem, Settings } from './use-settings.ts';

interface Props<Config> {
  readonly settings: Settings<Config>;
  /** The settings to show, in order; without it, all. */
  readonly only?: readonly (keyof Config & string)[];
  /** What stands for choices on the page, where it is not their own name. */
  readonly names?: Readonly<Record<string, string>>;
  /** What the worker found impossible. */
  readonly problem?: Problem | undefined;
}

/** The controls of a figure, one for each setting of its schema. */
export function Controls<Config>({ settings, only, names, problem = settings.problem }: Props<Config>) {
  const { number, schema, values, set } = settings;
  const known = schema as unknown as Readonly<Record<string, Parameter>>;
  const shown = only ?? (Object.keys(known) as (keyof Config & string)[]);
  const why = settings.problem ?? problem;
  const kind = why && known[why.parameter]?.kind;
  const placed = (kind === 'number' || kind === 'integer') && shown.includes(why?.parameter as keyof Config & string);
  return (
    <div class="controls">
      {shown.map((name) => {
        const parameter = known[name];
        const id = `${figureId(number)}-${name}`;
        const sentence = why?.parameter === name ? why.sentence : undefined;
        const value = values[name];
        if (parameter.kind === 'choice') {
          const choose = (choice: string) => set(name, choice);
          return (
            <Choice key={name} id={id} parameter={parameter} value={String(value)} names={names} onChange={choose} />
          );
        }
        if (parameter.kind === 'switch') {
          const turn = (on: boolean) => set(name, on);
          return <Switch key={name} id={id} parameter={parameter} value={value === true} onChange={turn} />;
        }
        const slide = (to: number) => set(name, to);
        return (
          <Slider key={name} id={id} parameter={parameter} value={Number(value)} problem={sentence} onChange={slide} />
        );
      })}
      {why && !placed && (
        <p class="why" role="alert">
          {why.sentence}
        </p>
      )}
    </div>
  );
}
