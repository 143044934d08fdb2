// `npm test`: everything that must hold, in the order in which it fails soonest. The first failure ends it.
import { install, npm } from './install.mjs';

const steps = [
  ['Packages', install],
  ['Build', () => npm('run', '--silent', 'build')],
  ['Types, lint, dead code', () => npm('run', '--silent', 'check')],
  ['Unit tests', () => npm('run', '--silent', 'test:unit')],
  ['Browser tests', () => npm('run', '--silent', 'test:browser')],
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const begin = performance.now();
for (const [index, [name, step]] of steps.entries()) {
  console.log(`\n── ${index + 1} of ${steps.length}: ${name} ──`);
  const since = performance.now();
  const status = step();
  if (status !== 0) {
    console.error(`\n${name} failed after ${seconds(since)} (exit status ${status}).`);
    process.exit(status);
  }
  console.log(`${name}: ${seconds(since)}`);
}
console.log(`\nAll passed in ${seconds(begin)}.`);
