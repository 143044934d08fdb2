import { extentOf } from '@/components/plots/cells';
import { colourOf, cssColour, inkOn, signedScale } from '@/components/plots/colour';
import { formatNumber } from '@/components/plots/format';
import { palette } from '@/components/plots/palette';
import type { Tensor } from '@/lib/tensor';

interface Props {
  /** [time, frequency, 1] */
  readonly kernel: Tensor;
  readonly caption: string;
  readonly lit?: boolean;
}

/** A kernel as a table of its weights: time to the right, frequency up. */
export function KernelGrid({ kernel: { shape, data }, caption, lit = false }: Props) {
  const [times, frequencies] = shape;
  const { min, max } = extentOf(data);
  const limit = 1.15 * Math.max(-min, max);
  const colours = palette.value;
  const cells = (row: number) => Array.from({ length: times }, (_, time) => data[time * frequencies + row]);
  return (
    <table class={lit ? 'kernel lit' : 'kernel'}>
      <caption>{caption}</caption>
      <tbody>
        {Array.from({ length: frequencies }, (_, line) => (
          <tr key={line}>
            {cells(frequencies - 1 - line).map((weight, time) => {
              const background = colours && colourOf(weight, signedScale(colours.diverging, limit));
              return (
                <td
                  key={time}
                  data-value={weight}
                  style={background && { background: cssColour(background), color: inkOn(background) }}
                >
                  {formatNumber(weight, { decimals: 2 })}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
