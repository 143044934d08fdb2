import './resize.css';
import './hear.css';
import type { ComponentChildren } from 'preact';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useJob } from '@/components/chapter/use-job';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { Wave } from '@/components/controls/Wave';
import { formatNumber } from '@/components/plots/format';
import type { ResizeConfig } from '@/lib/layers/resize';
import type { Parameters } from '@/lib/parameters';
import { second } from '@/workers/lab/resize-calls';
import { cellsParameter, interpolationOf, type Way, wayParameter } from './ways.ts';

interface HearSettings {
  /** Columns and rows of the small picture. */
  readonly columns: number;
  readonly rows: number;
  readonly way: Way;
}

const schema: Parameters<HearSettings> = {
  columns: { ...cellsParameter, label: 'columns', help: 'Along time, of 124 before.' },
  rows: { ...cellsParameter, label: 'rows', help: 'Along frequency, of 129 before.' },
  way: { ...wayParameter, default: 'antialiased' },
};

/** What is left in a small picture, made audible. */
export default function Hear({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { columns, rows, way } = settings.config;
  const config: ResizeConfig = { height: columns, width: rows, ...interpolationOf(way) };
  const { result, problem } = useLab(number, 'heardPicture', [config]);
  const guessed = useJob('guessedPicture', [config]);
  return (
    <Figure
      number={number}
      class="hear-resized"
      settings={settings}
      caption={children}
      controls={<Controls settings={settings} problem={problem ?? guessed.problem} />}
      plate={
        <>
          <Row title="The second before" what="resize-before" samples={result?.original}>
            Play
          </Row>
          <Row
            title={`After ${columns} × ${rows} cells, with the phases that it had`}
            what="resize-back"
            samples={result?.back}
          >
            Play
          </Row>
          <Row
            title={`After ${columns} × ${rows} cells, from the picture alone`}
            what="resize-guessed"
            samples={guessed.result}
            tools={
              guessed.progress === undefined ? (
                <button type="button" class="link" disabled={!result} onClick={guessed.start}>
                  {guessed.result ? 'Guess the phases again' : 'Guess the phases'}
                </button>
              ) : (
                <button type="button" class="link" onClick={guessed.stop}>
                  Stop at {formatNumber(100 * guessed.progress, { decimals: 0, unit: '%' })}
                </button>
              )
            }
          >
            Play
          </Row>
        </>
      }
    />
  );
}

interface RowProps {
  readonly title: string;
  readonly what: string;
  readonly samples: Float32Array | undefined;
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Row({ title, what, samples, tools, children }: RowProps) {
  return (
    <div class="heard-row">
      <p class="panel-head">
        <b>{title}</b>
      </p>
      <div class="soot">{samples && <Wave samples={samples} label={`Waveform: ${title}`} />}</div>
      <div class="heard-tools">
        <PlayButton what={what} samples={samples} sampleRate={second.sampleRate}>
          {children}
        </PlayButton>
        {tools}
      </div>
    </div>
  );
}
