/** The ways that Figures 6.5 and 6.6 put in the place of the network's own. */
import { ownWay, type Way } from '@/workers/lab/normalisation-ways';
import type { Labelled } from './Key.tsx';

export interface Compared extends Labelled {
  readonly way: Way;
  /** Its name in content/measured/normalisation.json. */
  readonly measured: 'z-score per-clip' | 'z-score fitted' | 'z-score per-bin' | 'min-max per-clip' | 'none';
}

export const compared = {
  own: { label: 'z-score, this clip (its own)', tone: 'strong', way: ownWay, measured: 'z-score per-clip' },
  fitted: {
    label: 'z-score, training set',
    tone: 6,
    way: { ...ownWay, statistics: 'fitted' },
    measured: 'z-score fitted',
  },
  bins: { label: 'z-score, each bin', tone: 1, way: { ...ownWay, statistics: 'per-bin' }, measured: 'z-score per-bin' },
  stretched: {
    label: 'min-max, this clip',
    tone: 4,
    way: { ...ownWay, method: 'min-max' },
    measured: 'min-max per-clip',
  },
  none: { label: 'not normalised', tone: 3, way: { ...ownWay, method: 'none' }, measured: 'none' },
} as const satisfies Readonly<Record<string, Compared>>;

export type ComparedName = keyof typeof compared;
export const comparedNames = Object.keys(compared) as ComparedName[];
