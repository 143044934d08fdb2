/** The model as it is when the site is built: its stages and their shapes, so that the page has its form from the start. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readArchitecture } from '@/lib/model/architecture';
import { createNetwork } from '@/lib/model/network';
import { stagesOf } from '@/workers/stages';
import type { ModelShell } from './entries.ts';

/** Undefined where there is no model of this name. */
export async function builtModel(name: string): Promise<ModelShell | undefined> {
  const file = `public/models/${name}/architecture.json`;
  if (!existsSync(file)) return undefined;
  const network = createNetwork(readArchitecture(JSON.parse(await readFile(file, 'utf8'))));
  const { architecture } = network;
  return {
    name: architecture.name,
    classes: architecture.classes,
    ...architecture.input,
    stages: stagesOf(network),
  };
}
