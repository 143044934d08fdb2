/** When an island with `client:painted` comes alive; see scripts/painted.mjs. */
import type { ClientDirective } from 'astro';

/**
 * Milliseconds. A page in the background is not painted, and a browser that makes no frames has no idle moments either:
 * neither is waited for any longer.
 */
const longest = 2000;

const painted: ClientDirective = async (load) => {
  await firstPaint();
  await new Promise((resolve) =>
    'requestIdleCallback' in window ? requestIdleCallback(resolve, { timeout: longest }) : setTimeout(resolve),
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
