/** For each shipped model, the shape of what its stages are given: what `shipped.py` makes its pictures by. */
import { readdirSync, readFileSync } from 'node:fs';
import { readArchitecture } from '../../src/lib/model/architecture.ts';
import { createNetwork } from '../../src/lib/model/network.ts';

const models = new URL('../../public/models/', import.meta.url);
const shapes = readdirSync(models).map((name) => {
  const text = readFileSync(new URL(`${name}/architecture.json`, models), 'utf8');
  return [name, createNetwork(readArchitecture(JSON.parse(text))).stages.map(({ inputShape }) => inputShape)];
});
process.stdout.write(JSON.stringify(Object.fromEntries(shapes)));
