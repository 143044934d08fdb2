import { useMemo } from 'preact/hooks';
import { LivePicture } from '@/components/chapter/LivePicture';
import { inKilohertz } from '@/components/chapter/SpectrogramPlot';
import { Axis } from '@/components/plots/Axis';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { scalesOf } from '@/components/plots/stage-scales';
import type { Judged, UnitMap, UnitView } from '@/workers/lab/dense-calls';
import { paintPlane, unitLimit } from './paint.ts';

interface Props {
  readonly judged: Judged | undefined;
  readonly found: UnitMap | undefined;
  readonly view: UnitView;
  readonly unit: number;
  readonly channel: number;
}

/** The unit's 12,544 weights over the 14 × 14 places that they belong to. */
export function UnitWhere({ judged, found, view, unit, channel }: Props) {
  const limit = found ? unitLimit(found.map) : 1;
  const paint = useMemo(() => found && paintPlane(found.map, limit), [found, limit]);
  const scales =
    judged &&
    scalesOf(
      { stages: judged.stages, sampleRate: judged.picture.sampleRate },
      judged.stages.findIndex(({ name }) => name === 'pool'),
    );
  const labels = {
    strength: 'root mean square of the 64 weights at each place: where it looks, not what for',
    channel: `weights of channel ${channel} alone`,
    votes: `votes on your clip, all channels added up; with the bias, their sum is ${formatNumber(found?.value ?? 0, { decimals: 3 })}`,
  };
  return (
    <div class="d-where">
      <div class="plot">
        <div class="pic d-map">
          <LivePicture still="dense-unit" themed label={`Unit ${unit}: ${labels[view]}`} paint={paint} />
        </div>
        {scales && (
          <>
            <Axis side="left" scale={inKilohertz(scales.frequency)} unit="kHz" wanted={4} />
            <Axis side="bottom" scale={scales.time} unit="s" wanted={4} name="time" />
          </>
        )}
      </div>
      <p class="d-label">
        <b>Unit {unit}</b>: {labels[view]}.
      </p>
      {view === 'strength' ? (
        <Legend map="positive" low={0} high={limit} ticks={[0, limit]} label="size of weights" />
      ) : (
        <Legend
          map="diverging"
          low={-limit}
          high={limit}
          ticks={[-limit, 0, limit]}
          label={view === 'votes' ? 'votes' : 'weight'}
        />
      )}
    </div>
  );
}
