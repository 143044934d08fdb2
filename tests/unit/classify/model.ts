/** The stages of `keywords` as the page knows them. */
import type { ModelShell } from '../../../src/components/figures/classify/entries.ts';
import { createNetwork } from '../../../src/lib/model/network.ts';
import { keywords } from '../../../training/recipes/keywords.ts';

const { architecture } = keywords;

export const shell: ModelShell = {
  name: architecture.name,
  classes: architecture.classes,
  ...architecture.input,
  stages: createNetwork(architecture).stages.map(({ layer, ...stage }) => ({
    ...stage,
    type: layer.type,
    config: layer.config as Record<string, unknown>,
  })),
};

/** The index of the stage with this name. */
export function stage(name: string): number {
  return shell.stages.findIndex((one) => one.name === name);
}
