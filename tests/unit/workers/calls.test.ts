import { describe, expect, it } from 'vitest';
import { AudioError, ModelError, ParameterError } from '../../../src/lib/errors.ts';
import { createCaller, type Port, type Request, serve } from '../../../src/workers/calls.ts';

/** A port whose other end the test holds. */
function fakePort() {
  const sent: Request[] = [];
  const port: Port = {
    postMessage: (request) => void sent.push(request),
    onmessage: null,
    onerror: null,
    terminate: () => {},
  };
  const answer = (index: number, result: unknown) => port.onmessage?.({ data: { id: sent[index].id, result } });
  return { port, sent, answer };
}

const ignore = () => {};

describe('createCaller', () => {
  it('sends one call at a time, in order', async () => {
    const { port, sent, answer } = fakePort();
    const caller = createCaller(() => port, ignore);
    const first = caller.call('load', ['a']);
    const second = caller.call('load', ['b']);
    expect(sent.map(({ args }) => args)).toEqual([['a']]);
    answer(0, 1);
    expect(await first).toBe(1);
    expect(sent.map(({ args }) => args)).toEqual([['a'], ['b']]);
    answer(1, 2);
    expect(await second).toBe(2);
  });

  it('drops a waiting call when a newer one of its kind comes, and gives it undefined', async () => {
    const { port, sent, answer } = fakePort();
    const caller = createCaller(() => port, ignore);
    const running = caller.callLatest('trace', [1]);
    const outrun = caller.callLatest('trace', [2]);
    const other = caller.callLatest('explain', []);
    const newest = caller.callLatest('trace', [3]);
    expect(await outrun).toBeUndefined();
    answer(0, 'one');
    answer(1, 'why');
    answer(2, 'three');
    expect(await Promise.all([running, newest, other])).toEqual(['one', 'three', 'why']);
    expect(sent.map(({ call, args }) => [call, ...args])).toEqual([['trace', 1], ['explain'], ['trace', 3]]);
  });

  it('lets who asks under another key ask the same, and drops only their own older questions', async () => {
    const { port, sent, answer } = fakePort();
    const caller = createCaller(() => port, ignore);
    const running = caller.callLatest('spectrogram', ['a'], '3.1');
    const outrun = [
      caller.callLatest('spectrogram', ['b'], '3.1'),
      caller.callLatest('spectrogram', ['c'], '3.2'),
      caller.callLatest('spectrogram', ['d'], '3.1'),
    ];
    const newest = [
      caller.callLatest('spectrogram', ['e'], '3.2'),
      caller.callLatest('scaled', ['f'], '3.1'),
      caller.callLatest('spectrogram', ['g']),
    ];
    // An unkeyed call is never dropped, nor does it drop another.
    const hold = caller.call('spectrogram', ['h']);
    expect(await Promise.all(outrun)).toEqual([undefined, undefined, undefined]);
    for (const [index, result] of [1, 2, 3, 4, 5].entries()) answer(index, result);
    // Each stands where its newest question was asked.
    expect(sent.map(({ call, args }) => [call, ...args])).toEqual([
      ['spectrogram', 'a'],
      ['spectrogram', 'e'],
      ['scaled', 'f'],
      ['spectrogram', 'g'],
      ['spectrogram', 'h'],
    ]);
    expect(await running).toBe(1);
    expect(await Promise.all([...newest, hold])).toEqual([2, 3, 4, 5]);
  });

  it('asks about a new clip after that clip has been handed over, though an older question waited before it', async () => {
    const { port, sent, answer } = fakePort();
    const caller = createCaller(() => port, ignore);
    void caller.call('hold', ['yes']);
    const outrun = caller.callLatest('spectrogram', ['of yes'], '3.2');
    void caller.call('hold', ['tone']);
    const newest = caller.callLatest('spectrogram', ['of the tone'], '3.2');
    expect(await outrun).toBeUndefined();
    for (let index = 0; index < 3; index++) answer(index, index);
    expect(await newest).toBe(2);
    expect(sent.map(({ args }) => args[0])).toEqual(['yes', 'tone', 'of the tone']);
  });

  it('passes on news without taking it for an answer', async () => {
    const { port, sent, answer } = fakePort();
    const heard: number[] = [];
    const caller = createCaller(
      () => port,
      (_event, value) => heard.push(value),
    );
    const result = caller.call('load', []);
    port.onmessage?.({ data: { event: 'progress', value: 0.5 } });
    answer(0, sent.length);
    expect(await result).toBe(1);
    expect(heard).toEqual([0.5]);
  });

  it('tells every waiting call when the worker breaks down, and opens another for the next', async () => {
    const ports = [fakePort(), fakePort()];
    let opened = 0;
    const caller = createCaller(() => ports[opened++].port, ignore);
    const lost = [caller.call('load', []), caller.call('weights', [])];
    ports[0].port.onerror?.({ message: 'out of memory' });
    for (const promise of lost) await expect(promise).rejects.toThrow('has stopped (out of memory). Reload the page.');
    const again = caller.call('load', []);
    ports[1].answer(0, 'well');
    expect(await again).toBe('well');
  });
});

describe('serve', () => {
  it('answers with what the function returns or promises', async () => {
    const replies: unknown[] = [];
    const answer = serve({ twice: (n: number) => 2 * n, later: async () => 'done' }, (reply) => replies.push(reply));
    await answer({ id: 1, call: 'twice', args: [21] });
    await answer({ id: 2, call: 'later', args: [] });
    expect(replies).toEqual([
      { id: 1, result: 42 },
      { id: 2, result: 'done' },
    ]);
  });

  it('carries errors across with their class, their sentence and the setting at fault', async () => {
    const thrown = [
      new ModelError('No model.'),
      new AudioError('No sound.'),
      new ParameterError('hopLength', 'Too long.'),
      new TypeError('x is not a function'),
    ];
    for (const error of thrown) {
      const { port, sent } = fakePort();
      const caller = createCaller(() => port, ignore);
      const answer = serve(
        {
          fail: (): never => {
            throw error;
          },
        },
        (reply) => port.onmessage?.({ data: structuredClone(reply) }),
      );
      const promise = caller.call('fail', []);
      await answer(sent[0]);
      const caught = (await promise.catch((reason: unknown) => reason)) as Error;
      if (error instanceof TypeError) expect(caught.message).toBe('TypeError: x is not a function');
      else expect(caught).toEqual(error);
      if (error instanceof ParameterError) expect(caught).toHaveProperty('parameter', 'hopLength');
      if (error instanceof ModelError) expect(caught).toBeInstanceOf(ModelError);
    }
  });
});
