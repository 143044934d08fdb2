import './must-choose.css';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { Controls } from '@/components/chapter/Controls';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { PlayButton } from '@/components/chapter/PlayButton';
import { useOnScreen } from '@/components/chapter/use-on-screen';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import type { Parameters } from '@/lib/parameters';
import { readBuiltIn } from '@/reader/built-in';
import { type Clip, clip } from '@/reader/clip';
import { sentenceOf } from '@/reader/notice';
import { type BuiltInAnswers, WithoutScript } from '@/reader/without-script';
import { ask } from '@/workers/lab';
import { answers } from './answers.ts';
import { sharesOf } from './shares.ts';

interface Look {
  readonly exits: boolean;
}

const schema: Parameters<Look> = {
  exits: {
    kind: 'switch',
    label: 'unknown and silence may be said',
    help: 'Off: the softmax shares the whole 100 % among the eight words.',
    default: true,
  },
};

/** Sounds in which nobody says a word, or more than one. */
const sounds = ['silence', 'white noise', 'pink noise', 'click', 'tone 1 kHz', 'chirp', 'three words'] as const;
const words = answers.length - 2;

interface Answered {
  readonly sound: Clip;
  readonly logits: Float32Array;
}

/** What the network says where there is nothing right to say. */
export default function MustChoose({ number, children }: FigureProps) {
  const settings = useSettings(number, schema);
  const { exits } = settings.config;
  const { fixed, own, problem } = useAnswers(number);
  const rows: readonly (Answered | undefined)[] = [own, ...sounds.map((_, index) => fixed[index])];
  return (
    <Figure
      number={number}
      layout="wide"
      settings={settings}
      caption={
        <>
          {children} {problem && <span class="why">{problem}</span>}
        </>
      }
      controls={<Controls settings={settings} />}
      plate={
        <section class="d-scroll" tabIndex={0} aria-label="Answers to sounds, in per cent">
          <p class="d-sideways">Move the table sideways to see all ten answers.</p>
          <table class="d-table d-choose">
            <thead>
              <tr>
                <th>sound</th>
                {answers.map((name) => (
                  <th key={name} class="n">
                    <i>{name}</i>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index === 0 ? 'own' : sounds[index - 1]}>
                  <th>
                    <PlayButton
                      what={`${number}-${index}`}
                      samples={row?.sound.samples}
                      sampleRate={row?.sound.sampleRate}
                    >
                      {index === 0 ? 'Your clip' : sounds[index - 1]}
                    </PlayButton>
                  </th>
                  <Cells logits={row?.logits} exits={exits} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      }
    />
  );
}

function Cells({ logits, exits }: { readonly logits: Float32Array | undefined; readonly exits: boolean }) {
  const shares = logits && sharesOf(exits ? logits : logits.subarray(0, words));
  const most = shares ? Math.max(...shares) : 0;
  return (
    <>
      {answers.map((name, k) => {
        const share = shares?.[k];
        return (
          <td key={name} class={`n${share !== undefined && share === most ? ' win' : ''}`} data-share={share}>
            {shares && (share === undefined ? '–' : perCent(share))}
            <i style={{ width: `${100 * (share ?? 0)}%` }} />
          </td>
        );
      })}
    </>
  );
}

/** With one decimal, and no false certainty. */
function perCent(share: number): string {
  if (share < 0.0005) return '0';
  return share > 0.9995 ? '> 99.9' : formatNumber(100 * share, { decimals: 1 });
}

/** The answers to the built-in sounds, once they are looked at, and to the reader's clip. */
function useAnswers(number: string) {
  const [fixed, setFixed] = useState<readonly Answered[]>([]);
  const [own, setOwn] = useState<Answered>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef(false);
  const seen = useOnScreen(number);
  const current = clip.value;
  useEffect(() => {
    if (!seen || asked.current) return;
    asked.current = true;
    const answer = async () => {
      for (const name of sounds) {
        const sound = await readBuiltIn(name);
        const logits = await ask(`${number}-${name}`, sound, 'logitsOfClip');
        if (logits) setFixed((before) => [...before, { sound, logits }]);
      }
    };
    answer().catch((error: unknown) => {
      setProblem(sentenceOf(error, 'The built-in sounds could not be judged. Reload the page.'));
    });
  }, [seen, number]);
  useEffect(() => {
    if (!seen || !current) return;
    ask(`${number}-own`, current, 'logitsOfClip').then(
      (logits) => logits && setOwn({ sound: current, logits }),
      (error: unknown) => setProblem(sentenceOf(error, 'This sound could not be judged. Choose another one.')),
    );
  }, [seen, current, number]);
  const builtIn = useContext(WithoutScript);
  if (!builtIn) return { fixed, own, problem };
  const answered = (on: BuiltInAnswers): Answered => ({ sound: on.clip, logits: on.answer('logitsOfClip', []) });
  return { fixed: sounds.map((name) => answered(builtIn.on(name))), own: answered(builtIn), problem };
}
