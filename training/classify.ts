/** `npm run classify -- FILE…`: names what is heard in sound files. */
import { fitInputs } from '../src/lib/audio/tiles.ts';
import { KuuloError } from '../src/lib/errors.ts';
import type { Kernels } from '../src/lib/kernels/kernels.ts';
import { classifyClip, getWeights, type Network } from '../src/lib/model/network.ts';
import { tensor } from '../src/lib/tensor.ts';
import { indexOfLargest } from '../src/lib/train/metrics.ts';
import { readArguments, runCommand, say, sentenceOf, UsageError } from './command.ts';
import { loadKernels } from './kernels.ts';
import { readModel } from './model-files.ts';
import { decodeSound } from './read-sound.ts';

const USAGE = `Usage: npm run classify -- FILE… [options]
  --model NAME     which model (default: keywords)
  --model-dir DIR  the model's folder (default: public/models/NAME)
  --json           the answers as JSON on standard output

A recording longer than the model's input is judged by its loudest stretch, or by the mean over its tiles where the model
hears in tiles. The milliseconds are those from the stretch, or all tiles, to the probabilities.`;

/** What is said of a file that was heard. */
interface Heard {
  readonly file: string;
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}
/** What is said of a file that could not be read. */
interface Unheard {
  readonly file: string;
  readonly error: string;
}

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      model: { type: 'string', default: 'keywords' },
      'model-dir': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    USAGE,
  );
  if (positionals.length === 0) throw new UsageError(USAGE);
  const network = await readModel(values.model, values['model-dir']);
  const kernels = await loadKernels(say);
  kernels.freeze(Object.values(getWeights(network)));
  classifyClip(network, tensor([network.architecture.input.samples]), kernels);

  const answers: (Heard | Unheard)[] = [];
  for (const file of positionals) {
    const answer = await classify(file, network, kernels);
    answers.push(answer);
    if ('error' in answer) {
      process.exitCode = 1;
      say(`${file}: ${answer.error}`);
    } else if (!values.json) {
      const share = answer.probabilities[answer.label];
      process.stdout.write(`${file}: ${answer.label} (${(100 * share).toFixed(1)} %, ${answer.milliseconds} ms)\n`);
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify(answers)}\n`);
});

async function classify(file: string, network: Network, kernels: Kernels): Promise<Heard | Unheard> {
  const { classes, input } = network.architecture;
  try {
    const sound = await decodeSound(file, input.sampleRate);
    for (const notice of sound.notices) say(`${file}: ${notice}`);
    const pieces = fitInputs(sound, input);
    const begun = performance.now();
    const probabilities = new Float32Array(classes.length);
    for (const piece of pieces) {
      const own = classifyClip(network, tensor([input.samples], piece), kernels);
      for (const [k, probability] of own.entries()) probabilities[k] += probability / pieces.length;
    }
    const milliseconds = Math.round(1000 * (performance.now() - begun)) / 1000;
    return {
      file,
      label: classes[indexOfLargest(probabilities)],
      probabilities: Object.fromEntries(classes.map((name, k) => [name, probabilities[k]])),
      milliseconds,
    };
  } catch (error) {
    return { file, error: error instanceof KuuloError ? error.message : `It could not be read: ${sentenceOf(error)}` };
  }
}
