import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatProgress, parseProgress } from '../../../src/reader/progress.ts';

const nothing = { read: new Set(), done: new Set() };

describe('parseProgress', () => {
  it('gives back what was kept', () => {
    const progress = { read: new Set([3, 4]), done: new Set(['3.1', '12.10']) };
    expect(parseProgress(formatProgress(progress))).toEqual(progress);
  });

  it.each([
    ['nothing', null],
    ['no text', ''],
    ['broken text', '{"format":"kuulo-pro'],
    ['a number', '3'],
    ['null', 'null'],
    ['another format', '{"format":"kuulo-progress-0","read":[3],"done":["3.1"]}'],
    ['a list', '[3,4]'],
    ['lists that are none', '{"format":"kuulo-progress-1","read":3,"done":{"3.1":true}}'],
  ])('takes %s for nothing', (_, text) => {
    expect(parseProgress(text)).toEqual(nothing);
  });

  it('keeps what it can read of what is half broken', () => {
    const text = '{"format":"kuulo-progress-1","read":[3,"4",-1,2.5,null,100],"done":["3.1","3","x.1","<b>.1",7]}';
    expect(parseProgress(text)).toEqual({ read: new Set([3]), done: new Set(['3.1']) });
  });

  it('never throws, whatever it finds', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseProgress(text)));
  });
});

describe('the progress', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const load = async (storage: Partial<Storage>) => {
    vi.stubGlobal('localStorage', storage);
    return import('../../../src/reader/progress.ts');
  };
  const memory = () => {
    const held = new Map<string, string>();
    return {
      held,
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
    };
  };

  it('is kept, and found again', async () => {
    const storage = memory();
    const first = await load(storage);
    first.markRead(3);
    first.markRead(3);
    first.markDone('3.2');
    vi.resetModules();
    const second = await load(storage);
    expect(second.progress.value).toEqual({ read: new Set([3]), done: new Set(['3.2']) });
  });

  it('keeps what another window wrote meanwhile', async () => {
    const storage = memory();
    const { markRead, progress } = await load(storage);
    storage.setItem('kuulo-progress', formatProgress({ read: new Set([5]), done: new Set(['5.1']) }));
    markRead(3);
    expect(progress.value.read).toEqual(new Set([5, 3]));
    expect(parseProgress(storage.getItem('kuulo-progress')).done).toEqual(new Set(['5.1']));
  });

  it('takes no names that it could not read back', async () => {
    const { markRead, markDone, progress } = await load(memory());
    markRead(Number.NaN);
    markRead(0);
    markDone('3');
    expect(progress.value).toEqual(nothing);
  });

  it('holds for the page where storage is refused', async () => {
    const refuse = () => {
      throw new Error('refused');
    };
    const { markRead, progress } = await load({ getItem: refuse, setItem: refuse });
    markRead(4);
    expect(progress.value.read).toEqual(new Set([4]));
  });
});
