import { useEffect, useState } from 'preact/hooks';
import { useOnScreen } from './use-on-screen.ts';

/**
 * Steps that a figure takes by itself: `step` is called so many times a second while it plays. It begins only when the
 * reader asks for it, and stands while the figure is out of view.
 * @returns whether it plays, and a function that starts and stops it
 */
export function usePlaying(number: string, perSecond: number, step: () => void): readonly [boolean, () => void] {
  const [playing, setPlaying] = useState(false);
  const seen = useOnScreen(number);
  useEffect(() => {
    if (!playing || !seen) return undefined;
    const timer = setInterval(step, 1000 / perSecond);
    return () => clearInterval(timer);
  }, [playing, seen, perSecond, step]);
  return [playing, () => setPlaying(!playing)];
}
