import { useEffect, useMemo, useState } from 'preact/hooks';
import { sixDigits } from '@/components/plots/sums/digits';
import { decimalsOf } from '@/components/plots/sums/parts';
import { Result } from '@/components/plots/sums/Result';
import { type Account, lit } from '../cursor.ts';
import { Strokes } from './Strokes.tsx';
import { CellLink } from './Term.tsx';

/** A bin of the short-time Fourier transform: the frame's samples, weighed by a windowed cosine and a windowed sine. */
export function Bin({ account }: { readonly account: Account }) {
  const { run, steps, entry } = account;
  const [explanation] = steps;
  const { terms, constants, result } = explanation;
  const [chosen, setChosen] = useState(terms.length >> 1);
  useEffect(() => setChosen((last) => Math.min(last, terms.length - 1)), [terms]);
  const rows = useMemo(() => {
    const samples = terms.map(({ value }) => value);
    const cosines = terms.map(({ weight = 0 }) => weight);
    const sines = terms.map(({ weightImaginary = 0 }) => weightImaginary);
    return {
      samples,
      cosines,
      real: samples.map((value, t) => value * cosines[t]),
      sines,
      imaginary: samples.map((value, t) => value * sines[t]),
    };
  }, [terms]);
  const real = rows.real.reduce((sum, value) => sum + value, 0);
  const imaginary = rows.imaginary.reduce((sum, value) => sum + value, 0);
  const point = Math.min(chosen, terms.length - 1);
  const choose = (next: number) => {
    const index = Math.max(0, Math.min(terms.length - 1, next));
    setChosen(index);
    lit.value = { stage: entry.source, cell: terms[index].from };
  };
  const decimals = Math.min(8, decimalsOf([real, imaginary, result]) + 2);
  const power = constants?.power === 2;
  const lines: readonly (readonly [string, readonly number[], string])[] = [
    [`${terms.length} samples of the frame`, rows.samples, 'sound'],
    ['× window · cos', rows.cosines, ''],
    ['= real parts', rows.real, ''],
    ['× −window · sin', rows.sines, ''],
    ['= imaginary parts', rows.imaginary, ''],
  ];
  const text = `${sixDigits(rows.samples[point])} × ${sixDigits(rows.cosines[point])} = ${sixDigits(rows.real[point])}; × ${sixDigits(rows.sines[point])} = ${sixDigits(rows.imaginary[point])}`;
  return (
    <div class="bin">
      <div
        class="bin-lines"
        role="slider"
        tabIndex={0}
        aria-label="Term of the transform"
        aria-valuemin={1}
        aria-valuemax={terms.length}
        aria-valuenow={point + 1}
        aria-valuetext={`Sample ${point + 1} of ${terms.length}: ${text}`}
        onFocus={() => choose(point)}
        onPointerMove={({ currentTarget, clientX }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          choose(Math.floor(((clientX - left) / width) * terms.length));
        }}
        onPointerDown={({ currentTarget, clientX }) => {
          const { left, width } = currentTarget.getBoundingClientRect();
          choose(Math.floor(((clientX - left) / width) * terms.length));
        }}
        onPointerLeave={() => {
          lit.value = undefined;
        }}
        onKeyDown={(event) => {
          const far = event.shiftKey ? 10 : 1;
          const next = {
            ArrowLeft: point - far,
            ArrowDown: point - far,
            ArrowRight: point + far,
            ArrowUp: point + far,
            Home: 0,
            End: terms.length - 1,
          }[event.key];
          if (next === undefined) return;
          event.preventDefault();
          choose(next);
        }}
      >
        {lines.map(([label, values, kind]) => (
          <div key={label} class={kind ? `bin-line ${kind}` : 'bin-line'}>
            <small>{label}</small>
            <Strokes values={values} />
          </div>
        ))}
        <span class="bin-mark" style={{ left: `${(100 * (point + 0.5)) / terms.length}%` }} />
      </div>
      <Result
        rows={[
          { label: 'sum of real parts', value: real },
          { label: 'of imaginary parts', value: imaginary },
        ]}
        decimals={decimals}
        label={power ? 're² + im²' : '√(re² + im²)'}
        result={result}
      />
      <p class="term">
        <span class="num" data-real={rows.real[point]} data-imaginary={rows.imaginary[point]}>
          {text}
        </span>
        , from <CellLink run={run} stage={entry.source} cell={terms[point].from} />
      </p>
    </div>
  );
}
