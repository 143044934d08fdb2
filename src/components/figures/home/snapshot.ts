/** The picture as it stands in the page before any script runs: made at build time from a built-in clip. */
import type { Mark } from './marks.ts';
import type { Panel, PanelKey } from './panels.ts';

export interface SnapshotPanel extends Pick<Panel, 'key' | 'title' | 'name'> {
  /** "124 × 129" */
  readonly shape: string;
  /** "−46 to 24 dB" */
  readonly range: string;
  /** The picture in words. */
  readonly text: string;
}

export type Layout = 'wide' | 'narrow';

export interface Snapshot {
  /** The built-in clip's word, and what the network made of it. */
  readonly word: string;
  readonly answer: string;
  readonly probability: number;
  readonly classes: readonly string[];
  readonly probabilities: readonly number[];
  readonly panels: readonly SnapshotPanel[];
  /** Where the thread comes from: "0.19 to 0.34 s, 1,563 to 2,625 Hz". */
  readonly field: string;
  readonly marks: Readonly<Record<Layout, Readonly<Partial<Record<PanelKey, Mark>>>>>;
  /** The outline of the waveform: an SVG path in a box of 1000 × 100. */
  readonly wave: string;
}

/** The address of a panel's picture. */
export function pictureAddress(key: PanelKey, layout: Layout, theme: 'light' | 'dark'): string {
  return `/glance/${key}-${layout}-${theme}.png`;
}
