import { formatNumber } from '@/components/plots/format';
import { toDecibels } from '@/lib/audio/level';
import { level } from '@/reader/recorder';

/** The meter begins here, dB. */
const floor = -60;

/** How loud the microphone is, on a scale of decibels; the red zone at its end is where clipping begins. */
export function LevelMeter() {
  const { peak } = level.value;
  const decibels = Math.min(Math.max(toDecibels(peak), floor), 0);
  return (
    <span class="cb-meter" style={{ '--level': (1 - decibels / floor).toFixed(3) }}>
      <meter class="sr" aria-label="Level" min={floor} max={0} value={decibels}>
        {formatNumber(decibels, { decimals: 0, unit: 'dB' })}
      </meter>
    </span>
  );
}
