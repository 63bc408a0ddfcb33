import { openRepository, type Repository } from '../history/repository';

/** Files that decide what is desired. */
const DESIRED_FILES = ['liftlock.yaml', 'environments', 'artifacts'];

/** The state of git when files were read: what was applied is what was read, whatever is committed meanwhile. */
export interface FilesRead {
  /** Absent before the first commit, and where another one was checked out while files were read. */
  readonly commit?: string;
  /** Files that are not as that commit has them. */
  readonly dirty: readonly string[];
}

/** Watches over the reading of files: what it gives is asked for when they were read, and is undefined without git. */
export async function watchFiles(root: string): Promise<() => Promise<FilesRead | undefined>> {
  const { repository } = await openRepository(root);
  const before = await repository?.head();
  return async () => {
    if (!repository) return undefined;
    const now = await filesNow(repository);
    return now.commit === before ? now : { dirty: now.dirty };
  };
}

/** The state of git at this moment. */
export async function filesNow(repository: Repository): Promise<FilesRead> {
  const dirty = await repository.dirty(DESIRED_FILES);
  const commit = await repository.head();
  return { dirty, ...(commit === undefined ? {} : { commit }) };
}

/** The commit that has a file as it was read, with all that decides how it is rendered. */
export function commitOf({ commit, dirty }: FilesRead, file: string): string | undefined {
  const isClean = !dirty.includes(file) && dirty.every((each) => each.startsWith('artifacts/'));
  return isClean ? commit : undefined;
}
