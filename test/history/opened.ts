import { LiftlockError, type Problem } from '../../src/model/problem';
import { openRepository, type Repository } from '../../src/history/repository';

/** The repository of a folder that has one. */
export async function opened(folder: string): Promise<Repository> {
  const { repository, reason } = await openRepository(folder);
  if (!repository) throw new Error(`not opened: ${reason.message}`);
  return repository;
}

/** The first problem of the LiftlockError that a promise ends with, with its exit code. */
export async function problemOf(promise: Promise<unknown>): Promise<Problem & { exitCode: number }> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LiftlockError) || !error.problems[0]) throw new Error(`no LiftlockError but ${String(error)}`);
  return { ...error.problems[0], exitCode: error.exitCode };
}
