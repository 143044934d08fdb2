/** Where things lie. Commands may be called from anywhere: all is found from this file's own place. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));
/** Trained models that the pages load: in git. */
export const modelsFolder = join(projectFolder, 'public', 'models');
/** Training runs with their checkpoints: outside git. */
export const runsFolder = join(projectFolder, 'runs');
/** Decoded recordings: outside git, may be deleted at any time. */
export const cacheFolder = join(projectFolder, '.cache');
/** The recordings of `keywords`, beside the project. */
export const defaultData = dataFolder();

/** A folder of recordings beside the project. */
export function dataFolder(name = 'speech-commands'): string {
  return join(projectFolder, '..', 'shared', 'data', name);
}
