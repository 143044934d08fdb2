/**
 * The charts of the models' page: how a network learned, whether its probabilities mean what they say, and how many labels
 * it takes.
 */
import { dot, line, link, type PlotOptions, ruleY, text } from '@observablehq/plot';
import { drawChart } from '@/components/plots/chart';
import type { EpochRecord, ReliabilityBin } from '@/lib/model/card';
import type { MeasuredLabels } from './experiments';
import { spread } from './spread';

export type CardChart =
  | { readonly kind: 'learning'; readonly history: readonly EpochRecord[] }
  | { readonly kind: 'reliability'; readonly bins: readonly ReliabilityBin[] }
  | ({ readonly kind: 'labels' } & Labels);

type Labels = Pick<MeasuredLabels, 'labels' | 'networks'>;

export function draw(box: HTMLElement, chart: CardChart, label: string): void {
  drawChart(box, label, optionsOf(chart));
}

function optionsOf(chart: CardChart): PlotOptions {
  if (chart.kind === 'learning') return learning(chart.history);
  return chart.kind === 'reliability' ? reliability(chart.bins) : fewLabels(chart);
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

/** Accuracy by the number of labels: a dot each draw, a line through the means; the first network is filled in. */
function fewLabels({ labels, networks }: Labels): PlotOptions {
  const draws = Object.entries(networks).flatMap(([name, counts], network) =>
    counts.flatMap((accuracies, i) =>
      accuracies.map((accuracy) => ({ name, network, labels: labels[i], right: 100 * accuracy })),
    ),
  );
  const means = Object.entries(networks).flatMap(([name, counts]) =>
    counts.map((accuracies, i) => ({ name, labels: labels[i], right: 100 * spread(accuracies).mean })),
  );
  const first = Object.keys(networks)[0];
  const colour = ({ name }: { readonly name: string }) => (name === first ? 'var(--ink)' : 'var(--ink-muted)');
  const ends = means.filter((mean) => mean.labels === labels[0]);
  return {
    height: 280,
    marginRight: 16,
    x: { type: 'log', label: 'labels of each class', labelArrow: 'none', ticks: [...labels], tickFormat: 'd' },
    y: { label: 'right (%)', labelArrow: 'none', nice: true },
    marks: [
      line(means, { x: 'labels', y: 'right', z: 'name', stroke: colour, strokeWidth: 1.5 }),
      dot(draws, { x: 'labels', y: 'right', r: 2.5, stroke: colour, fill: 'var(--paper)' }),
      text(ends, { x: 'labels', y: 'right', text: 'name', dx: 8, dy: 12, textAnchor: 'start', fill: colour }),
    ],
  };
}
