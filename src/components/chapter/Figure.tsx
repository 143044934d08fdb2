import type { ComponentChildren } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { WithoutScript } from '@/reader/without-script';
import { Python, type PythonCall } from './Python.tsx';
import { figureId } from './settings.ts';
import type { Settings } from './use-settings.ts';

/** What every figure of a chapter takes: its number in the book, and its caption as the page's text. */
export interface FigureProps {
  /** "3.2" */
  readonly number: string;
  /** The caption: what to see, what to try. */
  readonly children?: ComponentChildren;
}

interface Props {
  readonly number: string;
  readonly caption: ComponentChildren;
  /** The picture with its axes, legend and readout. */
  readonly plate: ComponentChildren;
  readonly controls?: ComponentChildren;
  /** Where the figure has settings: they can be reset and linked to. */
  // biome-ignore lint/suspicious/noExplicitAny: the frame needs only what every Settings has
  readonly settings?: Settings<any>;
  /** The settings as calls of libraries. */
  readonly python?: readonly PythonCall[];
  /** `text`: the picture in the text column, controls and caption in the margin. `wide`: all below one another. */
  readonly layout?: 'text' | 'wide';
  /** A class for the figure's own styles. */
  readonly class?: string;
}

/** The frame of a live figure. */
export function Figure({ number, caption, plate, controls, settings, python, layout = 'text', class: name }: Props) {
  const [copied, setCopied] = useState(false);
  const [calls, setCalls] = useState(false);
  const alive = useContext(WithoutScript) === undefined;
  const link = async () => {
    if (!settings) return;
    const address = settings.address();
    history.replaceState(history.state, '', address);
    const done = await navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    setCopied(done === true);
  };
  return (
    <figure id={figureId(number)} class={['figure', `figure-${layout}`, name].filter(Boolean).join(' ')}>
      <div class="plate">
        {plate}
        {python && calls && <Python calls={python} />}
      </div>
      <div class="side">
        {alive && controls}
        <figcaption>
          <span class="fig-no">Figure {number}</span> {caption}
          {alive && (settings || python) && (
            <span class="fig-tools">
              {settings && (
                <>
                  <button type="button" class="link" onClick={settings.reset}>
                    Reset
                  </button>
                  <button type="button" class="link" onClick={link} onBlur={() => setCopied(false)}>
                    {copied ? 'Link copied' : 'Link to this'}
                  </button>
                </>
              )}
              {python && (
                <button type="button" class="link" aria-expanded={calls} onClick={() => setCalls(!calls)}>
                  As Python
                </button>
              )}
            </span>
          )}
        </figcaption>
      </div>
    </figure>
  );
}
