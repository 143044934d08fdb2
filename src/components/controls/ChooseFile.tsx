import { useRef } from 'preact/hooks';
import { takeFile } from '@/reader/take';

/** A button that lets the reader choose a sound file. */
export function ChooseFile({ disabled = false }: { readonly disabled?: boolean }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link" disabled={disabled} onClick={() => chooser.current?.click()}>
        Choose a file…
      </button>
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
    </>
  );
}
