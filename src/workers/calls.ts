/**
 * Calls from the page to a worker, one at a time. A call that the reader has outrun is dropped: where a newer call with
 * the same key comes while the older still waits, the older resolves to undefined and is never sent ("latest wins").
 */
import { AudioError, KuuloError, ModelError, ParameterError, ShapeError } from '../lib/errors.ts';

/** The shape of a table of calls, such as EngineCalls. */
export type Calls<Table> = { [Name in keyof Table]: (...args: never[]) => unknown };

export interface Request {
  readonly id: number;
  readonly call: string;
  readonly args: readonly unknown[];
}

/** An error as it crosses: the class is lost on the way, so its name goes along. */
export interface PostedError {
  readonly name: string;
  readonly message: string;
  readonly parameter?: string;
}

export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: PostedError }
  /** Not an answer: news on the way, such as the share of a download. */
  | { readonly event: string; readonly value: number };

/** The part of a Worker that the caller needs. */
export interface Port {
  postMessage(request: Request): void;
  onmessage: ((message: { data: Reply }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  terminate(): void;
}

interface Waiting {
  readonly key?: string;
  readonly call: string;
  readonly args: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface Caller {
  /** Sends the call when all before it are answered. */
  call(call: string, args: readonly unknown[]): Promise<unknown>;
  /**
   * As `call`, but drops a call with the same key that still waits; that one resolves to undefined.
   * @param key who asks; without it, the call's own name
   */
  callLatest(call: string, args: readonly unknown[], key?: string): Promise<unknown>;
}

/**
 * @param open makes the worker, at the first call and anew after it broke down
 * @param onEvent hears the worker's news
 */
export function createCaller(open: () => Port, onEvent: (event: string, value: number) => void): Caller {
  let port: Port | undefined;
  let running: (Waiting & { id: number }) | undefined;
  let waiting: Waiting[] = [];
  let lastId = 0;

  function start(): Port {
    const opened = open();
    opened.onmessage = ({ data }) => {
      if ('event' in data) {
        onEvent(data.event, data.value);
      } else if (running && data.id === running.id) {
        const { resolve, reject } = running;
        running = undefined;
        if ('error' in data) reject(readError(data.error));
        else resolve(data.result);
        next();
      }
    };
    opened.onerror = ({ message }) => {
      opened.terminate();
      port = undefined;
      const lost = running ? [running, ...waiting] : waiting;
      running = undefined;
      waiting = [];
      const cause = message ? ` (${message})` : '';
      const error = new KuuloError(`The part of the page that computes has stopped${cause}. Reload the page.`);
      for (const { reject } of lost) reject(error);
    };
    return opened;
  }

  function next(): void {
    const first = running ? undefined : waiting.shift();
    if (!first) return;
    lastId++;
    running = { ...first, id: lastId };
    port ??= start();
    try {
      port.postMessage({ id: lastId, call: first.call, args: first.args });
    } catch (error) {
      running = undefined;
      first.reject(error as Error);
      next();
    }
  }

  function enqueue(call: string, args: readonly unknown[], key?: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      waiting.push({ call, args, resolve, reject, ...(key === undefined ? {} : { key }) });
      next();
    });
  }

  return {
    call: (call, args) => enqueue(call, args),
    callLatest(call, args, key = call) {
      const older = waiting.find((one) => one.key === key);
      waiting = waiting.filter((one) => one !== older);
      older?.resolve(undefined);
      // To the end, not to the older one's place: what was asked in between, such as another clip, comes first.
      return enqueue(call, args, key);
    },
  };
}

/** Answers requests from a table of functions, one after the other, whether they promise or return. */
export function serve<Table extends Calls<Table>>(
  table: { [Name in keyof Table]: (...args: Parameters<Table[Name]>) => unknown },
  reply: (message: Reply) => void,
): (request: Request) => Promise<void> {
  return async ({ id, call, args }) => {
    try {
      const perform = table[call as keyof Table] as (...given: readonly unknown[]) => unknown;
      reply({ id, result: await perform(...args) });
    } catch (error) {
      reply({ id, error: postError(error) });
    }
  };
}

function postError(error: unknown): PostedError {
  if (error instanceof ParameterError) {
    return { name: error.name, message: error.message, parameter: error.parameter };
  }
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

function readError({ name, message, parameter }: PostedError): Error {
  switch (name) {
    case 'ParameterError':
      return new ParameterError(parameter ?? '', message);
    case 'AudioError':
      return new AudioError(message);
    case 'ShapeError':
      return new ShapeError(message);
    case 'ModelError':
      return new ModelError(message);
    case 'KuuloError':
      return new KuuloError(message);
    default:
      return new Error(`${name}: ${message}`);
  }
}
