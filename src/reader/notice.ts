/** The one sentence that the page has to say about the reader's sound just now; the clip bar shows and speaks it. */
import { signal } from '@preact/signals';
import { KuuloError } from '../lib/errors.ts';

export interface Notice {
  /** 'problem': what the reader asked for did not happen. 'news': it did, with something to know. */
  readonly kind: 'problem' | 'news';
  readonly text: string;
}

export const notice = signal<Notice | undefined>(undefined);

export function report(text: string): void {
  notice.value = { kind: 'problem', text };
}

export function mention(text: string): void {
  notice.value = { kind: 'news', text };
}

export function dismiss(): void {
  notice.value = undefined;
}

/** The sentence of an error: its own where it was written for the reader. */
export function sentenceOf(error: unknown, otherwise: string): string {
  return error instanceof KuuloError ? error.message : otherwise;
}
