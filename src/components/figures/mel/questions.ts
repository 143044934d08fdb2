/** The exercises of chapter 4: what the engine finds in the reader's clip, and what a wrong number would be. */
import type { Question } from '@/components/chapter/Exercise';
import { formatNumber } from '@/components/plots/format';
import { frameCount, type StftOptions } from '@/lib/dsp/frames';
import { hzToMel, type MelFilterbank } from '@/lib/dsp/mel';

const n = (value: number, decimals = 0) => formatNumber(value, { decimals });
const near = (given: number, value: number, share = 0.01) => Math.abs(given - value) <= share * Math.abs(value) + 1e-9;

/** A frequency on HTK's scale: that of the clip's strongest bin. */
export function melQuestion(hertz: number): Question {
  const answer = hzToMel(hertz, 'htk');
  const ratio = 1 + hertz / 700;
  const shown = formatNumber(ratio, { significant: 5 });
  return {
    given: `In the loudest frame of your clip the strongest bin lies at ${formatNumber(hertz, { significant: 5, unit: 'Hz' })}. Use HTK’s formula.`,
    unit: 'mel',
    answer,
    tolerance: Math.max(1, 0.005 * answer),
    why: `2595 · log₁₀(1 + ${formatNumber(hertz, { significant: 5 })}/700) = 2595 · log₁₀ ${shown} = ${n(answer, 1)}.`,
    hint: 'Divide by 700, add 1, take the logarithm to the base 10, multiply by 2595.',
    mistake(given) {
      if (near(given, 2595 * Math.log(ratio)))
        return 'That is 2595 times the natural logarithm. With ln the factor is 1127.';
      if (near(given, 1127 * Math.log10(ratio)))
        return 'The factor 1127 goes with the natural logarithm; with log₁₀ it is 2595.';
      if (near(given, 2595 * Math.log10(hertz / 700)))
        return 'That leaves out the 1 that is added before the logarithm.';
      if (near(given, hzToMel(hertz, 'slaney')))
        return 'That is Slaney’s mel, which counts in other units: 1,000 Hz are 15 of them.';
      if (near(given, hertz)) return 'That is the frequency itself. Hertz and mel agree only near 1,000.';
      return given < answer
        ? 'It is higher than that. Did the logarithm have the base 10?'
        : 'It is lower than that. Did you divide by 700 first?';
    },
  };
}

/** How far apart the peaks of the filters are. */
export function stepQuestion(sampleRate: number, nMels: number): Question {
  const top = hzToMel(sampleRate / 2, 'htk');
  const answer = top / (nMels + 1);
  return {
    given: `Your clip has ${n(sampleRate)} samples a second. Lay ${nMels} filters from 0 Hz to half of that, on HTK’s scale.`,
    unit: 'mel',
    answer,
    tolerance: 0.005 * answer,
    why: `Half of ${n(sampleRate)} is ${n(sampleRate / 2)} Hz, which are ${n(top, 1)} mel. ${nMels} filters need ${nMels + 2} edges, so ${nMels + 1} steps: ${n(top, 1)} / ${nMels + 1} = ${n(answer, 2)}.`,
    hint: `How many mel is ${n(sampleRate / 2)} Hz, and into how many steps do the edges of ${nMels} filters cut it?`,
    mistake(given) {
      if (near(given, top / nMels, 0.004))
        return `That is ${n(top, 1)} / ${nMels}. Each filter begins at the peak of the one before, so there is one step more than filters.`;
      if (near(given, top / (nMels + 2), 0.004))
        return `That divides by the number of edges, ${nMels + 2}. Between so many edges lie ${nMels + 1} steps.`;
      if (near(given, top / (nMels - 1), 0.004))
        return `That would put the first peak at 0 Hz and the last at the top. The first and last edges lie there, the peaks one step inside.`;
      if (near(given, sampleRate / 2 / (nMels + 1)))
        return 'Those are even steps in hertz. Turn the highest frequency into mel first.';
      if (near(given, hzToMel(sampleRate, 'htk') / (nMels + 1)))
        return 'That goes up to the sample rate. The highest frequency is half of it.';
      return given < answer ? 'The steps are larger than that.' : 'The steps are smaller than that.';
    },
  };
}

/** One band's energy in decibels, from its weights and the powers of its bins. */
export function bandQuestion(bank: MelFilterbank, m: number, powers: ArrayLike<number>): Question {
  const bins = Array.from({ length: bank.count[m] }, (_, j) => ({
    weight: Number(bank.weights[bank.start[m] + j].toPrecision(3)),
    power: Number(powers[bank.first[m] + j].toPrecision(3)),
  }));
  const energy = bins.reduce((sum, { weight, power }) => sum + weight * power, 0);
  const plain = bins.reduce((sum, { power }) => sum + power, 0);
  const share = bins.reduce((sum, { weight }) => sum + weight, 0);
  const db = (power: number) => 10 * Math.log10(Math.max(power, 1e-10));
  const answer = db(energy);
  const s = (value: number) => formatNumber(value, { significant: 3 });
  return {
    given: `In the loudest frame of your clip, filter ${m + 1} of ${bank.first.length} has the weights ${bins.map(({ weight }) => s(weight)).join(', ')}; its bins have the powers ${bins.map(({ power }) => s(power)).join(', ')}.`,
    unit: 'dB',
    answer,
    tolerance: 0.1,
    why: `${bins.map(({ weight, power }) => `${s(weight)} · ${s(power)}`).join(' + ')} = ${s(energy)}, and 10 · log₁₀ of that is ${n(answer, 1)} dB.`,
    hint: 'Multiply each power by its weight, add the products, then take 10 times the logarithm to the base 10.',
    mistake(given) {
      const close = (value: number) => Math.abs(given - value) <= 0.1;
      if (close(energy)) return 'That is the energy itself. Now take its decibels.';
      if (close(2 * answer)) return 'That is 20 log₁₀, which is for amplitudes. These are powers: 10 log₁₀.';
      if (close(Math.log(Math.max(energy, 1e-10))))
        return 'That is the natural logarithm. Decibels are 10 times the logarithm to the base 10.';
      if (close(db(plain))) return 'That adds the powers as they are. Each counts by its weight.';
      if (close(db(energy / share)))
        return 'That is a weighted mean. The filter adds; without a norm it divides by nothing.';
      return given < answer
        ? 'It is more than that. Add the products first, then take the logarithm once.'
        : 'It is less than that. Take the logarithm once, of the sum.';
    },
  };
}

/** How many numbers the MFCC of a clip are, with centred frames. */
export function sizeQuestion(samples: number, stft: StftOptions, nMfcc: number, nMels: number): Question {
  const frames = frameCount(stft, samples);
  const uncentred = Math.floor((samples - stft.winLength) / stft.hopLength) + 1;
  const answer = frames * nMfcc;
  return {
    given: `Your clip has ${n(samples)} samples. Frames are centred, the hop is ${stft.hopLength}, the FFT length ${stft.nFft}, there are ${nMels} bands, and ${nMfcc} coefficients are kept.`,
    unit: 'numbers',
    answer,
    tolerance: 0,
    why: `Centred frames: 1 + ⌊${n(samples)} / ${stft.hopLength}⌋ = ${n(frames)}. Each has ${nMfcc} coefficients: ${n(frames)} × ${nMfcc} = ${n(answer)}.`,
    hint: 'How many frames are there when the clip is padded by half a window at both ends? The bands are only on the way.',
    mistake(given) {
      if (given === frames * nMels)
        return `Those are the numbers of the log-mel picture, ${nMels} a frame. The MFCC keep ${nMfcc}.`;
      if (given === uncentred * nMfcc)
        return `That counts ${n(uncentred)} frames, as if nothing were padded. Centred frames go on to the very end: ${n(frames)}.`;
      if (given === frames) return 'That is the number of frames. How many numbers has each?';
      if (given === (frames - 1) * nMfcc) return 'One frame is missing: the first is centred on sample 0.';
      if (given === frames * (Math.floor(stft.nFft / 2) + 1))
        return 'Those are all bins of the spectrogram, before the filters and the cosines.';
      return given < answer ? 'There are more.' : 'There are fewer.';
    },
  };
}
