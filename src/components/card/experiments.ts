/** What two commands measured beside the cards; undefined until they have been run. */
import { existsSync, readFileSync } from 'node:fs';

/** Written by `npm run measure:labels`. */
export interface MeasuredLabels {
  readonly tiles: number;
  /** Examples that each network heard in training, however few clips they were made of. */
  readonly examples: number;
  /** Labelled clips of each class; the last is everything. */
  readonly labels: readonly number[];
  /** By network: for each number of labels, the accuracy of each draw. */
  readonly networks: Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** Written by `npm run measure:split`. */
export interface MeasuredSplit {
  /** The clips judged, and the share of them whose voice was in training too. */
  readonly n: number;
  readonly heard: number;
  readonly networks: Readonly<Record<string, { readonly accuracy: number; readonly balancedAccuracy: number }>>;
}

export const measuredLabels = (): MeasuredLabels | undefined => read('labels');
export const measuredSplit = (): MeasuredSplit | undefined => read('split');

function read<Figures>(name: string): Figures | undefined {
  const path = `content/measured/${name}.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
