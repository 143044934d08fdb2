import './calibration.css';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { formatNumber } from '@/components/plots/format';
import { LineChart, type ValueRange } from '@/components/plots/LineChart';
import type { Evaluation } from '@/lib/model/card';

interface Props extends FigureProps {
  readonly test: Evaluation;
}

const claimed: ValueRange = { min: 0, max: 100, unit: '%', name: 'claimed', ticks: [0, 25, 50, 75, 100] };
const right: ValueRange = { ...claimed, name: 'right' };
const percent = (share: number) => formatNumber(100 * share, { decimals: 0 });

/** The shares that were right against those that were claimed, as the model's card has them; drawn at build time. */
export function Calibration({ number, test, children }: Props) {
  const { bins } = test.calibration;
  return (
    <Figure
      number={number}
      caption={children}
      plate={
        <div class="d-calibration">
          <LineChart
            label={`Right against claimed: ${bins.map(({ confidence, accuracy }) => `${percent(confidence)} % claimed, ${percent(accuracy)} % right`).join('; ')}`}
            x={claimed}
            y={right}
            lines={[
              {
                points: [
                  [0, 0],
                  [100, 100],
                ],
                tone: 'faint',
              },
              { points: bins.map(({ confidence, accuracy }) => [100 * confidence, 100 * accuracy]), marks: 'dots' },
            ]}
          />
          <table class="d-table">
            <thead>
              <tr>
                <th class="n">claimed</th>
                <th class="n">right</th>
                <th class="n">recordings</th>
              </tr>
            </thead>
            <tbody>
              {bins.map(({ low, confidence, accuracy, n }) => (
                <tr key={low}>
                  <td class="n">{percent(confidence)} %</td>
                  <td class="n">{percent(accuracy)} %</td>
                  <td class="n">{formatNumber(n, { decimals: 0 })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      }
    />
  );
}
