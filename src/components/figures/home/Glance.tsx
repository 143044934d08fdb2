import './glance.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Bars } from '@/components/plots/Bars';
import { indexOfLargest } from '@/components/plots/cells';
import { formatDimensions } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { useMedia } from '@/components/plots/use-media';
import { type Cell, offsetOf } from '@/lib/tensor';
import type { SoundField } from '@/workers/protocol';
import { type ChapterLinks, chapterFor } from '../chapter-links.ts';
import { boxesOf, pixelsOf, sourceOf, type Traced } from './boxes.ts';
import { Caption } from './Caption.tsx';
import { useGeometry } from './geometry.ts';
import { Handle } from './Handle.tsx';
import { PanelPicture } from './PanelPicture.tsx';
import { dynamicRange } from './paint.ts';
import { columnsOf, type PanelKey, waitingPanels } from './panels.ts';
import { cellByKey, choiceAt } from './pointing.ts';
import { Stage } from './Stage.tsx';
import { StillMarks, StillPicture } from './StillPicture.tsx';
import { rangeText, type Scene } from './scene.ts';
import type { Snapshot } from './snapshot.ts';
import { ThreadLines } from './ThreadLines.tsx';
import { strongestVote, type ThreadKey, threadFrom, threadKeys, type Votes } from './thread.ts';
import { cellText, fieldText, words } from './words.ts';

interface Props {
  readonly snapshot: Snapshot | undefined;
  /** What the reader's clip became; undefined while the snapshot stands for it. */
  readonly scene: Scene | undefined;
  readonly votes: Votes | undefined;
  /** Asks the engine for a cell's field; undefined where a newer question has come. */
  readonly fieldOf: (stage: number, cell: Cell) => Promise<SoundField | undefined>;
  readonly chapters: ChapterLinks;
}

/** Where a picture was touched, in shares of its width and height; of the answers, which row. */
interface Touch {
  readonly key: PanelKey;
  readonly x: number;
  readonly y: number;
  readonly index: number;
}

const pointable = (key: PanelKey) => key !== 'waveform' && key !== 'answers';

/** The kind of layer that each picture is about. */
const kindOf: Readonly<Record<PanelKey, string>> = {
  waveform: 'waveform',
  spectrogram: 'spectrogram',
  resized: 'resize',
  normalised: 'normalise',
  conv1: 'conv2d',
  conv2: 'conv2d',
  pooled: 'max-pool2d',
  dense: 'dense',
  answers: 'softmax',
};

/** Ten empty rows keep their place. */
const waitingClasses: readonly string[] = [...words, 'unknown', 'silence'].toSorted();

/** The whole network as one picture: its stages from left to right, and the thread of one vote through them. */
export function Glance({ snapshot, scene, votes, fieldOf, chapters }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const geometry = useGeometry(list);
  const narrow = useMedia('(max-width: 56rem)');
  const [chosen, choose] = useState<{ scene: string; from: ThreadKey; cell: Cell }>();
  const [traced, setTraced] = useState<Traced>();
  const wasStill = useRef(false);

  const thread = useMemo(() => {
    if (!scene || !votes) return undefined;
    return chosen?.scene === scene.id
      ? threadFrom(votes, chosen.from, chosen.cell)
      : strongestVote(votes, indexOfLargest(votes.answers.data));
  }, [scene, votes, chosen]);

  useEffect(() => {
    if (!scene || !thread) return;
    const source = sourceOf(thread);
    const stage = scene.panels.find(({ key }) => key === source)?.stage;
    const cell = thread.cells[source];
    if (stage === undefined || !cell) return;
    fieldOf(stage, cell).then(
      (field) => field && setTraced({ scene, thread, field }),
      () => setTraced(undefined),
    );
  }, [scene, thread, fieldOf]);

  // What stood in the page from the start does not flow in again when the page comes alive.
  const begun = useRef<string>();
  if (scene && begun.current === undefined) begun.current = wasStill.current ? scene.id : '';
  wasStill.current = snapshot !== undefined;
  const flow = scene && scene.id !== begun.current ? scene.id : undefined;

  const current = traced && traced.scene === scene ? traced : undefined;
  const boxes = current && geometry ? boxesOf(current, geometry, narrow) : {};

  const take = (from: ThreadKey, cell: Cell) => scene && choose({ scene: scene.id, from, cell });

  const answer = ({ key, x, y, index }: Touch) => {
    const picture = geometry?.pictures[key];
    if (!votes || !picture || key === 'waveform') return;
    if (key === 'answers') {
      take(key, [index]);
      return;
    }
    const { ratio } = geometry;
    const energy = key === 'spectrogram' || key === 'resized';
    const shape = votes[energy ? 'normalised' : key].shape;
    const choice = choiceAt(key, x, y, shape, pixelsOf(picture, ratio), ratio, narrow);
    take(choice.from, choice.cell);
  };

  // A touch of the still picture is answered by the live one, once that is there.
  const early = useRef<Touch>();
  const touch = (touched: Touch) => {
    if (scene) answer(touched);
    else early.current = touched;
  };
  useEffect(() => {
    const touched = early.current;
    if (!scene || !votes || !touched) return;
    early.current = undefined;
    if (scene.id === begun.current) answer(touched);
  });

  const moveIn = (key: ThreadKey, cell: Cell) => (pressed: string) => {
    if (!votes) return false;
    if (pressed === 'Escape' || pressed === 'Home') {
      choose(undefined);
      return true;
    }
    const { shape } = votes[key];
    const next = cellByKey(pressed, key, cell, shape, columnsOf('dense', narrow));
    if (next) take(key, next);
    return next !== undefined || /^(Arrow|Page)/.test(pressed);
  };

  return (
    <figure class="wide net" data-state={current ? 'traced' : 'waiting'}>
      <div class="net-picture">
        <ol class="chainpic" ref={list}>
          {(scene ?? snapshot ?? { panels: waitingPanels }).panels.map((panel, place) => {
            const { key } = panel;
            const still = snapshot?.panels[place];
            const values = scene?.shown[key];
            const box = boxes[key];
            const picture = geometry?.pictures[key];
            const cell = current?.thread.cells[key as ThreadKey];
            const shape = scene ? formatDimensions(scene.panels[place].shape) : (still?.shape ?? '');
            const range = scene ? (values ? rangeText(key, values) : '') : (still?.range ?? '');
            return (
              <Stage
                key={key}
                panel={panel}
                chapter={chapterFor([kindOf[key]], chapters)}
                place={place}
                shape={shape}
                range={range}
                flow={flow && `${flow} ${values !== undefined}`}
                live={scene !== undefined}
                onPoint={pointable(key) ? (x, y) => touch({ key, x, y, index: 0 }) : undefined}
              >
                {key === 'answers' ? (
                  <Bars
                    names={(scene ?? snapshot)?.classes ?? waitingClasses}
                    values={values?.data ?? (scene ? [] : (snapshot?.probabilities ?? []))}
                    onPick={(index) => touch({ key, x: 0, y: 0, index })}
                  />
                ) : scene ? (
                  values && <PanelPicture scene={scene} panel={scene.panels[place]} values={values} narrow={narrow} />
                ) : (
                  snapshot &&
                  still && (
                    <>
                      <StillPicture snapshot={snapshot} panel={key} text={still.text} />
                      <StillMarks snapshot={snapshot} panel={key} />
                    </>
                  )
                )}
                {current && box && picture && cell && threadKeys.includes(key as ThreadKey) && votes && (
                  <Handle
                    title={panel.title}
                    box={box}
                    picture={picture}
                    index={offsetOf(votes[key as ThreadKey].shape, cell)}
                    count={votes[key as ThreadKey].data.length}
                    text={`${cellText(key as ThreadKey, cell, current.scene)}. The thread comes from ${fieldText(current.field.seconds, current.field.hertz)}.`}
                    onKey={moveIn(key as ThreadKey, cell)}
                  />
                )}
              </Stage>
            );
          })}
        </ol>
        <ThreadLines boxes={boxes} narrow={narrow} flow={current && flow} />
      </div>
      <figcaption>
        <Caption
          snapshot={scene ? undefined : snapshot}
          traced={current}
          moved={chosen !== undefined && chosen.scene === scene?.id}
        />
        <div class="legs">
          <Legend
            map="sequential"
            low={-dynamicRange}
            high={0}
            ticks={[-dynamicRange, -dynamicRange / 2, 0]}
            label="energy, dB below the loudest"
          />
          <Legend
            map="diverging"
            low={-1}
            high={1}
            ticks={[-1, 0, 1]}
            label="signed values; zero is the paper; 1 is each stage’s own 98th percentile, and above"
          />
        </div>
      </figcaption>
    </figure>
  );
}
