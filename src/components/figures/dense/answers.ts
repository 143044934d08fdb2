/** The answers that `keywords` can give, and the setting that chooses one of them. */
import type { ChoiceParameter } from '@/lib/parameters';

/** In the order of its last layer, as public/models/keywords/architecture.json has them. */
export const answers = ['down', 'go', 'left', 'no', 'right', 'stop', 'up', 'yes', 'unknown', 'silence'] as const;

export type Answer = 'likeliest' | (typeof answers)[number];

/** Which answer a figure explains. */
export const answerParameter: ChoiceParameter<Answer> = {
  kind: 'choice',
  label: 'answer',
  help: 'Whose votes are shown.',
  choices: ['likeliest', ...answers],
  default: 'likeliest',
};

/** The index of an answer; −1 for the likeliest. */
export function indexOfAnswer(answer: Answer): number {
  return answer === 'likeliest' ? -1 : answers.indexOf(answer);
}

/** The same, with the likeliest looked up. */
export function chosenOf(answer: Answer, probabilities: ArrayLike<number>): number {
  const index = indexOfAnswer(answer);
  return index >= 0 ? index : Array.from(probabilities).indexOf(Math.max(...Array.from(probabilities)));
}
