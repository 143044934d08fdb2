import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/errors.ts';
import { tensor } from '../../../src/lib/tensor.ts';
import golden from '../../golden/residual.json' with { type: 'json' };
import { expectClose, makeLayer, newPass, read } from './support.ts';

describe('sum', () => {
  it.each(golden.sums)('PyTorch agrees on $x.shape', ({ x, skip, y, dy, dx, dskip }) => {
    const layer = makeLayer('sum', {});
    expectClose(layer.forward(read(x), newPass(), read(skip)), read(y));
    const gradients = layer.backward(read(dy), newPass());
    expectClose(gradients.dx, read(dx));
    expect(gradients.dskip && [...gradients.dskip.data]).toEqual([...read(dskip).data]);
  });

  it('asks for two inputs of one shape', () => {
    const layer = makeLayer('sum', {});
    expect(() => layer.outputShape([4, 4, 2])).toThrow(/4 × 4 × 2 and nothing else/);
    expect(() => layer.outputShape([4, 4, 2], [4, 4, 1])).toThrow(/4 × 4 × 2 and 4 × 4 × 1/);
    expect(() => layer.forward(tensor([1, 2]), newPass())).toThrow(ShapeError);
    expect(() => layer.explain([0], tensor([2]))).toThrow(ShapeError);
  });
});
