/**
 * The log-mel spectrogram of a minute at 16 kHz: windows of 512 samples every 160, power, 40 mel bands, logarithm. By our
 * engine's layers, by meyda, and by torchaudio where it is installed.
 */
import Meyda from 'meyda';
import { presetOptions } from '../src/lib/dsp/presets.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { logKind } from '../src/lib/layers/log.ts';
import { melKind } from '../src/lib/layers/mel.ts';
import { spectrogramKind } from '../src/lib/layers/spectrogram.ts';
import { inferencePass } from '../src/lib/model/network.ts';
import { type Tensor, tensor } from '../src/lib/tensor.ts';
import type { Contender } from './measure.ts';
import { type PythonContender, pythonContender } from './python.ts';

const sampleRate = 16000;
const nFft = 512;
const hopLength = 160;
const nMels = 40;

/** @param minute 960,000 samples; torchaudio computes its own of them, from the formula below */
export async function logMelContenders(
  minute: Float32Array,
  kernels: Kernels,
): Promise<{ contenders: Contender[]; torchaudio: PythonContender | undefined }> {
  const layers = [
    spectrogramKind.create({ ...presetOptions('tf.signal', { winLength: nFft, hopLength, nFft }), power: 2 }),
    melKind.create({ sampleRate, nFft, nMels, fMin: 0, fMax: sampleRate / 2, scale: 'htk', norm: 'none' }),
    logKind.create({ scale: 1, floor: 0, offset: 1e-6 }),
  ];
  const batch = tensor([1, minute.length], minute);
  const pass = inferencePass(kernels);
  const ours = { name: 'ours', run: () => layers.reduce<Tensor>((x, layer) => layer.forward(x, pass), batch) };

  Object.assign(Meyda, { bufferSize: nFft, sampleRate, melBands: nMels });
  // The edges of its filters lie on whole bins, and its logarithm is ln(1 + x): much the same work, other numbers.
  const meyda = {
    name: 'meyda',
    run() {
      const bands: unknown[] = [];
      for (let start = 0; start + nFft <= minute.length; start += hopLength)
        bands.push(Meyda.extract('melBands', minute.subarray(start, start + nFft)));
      return bands;
    },
  };

  const torchaudio = pythonContender('torchaudio', 'torchaudio-mel.py', 'torchaudio');
  const y = ours.run();
  const [, frames] = y.shape;
  const theirs = meyda.run();
  if (theirs.length !== frames || (theirs[0] as number[]).length !== nMels)
    throw new Error(`meyda makes ${theirs.length} frames, not ${frames}.`);
  if (torchaudio) {
    const mean = y.data.reduce((sum, value) => sum + value, 0) / y.data.length;
    const theirMean = Number(await torchaudio.run());
    if (!(Math.abs(theirMean / mean - 1) < 1e-5)) throw new Error(`torchaudio's mean is ${theirMean}, ours ${mean}.`);
  }
  return { contenders: [ours, meyda, ...(torchaudio ? [torchaudio] : [])], torchaudio };
}

/** A sawtooth that jumps about, which the Python script writes too: the same minute there and here. */
export function aMinute(): Float32Array {
  return Float32Array.from({ length: 60 * sampleRate }, (_, t) => ((t * 7919) % 2003) / 2003 - 0.5);
}
