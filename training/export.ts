/** `npm run export -- NAME --onnx FILE`: writes a trained model for other runtimes. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stageIndex } from '../src/lib/model/network.ts';
import { readArguments, runCommand, UsageError } from './command.ts';
import { readModel } from './model-files.ts';
import { describeInput, firstWritable, writeOnnx } from './onnx/write.ts';

const USAGE = `Usage: npm run export -- NAME --onnx FILE [options]
  --onnx FILE      where the model is written, in the format of ONNX (opset 17)
  --from STAGE     the first stage in it (default: the first from which all can be written, the clip's own if possible)
  --model-dir DIR  the model's folder (default: public/models/NAME)

The file's names of classes, sample rate and what goes in are in its metadata. Pictures are [batch, channels, height, width].`;

await runCommand(async () => {
  const { values, positionals } = readArguments(
    { onnx: { type: 'string' }, from: { type: 'string' }, 'model-dir': { type: 'string' } },
    USAGE,
  );
  if (positionals.length !== 1 || !values.onnx) throw new UsageError(USAGE);
  const network = await readModel(positionals[0], values['model-dir']);
  const first = values.from === undefined ? firstWritable(network) : stageIndex(network, values.from);
  const bytes = writeOnnx(network, first);
  writeFileSync(resolve(values.onnx), bytes);
  const { classes } = network.architecture;
  process.stdout.write(
    `Wrote ${values.onnx} (${(bytes.length / 1e6).toFixed(1)} MB), from the stage "${network.stages[first].name}" on.\n` +
      `${describeInput(network, first)}\n` +
      `Output [batch, ${classes.length}]: the probabilities of ${classes.join(', ')}.\n`,
  );
});
