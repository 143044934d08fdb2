/** What a recorder says in each of its states. The clip bar, the home page and Classify say the same. */
import { formatNumber } from '@/components/plots/format';
import { type RecorderState, wordSeconds } from '@/reader/recorder';

/** @param seconds recorded so far */
export function recorderWords(state: RecorderState, seconds: number): string {
  switch (state.kind) {
    case 'idle':
      return '';
    case 'asking':
      return 'Allow the microphone';
    case 'countdown':
      return `Speak in ${state.left}`;
    case 'waiting':
      return 'One moment';
    case 'recording':
      return state.limit <= wordSeconds
        ? 'Speak now'
        : `Speak now: ${formatNumber(seconds, { decimals: 1, unit: 's' })}`;
  }
}

/** The same for a screen reader: not every count, so that its voice is not in the recording. */
export function spokenWords(state: RecorderState): string {
  if (state.kind === 'countdown') return 'Get ready to speak';
  return state.kind === 'recording' ? 'Speak now' : recorderWords(state, 0);
}
