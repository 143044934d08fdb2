/**
 * Whether probabilities mean what they say: of the answers given with about 80 %, are about 80 % right? Source: Guo et
 * al., "On Calibration of Modern Neural Networks" (2017), section 2: the expected calibration error (ECE) is the mean
 * of |accuracy − confidence| over equally wide bins, weighted by their clips.
 */
import type { Calibration } from '../model/card.ts';
import { type Answers, namedClasses } from './metrics.ts';

export function calibrate(answers: Answers, binCount = 10): Calibration {
  const { classes, truth, probabilities } = answers;
  const bins = Array.from({ length: binCount }, () => ({ n: 0, confidence: 0, right: 0 }));
  for (const [row, named] of namedClasses(answers).entries()) {
    const confidence = probabilities[row * classes.length + named];
    const bin = bins[Math.min(binCount - 1, Math.floor(confidence * binCount))];
    bin.n++;
    bin.confidence += confidence;
    if (truth[row] === named) bin.right++;
  }
  const filled = bins.flatMap(({ n, confidence, right }, i) =>
    n > 0 ? [{ low: i / binCount, high: (i + 1) / binCount, n, confidence: confidence / n, accuracy: right / n }] : [],
  );
  const gap = filled.reduce((sum, bin) => sum + bin.n * Math.abs(bin.accuracy - bin.confidence), 0);
  return { expectedError: truth.length > 0 ? gap / truth.length : Number.NaN, bins: filled };
}
