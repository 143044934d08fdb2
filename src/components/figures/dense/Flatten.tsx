import './flatten.css';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useLab } from '@/components/chapter/use-lab';
import { useOnScreen } from '@/components/chapter/use-on-screen';
import { useSettings } from '@/components/chapter/use-settings';
import { Legend } from '@/components/plots/Legend';
import { cellAt, offsetOf } from '@/lib/tensor';
import { FlattenMaps } from './FlattenMaps.tsx';
import { FlattenRow, IndexText, Neighbours } from './FlattenRow.tsx';
import { type FlattenLook, flattenSchema, laidAfter, pooledShape, rowLength } from './flatten-look.ts';
import { pooledLimit } from './paint.ts';

/** The pooled picture laid into a row, number by number. */
export default function Flatten({ number, children }: FigureProps) {
  const settings = useSettings<FlattenLook>(number, flattenSchema);
  const { result: judged, problem } = useLab(number, 'judged', []);
  const { time, frequency, channel, laid } = settings.config;
  const data = judged?.pooled.data;
  const limit = useMemo(() => (judged ? pooledLimit(judged.pooled) : 1), [judged]);
  const index = offsetOf(pooledShape, [time, frequency, channel]);

  const choose = (to: number) => {
    const [i, j, c] = cellAt(pooledShape, Math.min(Math.max(to, 0), rowLength - 1));
    settings.take({ time: i, frequency: j, channel: c, laid: rowLength });
  };
  const [playing, play] = useLaying(number, (count) => {
    const [i, j, c] = cellAt(pooledShape, Math.max(count - 1, 0));
    settings.take({ time: i, frequency: j, channel: c, laid: count });
  });

  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      controls={
        <>
          <p>
            <button type="button" class="btn plain" onClick={play}>
              {playing ? 'Stop' : 'Lay it out'}
            </button>
          </p>
          <Controls settings={settings} problem={problem} />
        </>
      }
      caption={children}
      plate={
        <div class="d-flatten">
          <FlattenMaps pooled={judged?.pooled} limit={limit} cell={[time, frequency, channel]} onChoose={choose} />
          <FlattenRow data={data} limit={limit} index={index} laid={laid} onChoose={choose} />
          <Neighbours data={data} limit={limit} index={index} laid={laid} onChoose={choose} />
          <div class="under d-flush">
            <Legend map="positive" low={0} high={limit} ticks={[0, limit]} label="and above, after ReLU" />
          </div>
          <IndexText cell={[time, frequency, channel]} index={index} value={data?.[index]} />
        </div>
      }
    />
  );
}

/** Lays the numbers out in time, while the figure is in view. */
function useLaying(number: string, show: (count: number) => void): readonly [boolean, () => void] {
  const [playing, setPlaying] = useState(false);
  const seen = useOnScreen(number);
  const draw = useRef(show);
  draw.current = show;
  useEffect(() => {
    if (!playing || !seen) return undefined;
    let begun: number | undefined;
    let frame = requestAnimationFrame(function tick(now) {
      begun ??= now;
      const count = laidAfter((now - begun) / 1000);
      draw.current(count);
      if (count < rowLength) frame = requestAnimationFrame(tick);
      else setPlaying(false);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, seen]);
  return [playing, () => setPlaying(!playing)];
}
