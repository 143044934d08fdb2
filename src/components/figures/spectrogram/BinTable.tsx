import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { binCount, binFrequency, type StftOptions } from '@/lib/dsp/frames';
import type { Parameters } from '@/lib/parameters';
import { firstOptions } from './options.ts';

interface Bins {
  readonly sampleRate: number;
  readonly nFft: number;
}

const schema: Parameters<Bins> = {
  sampleRate: {
    kind: 'integer',
    label: 'sample rate',
    help: 'How many samples a second has.',
    unit: 'Hz',
    min: 4000,
    max: 48000,
    default: 22050,
  },
  nFft: {
    kind: 'integer',
    label: 'FFT length',
    help: 'Half as many bins, rounded down, and one, from 0 Hz up. An even length reaches half the sample rate.',
    unit: 'samples',
    min: 2,
    max: 64,
    default: 16,
  },
};

/** The bins of a short transform, with the frequency of each. */
export default function BinTable({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { sampleRate, nFft } = settings.config;
  const options: StftOptions = { ...firstOptions, nFft, winLength: nFft };
  const bins = Array.from({ length: binCount(options) }, (_, k) => binFrequency(options, k, sampleRate));
  return (
    <Figure
      number={number}
      settings={settings}
      caption={children}
      class="bin-table"
      controls={<Controls settings={settings} />}
      plate={
        <table>
          <thead>
            <tr>
              <th scope="col">bin k</th>
              <th scope="col">k × sample rate / FFT length</th>
              <th scope="col" class="n">
                frequency
              </th>
            </tr>
          </thead>
          <tbody>
            {bins.map((hertz, k) => (
              <tr key={k}>
                <td>{k}</td>
                <td>
                  {k} × {formatNumber(sampleRate)} / {nFft}
                </td>
                <td class="n" data-hertz={hertz}>
                  {formatNumber(hertz, { decimals: 1, unit: 'Hz' })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
