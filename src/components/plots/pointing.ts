/** Pointing into a picture: a press anywhere, or a drag, gives the place in shares of its width and height. */
import type { TargetedPointerEvent } from 'preact';

type Handler = (event: TargetedPointerEvent<HTMLElement>) => void;

/** Handlers for the picture's element. `y` is counted from the top. */
export function pointing(take: (x: number, y: number) => void): { onPointerDown: Handler; onPointerMove: Handler } {
  const point: Handler = ({ currentTarget, clientX, clientY, buttons }) => {
    if (buttons !== 1) return;
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const within = (share: number) => Math.min(Math.max(share, 0), 1);
    take(within((clientX - left) / width), within((clientY - top) / height));
  };
  return {
    onPointerDown: (event) => {
      if (event.isPrimary && !(event.target instanceof HTMLButtonElement && event.pointerType === 'touch')) {
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      point(event);
    },
    onPointerMove: point,
  };
}
