import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { type CanvasSize, watchCanvas } from '@/components/plots/canvas';
import { drawWave, envelope, peakOf, type WaveOptions } from '@/components/plots/wave';
import { WithoutScript } from '@/reader/without-script';

interface Props extends WaveOptions {
  samples: Float32Array;
  /** What a reader who cannot see it is told. */
  label: string;
}

/** The waveform of samples, as wide and high as its place, in the colour of the text there. */
export function Wave({ samples, label, from, to, full }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<CanvasSize>();
  useEffect(() => (canvas.current ? watchCanvas(canvas.current, setSize) : undefined), []);
  useEffect(() => {
    if (canvas.current && size) drawWave(canvas.current, size, samples, { from, to, full });
  }, [size, samples, from, to, full]);
  if (useContext(WithoutScript)) return <DrawnWave samples={samples} label={label} from={from} to={to} full={full} />;
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

const columns = 400;

/** The same as lines, for a page without script. */
function DrawnWave({ samples, label, from, to, full }: Props) {
  const strokes = envelope(samples, columns, from, to);
  const scale = 48 / ((full ?? peakOf(strokes)) || 1);
  const y = (value: number) => (50 - value * scale).toFixed(1);
  const path = Array.from(strokes.high, (high, column) => `M${column} ${y(high)}V${y(strokes.low[column])}`).join('');
  return (
    <svg class="drawn-wave" viewBox={`0 0 ${columns} 100`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
