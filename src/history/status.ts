import { splitNul, type Git } from './git';

/** One file that is not as the last commit has it. Path relative to the workspace. */
export interface ChangedFile {
  readonly path: string;
  /** Git does not know the file in its index. */
  readonly untracked: boolean;
}

/** Changed, added, removed and untracked files of the workspace. Ignored ones are not among them. */
export async function changedFiles(git: Git, prefix: string): Promise<ChangedFile[]> {
  const args = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--ignore-submodules=all'];
  const text = await git.text([...args, '--', '.'], 'tell what has changed');
  return splitNul(text).map((line) => ({
    path: line.slice(3 + prefix.length),
    untracked: line.startsWith('??'),
  }));
}

/** Sorted paths of changed files, all or those that are or lie below one of `paths`. */
export async function dirtyPaths(git: Git, prefix: string, paths?: readonly string[]): Promise<string[]> {
  const changed = new Set((await changedFiles(git, prefix)).map(({ path }) => path));
  const wanted = paths?.map((path) => path.replace(/\/+$/, ''));
  return [...changed].filter((path) => !wanted || wanted.some((one) => isAtOrBelow(path, one))).sort();
}

function isAtOrBelow(path: string, folder: string): boolean {
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
