/** The exercises of chapter 8: what is asked of a clip, what is right, and what a wrong number would be. */
import type { Question } from '@/components/chapter/Exercise';
import { formatNumber, formatProbability } from '@/components/plots/format';
import { cellAt } from '@/lib/tensor';
import type { Judged } from '@/workers/lab/dense-calls';
import { largest, sharesOf } from './shares.ts';

const whole = (value: number) => formatNumber(value, { decimals: 0 });
const two = (value: number) => formatNumber(value, { decimals: 2 });
const three = (value: number) => formatNumber(value, { decimals: 3 });
const near = (given: number, value: number, share = 0.02) =>
  Number.isFinite(value) && Math.abs(given - value) <= share * Math.max(Math.abs(value), 1e-9);

/** Where the strongest cell of the pooled picture comes to stand in the row. */
export function indexQuestion({ pooled }: Pick<Judged, 'pooled'>): Question {
  const [, width, channels] = pooled.shape;
  const answer = pooled.data.indexOf(Math.max(...pooled.data));
  const [i, j, c] = cellAt(pooled.shape, answer);
  const height = pooled.shape[0];
  const wrong = [
    [
      c * height * width + i * width + j,
      'That is the place where channels come first, as PyTorch lays pictures out. Here they come last: the channel runs fastest.',
    ],
    [i * width + j, `That numbers the places of one map. Each place holds ${channels} numbers, one a channel.`],
    [
      j * width * channels + i * channels + c,
      'That takes moment and band the other way round. The first index is time.',
    ],
    [answer + 1, 'That counts from 1. The first number of the row has index 0.'],
    [
      i * width * channels + j * width + c,
      `One step of j passes the ${channels} channels of a place, not its ${width} bands.`,
    ],
    [i * height + j * width + c, `One step of i passes a whole moment: ${width} places of ${channels} numbers.`],
  ] as const;
  return {
    given: `The strongest cell of your clip’s pooled picture is [${i}, ${j}, ${c}]: moment ${i}, band ${j}, channel ${c}. The picture is ${pooled.shape.join(' × ')}.`,
    unit: '',
    answer,
    tolerance: 0,
    why: `${i} · ${width} · ${channels} + ${j} · ${channels} + ${c} = ${whole(i * width * channels)} + ${whole(j * channels)} + ${c} = ${whole(answer)}.`,
    hint: `How many numbers lie before moment ${i}? A moment has ${width} places of ${channels} channels.`,
    mistake: (given) =>
      wrong.find(([value]) => value === given)?.[1] ??
      (given >= pooled.data.length
        ? `The row ends at index ${whole(pooled.data.length - 1)}.`
        : `At ${whole(given)} stands the cell [${placeOf(given, pooled.shape)}].`),
  };
}

function placeOf(index: number, shape: readonly number[]): string {
  return Number.isInteger(index) && index >= 0 ? cellAt(shape, index).join(', ') : 'no cell at all';
}

/** The logit of the likeliest answer, from its votes and its bias. */
export function sumQuestion({ votes, biases, logits, classes, units }: Judged): Question {
  const [k] = largest(logits, 1);
  const own = votes.data.subarray(k * units.length, (k + 1) * units.length);
  const sumOf = (sign: number) => own.reduce((sum, vote) => sum + Math.max(0, sign * vote), 0);
  const [plus, minus, bias, answer] = [sumOf(1), sumOf(-1), biases[k], logits[k]];
  return {
    given: `Votes for “${classes[k]}” add up to ${two(plus)}, votes against to −${two(minus)}; its bias is ${three(bias)}.`,
    unit: '',
    answer,
    tolerance: 0.02,
    why: `${two(plus)} − ${two(minus)} ${bias < 0 ? '−' : '+'} ${three(Math.abs(bias))} = ${two(answer)}.`,
    hint: 'A logit is a sum. What speaks against the answer enters it with a minus, and the bias enters it once.',
    mistake: (given) => {
      if (near(given, plus + minus + bias, 0.01)) return 'That adds the votes against as if they were for.';
      if (near(given, plus - minus - bias, 0.002)) return 'That takes the bias away. It is added, with its own sign.';
      if (near(given, plus - minus, 0.002)) return 'That leaves the bias out. It is added whatever the units say.';
      if (near(given, plus, 0.01)) return 'That is what speaks for it alone. What speaks against it counts too.';
      if (near(given, 100 * sharesOf(logits)[k], 0.01) || near(given, sharesOf(logits)[k], 0.01)) {
        return 'That is its probability. The logit comes before the softmax, and may be any number.';
      }
      return given > answer
        ? 'That is too much. Take the votes against from the votes for, then add the bias.'
        : 'That is too little. Take the votes against from the votes for, then add the bias.';
    },
  };
}

/** How many times as likely as the runner-up the likeliest answer is. */
export function ratioQuestion({ logits, classes }: Pick<Judged, 'logits' | 'classes'>): Question {
  const [first, second] = largest(logits, 2);
  const difference = logits[first] - logits[second];
  const answer = Math.exp(difference);
  return {
    given: `On your clip “${classes[first]}” has the logit ${two(logits[first])}, “${classes[second]}” the logit ${two(logits[second])}.`,
    unit: 'times',
    answer,
    tolerance: 0.02 * answer,
    why: `exp(${two(logits[first])} − ${two(logits[second])}) = exp(${two(difference)}) = ${formatNumber(answer, { significant: 4 })}. The sum under both shares is the same, so it cancels.`,
    hint: 'Write both shares down as fractions, and divide one by the other. What is left of the two sums?',
    mistake: (given) => {
      if (near(given, logits[first] / logits[second])) {
        return 'That is the ratio of the logits. It has no meaning: add 1 to every logit and it changes, while the shares stay.';
      }
      if (near(given, difference))
        return 'That is the difference of the logits. Which function turns a difference into a ratio?';
      if (near(given, 1 / answer)) return 'That is how many times as likely the runner-up is. Turn it round.';
      if (near(given, 10 ** difference)) return 'That takes powers of 10. Softmax takes powers of e = 2.718.';
      if (near(given, 2 ** difference)) return 'That takes powers of 2. Softmax takes powers of e = 2.718.';
      if (near(given, Math.exp(logits[first])))
        return 'That is the power of the first alone. Divide by the power of the second.';
      return given < answer
        ? 'It is more than that. Each whole step between two logits multiplies the ratio by 2.718.'
        : 'It is less than that. Each whole step between two logits multiplies the ratio by 2.718.';
    },
  };
}

/** A share of three logits at temperature 2. */
export function temperatureQuestion({ logits, classes }: Pick<Judged, 'logits' | 'classes'>): Question {
  const top = largest(logits, 3);
  const z = top.map((k) => Number(logits[k].toFixed(2)));
  const percent = (values: number[]) => 100 * values[0];
  const answer = percent(sharesOf(z, 2));
  const powers = z.map((value) => Math.exp((value - z[0]) / 2));
  const sum = powers.reduce((total, power) => total + power, 0);
  return {
    given: `The three largest logits of your clip are ${top.map((k, n) => `${two(z[n])} (“${classes[k]}”)`).join(', ')}. Take these three alone, and T = 2.`,
    unit: '%',
    answer,
    tolerance: 0.5,
    why: `Less the largest and halved, exp gives ${powers.map((power) => three(power)).join(', ')}; their sum is ${three(sum)}, and 1 / ${three(sum)} = ${formatProbability(answer / 100)}.`,
    hint: 'Divide each logit by 2, take the largest of the three from all of them, then exp. The first becomes 1.',
    mistake: (given) => {
      if (near(given, percent(sharesOf(z)), 0.005)) return 'That is the share at T = 1. Divide the logits by 2 first.';
      if (near(given, percent(sharesOf(z, 0.5)), 0.005))
        return 'That multiplies the logits by 2. The temperature divides them.';
      if (near(given, percent(sharesOf(z)) / 2, 0.005))
        return 'That halves the share. The temperature divides the logits, before exp.';
      if (near(given, answer / 100, 0.01)) return 'That is the share out of 1. Write it in per cent.';
      const positive = z.reduce((total, value) => total + Math.max(0, value), 0);
      if (near(given, (100 * z[0]) / positive, 0.005))
        return 'That divides the logits themselves by their sum. Take exp of each first.';
      return 'Divide by 2, exp, then divide the first by the sum of the three.';
    },
  };
}
