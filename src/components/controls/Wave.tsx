import { useEffect, useRef, useState } from 'preact/hooks';
import { type CanvasSize, watchCanvas } from '@/components/plots/canvas';
import { drawWave, type WaveOptions } from '@/components/plots/wave';

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
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
