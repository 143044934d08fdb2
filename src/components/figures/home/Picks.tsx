import { useRef } from 'preact/hooks';
import { FileInput } from '@/components/controls/FileInput';
import type { Clip } from '@/reader/clip';
import { takeBuiltIn } from '@/reader/take';
import { words } from './words.ts';

/** The other ways to a sound: the built-in words, and a file. */
export function Picks({ clip }: { readonly clip: Clip | undefined }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <p class="others wide">
      or take one:{' '}
      <span class="picks">
        {words.map((word) => (
          <button
            key={word}
            type="button"
            class="link"
            aria-pressed={clip?.source === 'built-in' && clip.name === word}
            onClick={() => void takeBuiltIn(word)}
          >
            {word}
          </button>
        ))}
      </span>{' '}
      <button type="button" class="link" onClick={() => chooser.current?.click()}>
        choose a file…
      </button>
      <span class="drop-hint"> or drop one anywhere on the page</span>
      <FileInput chooser={chooser} />
    </p>
  );
}
