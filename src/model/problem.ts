/** A place in a file of the workspace: line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * Something that the user has to know or mend: what is wrong, where, and what to do next.
 * `code` is stable (kebab-case), so that scripts can tell problems apart.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly place?: Place;
  /** What to do next, as a full sentence. */
  readonly hint?: string;
  /** `kind/key` of the artifact concerned. */
  readonly artifact?: string;
  readonly environment?: string;
}

/** Exit codes of the command line (design, section 4). */
export const EXIT = { done: 0, error: 1, differences: 2, refused: 3, interrupted: 130 } as const;

/**
 * An expected failure: shown to the user as text, never with a stack trace.
 * All problems found at once travel together.
 */
export class LiftlockError extends Error {
  readonly problems: readonly Problem[];
  readonly exitCode: number;

  constructor(problems: readonly Problem[] | Problem, exitCode: number = EXIT.error, options?: { cause?: unknown }) {
    const list = 'code' in problems ? [problems] : problems;
    super(list.map((problem) => problem.message).join('\n'), options);
    this.name = 'LiftlockError';
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** Builds an error-severity problem; `rest` adds place, hint, artifact or environment. */
export function errorProblem(code: string, message: string, rest: Partial<Problem> = {}): Problem {
  return { ...rest, code, message, severity: 'error' };
}

/** Builds a warning. */
export function warningProblem(code: string, message: string, rest: Partial<Problem> = {}): Problem {
  return { ...rest, code, message, severity: 'warning' };
}

/** Shorthand for the most frequent case: one error problem thrown as an exception. */
export function failure(code: string, message: string, rest: Partial<Problem> = {}): LiftlockError {
  return new LiftlockError(errorProblem(code, message, rest));
}

/** Builds a note: nothing has to be mended. */
export function infoProblem(code: string, message: string, rest: Partial<Problem> = {}): Problem {
  return { ...rest, code, message, severity: 'info' };
}

const UNREADABLE = 'unreadable';

/** An artifact that a server lists and does not show. Everything else goes on without it, but the work is not whole. */
export function unreadableProblem(message: string, rest: Partial<Problem>): Problem {
  return errorProblem(UNREADABLE, message, rest);
}

/** True for what `unreadableProblem` makes: it stands in the way of nothing else, and the exit code tells of it. */
export function isUnreadable({ code }: Problem): boolean {
  return code === UNREADABLE;
}

/** True for a failure that is none: somebody ended the command. Whoever carries on after failures must not after this. */
export function isInterruption(error: unknown): boolean {
  return error instanceof LiftlockError && error.problems.some(({ code }) => code === 'interrupted');
}
