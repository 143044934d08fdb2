/**
 * `npm run bench`: what is fast, against what others use. Medians over many calls by turns, one thread, in milliseconds:
 * a forward pass of the keyword network from its picture, the STFT of one second, Fourier transforms of 1,024 samples, the
 * log-mel spectrogram of a minute, a training step of 32 pictures. Then, in Chromium, from a slider to pixels on the built
 * site. Prints a table, or with `-- --json` JSON alone on standard output.
 */
import '../scripts/kernels.mjs';
import { benchChromium } from './chromium/run.ts';
import { fftContenders } from './fft.ts';
import { aMinute, logMelContenders } from './log-mel.ts';
import { measure } from './measure.ts';
import { loadBuild, prepare } from './node.ts';
import { fftRounds, forwardRounds, logMelRounds, type Medians, stftRounds, trainRounds } from './rounds.ts';
import { measureEngine } from './size.ts';
import { benchSlider, type SliderResult } from './slider.ts';
import { stftContenders } from './stft.ts';
import { ourTraining, pyTorch } from './train.ts';

// Libraries talk; standard output is for the results.
console.log = console.info = console.error;

const { forward, clip } = await prepare();
const node = {
  forward: await measure(forward, forwardRounds),
  stft: await measure(stftContenders(clip), stftRounds),
  fft: await measure(await fftContenders(clip), fftRounds),
};
const chromium = await benchChromium().catch((error: unknown) => {
  console.error(`Not measured in Chromium: ${error instanceof Error ? error.message : error}`);
  return undefined;
});
const relaxed = await loadBuild('relaxed');
const { contenders, torchaudio } = await logMelContenders(aMinute(), relaxed);
if (!torchaudio) console.error('Not measured: torchaudio. No python3 here has it (Debian: python3-torchaudio).');
const logMel = await measure(contenders, logMelRounds);
torchaudio?.stop();
const torch = pyTorch();
if (!torch) console.error('Not measured: PyTorch. No python3 here has it (Debian: apt-get install python3-torch).');
const train = await measure([ourTraining(relaxed), ...(torch ? [torch] : [])], trainRounds);
torch?.stop();
const engine = await measureEngine();
const slider = await benchSlider().catch((error: unknown) => {
  console.error(`Not measured from slider to pixels: ${error instanceof Error ? error.message : error}`);
  return [];
});

if (process.argv.includes('--json')) {
  process.stdout.write(`${JSON.stringify({ ...node, logMel, train, chromium, engine, slider })}\n`);
} else {
  const rows = [
    ...table(`Forward pass, Node ${process.versions.node}`, node.forward),
    ...(chromium ? table(`Forward pass, Chromium ${chromium.version}`, chromium.forward) : []),
    ...table(`STFT of one second, Node ${process.versions.node}`, node.stft),
    ...(chromium ? table(`STFT of one second, Chromium ${chromium.version}`, chromium.stft) : []),
    ...table(`A hundred real FFTs of 1,024, Node ${process.versions.node}`, node.fft),
    ...(chromium ? table(`A hundred real FFTs of 1,024, Chromium ${chromium.version}`, chromium.fft) : []),
    ...table('Log-mel of a minute at 16 kHz, Node', logMel),
    ...table('Training step of 32, Node', train),
    ...slider.flatMap(sliderRows),
    `Engine: ${kilobytes(engine.script)} of script and ${kilobytes(engine.wasm)} of wasm, gzipped`,
  ];
  process.stdout.write(`${rows.join('\n')}\n`);
}
process.exit();

/** One contender a line: milliseconds, and how long ours takes as a share of it. */
function table(title: string, medians: Medians): string[] {
  const lines = Object.entries(medians).map(([name, ms]) => {
    const share = name === 'ours' ? '' : `   ours takes ${(medians.ours / ms).toFixed(2)} of it`;
    return `  ${name.padEnd(26)}${ms.toFixed(3).padStart(9)} ms${share}`;
  });
  return [title, ...lines, ''];
}

/** What a move of the slider takes, and what a drag in every frame does to the page. */
function sliderRows({ clip, drawn, pixels, frames, missed, pictures, longest }: SliderResult): string[] {
  const spread = (name: string, { median, p95 }: SliderResult['drawn']) =>
    `  ${name.padEnd(26)}${median.toFixed(1).padStart(9)} ms median, ${p95.toFixed(1)} ms 95th percentile`;
  return [
    `From slider to pixels, Figure 3.2, ${clip}`,
    spread('new picture drawn', drawn),
    spread('frame after it', pixels),
    `  dragged in ${frames} frames: ${missed} missed, ${pictures} pictures shown`,
    `  longest task: ${longest > 0 ? `${longest} ms` : 'none over 50 ms'}`,
    '',
  ];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
