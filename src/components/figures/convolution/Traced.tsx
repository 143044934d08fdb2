import './convolution.css';
import './traced.css';
import { useMemo } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber, formatRange } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { markOfRegion } from '@/components/plots/marks';
import { at, cellAt } from '@/lib/tensor';
import type { CellSound, StageOutputs } from '@/workers/lab/convolution-calls';
import { levelRange } from '@/workers/lab/own-options';
import { Box } from './Box.tsx';
import { conv2CellSchema } from './first.ts';
import { MapPlot } from './MapPlot.tsx';
import { levelsOf, limitOf, paintChannel, paintLevels, scalesOfStage, stageNamed } from './maps.ts';
import { SignedLegend } from './SignedLegend.tsx';

const shape = [28, 28] as const;
const stages = ['spectrogram', 'relu2'] as const;
/** The stages between, as the table names them. */
const steps = [
  ['relu1', 'maps of the first convolution'],
  ['normalised', 'the picture'],
  ['spectrogram', 'the spectrogram'],
] as const;

/** A cell of the second convolution, followed back to the part of the sound that it read. */
export default function Traced({ number, children }: FigureProps) {
  const settings = useSettings(number, conv2CellSchema);
  const { map, time, frequency } = settings.config;
  const cell = [time, frequency, map];
  const { result: run, clip, problem } = useLab(`${number}a`, 'stageOutputs', [stages]);
  const { result: sound } = useLab(`${number}b`, 'cellSound', ['relu2', cell]);
  const maps = run?.outputs.relu2;
  const limit = maps ? limitOf(maps) : 1;
  const paint = useMemo(() => maps && paintChannel(maps, map, limit), [maps, map, limit]);
  const levels = useMemo(() => run && paintLevels(levelsOf(run.outputs.spectrogram)), [run]);
  const field = run && sound?.field.regions[stageNamed(run, 'spectrogram')];
  const name = clip?.name ?? 'yes';
  const strongest = () => {
    if (!maps) return;
    const [i, j] = strongestOf(maps.data, maps.shape, map);
    settings.take({ time: i, frequency: j });
  };
  return (
    <Figure
      number={number}
      layout="wide"
      class="traced"
      settings={settings}
      caption={children}
      controls={
        <>
          <div class="buttons">
            <PlayButton what={`${number} field`} samples={sound?.heard.samples} sampleRate={sound?.heard.sampleRate}>
              Hear this part
            </PlayButton>
            <button type="button" class="link" disabled={!maps} onClick={strongest}>
              Strongest cell of the map
            </button>
          </div>
          <Controls settings={settings} problem={problem} />
        </>
      }
      plate={
        <div class="tr-plates">
          <div>
            <MapPlot
              paint={paint}
              still="convolution-relu"
              title={`map ${map} of the second convolution`}
              label={`Map ${map} of ${name} after ReLU`}
              scales={run && scalesOfStage(run, 'relu2')}
              shape={shape}
              cell={cell.slice(0, 2)}
              onMove={([i, j]) => settings.take({ time: i, frequency: j })}
            >
              <Box of={cell.slice(0, 2)} shape={shape} kind="cell" />
            </MapPlot>
            <SignedLegend limit={limit} label="after ReLU" positive />
          </div>
          <div class="tr-sound">
            <MapPlot
              paint={levels}
              still="convolution-second"
              themed={false}
              title="the second that is judged"
              label={`Spectrogram of ${name}; ${sound ? `the cell read ${words(sound)}` : ''}`}
              scales={run && scalesOfStage(run, 'spectrogram')}
            >
              {run && field && <FieldMark field={field} run={run} />}
            </MapPlot>
            <Legend map="sequential" low={0} high={levelRange} ticks={[0, 35, levelRange]} label="dB above the floor" />
          </div>
          <div class="tr-words">
            {run && sound && maps && (
              <>
                <p aria-live="polite">
                  <b data-value={at(maps, cell)}>{formatNumber(at(maps, cell), { significant: 4 })}</b>
                  <span data-seconds={sound.field.seconds.join(',')} data-hertz={sound.field.hertz.join(',')}>
                    {words(sound)}
                  </span>
                </p>
                <table>
                  <tbody>
                    {steps.map(([stage, title]) => {
                      const [i, j] = sound.field.regions[stageNamed(run, stage)];
                      return (
                        <tr key={stage}>
                          <th scope="row">{title}</th>
                          <td data-stage={stage}>
                            {i.end - i.start} × {j.end - j.start} cells
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
                {sound.heard.gain > 1 && (
                  <p class="help">It is played {formatNumber(sound.heard.gain, { decimals: 0, unit: 'dB' })} louder.</p>
                )}
              </>
            )}
          </div>
        </div>
      }
    />
  );
}

function words({ field: { seconds, hertz } }: CellSound): string {
  const time = formatRange(...seconds, { decimals: 3, unit: 's' });
  return `${time}, ${formatRange(...hertz, { decimals: 0, unit: 'Hz' })}`;
}

interface MarkProps {
  readonly field: CellSound['field']['regions'][number];
  readonly run: StageOutputs;
}

/** The part that is read; the rest is dimmed. */
function FieldMark({ field, run }: MarkProps) {
  const { left, top, right, bottom } = markOfRegion(field, run.outputs.spectrogram.shape);
  return (
    <span
      class="field-mark"
      style={{
        left: `${100 * left}%`,
        top: `${100 * top}%`,
        width: `${100 * (right - left)}%`,
        height: `${100 * (bottom - top)}%`,
      }}
    />
  );
}

/** The cell of one map with the greatest value. */
function strongestOf(data: Float32Array, whole: readonly number[], map: number) {
  let best = map;
  for (let index = map; index < data.length; index += whole[2]) if (data[index] > data[best]) best = index;
  return cellAt(whole, best);
}
