import './relief.css';
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useContext, useRef } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { SpectrogramPlot } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import { WithoutScript } from '@/reader/without-script';
import { firstOptions } from './options.ts';
import { ReliefCanvas } from './ReliefCanvas.tsx';
import type { View } from './relief.ts';

interface Shown extends View {
  readonly as: '3-D' | '2-D';
}

const lowestTilt = 10;
const highestTilt = 85;

const schema: Parameters<Shown> = {
  as: {
    kind: 'choice',
    label: 'drawn as',
    help: 'In both, colour is the level; in 3-D height is the level too.',
    choices: ['3-D', '2-D'],
    default: '3-D',
  },
  turn: { kind: 'number', label: 'turn', help: 'About the upright.', unit: '°', min: -180, max: 180, default: -30 },
  tilt: {
    kind: 'number',
    label: 'tilt',
    help: 'From how far above it is seen.',
    unit: '°',
    min: lowestTilt,
    max: highestTilt,
    default: 36,
  },
};

/** Degrees for a press of a key or a button, and for a pixel of a drag. */
const pressed = 10;
const dragged = 0.5;

const keys: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The spectrogram of the clip as a landscape that the reader turns. */
export default function Relief({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { as, turn, tilt } = settings.config;
  const { result: picture, clip, problem } = useLab(number, 'spectrogram', [firstOptions]);
  const name = clip?.name ?? 'yes';
  const canTurn = useContext(WithoutScript) === undefined;

  const by = (right: number, up: number) =>
    settings.take({
      turn: ((((turn + right + 180) % 360) + 360) % 360) - 180,
      tilt: Math.min(highestTilt, Math.max(lowestTilt, tilt + up)),
    });
  const press = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const direction = keys[event.key];
    if (!direction) return;
    event.preventDefault();
    by(pressed * direction[0], pressed * direction[1]);
  };
  const last = useRef({ x: 0, y: 0 });
  const drag = ({ clientX: x, clientY: y, buttons }: TargetedPointerEvent<HTMLElement>) => {
    if (buttons === 1) by(dragged * (x - last.current.x), dragged * (y - last.current.y));
    last.current = { x, y };
  };
  const grasp = (event: TargetedPointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = { x: event.clientX, y: event.clientY };
  };

  const degrees = (value: number) => `${formatNumber(value, { decimals: 0 })}°`;
  const seen = `turned by ${degrees(turn)}, seen from ${degrees(tilt)} above`;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="relief"
      controls={
        <>
          <Controls settings={settings} only={['as']} problem={problem} />
          <fieldset class="turns" disabled={as === '2-D'}>
            <legend>Turn</legend>
            <Turn onPress={() => by(-pressed, 0)}>left</Turn>
            <Turn onPress={() => by(pressed, 0)}>right</Turn>
            <Turn onPress={() => by(0, pressed)}>up</Turn>
            <Turn onPress={() => by(0, -pressed)}>down</Turn>
          </fieldset>
        </>
      }
      plate={
        <>
          {picture && as === '3-D' && canTurn ? (
            <div
              class="landscape"
              role="application"
              tabIndex={0}
              aria-label={`The landscape, ${seen}. Arrow keys turn it.`}
              onKeyDown={press}
              onPointerDown={grasp}
              onPointerMove={drag}
              data-turn={turn}
              data-tilt={tilt}
            >
              <ReliefCanvas
                picture={picture}
                view={{ turn, tilt }}
                label={`Spectrogram of ${name} as a landscape: height and colour are the level, ${seen}`}
              />
            </div>
          ) : picture ? (
            <SpectrogramPlot
              picture={picture}
              still="spectrogram"
              class="flat-landscape"
              label={`Spectrogram of ${name}: time to the right, frequency up`}
            />
          ) : (
            <div class="plot landscape-still">
              <div class="pic flat-landscape">
                <LivePicture still="spectrogram" label={`Spectrogram of ${name}`} paint={undefined} />
              </div>
            </div>
          )}
          <div class="under">
            <DecibelLegend />
            <span class="readout">{as === '3-D' && seen}</span>
          </div>
        </>
      }
    />
  );
}

function Turn({ children, onPress }: { readonly children: string; readonly onPress: () => void }) {
  return (
    <button type="button" class="btn plain" aria-label={`Turn ${children}`} onClick={onPress}>
      {children}
    </button>
  );
}
