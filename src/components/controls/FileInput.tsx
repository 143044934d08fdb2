import type { RefObject } from 'preact';
import { takeFile } from '@/reader/take';

/** The browser's own way to choose a sound file, unseen: `chooser.current.click()` opens it. */
export function FileInput({ chooser }: { readonly chooser: RefObject<HTMLInputElement> }) {
  return (
    <input
      ref={chooser}
      type="file"
      accept="audio/*,video/mp4,video/webm"
      hidden
      tabIndex={-1}
      aria-label="Choose a sound file"
      onChange={({ currentTarget }) => {
        const [chosen] = currentTarget.files ?? [];
        if (chosen) void takeFile(chosen);
        currentTarget.value = '';
      }}
    />
  );
}
