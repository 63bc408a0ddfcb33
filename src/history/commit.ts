import { failure } from '../model/problem';
import { gitFailure } from './failures';
import { forPaths, splitNul, type Git } from './git';
import { changedFiles } from './status';

/** What to commit: files of the workspace, written, changed or removed. */
export interface CommitRequest {
  readonly paths: readonly string[];
  readonly message: string;
}

const NOTHING = /nothing (?:added )?to commit|no changes added to commit|nothing to commit/;

/**
 * Commits exactly these paths as they are in the work tree. Whatever else the user has staged or changed stays staged
 * or changed. Gives the short hash, or undefined when these paths are as the last commit has them.
 */
export async function commitPaths(git: Git, prefix: string, request: CommitRequest): Promise<string | undefined> {
  const wanted = new Set(request.paths);
  const changed = (await changedFiles(git, prefix)).filter(({ path }) => wanted.has(path));
  const paths = [...new Set(changed.map(({ path }) => path))];
  await refuseIgnored(
    git,
    [...wanted].filter((path) => !paths.includes(path)),
  );
  if (paths.length === 0) return undefined;
  const untracked = changed.filter((file) => file.untracked).map(({ path }) => path);
  await forPaths(git, ['add', '--intent-to-add'], untracked, 'add new files');
  return commitOnly(git, paths, untracked, request.message);
}

async function commitOnly(
  git: Git,
  paths: readonly string[],
  untracked: readonly string[],
  message: string,
): Promise<string | undefined> {
  const answer = await withPathFile(paths, (file) =>
    git.attempt([
      'commit',
      '--only',
      '--quiet',
      '--cleanup=whitespace',
      `--message=${message}`,
      `--pathspec-from-file=${file}`,
      '--pathspec-file-nul',
    ]),
  );
  if (answer.ok) return (await git.text(['rev-parse', '--short', 'HEAD'], 'name the new commit')).trim();
  await forPaths(git, ['update-index', '--force-remove'], untracked, 'forget the new files again');
  if (NOTHING.test(answer.text)) return undefined;
  throw gitFailure('commit', answer.text, 'A commit hook may have refused it: commit by hand to see all it says.');
}

/** Paths travel in a file, since there may be more of them than a command line holds. */
async function withPathFile<T>(paths: readonly string[], use: (file: string) => Promise<T>): Promise<T> {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = await mkdtemp(join(tmpdir(), 'liftlock-commit-'));
  try {
    const file = join(folder, 'paths');
    await writeFile(file, paths.join('\0'));
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that git ignores would be left out without a word. */
async function refuseIgnored(git: Git, paths: readonly string[]): Promise<void> {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard'];
  const ignored = splitNul(await forPaths(git, args, paths, 'look for ignored files'));
  if (ignored.length === 0) return;
  const named = ignored.slice(0, 3).join(', ');
  const more = ignored.length > 3 ? ` and ${ignored.length - 3} more` : '';
  throw failure('ignored-by-git', `.gitignore keeps files out of the commit: ${named}${more}.`, {
    hint: 'Take them out of .gitignore (git check-ignore -v <file> tells the line) and try again.',
  });
}
