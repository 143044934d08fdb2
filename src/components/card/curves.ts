/** The two charts of a card: how the network learned, and whether its probabilities mean what they say. */
import { dot, line, link, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { drawChart } from '@/components/plots/chart';
import type { EpochRecord, ReliabilityBin } from '@/lib/model/card';

export type Training =
  | { readonly kind: 'learning'; readonly history: readonly EpochRecord[] }
  | { readonly kind: 'reliability'; readonly bins: readonly ReliabilityBin[] };

export function draw(box: HTMLElement, chart: Training, label: string): void {
  drawChart(box, label, chart.kind === 'learning' ? learning(chart.history) : reliability(chart.bins));
}

/** Loss by epoch, on the varied training examples and on the validation clips. */
function learning(history: readonly EpochRecord[]): PlotOptions {
  const last = history.slice(-1);
  const judged = history.filter((epoch) => epoch.validation);
  const validation = (epoch: EpochRecord) => epoch.validation?.loss;
  return {
    height: 280,
    marginRight: 74,
    x: { label: 'epoch', labelArrow: 'none' },
    y: { label: 'loss', labelArrow: 'none', domain: [0, Math.max(...history.map(({ loss }) => loss))], nice: true },
    marks: [
      ruleY([0], { stroke: 'var(--rule)' }),
      line(history, { x: 'epoch', y: 'loss', stroke: 'var(--ink-faint)', strokeWidth: 1.5 }),
      line(judged, { x: 'epoch', y: validation, stroke: 'var(--ink)', strokeWidth: 1.5 }),
      text(last, { x: 'epoch', y: 'loss', text: () => 'training', dx: 6, textAnchor: 'start' }),
      text(judged.slice(-1), {
        x: 'epoch',
        y: validation,
        text: () => 'validation',
        dx: 6,
        textAnchor: 'start',
        fill: 'var(--ink)',
      }),
    ],
  };
}

/** The share that is right against the probability that was claimed; on the diagonal both are the same. */
function reliability(bins: readonly ReliabilityBin[]): PlotOptions {
  const percent = { domain: [0, 100], ticks: 5, labelArrow: 'none' } as const;
  return {
    height: 280,
    x: { ...percent, label: 'probability claimed (%)' },
    y: { ...percent, label: 'right (%)' },
    r: { range: [0, 16] },
    marks: [
      link([0], { x1: 0, y1: 0, x2: 100, y2: 100, stroke: 'var(--ink-faint)', strokeDasharray: '3 4' }),
      dot(bins, {
        x: (bin: ReliabilityBin) => 100 * bin.confidence,
        y: (bin: ReliabilityBin) => 100 * bin.accuracy,
        r: 'n',
        stroke: 'var(--ink)',
        fill: 'var(--ink)',
        fillOpacity: 0.15,
      }),
    ],
  };
}
