import { formatNumber } from '@/components/plots/format';
import { sixDigits } from '@/components/plots/sums/digits';
import type { Account } from '../cursor.ts';
import { Strokes } from './Strokes.tsx';

/** Samples shown to either side. */
const reach = 32;

/** A sample: where it all begins. */
export function Sample({ account: { run, cell } }: { readonly account: Account }) {
  const { clip, info, trace } = run;
  const [index] = cell;
  const around = Array.from({ length: 2 * reach + 1 }, (_, offset) => trace.input.data[index - reach + offset] ?? 0);
  const kilohertz = (rate: number) => formatNumber(rate / 1000, { unit: 'kHz' });
  return (
    <div class="sample">
      <div class="bin-lines">
        <div class="bin-line sound">
          <small>
            {reach} samples to either side,{' '}
            {formatNumber((1000 * (2 * reach + 1)) / info.sampleRate, { decimals: 1, unit: 'ms' })} in all
          </small>
          <Strokes values={around} />
        </div>
        <span class="bin-mark" style={{ left: '50%' }} />
      </div>
      <p>
        Sample {formatNumber(index, { decimals: 0 })} of {formatNumber(info.samples, { decimals: 0 })} is{' '}
        <b class="num" data-result={trace.input.data[index]}>
          {sixDigits(trace.input.data[index])}
        </b>
        , where 1 is full scale.{' '}
        {clip.sampleRate === info.sampleRate
          ? `The clip came at ${kilohertz(clip.sampleRate)}, the rate of the model.`
          : `The clip came at ${kilohertz(clip.sampleRate)} and was resampled to the ${kilohertz(info.sampleRate)} of the model.`}
      </p>
    </div>
  );
}
