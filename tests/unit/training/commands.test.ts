/** The three commands as people call them: trained on made recordings, interrupted, resumed, evaluated, asked. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRecordings, put, temporaryFolder, tone, wavFile } from './recordings.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const folder = temporaryFolder();
const data = join(folder.path, 'data');
const straight = join(folder.path, 'straight');
const cut = join(folder.path, 'cut');

interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command; `stopAt` is the text on standard error at which it is asked to stop, twice, as Ctrl-C under npm does. */
function call(command: string, words: readonly string[], stopAt?: string): Promise<Finished> {
  const child = spawn(process.execPath, [join(project, 'training', `${command}.ts`), ...words], { cwd: folder.path });
  let stdout = '';
  let stderr = '';
  let asked = false;
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
    if (stopAt && !asked && stderr.includes(stopAt)) {
      asked = true;
      child.kill('SIGINT');
      child.kill('SIGINT');
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const training = ['keywords', '--data', data, '--epochs', '4', '--cache', join(folder.path, 'cache')];

beforeAll(async () => {
  makeRecordings(data);
  const finished = await call('train', [...training, '--run', straight, '--threads', '1']);
  expect(finished.stderr).toContain('epoch 4/4');
  expect(finished.stderr).toContain('damaged.wav');
  expect(finished.status).toBe(0);
}, 120_000);
afterAll(folder.remove);

describe('train', { timeout: 120_000 }, () => {
  it('leaves the same weights when it is stopped and resumed, on another number of threads', async () => {
    const stopped = await call('train', [...training, '--run', cut, '--threads', '2'], 'epoch 1/4');
    expect(stopped.stderr).toContain('Go on with: npm run train');
    expect(stopped.status).toBe(130);
    const resumed = await call('train', [
      ...['keywords', '--data', data, '--cache', join(folder.path, 'cache')],
      ...['--run', cut, '--threads', '2', '--resume'],
    ]);
    expect(resumed.stderr).not.toContain('epoch 1/4');
    expect(resumed.status).toBe(0);
    const weights = (run: string) => readFileSync(join(run, 'weights.safetensors'));
    expect(weights(cut).equals(weights(straight))).toBe(true);
    const history = (run: string) => readFileSync(join(run, 'history.json'), 'utf8');
    expect(history(cut)).toBe(history(straight));
  });

  it('refuses to go on with another seed', async () => {
    const refused = await call('train', [...training, '--run', straight, '--seed', '9', '--resume']);
    expect(refused.stderr).toContain('belongs to another recipe');
    expect(refused.status).toBe(1);
  });

  it('says what is wrong with its arguments', async () => {
    expect((await call('train', ['keyword'])).stderr).toContain('There is no recipe "keyword". There are: keywords, ');
    const seven = await call('train', ['keywords', '--epochs', 'seven']);
    expect(seven.stderr).toContain('--epochs is "seven"');
    expect(seven.status).toBe(1);
  });
});

describe('evaluate', { timeout: 120_000 }, () => {
  const words = ['keywords', '--data', data, '--model-dir', straight];

  it('prints JSON alone on standard output, without the classes that the folder lacks', async () => {
    const { status, stdout, stderr } = await call('evaluate', [...words, '--split', 'test', '--json']);
    expect(status).toBe(0);
    expect(stderr).not.toContain('has no class');
    const figures = JSON.parse(stdout);
    expect(figures.n).toBe(13);
    expect(Object.keys(figures.recall)).toEqual(['no', 'yes', 'unknown', 'silence']);
    expect(Object.keys(figures.confusion)).toEqual(['no', 'yes', 'unknown', 'silence']);
    for (const key of ['accuracy', 'accuracy8', 'balancedAccuracy']) {
      expect(figures[key]).toBeGreaterThanOrEqual(0);
      expect(figures[key]).toBeLessThanOrEqual(1);
    }
    expect(figures.interval).toMatchObject({ level: 0.95 });
  });

  it('says which classes of the folder the model does not have', async () => {
    const odd = join(folder.path, 'odd');
    put(join(odd, 'a.wav'), wavFile(tone(440, 1, 16000), 16000));
    put(join(odd, 'index.csv'), 'class,file,split\nYes,a.wav,test\nyes,a.wav,test\n,"",test\n');
    const given = ['keywords', '--data', odd, '--model-dir', straight, '--split', 'test', '--json'];
    const { status, stdout, stderr } = await call('evaluate', given);
    expect(status).toBe(0);
    expect(stderr).toContain('The model has no class "Yes", "": such recordings count as unknown.');
    expect(stderr).toContain('Skipped (no file): It is a folder');
    expect(JSON.parse(stdout)).toMatchObject({ n: 2, skipped: 1 });
  });

  it('writes a card from the measurement and the training', async () => {
    const { status } = await call('evaluate', [...words, '--split', 'test', '--card', '--run', straight]);
    expect(status).toBe(0);
    const card = JSON.parse(readFileSync(join(straight, 'card.json'), 'utf8'));
    expect(card).toMatchObject({
      format: 'kuulo-card-1',
      name: 'keywords',
      size: { weights: 1_625_866, storage: 'F32' },
    });
    expect(card.training.splits.map((split: { name: string; clips: number }) => [split.name, split.clips])).toEqual([
      ['train', 13],
      ['validation', 13],
      ['test', 13],
    ]);
    expect(card.training.history).toHaveLength(4);
    expect(card.test.split).toBe('test');
    expect(card.validation.n).toBe(13);
    expect(card.baseline).toEqual({ name: expect.stringContaining('40 mel bands'), accuracy: 1, balancedAccuracy: 1 });
    expect(card.milliseconds).toEqual({
      median: expect.any(Number),
      runtime: expect.stringMatching(/^Node \d+, .*wasm.*, one thread$/),
    });
    expect(card.milliseconds.median).toBeGreaterThan(0);
    expect(card.test.heard).toBeUndefined();
  });

  it('warns where the model was trained on what it is judged by, in the card too', async () => {
    const fair = await call('evaluate', [...words, '--split', 'test', '--json']);
    expect(fair.stderr).not.toContain('trained on');
    expect(JSON.parse(fair.stdout).heard).toBeUndefined();
    const unfair = await call('evaluate', [...words, '--split', 'train', '--card', '--run', straight, '--json']);
    expect(unfair.stderr).toContain('The model was trained on train. If those were of this folder, it has heard these');
    expect(JSON.parse(unfair.stdout).heard).toBe(true);
    const { notes, test } = JSON.parse(readFileSync(join(straight, 'card.json'), 'utf8'));
    expect(test.heard).toBe(true);
    expect(notes.at(-1)).toContain('it has heard these clips before');
  });

  it('names the splits there are, and what to run where there is no model', async () => {
    const split = await call('evaluate', [...words, '--split', 'exam', '--json']);
    expect(split).toMatchObject({ status: 1, stdout: '' });
    expect(split.stderr).toContain('It has: test, train, validation.');
    const model = await call('evaluate', ['keywords', '--data', data, '--split', 'test', '--model-dir', folder.path]);
    expect(model.stderr).toContain('npm run train -- keywords');
    expect(model.status).toBe(1);
  });
});

describe('classify', { timeout: 120_000 }, () => {
  it('answers for what it can read, says what it cannot, and ends with status 1 then', async () => {
    put(join(folder.path, 'long.wav'), wavFile(tone(440, 3, 48000), 48000));
    put(join(folder.path, 'text.wav'), 'not a sound');
    const files = ['text.wav', 'gone.wav', 'long.wav'];
    const { status, stdout, stderr } = await call('classify', [...files, '--model-dir', straight, '--json']);
    expect(status).toBe(1);
    const [text, gone, long] = JSON.parse(stdout);
    for (const answer of [text, gone]) {
      expect(Object.keys(answer)).toEqual(['file', 'error']);
      expect(answer.error).not.toMatch(/\n|\bat .*:\d+/);
    }
    expect(gone.error).toContain('no such file');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(long.probabilities[long.label]).toBe(Math.max(...Object.values<number>(long.probabilities)));
    expect(Object.values<number>(long.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    expect(long.milliseconds).toBeGreaterThan(0);
  });

  it('tells on standard error what is odd in a file, and goes on', async () => {
    const second = wavFile(tone(440, 1, 16000), 16000);
    put(join(folder.path, 'cut.wav'), second.subarray(0, 20000));
    const files = [folder.path, 'cut.wav', 'cut.wav'];
    const { status, stdout, stderr } = await call('classify', [...files, '--model-dir', straight, '--json']);
    expect(status).toBe(1);
    const [directory, ...twice] = JSON.parse(stdout);
    expect(directory.error).toContain('It is a folder');
    expect(twice.map((answer: { label: string }) => answer.label)).toHaveLength(2);
    expect(stderr).toContain('cut.wav: The header promises 1.00 s, but the file holds 0.62 s');
  });

  it('shows how it is used when no file is given', async () => {
    const { status, stdout, stderr } = await call('classify', []);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('Usage: npm run classify -- FILE');
  });
});
