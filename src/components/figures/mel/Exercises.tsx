import { useMemo } from 'preact/hooks';
import { Exercise, type ExerciseProps } from '@/components/chapter/Exercise';
import { indexOfLargest } from '@/components/plots/cells';
import { frameCount, frameTime } from '@/lib/dsp/frames';
import { melFilterbank } from '@/lib/dsp/mel';
import type { Clip } from '@/reader/clip';
import { useClip } from '@/reader/use-clip';
import { powersOf } from './frame.ts';
import { bandQuestion, melQuestion, sizeQuestion, stepQuestion } from './questions.ts';
import { bandsFor } from './settings.ts';

/** Of the third exercise, and of the others. */
const few = 24;
const usual = { nMels: 40, nMfcc: 13 };

export function MelOfTone(props: ExerciseProps) {
  const clip = useClip();
  const question = useMemo(() => {
    if (!clip) return undefined;
    const { powers, hertz } = loudestFrame(clip);
    // A clip of nothing but a constant, or of nothing, is asked about bin 1.
    return melQuestion(hertz(Math.max(1, indexOfLargest(powers))));
  }, [clip]);
  return <Exercise {...props} question={question} />;
}

export function FilterStep(props: ExerciseProps) {
  const rate = useClip()?.sampleRate;
  const question = useMemo(() => (rate ? stepQuestion(rate, usual.nMels) : undefined), [rate]);
  return <Exercise {...props} question={question} />;
}

export function BandEnergy(props: ExerciseProps) {
  const clip = useClip();
  const question = useMemo(() => {
    if (!clip) return undefined;
    const { powers } = loudestFrame(clip);
    const { bank, m } = shortFilter(clip.sampleRate);
    return bandQuestion(bank, m, powers);
  }, [clip]);
  return <Exercise {...props} question={question} />;
}

export function HowManyNumbers(props: ExerciseProps) {
  const clip = useClip();
  const question = useMemo(() => {
    if (!clip || clip.samples.length === 0) return undefined;
    return sizeQuestion(clip.samples.length, bandsFor(clip.sampleRate, usual.nMels).stft, usual.nMfcc, usual.nMels);
  }, [clip]);
  return <Exercise {...props} question={question} />;
}

/** A filter of three or four bins, enough to add up by hand; at a high rate the bank needs more bands to have one. */
function shortFilter(rate: number) {
  const banks = [few, 40, 64, 96, 128].map((nMels) => {
    const { mel, stft, sampleRate } = bandsFor(rate, nMels);
    const bank = melFilterbank({ ...mel, sampleRate, nFft: stft.nFft });
    return { bank, m: bank.count.findIndex((count) => count === 3 || count === 4) };
  });
  return banks.find(({ m }) => m >= 0) ?? { bank: banks[0].bank, m: 0 };
}

/** The powers of the frame in whose middle half the clip has most energy. */
function loudestFrame({ samples, sampleRate }: Clip) {
  const settings = { ...bandsFor(sampleRate, few), decibels: null, mfcc: null };
  const { stft } = settings;
  const frames = frameCount(stft, samples.length);
  let best = 0;
  let most = -1;
  for (let i = 0; i < frames; i++) {
    const middle = Math.round(frameTime(stft, i, sampleRate) * sampleRate);
    let energy = 0;
    for (let t = middle - (stft.winLength >> 2); t < middle + (stft.winLength >> 2); t++)
      energy += (samples[t] ?? 0) ** 2;
    if (energy > most) [most, best] = [energy, i];
  }
  return { powers: powersOf(samples, settings, best), hertz: (k: number) => (k * sampleRate) / stft.nFft };
}
