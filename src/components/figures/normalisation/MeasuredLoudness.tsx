import { useState } from 'preact/hooks';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import measured from '../../../../content/measured/normalisation.json';
import { compared, comparedNames } from './compared.ts';
import { GainChart } from './GainChart.tsx';

const { gains, accuracy8, words } = measured.validation;

/** The same for all words of the validation split, measured once. */
export default function MeasuredLoudness({ number, children }: FigureProps) {
  const [index, setIndex] = useState(gains.indexOf(0));
  return (
    <Figure
      number={number}
      caption={children}
      plate={
        <>
          <p class="n-title">
            <b>Words named right, of {words}</b>
          </p>
          <div class="n-gain-place">
            <GainChart
              label={`Share of ${words} validation words that are named right, by gain`}
              gains={gains}
              name="named right"
              index={index}
              onIndex={setIndex}
              series={comparedNames.map((name) => ({
                ...compared[name],
                values: accuracy8[compared[name].measured],
              }))}
            />
          </div>
        </>
      }
    />
  );
}
