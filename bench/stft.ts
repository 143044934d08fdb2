/** The STFT of one second, by our engine and by fft.js with the same window around it. */
import FFT from 'fft.js';
import { frameCount } from '../src/lib/dsp/frames.ts';
import { presetOptions } from '../src/lib/dsp/presets.ts';
import { createStft } from '../src/lib/dsp/stft.ts';
import type { Contender } from './measure.ts';

/** @param clip one second at 16 kHz: 124 frames of 129 complex numbers */
export function stftContenders(clip: Float32Array): Contender[] {
  const options = presetOptions('tf.signal');
  const { nFft, winLength, hopLength } = options;
  const frames = frameCount(options, clip.length);
  const stft = createStft(options);
  const real = Array.from({ length: frames }, () => new Float64Array(stft.bins));
  const imaginary = Array.from({ length: frames }, () => new Float64Array(stft.bins));

  const fft = new FFT(nFft);
  const windowed = new Float64Array(nFft);
  const spectra = Array.from({ length: frames }, () => new Float64Array(2 * nFft));

  const contenders = [
    {
      name: 'ours',
      run() {
        for (let i = 0; i < frames; i++) stft.frame(clip, i, real[i], imaginary[i]);
      },
    },
    {
      name: 'fft.js',
      run() {
        for (let i = 0; i < frames; i++) {
          for (let t = 0; t < winLength; t++) windowed[t] = stft.weights[t] * clip[i * hopLength + t];
          fft.realTransform(spectra[i], windowed);
        }
      },
    },
  ];
  for (const { run } of contenders) run();
  for (let i = 0; i < frames; i++) {
    for (let k = 0; k < stft.bins; k++) {
      const error = Math.hypot(real[i][k] - spectra[i][2 * k], imaginary[i][k] - spectra[i][2 * k + 1]);
      if (!(error < 1e-9)) throw new Error(`Frame ${i}, bin ${k}: our STFT and that of fft.js differ by ${error}.`);
    }
  }
  return contenders;
}
