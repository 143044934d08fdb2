/** Line charts by Observable Plot, for what is not a picture of cells: curves over epochs, shares against shares. */
import { type PlotOptions, plot } from '@observablehq/plot';

/**
 * Draws a chart into a box, in the book's own type and ink, as wide as the box.
 * @param label what the chart shows, in words: it is one picture to assistive technology
 */
export function drawChart(box: HTMLElement, label: string, options: PlotOptions): void {
  const chart = plot({
    width: box.clientWidth,
    style: { fontFamily: 'var(--sans)', fontSize: '12px', color: 'var(--ink-muted)', background: 'none' },
    ...options,
    ariaLabel: label,
  });
  chart.setAttribute('role', 'img');
  // Plot labels its groups, which have no role that may be labelled.
  for (const group of chart.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  box.replaceChildren(chart);
}
