import './dense.css';
import { useMemo, useState } from 'preact/hooks';
import { Figure, type FigureProps } from '@/components/chapter/Figure';
import { LivePicture } from '@/components/chapter/LivePicture';
import { useLab } from '@/components/chapter/use-lab';
import { useSettings } from '@/components/chapter/use-settings';
import { formatNumber } from '@/components/plots/format';
import { Legend } from '@/components/plots/Legend';
import { cellAtPoint } from '@/components/plots/moving';
import { pointing } from '@/components/plots/pointing';
import type { Parameters } from '@/lib/parameters';
import type { Judged } from '@/workers/lab/dense-calls';
import { type Answer, answerParameter, answers, chosenOf } from './answers.ts';
import { CellHandle } from './CellHandle.tsx';
import { paintVotes, roundUp, unitColumns, voteLimit } from './paint.ts';
import { Rows } from './Rows.tsx';

interface Look {
  readonly answer: Answer;
}

const schema: Parameters<Look> = { answer: answerParameter };

/** What stands in the page before it comes alive: the answer to the built-in word. */
export interface FirstAnswer {
  readonly logits: readonly number[];
  readonly probabilities: readonly number[];
  readonly limit: number;
}

interface Props extends FigureProps {
  readonly first: FirstAnswer;
}

/** The votes of the 128 units for one answer, the ten sums, and the ten shares. */
export default function Opening({ number, first, children }: Props) {
  const settings = useSettings(number, schema);
  const { result: judged, clip, problem } = useLab(number, 'judged', []);
  const [unit, setUnit] = useState<number>();
  const { logits, probabilities } = judged ?? first;
  const chosen = chosenOf(settings.config.answer, probabilities);
  const limit = roundUp(judged ? voteLimit(judged.votes.data) : first.limit);
  const paint = useMemo(() => judged && paintVotes(judged, chosen, limit), [judged, chosen, limit]);
  const count = judged?.units.length ?? 128;
  const own = judged?.votes.data.subarray(chosen * count, (chosen + 1) * count);
  const shown = unit ?? (own ? strongest(own) : 0);
  const word = answers[chosen];
  return (
    <Figure
      number={number}
      layout="wide"
      class="d-opening"
      settings={settings}
      caption={
        <>
          {children} {problem && <span class="why">{problem.sentence}</span>}
        </>
      }
      plate={
        <div class="d-vote">
          <div>
            <p class="d-head">
              128 units vote for <i>{word}</i>
            </p>
            <div class="plot d-bare">
              <div
                class="pic touchable d-units"
                {...pointing((x, y) => setUnit(cellAtPoint(x, y, [0], [count], unitColumns)[0]))}
              >
                <LivePicture
                  still="dense-votes"
                  themed
                  label={`128 units as cells, each coloured by its vote for ${word} on ${clip?.name ?? 'yes'}`}
                  paint={paint}
                />
                {judged && (
                  <CellHandle
                    label="Unit"
                    cell={[shown]}
                    shape={[count]}
                    columns={unitColumns}
                    text={`unit ${shown}, vote ${formatNumber(own?.[shown] ?? 0, { decimals: 3 })}`}
                    onMove={([to]) => setUnit(to)}
                  />
                )}
              </div>
            </div>
            <div class="under d-flush">
              <Legend map="diverging" low={-limit} high={limit} ticks={[-limit, 0, limit]} label="vote, in logits" />
            </div>
            <VoteText judged={judged} chosen={chosen} unit={shown} />
          </div>
          <Rows
            names={answers}
            logits={logits}
            shares={probabilities}
            chosen={chosen}
            group="votes-for"
            onChoose={(index) => settings.set('answer', answers[index])}
          />
        </div>
      }
    />
  );
}

interface TextProps {
  readonly judged: Judged | undefined;
  readonly chosen: number;
  readonly unit: number;
}

/** The chosen unit's vote, and all votes added up, as the layer's own terms have them. */
function VoteText({ judged, chosen, unit }: TextProps) {
  if (!judged) return <p class="d-sum" />;
  const { votes, units, weights, biases, classes, logits } = judged;
  const own = votes.data.subarray(chosen * units.length, (chosen + 1) * units.length);
  const part = (sign: number) => own.reduce((sum, vote) => sum + (vote * sign > 0 ? vote : 0), 0);
  const digits = (value: number) => formatNumber(value, { decimals: 2 });
  const weight = weights.data[unit * classes.length + chosen];
  return (
    <p class="d-sum" aria-live="polite">
      <span>
        Unit {unit} says <b data-value={units[unit]}>{formatNumber(units[unit], { decimals: 3 })}</b>, its weight is{' '}
        <b data-weight={weight}>{formatNumber(weight, { decimals: 3 })}</b>: vote{' '}
        <b data-vote={own[unit]}>{formatNumber(own[unit], { decimals: 3 })}</b>.
      </span>
      <span>
        For {digits(part(1))}, against {digits(part(-1))}, bias {digits(biases[chosen])}: logit{' '}
        <b data-sum={logits[chosen]}>{digits(logits[chosen])}</b>.
      </span>
    </p>
  );
}

function strongest(votes: Float32Array): number {
  return votes.indexOf(Math.max(...votes));
}
