import { useMemo } from 'preact/hooks';
import { formatNumber } from '@/components/plots/format';
import type { Clip } from '@/reader/clip';
import { examine, type Finding } from '@/reader/doctor';

/** What is wrong with the recording, and what to do about it. */
export function Doctor({ clip }: { readonly clip: Clip | undefined }) {
  // Moving the second changes nothing of the sound.
  const findings = useMemo(() => (clip ? examine(clip) : []), [clip?.id]);
  return (
    <section class="doctor" aria-labelledby="doctor">
      <h2 id="doctor">Microphone doctor</h2>
      <table>
        <thead class="sr">
          <tr>
            <th>What</th>
            <th>Measured</th>
            <th>Verdict</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ what, value, verdict, remedy }) => (
            <tr key={what} data-verdict={verdict}>
              <td>
                {what}
                {remedy && <small>{remedy}</small>}
              </td>
              <td>{written(value)}</td>
              <td>{verdict}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {clip && clip.source !== 'microphone' && (
        <p>No microphone was used for this sound. Record, and the browser’s share in it is examined too.</p>
      )}
    </section>
  );
}

function written(value: Finding['value']): string {
  if (typeof value === 'string') return value;
  const { amount, decimals, unit } = value;
  return formatNumber(amount, unit ? { decimals, unit } : { decimals });
}
