/**
 * What all commands share: arguments, sentences instead of stack traces, results on standard output and all else on
 * standard error.
 */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { KuuloError } from '../src/lib/errors.ts';

/** A command that was called in a way that means nothing: its message is the usage. */
export class UsageError extends KuuloError {
  override name = 'UsageError';
}

/** Reads the command's arguments. Throws UsageError with the usage for an option that it does not have. */
export function readArguments<Options extends ParseArgsOptionsConfig>(options: Options, usage: string) {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${sentenceOf(error)}\n${usage}`);
  }
}

/** A whole number from an option, or undefined where it was not given. */
export function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new UsageError(`--${name} is "${text}", but must be a whole number from ${least}.`);
  }
  return value;
}

/** Says something to the person at the terminal, never to the program that reads standard output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a command: what it throws becomes a sentence on standard error, and exit status 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const expected = error instanceof KuuloError || (error as NodeJS.ErrnoException)?.code !== undefined;
    say(expected || !(error instanceof Error) ? sentenceOf(error) : (error.stack ?? error.message));
    process.exitCode = 1;
  }
}

/** What went wrong, in one line and without a stack trace. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A share from 0 to 1 as people read it: "91.9 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
