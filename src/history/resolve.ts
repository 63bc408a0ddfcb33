import { failure } from '../model/problem';
import type { Git } from './git';
import { nearest } from '../model/nearest';

/** The full hash of the commit that a revision names; LiftlockError `unknown-revision` when it names none. */
export async function resolveRevision(git: Git, revision: string): Promise<string> {
  const commit = await commitOf(git, revision);
  if (commit === undefined) {
    throw failure('unknown-revision', `There is no revision "${revision}" in this repository.`, {
      hint: await revisionHint(git, revision),
    });
  }
  return commit;
}

/** The full hash of a commit, or undefined. A text that starts with a dash is an option to git, never a revision. */
export async function commitOf(git: Git, revision: string): Promise<string | undefined> {
  if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return undefined;
  const answer = await git.attempt(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  return answer.ok ? answer.text.trim() : undefined;
}

async function revisionHint(git: Git, revision: string): Promise<string> {
  if ((await commitOf(git, 'HEAD')) === undefined)
    return 'The repository has no commit yet: commit the workspace first.';
  const shallow = await git.attempt(['rev-parse', '--is-shallow-repository']);
  if (shallow.text.trim() === 'true') {
    return 'This is a shallow clone: fetch the whole history (git fetch --unshallow; in CI, fetch-depth: 0).';
  }
  const close = nearest(revision, await names(git));
  if (close !== undefined) return `Did you mean "${close}"?`;
  return 'Name a branch, a tag or a commit (git log shows them); a branch of the server is origin/<name> after git fetch.';
}

async function names(git: Git): Promise<string[]> {
  const format = '--format=%(refname:short)';
  const answer = await git.attempt(['for-each-ref', format, 'refs/heads', 'refs/tags', 'refs/remotes']);
  return answer.ok ? ['HEAD', ...answer.text.split('\n').filter((name) => name !== '')] : [];
}
