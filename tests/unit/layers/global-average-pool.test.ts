import { describe, expect, it } from 'vitest';
import golden from '../../golden/residual.json' with { type: 'json' };
import { expectClose, makeLayer, newPass, read } from './support.ts';

describe('global-average-pool', () => {
  it.each(golden.pools)('PyTorch agrees on $x.shape', ({ x, y, dy, dx }) => {
    const layer = makeLayer('global-average-pool', {});
    const pass = newPass();
    expectClose(layer.forward(read(x), pass), read(y));
    expectClose(layer.backward(read(dy), pass).dx, read(dx));
  });

  it('asks for places to average over', () => {
    const layer = makeLayer('global-average-pool', {});
    expect(() => layer.outputShape([5])).toThrow(/length × channels, but 5 came/);
    expect(() => layer.outputShape([0, 5])).toThrow(/0 × 5 came/);
  });
});
