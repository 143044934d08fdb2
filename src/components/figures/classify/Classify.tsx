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
import { run, watchClip } from './judge.ts';
import { ModelChoice } from './ModelChoice.tsx';
import { chosen, models, readModel } from './model.ts';
import { Recorder } from './Recorder.tsx';
import { SideBySide } from './SideBySide.tsx';
import type { Built } from './summaries.ts';
import { Verdict } from './Verdict.tsx';

interface Props {
  /** The models as they were when the page was built. */
  readonly built: Built;
  readonly chapters: ChapterLinks;
}

/** One clip through a model, from the microphone to the answer, with every number in between, and through all models. */
export default function Classify({ built, chapters }: Props) {
  if (models.value.length === 0) {
    models.value = built.models;
    shell.value = built.shell;
  }
  useEffect(() => {
    readModel();
    addEventListener('popstate', readModel);
    void restoreClip();
    const ends = [watchClip(), watchCursor(), () => removeEventListener('popstate', readModel)];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <>
      <ModelChoice />
      <Recorder clip={clip.value} />
      <section class="verdict wide" aria-label="The answer">
        <Verdict run={run.value} classes={chosen.value?.classes ?? []} />
        <Doctor clip={clip.value} />
      </section>
      <Browser chapters={chapters} />
      {models.value.length > 0 && <SideBySide />}
    </>
  );
}
