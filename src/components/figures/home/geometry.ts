/** Where the pictures stand on the page, measured, so that the thread can be drawn across them. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { PanelKey } from './panels.ts';

/** In CSS pixels, from the figure's left and top edge. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Geometry {
  readonly pictures: Readonly<Partial<Record<PanelKey, Place>>>;
  /** The rows of the answers, in order. */
  readonly answers: readonly Place[];
  /** Device pixels in a CSS pixel. */
  readonly ratio: number;
}

/** Measures the figure when it is first shown, and whenever the size of it or of a picture changes. */
export function useGeometry(figure: { readonly current: HTMLElement | null }): Geometry | undefined {
  const [geometry, setGeometry] = useState<Geometry>();
  useLayoutEffect(() => {
    const root = figure.current;
    if (!root) return undefined;
    const observer = new ResizeObserver(() => setGeometry(measure(root)));
    for (const element of [root, ...root.querySelectorAll('[data-panel]')]) observer.observe(element);
    return () => observer.disconnect();
  }, [figure]);
  return geometry;
}

function measure(root: HTMLElement): Geometry {
  const origin = root.getBoundingClientRect();
  const placeOf = (element: Element): Place => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - origin.left, y: top - origin.top, width, height };
  };
  const pictures: Partial<Record<PanelKey, Place>> = {};
  for (const element of root.querySelectorAll<HTMLElement>('[data-panel]')) {
    const place = placeOf(element);
    // In a window of almost no width there is no picture to mark.
    if (place.width > 0 && place.height > 0) pictures[element.dataset.panel as PanelKey] = place;
  }
  return { pictures, answers: [...root.querySelectorAll('.bars > li')].map(placeOf), ratio: devicePixelRatio };
}
