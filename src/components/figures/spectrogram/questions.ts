/** The exercises of chapter 3: what the engine finds in the reader's clip, and what a wrong number would be. */
import type { Question } from '@/components/chapter/Exercise';
import { formatNumber } from '@/components/plots/format';
import { frameCount, type StftOptions } from '@/lib/dsp/frames';
import { ShapeError } from '@/lib/errors';

const whole = (value: number) => formatNumber(value, { decimals: 0 });

/** How many frames fit into a clip of so many samples. */
export function frameQuestion(samples: number, options: StftOptions): Question {
  const { winLength, hopLength } = options;
  const answer = countOf(samples, options);
  const starts = Math.floor(samples / hopLength);
  const quotient = formatNumber((samples - winLength) / hopLength, { decimals: 2 });
  return {
    given: `Your clip has ${whole(samples)} samples. The window is ${winLength} long, the hop ${hopLength}, nothing is padded.`,
    unit: 'frames',
    answer,
    tolerance: 0,
    why:
      answer > 0
        ? `1 + ⌊(${whole(samples)} − ${winLength}) / ${hopLength}⌋ = 1 + ⌊${quotient}⌋ = ${whole(answer)}.`
        : 'The clip is shorter than one window, so no frame fits.',
    hint: `The first frame needs ${winLength} samples. How many hops of ${hopLength} fit into what is left?`,
    mistake: (given) => {
      if (given < 0) return 'Frames are counted: 0, where none fits, or more.';
      if (!Number.isInteger(given)) return 'Frames are whole. Round down: a part of a frame does not count.';
      if (given === 1 + starts && given !== answer) {
        return 'That is the count with centred frames, whose clip is padded. Here nothing is padded.';
      }
      if (given === answer - 1) return 'That counts the hops. The frame before the first hop counts too.';
      if (given === starts) {
        return `${whole(samples)} / ${hopLength} counts where frames could start, also the last ones, which would reach beyond the clip. How many fit whole?`;
      }
      if (given === Math.floor(samples / winLength)) {
        return `That is ${whole(samples)} / ${winLength}: frames laid end to end. But they overlap: each begins ${hopLength} samples after the one before.`;
      }
      return given < answer
        ? 'More frames fit than that. Take the first frame away, and count the hops that are left.'
        : `So many do not fit: the last of them would end beyond sample ${whole(samples)}.`;
    },
  };
}

function countOf(samples: number, options: StftOptions): number {
  try {
    return frameCount(options, samples);
  } catch (error) {
    if (error instanceof ShapeError) return 0;
    throw error;
  }
}

const whistle = 1000;

/** The bin nearest to a whistle of 1,000 Hz, at the rate of the clip. */
export function binQuestion(sampleRate: number, { nFft }: StftOptions): Question {
  const step = sampleRate / nFft;
  const exact = whistle / step;
  const answer = Math.round(exact);
  const shown = formatNumber(step, { significant: 5 });
  return {
    given: `Your clip has ${whole(sampleRate)} samples a second, and the FFT length is ${nFft}.`,
    unit: '',
    answer,
    tolerance: 0,
    why: `Bins are ${whole(sampleRate)} / ${nFft} = ${shown} Hz apart, and 1,000 / ${shown} = ${formatNumber(exact, { significant: 4 })}${
      Number.isInteger(exact) ? '' : `, nearest to ${answer}`
    }.`,
    hint: 'How many hertz lie between two bins? How often does that go into 1,000?',
    mistake: (given) => {
      if (given === answer + 1) return 'Counting starts at 0: bin 0 is 0 Hz, and bin 1 is one step above it.';
      if (given === Math.round((whistle * (nFft / 2)) / sampleRate)) {
        return `That spreads the bins over the whole sample rate. They reach to half of it: bin ${nFft / 2} is ${whole(sampleRate / 2)} Hz.`;
      }
      if (given === Math.round(sampleRate / whistle)) {
        return 'That is how many samples one period of the whistle takes.';
      }
      if (Math.abs(given - step) < 0.02 * step) {
        return 'That is how many hertz lie between two bins. How often does it go into 1,000?';
      }
      if (!Number.isInteger(given)) return 'A bin has a whole number. Take the nearest.';
      return `Bin ${whole(given)} lies at ${formatNumber(given * step, { decimals: 1 })} Hz.`;
    },
  };
}

/** Where the loudest cell of the clip lies. */
export function loudestQuestion(hertz: number, seconds: number, step: number): Question {
  const tolerance = Math.max(100, Math.ceil(1.5 * step));
  return {
    given: `It is the brightest cell of the picture, at 0 dB. Within ${whole(tolerance)} Hz is near enough.`,
    unit: 'Hz',
    answer: Math.round(hertz),
    tolerance,
    why: `The loudest cell lies at ${formatNumber(hertz, { decimals: 1 })} Hz, at ${formatNumber(seconds, { decimals: 2 })} s.`,
    hint: `Move the line to ${formatNumber(seconds, { decimals: 2 })} s: the number above the curve is the loudest bin of that column.`,
    mistake: (given) => {
      if (given > 0 && given < 20 && hertz > 100) {
        return 'The axis is in kilohertz: one kilohertz is 1,000 Hz. Or is that a bin? A bin is not a frequency yet.';
      }
      const near = (other: number) => Math.abs(given - other) < 0.06 * other;
      if (near(2 * hertz)) return 'That is twice the frequency, an octave too high.';
      if (near(hertz / 2)) return 'That is half the frequency, an octave too low.';
      return given > hertz ? 'The brightest cell lies lower.' : 'The brightest cell lies higher.';
    },
  };
}

/** A magnitude in decibels below the largest. */
export function decibelQuestion(largest: number, share: number): Question {
  const other = Number((largest * share).toPrecision(3));
  const top = Number(largest.toPrecision(3));
  const exact = 20 * Math.log10(other / top);
  const shown = (value: number) => formatNumber(value, { significant: 3 });
  return {
    given: `The largest magnitude in your clip’s spectrogram is ${shown(top)}. Another cell has ${shown(other)}.`,
    unit: 'dB',
    answer: Number(exact.toFixed(1)),
    tolerance: 0.5,
    why: `20 · log₁₀(${shown(other)} / ${shown(top)}) = ${formatNumber(exact, { decimals: 1 })} dB.`,
    hint: 'Divide the two, take the logarithm to base 10, and multiply by 20. A tenth of the magnitude is −20 dB.',
    mistake: (given) => {
      if (Math.abs(given + exact) <= 0.5)
        return 'The size is right, the sign is not: it lies below the largest, so it is negative.';
      if (Math.abs(given - exact / 2) <= 0.5) {
        return 'That is 10 · log₁₀ of the ratio, which is for powers. These are magnitudes: their powers are the squares.';
      }
      if (Math.abs(given - 20 * Math.log(other / top)) <= 0.5)
        return 'That is 20 times the natural logarithm. Decibels take the one to base 10.';
      if (Math.abs(given - 20 * Math.log10(other)) <= 0.5)
        return 'That is against a magnitude of 1. Here the largest cell is 0 dB.';
      return `${formatNumber(Math.abs(given))} dB below would be a magnitude of ${shown(top * 10 ** (-Math.abs(given) / 20))}.`;
    },
  };
}
