import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { numberOf } from '@/components/controls/digits';
import { formatNumber } from '@/components/plots/format';
import { markDone } from '@/reader/progress';
import { useClip } from '@/reader/use-clip';
import { exerciseId } from './settings.ts';

/** A question to which a number is the answer, as the engine computed it from the reader's clip. */
export interface Question {
  /** What the answer follows from, of this clip: "Your clip has 16,000 samples." */
  readonly given: string;
  /** "frames"; empty for a bare number. */
  readonly unit: string;
  readonly answer: number;
  /** How far from the answer still counts as right; 0 for counts. */
  readonly tolerance: number;
  /** Why the answer is right, with the computation. */
  readonly why: string;
  /** What a wrong number would be the answer to, or where it went wrong. */
  readonly mistake: (given: number) => string;
  readonly hint: string;
}

export interface ExerciseProps {
  /** "3.1" */
  readonly number: string;
  /** The question itself, the page's text. */
  readonly children?: ComponentChildren;
}

interface Props extends ExerciseProps {
  /** Undefined until it can be computed. */
  readonly question: Question | undefined;
}

type Feedback = { readonly kind: 'right' | 'wrong' | 'hint'; readonly text: string };

/** The number that was written; undefined for what is no number. */
export function parseAnswer(text: string): number | undefined {
  const value = numberOf(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A question on the reader's own clip: the answer is checked, and a wrong one explained. */
export function Exercise({ number, question, children }: Props) {
  const [text, setText] = useState('');
  const [feedback, setFeedback] = useState<Feedback>();
  const [of, setOf] = useState<Question>();
  const clip = useClip();
  const shown = of === question ? feedback : undefined;
  const id = exerciseId(number);

  const tell = (kind: Feedback['kind'], words: string) => {
    setFeedback({ kind, text: words });
    setOf(question);
  };
  const check = (event: Event) => {
    event.preventDefault();
    if (!question) return;
    const given = parseAnswer(text);
    if (given === undefined) return tell('wrong', 'Write a number, such as 124 or 0.5.');
    if (Math.abs(given - question.answer) <= question.tolerance) {
      markDone(number);
      return tell('right', question.why);
    }
    tell('wrong', question.mistake(given));
  };
  const answer = question && formatNumber(question.answer, question.unit ? { unit: question.unit } : {});

  return (
    <form class="exercise" data-state={shown?.kind ?? 'empty'} onSubmit={check} id={id}>
      <h3 class="side-label">Exercise {number}</h3>
      <div class="asked">{children}</div>
      <p class="given">
        {question?.given ??
          (clip ? 'Computing from your sound.' : 'It is asked of your sound: record one, or choose a built-in one.')}
      </p>
      <div class="answer">
        <input
          class="field"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          aria-label={`Your answer${question?.unit ? `, in ${question.unit}` : ''}`}
          aria-describedby={`${id}-feedback`}
          aria-invalid={shown?.kind === 'wrong' ? true : undefined}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {question?.unit && <span>{question.unit}</span>}
        <button class="btn" type="submit" disabled={!question}>
          Check
        </button>
        <button class="link" type="button" disabled={!question} onClick={() => question && tell('hint', question.hint)}>
          Hint
        </button>
        {shown?.kind === 'wrong' && question && (
          <button class="link" type="button" onClick={() => tell('right', `It is ${answer}. ${question.why}`)}>
            Show me
          </button>
        )}
      </div>
      <div class={`feedback ${shown?.kind ?? ''}`} id={`${id}-feedback`} aria-live="polite">
        {shown && (
          <p>
            {shown.kind !== 'hint' && <b>{shown.kind === 'right' ? 'Right. ' : 'Not quite. '}</b>}
            {shown.text}
          </p>
        )}
      </div>
    </form>
  );
}
