import { didYouMean } from '../model/nearest';
import { EXIT, errorProblem, isInterruption, LiftlockError, type Problem } from '../model/problem';
import { redact } from '../transport/redact';

/** How a command ended that did not end well: what to say, and with which exit code. */
export interface Ending {
  readonly exitCode: number;
  /** Empty when there is nothing to say. */
  readonly problems: readonly Problem[];
  /** Only for bugs, and only when asked for (`LIFTLOCK_DEBUG=1`). */
  readonly stack?: string;
}

/** What is known where an error ends. */
export interface EndingContext {
  /** Never part of any text. */
  readonly secrets: Iterable<string>;
  /** The command as the user typed it, such as `liftlock plan`. */
  readonly command: string;
  readonly debug: boolean;
  /** What to say about a command that does not exist; only where that can happen. */
  readonly unknownCommand?: () => Problem;
}

/** Reads an error: expected failures, wrong usage, interruptions, closed pipes, and bugs. */
export function endingOf(error: unknown, context: EndingContext): Ending {
  const ending = readError(error, context);
  const clean = (text: string): string => redact(text, context.secrets);
  const problems = ending.problems.map((problem) => ({
    ...problem,
    message: clean(problem.message),
    ...(problem.hint === undefined ? {} : { hint: clean(problem.hint) }),
  }));
  return { ...ending, problems, ...(ending.stack === undefined ? {} : { stack: clean(scrub(ending.stack)) }) };
}

function readError(error: unknown, context: EndingContext): Ending {
  if (error instanceof LiftlockError) return expected(error);
  if (isAbort(error)) return interrupted();
  if (!(error instanceof Error)) return bug(new Error(String(error)), context);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EPIPE') return { exitCode: EXIT.done, problems: [] };
  if (code === 'EEXIT') return { exitCode: oclifExit(error), problems: [] };
  if ('oclif' in error) return usage(error, context);
  if ('syscall' in error) return { exitCode: EXIT.error, problems: [errorProblem('system', firstLine(error.message))] };
  return bug(error, context);
}

function expected(error: LiftlockError): Ending {
  return { exitCode: isInterruption(error) ? EXIT.interrupted : error.exitCode, problems: error.problems };
}

/** What an AbortSignal throws is not always an Error. */
function isAbort(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  return ('name' in error && error.name === 'AbortError') || ('code' in error && error.code === 'ABORT_ERR');
}

function interrupted(): Ending {
  return { exitCode: EXIT.interrupted, problems: [errorProblem('interrupted', 'Interrupted.')] };
}

/** `this.exit(2)` of oclif travels as an error. */
function oclifExit(error: Error): number {
  const details = 'oclif' in error ? error.oclif : undefined;
  const exit = typeof details === 'object' && details !== null && 'exit' in details ? details.exit : undefined;
  return typeof exit === 'number' ? exit : EXIT.error;
}

/** Wrong flags and arguments: oclif's own words without colours and without the whole help. */
function usage(error: Error, { command, unknownCommand }: EndingContext): Ending {
  const text = withoutColours(error.message)
    // oclif's advice on flags that swallow arguments; ours do not.
    .replace(/\n+(?:Note: |See more help with --help)[^]*$/, '')
    .replaceAll('\t', '  ');
  if (unknownCommand && (oclifExit(error) === 127 || /^command .* not found\.?$/i.test(text))) {
    return { exitCode: EXIT.error, problems: [unknownCommand()] };
  }
  const hint = `${intendedFlag(error)}Run ${command} --help to see what it takes.`;
  return { exitCode: EXIT.error, problems: [errorProblem('usage', text.trim(), { hint })] };
}

/** What oclif says of flags that a command does not have. */
interface UnknownFlags extends Error {
  readonly flags: readonly string[];
  readonly parse: { readonly input?: { readonly flags?: object } };
}

function isUnknownFlags(error: Error): error is UnknownFlags {
  return error.constructor.name === 'NonExistentFlagsError' && 'flags' in error && 'parse' in error;
}

/** Whether another flag was meant by a mistyped one; nothing for other errors. */
function intendedFlag(error: Error): string {
  if (!isUnknownFlags(error)) return '';
  const [given = ''] = error.flags;
  const known = Object.keys(error.parse.input?.flags ?? {}).map((name) => `--${name}`);
  return didYouMean(given, known);
}

function bug(error: Error, { debug }: EndingContext): Ending {
  const message = `Something went wrong inside Liftlock: ${error.name}: ${scrub(firstLine(error.message))}`;
  const more = debug ? '' : ' LIFTLOCK_DEBUG=1 shows where it happened.';
  const hint = `This is a bug, not your fault. Please report it (npm bugs liftlock).${more}`;
  const stack = debug ? { stack: error.stack ?? '' } : {};
  return { exitCode: EXIT.error, problems: [errorProblem('bug', message, { hint })], ...stack };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

function withoutColours(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}

/** What looks like a credential in the text of an error that we did not write. */
function scrub(text: string): string {
  return text
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 ***')
    .replaceAll(/((?:secret|password|passwd|token|assertion|api_?key)["']?\s*[=:]\s*)["']?[^\s"'&,}]+/gi, '$1***')
    .replaceAll(/\/\/[^\s/@]+@/g, '//***@');
}
