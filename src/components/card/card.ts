import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Evaluation, ModelCard } from '@/lib/model/card';
import { classWords } from '@/lib/model/class-words';
import content from '../../../content/models.json' with { type: 'json' };

export interface Project {
  /** "000" */
  readonly number: string;
  readonly about: string;
}

const folder = 'public/models';

/** The card of a model in public/models, read while the site is built; undefined while there is none. */
export function readCard(model: string): ModelCard | undefined {
  const path = `${folder}/${model}/card.json`;
  return existsSync(path) ? inWords(readFileSync(path, 'utf8')) : undefined;
}

/** A card whose classes are called as a reader reads them, wherever they stand in it. */
function inWords(text: string): ModelCard {
  const { classes }: ModelCard = JSON.parse(text);
  return JSON.parse(classes.reduce((all, name) => all.replaceAll(`"${name}"`, `"${classWords(name)}"`), text));
}

/** All cards of public/models: by project, and in a project by name. */
export function readCards(): readonly ModelCard[] {
  const cards = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => readCard(name) ?? []);
  const order = ({ name }: ModelCard) => `${projectOf(name)?.number ?? '999'} ${name}`;
  return cards.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** The project that a model comes from, by its name: digits-mel comes from that of digits. */
export function projectOf(model: string): Project | undefined {
  const projects: Readonly<Record<string, Project>> = content.projects;
  return projects[model.split('-')[0]];
}

/** A share as a percentage with one decimal, or with none: "91.3 %". */
export const percent = (share: number, decimals = 1) => `${(100 * share).toFixed(decimals)}\u00a0%`;

/** A count with thousands set apart: "8,600". */
export const count = (n: number) => n.toLocaleString('en');

/** The size of a file: "3.3 MB", "130 kB". */
export function bytesWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)}\u00a0kB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
}

/** A time with two digits: "0.83 ms", "3.4 ms", "120 ms". */
export function millisecondsWords({ median }: NonNullable<ModelCard['milliseconds']>): string {
  const digits = median < 1 ? 2 : median < 10 ? 1 : 0;
  return `${digits > 0 ? median.toFixed(digits) : Number(median.toPrecision(2))}\u00a0ms`;
}

/** The ends of an interval: "89.9 to 92.6 %". */
export const range = (low: number, high: number) => `${(100 * low).toFixed(1)} to ${percent(high)}`;

/** An accuracy with its interval: "91.3 % (95 % interval 89.9 to 92.6 %)". */
export function withInterval(accuracy: number, { low, high, level }: Evaluation['interval']): string {
  return `${percent(accuracy)} (${percent(level, 0)} interval ${range(low, high)})`;
}

/** How good a model is at what training never gave it, in a part of a sentence: "right in 90.5 % (…) of 1,484 clips by …". */
export function measuredWords({ test }: ModelCard): string {
  return `right in ${withInterval(test.accuracy, test.interval)} of ${judgedOn(test)}`;
}

/** "1,484 clips by 91 speakers, none of whom training heard" */
export function judgedOn({ n, groups, heard }: Evaluation): string {
  if (!groups) return `${count(n)} clips that training ${heard ? 'may have heard' : 'never heard'}`;
  const [by, them] = groups.name === 'speakers' ? ['by', 'whom'] : ['from', 'which'];
  const known = heard ? `some of ${them} training may have heard` : `none of ${them} training heard`;
  return `${count(n)} clips ${by} ${count(groups.n)} ${groups.name}, ${known}`;
}

/** What clips of a class are most often taken for; undefined where all are named right. */
export function takenFor({ confusion }: Evaluation, name: string): { named: string; times: string } | undefined {
  const others = Object.entries(confusion[name] ?? {}).filter(([named, n]) => named !== name && n > 0);
  const [most] = others.sort(([, a], [, b]) => b - a);
  return most && { named: most[0], times: most[1] === 1 ? ', once' : `, ${count(most[1])} times` };
}

/** How many clips of a class were judged. */
export function clipsOf({ confusion }: Evaluation, name: string): number {
  return Object.values(confusion[name] ?? {}).reduce((sum, n) => sum + n, 0);
}

/** Whether some classes are no words: those that `accuracy8` leaves out. */
export function hasOthers({ classes }: ModelCard): boolean {
  return classes.includes('unknown') || classes.includes('silence');
}
