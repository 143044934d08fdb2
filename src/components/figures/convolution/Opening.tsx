import './convolution.css';
import './opening.css';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { isLit } from '@/components/chapter/lit';
import { useLab } from '@/components/chapter/use-lab';
import { usePlaying } from '@/components/chapter/use-playing';
import { useSettings } from '@/components/chapter/use-settings';
import { planeOf, valueAt } from '@/components/plots/cells';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import type { Cell, Tensor } from '@/lib/tensor';
import type { StageOutputs } from '@/workers/lab/convolution-calls';
import { Box } from './Box.tsx';
import { firstKernel } from './first.ts';
import { KernelGrid } from './KernelGrid.tsx';
import { MapPlot } from './MapPlot.tsx';
import { convolutionOf, kernelSlice, limitOf, paintChannel, paintSigned, scalesOfStage } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';
import { cellOfStep, stepOfCell, stepsOf } from './sliding.ts';

interface Slide {
  readonly kernel: number;
  readonly speed: number;
}

const schema: Parameters<Slide> = {
  kernel: {
    kind: 'integer',
    label: 'kernel',
    help: 'Which of the 32 that the network has learned.',
    min: 0,
    max: 31,
    default: firstKernel,
  },
  speed: {
    kind: 'integer',
    label: 'speed',
    help: 'How fast the window goes when it plays.',
    unit: 'cells/s',
    min: 1,
    max: 120,
    default: 30,
    scale: 'log',
  },
};
const stages = ['normalised', 'conv1'] as const;
/** Where the window stands at first: in the built-in word, at the beginning of its vowel. */
const firstStep = stepOfCell([9, 6], [30, 30]);

/** A learned kernel slides over the reader's picture, and leaves a map behind. */
export default function Opening({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { result: run, clip, problem } = useLab(number, 'stageOutputs', [stages]);
  const { kernel, speed } = settings.config;
  const [step, setStep] = useState(firstStep);
  const [whole, setWhole] = useState(true);
  const shape = run?.outputs.conv1.shape;
  const last = shape ? stepsOf(shape) - 1 : 0;
  const goOn = useCallback(() => setStep((now) => Math.min(now + 1, last)), [last]);
  const [playing, toggle] = usePlaying(number, speed, goOn);
  const cell = shape && cellOfStep(step, shape);
  const ended = last > 0 && step >= last;
  useEffect(() => {
    if (playing && ended) toggle();
  }, [playing, ended, toggle]);

  const play = () => {
    if (!playing) {
      if (ended || whole) setStep(0);
      setWhole(false);
    }
    toggle();
  };
  const go = (to: number) => {
    if (playing) toggle();
    setWhole(true);
    setStep(Math.max(0, Math.min(to, last)));
  };
  const shown = useShown(run, kernel, whole || ended ? last : step);
  return (
    <Figure
      number={number}
      layout="wide"
      class="sliding"
      settings={settings}
      caption={children}
      controls={
        <>
          <div class="buttons">
            <button type="button" class="btn" onClick={play} disabled={!run}>
              {playing ? 'Pause' : 'Play'}
            </button>
            <button type="button" class="link" onClick={() => go(step - 1)} disabled={!run}>
              One back
            </button>
            <button type="button" class="link" onClick={() => go(step + 1)} disabled={!run}>
              One on
            </button>
          </div>
          <Controls settings={settings} problem={problem} />
        </>
      }
      plate={
        <div class="sl-plates">
          <MapPlot
            paint={shown?.input}
            still="convolution-picture"
            title="the picture, 32 × 32"
            label={`Picture of ${clip?.name ?? 'yes'}: 32 moments by 32 bands of frequency, louder than its mean orange, fainter blue`}
            scales={shown?.scales.input}
            {...(run && cell && shown
              ? {
                  shape: [32, 32] as const,
                  cell: [cell[0] + 1, cell[1] + 1],
                  onMove: (at) => shape && go(stepOfCell([at[0] - 1, at[1] - 1], shape)),
                }
              : {})}
          >
            {run && cell && shown && (
              <Box of={shown.layer.field(cell, run.outputs.normalised.shape)} shape={[32, 32]} kind="window" />
            )}
          </MapPlot>
          <div class="sl-kernel">
            {shown && <KernelGrid kernel={shown.slice} caption={`kernel ${kernel}`} lit={isLit('7.1', 'w')} />}
            {shown && run && cell && (
              <p class="readout" data-cell={cell.join(',')}>
                writes
                <b data-value={shown.value(cell)}>{formatNumber(shown.value(cell), { decimals: 3 })}</b>
              </p>
            )}
          </div>
          <MapPlot
            paint={shown?.output}
            still="convolution-map"
            title={`its map, 30 × 30`}
            label={`What kernel ${kernel} makes of ${clip?.name ?? 'yes'}: orange where the picture is like the kernel, blue where it is the opposite`}
            scales={shown?.scales.output}
            {...(cell && shape
              ? { shape: [shape[0], shape[1]] as const, cell, onMove: (at: Cell) => go(stepOfCell(at, shape)) }
              : {})}
          >
            {cell && shape && <Box of={cell} shape={shape} kind="cell" />}
          </MapPlot>
          <div class="sl-legends">
            <SignedLegend limit={shown?.limits.input ?? 1} label="standard deviations from the mean" />
            <SignedLegend limit={shown?.limits.output ?? 1} label="weighted sums" />
          </div>
        </div>
      }
    />
  );
}

/** What is drawn: the map up to the step that the window has come to. */
function useShown(run: StageOutputs | undefined, kernel: number, upTo: number) {
  const still = useMemo(() => {
    if (!run) return undefined;
    const { normalised, conv1 } = run.outputs;
    const limits = { input: limitOf(normalised), output: limitOf(conv1) };
    return {
      limits,
      layer: convolutionOf(run, 'conv1'),
      input: paintChannel(normalised, 0, limits.input),
      slice: kernelSlice(run.weights.conv1.weight, 0, kernel),
      scales: { input: scalesOfStage(run, 'normalised'), output: scalesOfStage(run, 'conv1') },
      value: ([time, frequency]: Cell) => valueAt(planeOf(conv1, kernel), time, frequency),
    };
  }, [run, kernel]);
  const output = useMemo(() => {
    if (!run || !still) return undefined;
    return paintSigned(planeOf(begun(run.outputs.conv1, kernel, upTo)), still.limits.output);
  }, [run, still, kernel, upTo]);
  return still && { ...still, output };
}

/** One channel, with the cells that are not yet reached left empty. */
function begun(t: Tensor, channel: number, upTo: number): Tensor {
  const [times, frequencies, channels] = t.shape;
  const data = new Float32Array(times * frequencies);
  for (let cell = 0; cell < data.length; cell++) {
    const reached = stepOfCell([Math.floor(cell / frequencies), cell % frequencies], t.shape) <= upTo;
    data[cell] = reached ? t.data[cell * channels + channel] : Number.NaN;
  }
  return { shape: [times, frequencies, 1], data };
}
