import { useEffect, useState } from 'preact/hooks';
import { figureId } from './settings.ts';

/**
 * Whether a figure is in view, or nearly: what is not seen stands still and computes nothing.
 * @param number the figure's, or the id of another element, such as exerciseId("3.1")
 */
export function useOnScreen(number: string): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const figure = document.getElementById(/^\d/.test(number) ? figureId(number) : number);
    if (!figure) return undefined;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry.isIntersecting), { rootMargin: '200px' });
    observer.observe(figure);
    return () => observer.disconnect();
  }, [number]);
  return seen;
}
