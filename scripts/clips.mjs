// Makes the built-in clips of public/audio and their index.json: words spoken by espeak-ng in three voices, and sounds
// computed here. All are 16 kHz, 16-bit, mono, one second long unless said otherwise. The same espeak-ng gives the same
// files again, byte for byte. Run by Node 24: npm run clips
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fitToLength } from '../src/lib/audio/fit.ts';
import { readClip } from '../src/lib/audio/read.ts';
import { writeWav } from '../src/lib/audio/wav.ts';
import { createRandom, mixSeed } from '../src/lib/random.ts';

const folder = fileURLToPath(new URL('../public/audio', import.meta.url));
const sampleRate = 16000;
const words = ['down', 'go', 'left', 'no', 'right', 'stop', 'up', 'yes'];
/** The first voice is the default one: its clips are called by the word alone. Speed in words a minute. */
const voices = [
  { name: 'American woman', espeak: 'en-us+f2', speed: 150 },
  { name: 'British man', espeak: 'en-gb+m3', speed: 150 },
  { name: 'Scottish man', espeak: 'en-gb-scotland+m7', speed: 150 },
];
const wordPeak = 0.5;
/** A room is never wholly silent: pink noise so faint stands behind the words, as behind a recording. */
const roomNoise = 10 ** (-66 / 20);

const clips = [];
for (const [index, voice] of voices.entries()) {
  for (const word of words) {
    add({
      name: index === 0 ? word : `${word}, ${voice.name}`,
      file: `${word}-${voice.name.toLowerCase().replaceAll(' ', '-')}.wav`,
      kind: 'word',
      word,
      voice: voice.name,
      about: `The word “${word}”, spoken by a synthetic voice (${voice.name}).`,
      samples: withRoom(oneSecond(await speak(word, voice)), mixSeed(index, words.indexOf(word))),
    });
  }
}
add({
  name: 'three words',
  file: 'three-words.wav',
  kind: 'words',
  voice: voices[0].name,
  about: 'Four seconds with three words in them, “right”, “go” and “no”: choose the second to judge.',
  samples: await threeWords(),
});
add({
  name: 'tone 440 Hz',
  file: 'tone-440.wav',
  kind: 'tone',
  about: 'A pure tone of 440 Hz, the A that orchestras tune to.',
  samples: faded(generate((t) => 0.5 * Math.sin(2 * Math.PI * 440 * t))),
});
add({
  name: 'tone 1 kHz',
  file: 'tone-1000.wav',
  kind: 'tone',
  about: 'A pure tone of 1000 Hz: one line in the spectrogram, at 1 kHz.',
  samples: faded(generate((t) => 0.5 * Math.sin(2 * Math.PI * 1000 * t))),
});
add({
  name: 'chirp',
  file: 'chirp.wav',
  kind: 'chirp',
  about: 'A tone that rises evenly from 100 to 7900 Hz in one second: a straight line in the spectrogram.',
  samples: faded(generate((t) => 0.5 * Math.sin(2 * Math.PI * (100 + 3900 * t) * t))),
});
add({
  name: 'white noise',
  file: 'white-noise.wav',
  kind: 'noise',
  about: 'Random numbers: every frequency alike.',
  samples: whiteNoise(1).map((sample) => 0.1 * sample),
});
add({
  name: 'pink noise',
  file: 'pink-noise.wav',
  kind: 'noise',
  about: 'Noise with as much power in each octave as in the next, as rain and rivers have it.',
  samples: pinkNoise(2).map((sample) => 0.1 * sample),
});
add({
  name: 'click',
  file: 'click.wav',
  kind: 'click',
  about: 'One sample of 0.5 in the middle of nothing: every frequency at one moment.',
  samples: generate((_, n) => (n === sampleRate / 2 ? 0.5 : 0)),
});
add({
  name: 'silence',
  file: 'silence.wav',
  kind: 'silence',
  about: 'Nothing but zeros, as from a microphone that is switched off.',
  samples: generate(() => 0),
});
write();

/** Speaks a word with espeak-ng and takes the pauses around it away. */
async function speak(word, { espeak, speed }) {
  const { error, status, stdout, stderr } = spawnSync(
    'espeak-ng',
    ['-v', espeak, '-s', String(speed), '--stdout', word],
    { maxBuffer: 2 ** 24 },
  );
  if (error || status !== 0) {
    const reason = error?.code === 'ENOENT' ? 'espeak-ng was not found' : `espeak-ng failed: ${stderr ?? error}`;
    console.error(
      `${reason}. Install it (Debian: apt install espeak-ng; macOS: brew install espeak-ng) and run "npm run clips" again.\nThe clips that are there were left as they are.`,
    );
    process.exit(1);
  }
  const { clip } = await readClip(stdout, sampleRate);
  const peak = clip.samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const heard = (sample) => Math.abs(sample) > 0.005 * peak;
  const margin = 0.02 * sampleRate;
  const from = Math.max(0, clip.samples.findIndex(heard) - margin);
  const spoken = clip.samples.slice(from, clip.samples.findLastIndex(heard) + margin);
  return faded(spoken.map((sample) => (sample * wordPeak) / peak));
}

async function threeWords() {
  const samples = new Float32Array(4 * sampleRate);
  for (const [word, middle] of [
    ['right', 0.8],
    ['go', 2.1],
    ['no', 3.3],
  ]) {
    const spoken = await speak(word, voices[0]);
    samples.set(spoken, Math.round(middle * sampleRate - spoken.length / 2));
  }
  return withRoom(samples, 3);
}

/** One second with the sound in its middle. */
function oneSecond(samples) {
  if (samples.length > sampleRate) throw new Error(`A word of ${samples.length / sampleRate} s does not fit into 1 s.`);
  return fitToLength({ samples, sampleRate }, sampleRate, 'centre').samples;
}

/** Raised-cosine fades of 10 ms, so that nothing begins or ends with a click. */
function faded(samples) {
  const length = 0.01 * sampleRate;
  return samples.map((sample, n) => {
    const edge = Math.min(n, samples.length - 1 - n);
    return edge < length ? sample * (0.5 - 0.5 * Math.cos((Math.PI * edge) / length)) : sample;
  });
}

function withRoom(samples, seed) {
  const noise = pinkNoise(seed, samples.length);
  return samples.map((sample, n) => sample + roomNoise * noise[n]);
}

function generate(sampleAt) {
  return Float32Array.from({ length: sampleRate }, (_, n) => sampleAt(n / sampleRate, n));
}

/** Normal noise of variance 1. */
function whiteNoise(seed, length = sampleRate) {
  const random = createRandom(seed);
  return Float32Array.from({ length }, () => random.normal());
}

/** Pink noise of variance 1 after Voss: rows of random numbers, each renewed half as often as the one before. */
function pinkNoise(seed, length = sampleRate) {
  const random = createRandom(seed);
  const rows = Array.from({ length: 12 }, () => random.normal());
  return Float32Array.from({ length }, (_, n) => {
    for (let row = 0; row < rows.length; row++) if (n % 2 ** row === 0) rows[row] = random.normal();
    return rows.reduce((sum, value) => sum + value, 0) / Math.sqrt(rows.length);
  });
}

function add({ samples, ...about }) {
  const bytes = writeWav({ channels: [samples], sampleRate });
  clips.push({ ...about, seconds: samples.length / sampleRate, bytes });
}

/** All or nothing: only when every clip is made are the old ones replaced. */
function write() {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith('.wav')) rmSync(join(folder, file));
  for (const { file, bytes } of clips) writeFileSync(join(folder, file), bytes);
  const index = { clips: clips.map(({ bytes, ...about }) => about) };
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  const total = clips.reduce((sum, { bytes }) => sum + bytes.length, 0);
  console.log(`${clips.length} clips, ${Math.round(total / 1000)} kB, in public/audio.`);
}
