/** The first sign of the reader's hand: what is costly and shows nothing new yet waits for it. */
import { signal } from '@preact/signals';

/** Whether the reader has moved a pointer, pressed, scrolled or walked by key since `watchForHand`. */
export const handSeen = signal(false);

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'scroll', 'focusin'];
let watching = false;

/** Looks out for the first sign; a press before the page came alive is one too. */
export function watchForHand(): void {
  if (watching) return;
  watching = true;
  const tell = () => {
    handSeen.value = true;
    for (const sign of signs) removeEventListener(sign, tell, true);
  };
  if (navigator.userActivation?.hasBeenActive) tell();
  else for (const sign of signs) addEventListener(sign, tell, { capture: true, passive: true });
}
