import './sheet.css';
import './browser.css';
import './sums.css';
import { useEffect } from 'preact/hooks';
import { clip } from '@/reader/clip';
import { restoreClip } from '@/reader/store';
import type { ChapterLinks } from '../chapter-links.ts';
import { Browser } from './Browser.tsx';
import { shell, watchCursor } from './cursor.ts';
import { Doctor } from './Doctor.tsx';
import type { ModelShell } from './entries.ts';
import { run, watchClip } from './judge.ts';
import { Recorder } from './Recorder.tsx';
import { Verdict } from './Verdict.tsx';

interface Props {
  /** The model as it was when the page was built; absent where there was none. */
  readonly built?: ModelShell | undefined;
  readonly chapters: ChapterLinks;
}

/** One clip through the model, from the microphone to the answer, with every number in between. */
export default function Classify({ built, chapters }: Props) {
  shell.value ??= built;
  useEffect(() => {
    void restoreClip();
    const ends = [watchClip(), watchCursor()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <>
      <Recorder clip={clip.value} />
      <section class="verdict wide" aria-label="The answer">
        <Verdict run={run.value} classes={built?.classes ?? run.value?.info.classes ?? []} />
        <Doctor clip={clip.value} />
      </section>
      <Browser chapters={chapters} />
    </>
  );
}
