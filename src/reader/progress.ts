/** What the reader has read and solved, kept in localStorage: by chapter number, and by exercise, such as "3.2". */
import { signal } from '@preact/signals';

export interface Progress {
  /** Numbers of the chapters whose end the reader has seen. */
  readonly read: ReadonlySet<number>;
  /** Names of the exercises that were answered right: the chapter's number, a dot, the exercise's. */
  readonly done: ReadonlySet<string>;
}

const key = 'kuulo-progress';
const format = 'kuulo-progress-1';

/** Numbers from 1 to 99, as chapters and exercises have them. */
const exerciseName = /^[1-9]\d?\.[1-9]\d?$/;
const isChapter = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 99;
const isExercise = (value: unknown): value is string => typeof value === 'string' && exerciseName.test(value);

/** What was kept, or what of it can be read: storage may hold anything. */
export function parseProgress(text: string | null): Progress {
  let found: unknown;
  try {
    found = JSON.parse(text ?? '');
  } catch {
    // Not JSON: as good as nothing.
  }
  const record = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  const list = (value: unknown): unknown[] => (record.format === format && Array.isArray(value) ? value : []);
  return {
    read: new Set(list(record.read).filter(isChapter)),
    done: new Set(list(record.done).filter(isExercise)),
  };
}

/** The text that `parseProgress` reads. */
export function formatProgress({ read, done }: Progress): string {
  return JSON.stringify({ format, read: [...read], done: [...done] });
}

/** What is kept now; without storage, nothing. */
function kept(): Progress {
  try {
    return parseProgress(localStorage.getItem(key));
  } catch {
    return parseProgress(null);
  }
}

/** The reader's progress; it changes with what is read in other windows, too. */
export const progress = signal(kept());

if (typeof window !== 'undefined') {
  window.addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) progress.value = kept();
  });
}

/** Adds to what is known and kept. Another window may have added something since, which stays. */
function add(read: readonly number[], done: readonly string[]): void {
  const stored = kept();
  const { value } = progress;
  const next = {
    read: new Set([...stored.read, ...value.read, ...read]),
    done: new Set([...stored.done, ...value.done, ...done]),
  };
  progress.value = next;
  try {
    localStorage.setItem(key, formatProgress(next));
  } catch {
    // Storage refused: the progress holds for this page.
  }
}

/** Notes that the end of a chapter has been seen. */
export function markRead(chapter: number): void {
  if (isChapter(chapter) && !progress.value.read.has(chapter)) add([chapter], []);
}

/** Notes that an exercise, such as "3.2", was answered right. */
export function markDone(exercise: string): void {
  if (isExercise(exercise) && !progress.value.done.has(exercise)) add([], [exercise]);
}
