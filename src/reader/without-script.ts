/**
 * A figure for readers without script: rendered once more when the site is built, with the engine's answers on the
 * built-in clip in hand. Where this context is given, hooks answer at once, and pictures are files.
 */
import { createContext } from 'preact';
import type { Clip } from '@/reader/clip';
import type { LabArguments, LabCall, LabResult } from '@/workers/lab';

export interface BuiltInAnswers {
  /** The clip that the book begins with. */
  readonly clip: Clip;
  /** For questions that depend on the size of a canvas: its device pixels, and how many are in a CSS pixel. */
  readonly canvas: { readonly width: number; readonly height: number; readonly ratio: number };
  /** The answer to a figure's question; suspends the rendering until it is computed. */
  answer<Name extends LabCall>(call: Name, args: LabArguments<Name>): LabResult<Name>;
  /** The same on another built-in clip. */
  on(name: string): BuiltInAnswers;
}

/** Undefined in the living page. */
export const WithoutScript = createContext<BuiltInAnswers | undefined>(undefined);
