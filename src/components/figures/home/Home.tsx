import { useEffect } from 'preact/hooks';
import { restoreClip } from '@/reader/store';
import { useClip } from '@/reader/use-clip';
import type { ChapterLinks } from '../chapter-links.ts';
import { Glance } from './Glance.tsx';
import { failure, fieldOf, scene, votes, watchClip } from './home-engine.ts';
import { Picks } from './Picks.tsx';
import { Sheet } from './Sheet.tsx';
import { answerOf } from './scene.ts';
import type { Snapshot } from './snapshot.ts';

interface Props {
  /** What the page shows before it is alive; absent where there was no model at build time. */
  readonly snapshot?: Snapshot | undefined;
  readonly chapters: ChapterLinks;
}

/** The home page's picture: say a word, and see it go through the network. */
export default function Home({ snapshot, chapters }: Props) {
  useEffect(() => {
    void restoreClip();
    return watchClip(snapshot?.word);
  }, [snapshot]);

  const current = useClip();
  const isStill = !current || (current.source === 'built-in' && current.name === snapshot?.word);
  const still = isStill && !scene.value ? snapshot : undefined;
  const answer = scene.value
    ? answerOf(scene.value)
    : still && { word: still.answer, probability: still.probability, index: still.classes.indexOf(still.answer) };
  return (
    <>
      <Sheet snapshot={still} clip={current} answer={answer} failed={failure.value !== undefined} />
      <Picks clip={current} />
      {failure.value && (
        <p class="failure wide" role="alert">
          {failure.value}
        </p>
      )}
      <Glance snapshot={still} scene={scene.value} votes={votes.value} fieldOf={fieldOf} chapters={chapters} />
    </>
  );
}
