/**
 * `npm run bench`: what is fast, against what others use. Medians over many calls by turns, one thread, in milliseconds:
 * a forward pass of the keyword network from its picture, the STFT of one second, Fourier transforms of 1,024 samples, the
 * log-mel spectrogram of a minute, a training step of every recipe's network. Then, in Chromium, from a slider to pixels on
 * the built site. With `-- train` the training steps alone, with `-- train digits events` those of these recipes; with
 * `-- slider` the sliders alone, with `-- slider 3.2 4.3` those of these figures. Prints a table, or with `-- --json` JSON
 * alone on standard output.
 */
import { availableParallelism, loadavg } from 'node:os';
import '../scripts/kernels.mjs';
import { runCommand } from '../training/command.ts';
import { benchChromium } from './chromium/run.ts';
import { fftContenders } from './fft.ts';
import { aMinute, logMelContenders } from './log-mel.ts';
import { measure } from './measure.ts';
import { loadBuild, prepare } from './node.ts';
import { fftRounds, forwardRounds, logMelRounds, type Medians, stftRounds } from './rounds.ts';
import { measureEngine } from './size.ts';
import { benchSlider, type SliderResult } from './slider.ts';
import { stftContenders } from './stft.ts';
import { benchTraining, type TrainingSteps } from './train.ts';

// Libraries talk; standard output is for the results.
console.log = console.info = console.error;

const json = process.argv.includes('--json');
const [only, ...named] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (only === 'slider') {
  const results = await benchSlider(named);
  process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${sliderRows(results).join('\n')}\n`);
  process.exit();
}
if (only === 'train') {
  await runCommand(async () => {
    const results = await benchTraining(await loadBuild('relaxed'), named);
    process.stdout.write(json ? `${JSON.stringify(results)}\n` : `${trainingRows(results).join('\n')}\n`);
  });
  process.exit();
}

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
const training = await benchTraining(relaxed, []);
const engine = await measureEngine();
const slider = await benchSlider().catch((error: unknown) => {
  console.error(`Not measured from slider to pixels: ${error instanceof Error ? error.message : error}`);
  return [];
});

if (json) {
  process.stdout.write(
    `${JSON.stringify({ ...node, logMel, train: training.keywords, training, chromium, engine, slider })}\n`,
  );
} else {
  const rows = [
    ...table(`Forward pass, Node ${process.versions.node}`, node.forward),
    ...(chromium ? table(`Forward pass, Chromium ${chromium.version}`, chromium.forward) : []),
    ...table(`STFT of one second, Node ${process.versions.node}`, node.stft),
    ...(chromium ? table(`STFT of one second, Chromium ${chromium.version}`, chromium.stft) : []),
    ...table(`A hundred real FFTs of 1,024, Node ${process.versions.node}`, node.fft),
    ...(chromium ? table(`A hundred real FFTs of 1,024, Chromium ${chromium.version}`, chromium.fft) : []),
    ...table('Log-mel of a minute at 16 kHz, Node', logMel),
    ...trainingRows(training),
    ...sliderRows(slider),
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

/** A training step of each network. */
function trainingRows(steps: TrainingSteps): string[] {
  const rows = Object.entries(steps).map(([name, { ours, pytorch }]) => {
    const share =
      pytorch === undefined
        ? ''
        : `${pytorch.toFixed(2).padStart(10)} ms   ours takes ${(ours / pytorch).toFixed(2)} of it`;
    return `  ${name.padEnd(28)}${ours.toFixed(2).padStart(10)} ms${share}`;
  });
  return ['Training step of 32 examples, Node: ours, PyTorch', ...rows, ''];
}

/** What a move of a slider takes, and what a drag in every frame does to the page. */
function sliderRows(results: readonly SliderResult[]): string[] {
  if (results.length === 0) return [];
  const columns = ['drawn', 'p95', 'frame', 'p95', 'missed', 'pictures', 'settled', 'longest'];
  const line = (what: string, clip: string, cells: readonly string[]) =>
    `  ${what.padEnd(30)}${clip.padEnd(16)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  return [
    'From a slider to pixels, ms: until the new picture is drawn, until the frame after it; median, 95th percentile.',
    `Then a drag in ${results[0].frames} frames: those missed, pictures shown, ms from its end to the last picture; and the longest task`,
    'of the main thread.',
    `Load of the machine: ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores. All are longer where others work.`,
    line('', '', columns),
    ...results.map(({ figure, moved, clip, drawn, pixels, missed, pictures, settled, longest }) =>
      line(`${figure} ${moved}`, clip, [
        ...[drawn.median, drawn.p95, pixels.median, pixels.p95].map((ms) => ms.toFixed(1)),
        ...[missed, pictures].map(String),
        settled.toFixed(0),
        longest > 0 ? `${longest}` : 'none > 50',
      ]),
    ),
    '',
  ];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
