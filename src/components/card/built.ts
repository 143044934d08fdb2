/** The models as they are when the site is built: what the page says of each, and the stages of the one that it opens with. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chainOf } from '@/components/figures/classify/chain';
import type { ModelShell } from '@/components/figures/classify/entries';
import { usualOf } from '@/components/figures/classify/model';
import type { Built, ModelSummary } from '@/components/figures/classify/summaries';
import { readArchitecture } from '@/lib/model/architecture';
import { classWords } from '@/lib/model/class-words';
import { createNetwork, type Network } from '@/lib/model/network';
import { sizeOf } from '@/lib/tensor';
import { stagesOf } from '@/workers/stages';
import { measuredWords, readCard } from './card';

const folder = 'public/models';

/** All models of public/models, by name; `keywords` comes first. */
export async function builtModels(): Promise<Built> {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'architecture.json')))
    : [];
  const networks = await Promise.all(names.sort().map(readNetwork));
  const models = networks.map(summaryOf);
  const usual = usualOf(models);
  const opened = networks.find(({ architecture }) => architecture.name === usual?.name);
  return { models, ...(opened ? { shell: shellOf(opened) } : {}) };
}

async function readNetwork(name: string): Promise<Network> {
  const text = await readFile(join(folder, name, 'architecture.json'), 'utf8');
  return createNetwork({ ...readArchitecture(JSON.parse(text)), name });
}

function shellOf(network: Network): ModelShell {
  const { name, classes, input } = network.architecture;
  return { name, classes: classes.map(classWords), ...input, stages: stagesOf(network) };
}

function summaryOf(network: Network): ModelSummary {
  const { name, classes, input } = network.architecture;
  const card = readCard(name);
  const weights = network.stages.flatMap(({ layer, inputShape }) => Object.values(layer.weightShapes(inputShape)));
  const count = weights.reduce((sum, shape) => sum + sizeOf(shape), 0);
  return {
    name,
    task: card?.task ?? `Names one of ${classes.length} classes.`,
    classes: classes.map(classWords),
    ...input,
    chain: chainOf(shellOf(network)),
    weights: card?.size.weights ?? count,
    bytes: card?.size.bytes ?? 2 * count,
    ...(card ? { card: { data: card.data.name, measured: measuredWords(card) } } : {}),
  };
}
