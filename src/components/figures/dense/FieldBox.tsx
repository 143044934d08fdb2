import { scalesOf } from '@/components/chapter/SpectrogramPlot';
import { placeOf } from '@/components/plots/cell-scale';
import type { SoundBox } from '@/lib/insight/field-to-sound';
import type { DecibelPicture } from '@/workers/lab/spectrogram-calls';

interface Props {
  readonly picture: DecibelPicture;
  readonly sound: SoundBox;
  readonly state: 'chosen' | 'for' | 'against';
}

/** A part of the sound, as a box over its spectrogram. */
export function FieldBox({ picture, sound: { seconds, hertz }, state }: Props) {
  const { time, frequency } = scalesOf(picture);
  const within = (place: number) => Math.min(Math.max(place, 0), 1);
  const [left, right] = seconds.map((second) => within(placeOf(time, second)));
  const [low, high] = hertz.map((tone) => within(placeOf(frequency, tone)));
  return (
    <span
      class={`d-field ${state}`}
      style={{
        left: `${100 * left}%`,
        width: `${100 * (right - left)}%`,
        bottom: `${100 * low}%`,
        height: `${100 * (high - low)}%`,
      }}
    />
  );
}
