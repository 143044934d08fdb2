import { useEffect, useRef } from 'preact/hooks';
import type { CardChart } from './curves.ts';

interface Props {
  /** Which chart, and what it is drawn from. */
  chart: CardChart;
  /** What the chart shows, in words. */
  label: string;
}

/** A chart of the card, drawn when it comes into view and again when its width changes. */
export default function Chart({ chart, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(async () => {
      const { draw } = await import('./curves.ts');
      draw(element, chart, label);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [chart, label]);
  return <div class="chart" ref={box} />;
}
