/** The picture as it stands in the page before any script runs: made at build time from a built-in clip. */
import type { Mark } from '@/components/plots/marks';
import type { Panel, PanelKey } from './panels.ts';

export interface SnapshotPanel extends Pick<Panel, 'key' | 'title' | 'name'> {
  /** "124 × 129" */
  readonly shape: string;
  /** "−46 to 24 dB" */
  readonly range: string;
  /** The picture in words. */
  readonly text: string;
}

export const layouts = ['wide', 'narrow'] as const;
export type Layout = (typeof layouts)[number];
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

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
  /** Whether statistics of the whole second enter too. */
  readonly statistics: boolean;
  readonly marks: Readonly<Record<Layout, Readonly<Partial<Record<PanelKey, Mark>>>>>;
  /** The outline of the waveform: an SVG path in a box of 1000 × 100. */
  readonly wave: string;
}

/** Only maps and units stand in fewer rows on a narrow page. */
export function isSharedByLayouts(key: PanelKey): boolean {
  return key === 'spectrogram' || key === 'resized' || key === 'normalised';
}

/** Energies have the same colours in both themes. */
export function isSharedByThemes(key: PanelKey): boolean {
  return key === 'spectrogram' || key === 'resized';
}

/** The name of a panel's picture, without folder and ending; pictures that are the same share one. */
export function pictureName(key: PanelKey, layout: Layout, theme: Theme): string {
  return [key, isSharedByLayouts(key) ? '' : layout, isSharedByThemes(key) ? '' : theme].filter(Boolean).join('-');
}
