import type { FileSource } from '../model/files';
import { errorProblem, type LiftlockError, type Problem } from '../model/problem';
import { appliedCommit, moveAppliedRef, type ExpectedCommit } from './applied';
import { changeAppliedRecord, readAppliedRecord, type AppliedRecord } from './applied-record';
import { commitPaths, type CommitRequest } from './commit';
import { gitFailure } from './failures';
import { gitIn, type Git } from './git';
import { commitOf, resolveRevision } from './resolve';
import { revisionSource } from './revision';
import { dirtyPaths } from './status';

/** The git repository that a workspace lives in. All paths are relative to the workspace, with `/`. */
export interface Repository {
  /** The workspace folder. */
  readonly folder: string;
  /** Where the workspace is in the repository: `''`, or a path that ends with `/`. */
  readonly prefix: string;
  /** Full hash of the checked-out commit; undefined before the first one. */
  head(): Promise<string | undefined>;
  /** Full hash of the commit that a branch, tag or hash names; LiftlockError `unknown-revision` when there is none. */
  resolve(revision: string): Promise<string>;
  /** The workspace as it is in a revision. The revision is looked up at the first use. */
  revisionSource(revision: string): FileSource;
  /** Changed, removed and untracked files: all, or those at or below `paths`. */
  dirty(paths?: readonly string[]): Promise<string[]>;
  /** Whether git tracks a file; false for files outside of the repository. */
  tracks(path: string): Promise<boolean>;
  /** Commits these paths and nothing else; the short hash, or undefined when there was nothing to commit. */
  commit(request: CommitRequest): Promise<string | undefined>;
  /** Full hash of the commit last applied to an environment; undefined when none was. */
  applied(environment: string): Promise<string | undefined>;
  /** Moves the applied ref, only if it is what was expected (see ExpectedCommit) or, without that, what it is now. */
  moveApplied(environment: string, commit: string, expected?: ExpectedCommit): Promise<void>;
  /** What an environment was last known to hold, per artifact; undefined when nothing was noted yet. */
  appliedRecord(environment: string): Promise<AppliedRecord | undefined>;
  /** Changes that record by compare-and-set. */
  changeAppliedRecord(environment: string, change: (record: AppliedRecord | undefined) => AppliedRecord): Promise<void>;
}

/** The repository, or the reason why there is none: `git-missing`, `not-a-repository`, `repository-untrusted`. */
export type OpenedRepository =
  | { readonly repository: Repository; readonly reason?: undefined }
  | { readonly repository?: undefined; readonly reason: Problem };

/** Opens the repository around a workspace folder. A workspace without git is no error here: the caller decides. */
export async function openRepository(folder: string): Promise<OpenedRepository> {
  const { stat } = await import('node:fs/promises');
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return { reason: errorProblem('no-such-folder', `There is no folder ${folder}.`) };
  const git = await gitIn(folder);
  const answer = await git.attempt(['rev-parse', '--is-inside-work-tree', '--show-toplevel', '--show-prefix']);
  if (!answer.ok) return { reason: firstProblem(gitFailure('open the repository', answer.text)) };
  const prefix = answer.text.split('\n')[2] ?? '';
  return { repository: repository(git, prefix) };
}

function repository(git: Git, prefix: string): Repository {
  return {
    folder: git.folder,
    prefix,
    head: () => commitOf(git, 'HEAD'),
    resolve: (revision) => resolveRevision(git, revision),
    revisionSource: (revision) => revisionSource(git, prefix, revision),
    dirty: (paths) => dirtyPaths(git, prefix, paths),
    tracks: async (path) => (await git.attempt(['ls-files', '--error-unmatch', '--', path])).ok,
    commit: (request) => commitPaths(git, prefix, request),
    applied: (environment) => appliedCommit(git, environment),
    moveApplied: (environment, commit, expected) => moveAppliedRef(git, environment, commit, expected),
    appliedRecord: (environment) => readAppliedRecord(git, environment),
    changeAppliedRecord: (environment, change) => changeAppliedRecord(git, environment, change),
  };
}

function firstProblem(error: LiftlockError): Problem {
  return error.problems[0] ?? errorProblem('git-failed', error.message);
}
