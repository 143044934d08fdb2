/** When an island with `client:painted` comes alive; see scripts/painted.mjs. */
import type { ClientDirective } from 'astro';

/** A page in the background is not painted: it is given up on waiting after this many milliseconds. */
const longest = 2000;

const painted: ClientDirective = async (load) => {
  await firstPaint();
  await new Promise((resolve) =>
    'requestIdleCallback' in window ? requestIdleCallback(resolve) : setTimeout(resolve),
  );
  await (await load())();
};
export default painted;

function firstPaint(): Promise<unknown> {
  return new Promise((resolve) => {
    new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
    setTimeout(resolve, longest);
  });
}
