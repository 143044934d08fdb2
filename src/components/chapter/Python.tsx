import { useState } from 'preact/hooks';

/** Settings as a call of a library. */
export interface PythonCall {
  /** "librosa" */
  readonly library: string;
  readonly code: string;
}

/** The same settings as calls of other libraries, to be copied. */
export function Python({ calls }: { readonly calls: readonly PythonCall[] }) {
  const [chosen, choose] = useState(calls[0].library);
  const [copied, setCopied] = useState(false);
  const { code } = calls.find(({ library }) => library === chosen) ?? calls[0];
  const copy = () => navigator.clipboard?.writeText(code).then(() => setCopied(true));
  return (
    <div class="python">
      <div class="python-head">
        {calls.map(({ library }) => (
          <button
            key={library}
            type="button"
            class="link"
            aria-pressed={library === chosen}
            onClick={() => {
              choose(library);
              setCopied(false);
            }}
          >
            {library}
          </button>
        ))}
        <button type="button" class="link" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      {/* It scrolls sideways, so the keyboard must reach it. */}
      <section class="code" tabIndex={0} aria-label={`The settings as a call of ${chosen}`}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
    </div>
  );
}
