import { sourceOf, type Traced } from './boxes.ts';
import type { Snapshot } from './snapshot.ts';
import { type Ending, threadKeys } from './thread.ts';
import { fieldText } from './words.ts';

interface Props {
  readonly snapshot: Snapshot | undefined;
  /** The thread as it runs; undefined while the snapshot stands, or while a new one is being traced. */
  readonly traced: Traced | undefined;
  /** Whether the reader chose the thread's cell. */
  readonly moved: boolean;
}

/** What the thread says: which answer it speaks for, and the seconds and hertz that it comes from. */
export function Caption({ snapshot, traced, moved }: Props) {
  return (
    <p>
      <span class="fig-no">The network at a glance.</span>{' '}
      {!moved && 'Everything here is computed from the sound above, step by step. '}
      {traced ? <Story {...traced} /> : snapshot && <Vote answer={snapshot.answer} field={snapshot.field} />}
      {(traced ? traced.field.statistics.length > 0 : snapshot?.statistics) &&
        ', and from the mean and spread of the whole second'}
      {(traced || snapshot) && '. '}
      {traced?.thread.ending && endings[traced.thread.ending]}
      {traced &&
        (moved
          ? 'Touch the answer, or press Escape, for the strongest vote.'
          : 'Touch a cell to move it, or use the arrow keys.')}
    </p>
  );
}

const endings: Readonly<Record<Ending, string>> = {
  zero: 'It ends there: the cell is 0, and nothing passes on.',
  outvoted: 'It ends there: pooling keeps the strongest of four cells, and a neighbour is stronger.',
  unheard: 'It ends there: no cell that is awake further on counts it in its favour.',
};

function Story({ scene, thread, field }: Traced) {
  const text = fieldText(field.seconds, field.hertz);
  const answer = thread.cells.answers?.[0];
  if (answer !== undefined) {
    return <Vote answer={scene.classes[answer]} field={text} chosen={sourceOf(thread) !== 'conv2'} />;
  }
  const last = threadKeys.findLast((key) => thread.cells[key]);
  const title = scene.panels.find(({ key }) => key === last)?.title.toLowerCase();
  return (
    <>
      The green thread reaches {title} from <b class="thread-field">{text}</b>
    </>
  );
}

function Vote({ answer, field, chosen = false }: { answer: string; field: string; chosen?: boolean }) {
  return (
    <>
      The green thread follows one vote for <i class="thread-answer">{answer}</i>{' '}
      {chosen ? 'from' : 'back to where it came from:'} <b class="thread-field">{field}</b>
    </>
  );
}
