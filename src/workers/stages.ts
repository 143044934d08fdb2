import type { Network } from '../lib/model/network.ts';
import type { StageInfo } from './protocol.ts';

/** The network's stages as the page needs to know them. */
export function stagesOf({ stages }: Network): StageInfo[] {
  return stages.map(({ layer, ...stage }) => ({
    ...stage,
    type: layer.type,
    config: layer.config as Readonly<Record<string, unknown>>,
  }));
}
