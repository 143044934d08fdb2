/** Contenders that run in Python: a line to the script is a run, a line from it its end, with or without an answer. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contender } from './measure.ts';

export interface PythonContender extends Contender {
  /** What the script printed. The way there and back takes about 0.1 ms. */
  run(): Promise<string>;
  stop(): void;
}

/**
 * @param script a file beside this one
 * @param module what it imports; undefined comes back where no Python here has it
 * @param words what the script is given on its command line
 */
export function pythonContender(
  name: string,
  script: string,
  module: string,
  words: readonly string[] = [],
): PythonContender | undefined {
  const pythons = ['python3', '/usr/bin/python3'];
  const python = pythons.find((path) => spawnSync(path, ['-c', `import ${module}`]).status === 0);
  if (!python) return undefined;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child: ChildProcess = spawn(python, [path, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error(`${name} could not be started.`);
  const lines = createInterface({ input: stdout });
  return {
    name,
    async run() {
      const line = once(lines, 'line');
      stdin.write('run\n');
      return (await line)[0] as string;
    },
    stop: () => child.kill(),
  };
}
