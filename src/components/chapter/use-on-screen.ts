import { useEffect, useState } from 'preact/hooks';
import { figureId } from './settings.ts';

/** Whether a figure is in view, or nearly: what is not seen stands still and computes nothing. */
export function useOnScreen(number: string): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const figure = document.getElementById(figureId(number));
    if (!figure) return undefined;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry.isIntersecting), { rootMargin: '200px' });
    observer.observe(figure);
    return () => observer.disconnect();
  }, [number]);
  return seen;
}
