import { existsSync, readFileSync } from 'node:fs';
import type { Evaluation, ModelCard } from '@/lib/model/card';

/** The card of a model in public/models, read while the site is built; undefined while there is none. */
export function readCard(model: string): ModelCard | undefined {
  const path = `public/models/${model}/card.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ModelCard) : undefined;
}

/** A share as a percentage with one decimal, or with none: "91.3 %". */
export const percent = (share: number, decimals = 1) => `${(100 * share).toFixed(decimals)}\u00a0%`;

/** A count with thousands set apart: "8,600". */
export const count = (n: number) => n.toLocaleString('en');

/** An accuracy with its interval: "91.3 % (95 % interval 89.9 to 92.6 %)". */
export function withInterval(accuracy: number, { low, high, level }: Evaluation['interval']): string {
  return `${percent(accuracy)} (${percent(level, 0)} interval ${(100 * low).toFixed(1)} to ${percent(high)})`;
}
