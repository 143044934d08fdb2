import { describe, expect, it } from 'vitest';
import { plainKernels } from '../../../src/lib/kernels/plain.ts';
import { createShelf } from '../../../src/workers/shelf.ts';

const architecture = {
  format: 'kuulo-architecture-1',
  name: 'small',
  input: { sampleRate: 16000, samples: 4 },
  classes: ['a', 'b'],
  stages: [{ name: 'dense', type: 'dense', config: { units: 2 } }],
};

function setUp(fails = 0) {
  const fetched: string[] = [];
  const shelf = createShelf(
    () => async (file) => {
      fetched.push(file);
      if (fetched.length <= fails) throw new Error('offline');
      return new TextEncoder().encode(JSON.stringify(architecture));
    },
    async () => ({ kernels: plainKernels, note: '' }),
    () => {},
  );
  return { shelf, fetched };
}

describe('outline', () => {
  it('builds the network from its architecture alone, once', async () => {
    const { shelf, fetched } = setUp();
    const [first, second] = await Promise.all([shelf.outline('small'), shelf.outline('small')]);
    expect(first).toBe(second);
    expect(first.stages.map(({ name, outputShape }) => [name, outputShape])).toEqual([['dense', [2]]]);
    expect(fetched).toEqual(['architecture.json']);
  });

  it('tries again after a load that failed', async () => {
    const { shelf } = setUp(1);
    await expect(shelf.outline('small')).rejects.toThrow('offline');
    expect((await shelf.outline('small')).architecture.name).toBe('small');
  });
});
