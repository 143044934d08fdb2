import { useRef } from 'preact/hooks';
import { FileInput } from './FileInput.tsx';

/** A button that lets the reader choose a sound file. */
export function ChooseFile({ disabled = false }: { readonly disabled?: boolean }) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="link" disabled={disabled} onClick={() => chooser.current?.click()}>
        Choose a file…
      </button>
      <FileInput chooser={chooser} />
    </>
  );
}
