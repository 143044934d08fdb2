import './conventions.css';
import { Controls } from '@/components/chapter/Controls';
import { DecibelLegend } from '@/components/chapter/DecibelLegend';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { SpectrogramPlot } from '@/components/chapter/SpectrogramPlot';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { indexOfLargest } from '@/components/plots/cells';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { presetOptions, type StftPresetName, stftPresets } from '@/lib/dsp/presets';
import { stftCall } from '@/lib/dsp/stft-call';
import type { Parameters } from '@/lib/parameters';
import type { ConventionResult } from '@/workers/lab/spectrogram-calls';

interface Lengths {
  readonly lengths: 'own' | 'same';
}

const schema: Parameters<Lengths> = {
  lengths: {
    kind: 'choice',
    label: 'lengths',
    help: 'Of window, hop and FFT: each library’s own, or 255, 128 and 256 for all, so that only conventions differ.',
    choices: ['own', 'same'],
    default: 'own',
  },
};

const names = { own: 'its own', same: 'the network’s' };
const libraries = Object.keys(stftPresets) as StftPresetName[];
const sameSizes = { winLength: 255, hopLength: 128, nFft: 256 };

/** One second by the defaults of four libraries, and what the network answers to each. */
export default function Conventions({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { lengths } = settings.config;
  const { result, clip, problem } = useLab(number, 'conventions', [lengths]);
  const optionsOf = (name: StftPresetName) => presetOptions(name, lengths === 'same' ? sameSizes : {});
  const sampleRate = 16000;
  return (
    <Figure
      number={number}
      settings={settings}
      caption={
        <>
          {children}
          <DecibelLegend label="dB below the loudest cell of each" />
        </>
      }
      layout="wide"
      controls={<Controls settings={settings} problem={problem} names={names} />}
      python={libraries.map((library) => ({
        library,
        code: stftCall(library, {
          stft: optionsOf(library),
          power: 1,
          decibels: { ref: 'max', topDb: 80 },
          sampleRate,
        }),
      }))}
      plate={
        <div class="conventions">
          {libraries.map((name) => (
            <Convention
              key={name}
              name={name}
              options={optionsOf(name)}
              classes={result?.classes ?? []}
              result={result?.results.find((one) => one.name === name)}
              word={clip?.name ?? 'yes'}
            />
          ))}
        </div>
      }
    />
  );
}

interface Props {
  readonly name: StftPresetName;
  readonly options: ReturnType<typeof presetOptions>;
  readonly classes: readonly string[];
  readonly result: ConventionResult | undefined;
  readonly word: string;
}

function Convention({ name, options, classes, result, word }: Props) {
  const picture = result?.picture;
  const best = result && indexOfLargest(result.probabilities);
  const rows: readonly (readonly [string, string])[] = [
    ['window, hop, FFT', `${options.winLength}, ${options.hopLength}, ${options.nFft}`],
    ['edges', options.centre ? (options.padMode === 'reflect' ? 'mirrored' : 'zeros') : 'none'],
    ['divided by', options.scaling === 'none' ? 'nothing' : 'the window’s sum'],
    ['frames × bins', picture ? `${picture.frames} × ${picture.bins}` : ''],
    ['first column at', picture ? formatNumber(1000 * picture.firstTime, { decimals: 1, unit: 'ms' }) : ''],
    ['largest |X|', picture ? formatNumber(picture.largest, { significant: 3 }) : ''],
  ];
  return (
    <section>
      <h3>{name}</h3>
      <SpectrogramPlot
        picture={picture}
        still={`convention-${name.replace('.', '-')}`}
        class="short"
        label={`Spectrogram of ${word} by the defaults of ${name}`}
      />
      <dl>
        {rows.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div class="heard-as">
          <dt>the network hears</dt>
          <dd>
            {result && best !== undefined && (
              <>
                <i>{classes[best]}</i> {formatProbability(result.probabilities[best])}
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
