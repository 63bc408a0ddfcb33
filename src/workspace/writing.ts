import { randomBytes } from 'node:crypto';
import { lstatSync, promises as fs, readFileSync, renameSync, statSync, writeFileSync, type Stats } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failure } from '../model/problem';
import { errorCode, fileFailure } from './file-errors';

/** A file to write, or to remove when `text` is absent. The path is relative to the workspace, with `/`. */
export interface FileChange {
  readonly path: string;
  readonly text?: string;
}

export type WriteResult = 'created' | 'updated' | 'unchanged' | 'removed';

/** A new text that lies ready next to the file that it will replace. */
interface Staged {
  readonly temporary: string;
  readonly target: string;
  readonly path: string;
}

/**
 * Files between two turns of the event loop, which Ctrl-C needs. The calls for one file are synchronous: nothing else is
 * under way by now, and thousands of small asynchronous ones take several times as long.
 */
const AT_A_TIME = 16;

/**
 * Writes and removes files of the workspace. All new texts are put on disk next to their files first and then renamed,
 * so that a full disk or a folder without write permission leaves everything as it was. A file that has the text
 * already is not touched. Nothing outside of the workspace is ever written, not even through a link.
 */
export async function writeFiles(root: string, changes: readonly FileChange[]): Promise<Map<string, WriteResult>> {
  const results = new Map<string, WriteResult>();
  const staged: Staged[] = [];
  const madeFolders: string[] = [];
  const folders = new Map<string, Promise<string>>();
  const making = new Map<string, Promise<void>>();
  const base = await fs.realpath(root).catch((error: unknown) => {
    throw fileFailure(error, root, 'write');
  });
  try {
    for (let start = 0; start < changes.length; start += AT_A_TIME) {
      const batch = changes.slice(start, start + AT_A_TIME);
      const done = await Promise.allSettled(
        batch.map((change) => prepare(base, change, { results, staged, madeFolders, folders, making })),
      );
      const failed = done.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      await nextTurn();
    }
    while (staged.length > 0) {
      for (let count = 0; count < AT_A_TIME; count += 1) commit(staged);
      await nextTurn();
    }
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => fs.rm(temporary, { force: true })));
    for (const folder of madeFolders.reverse()) await fs.rmdir(folder).catch(() => undefined);
    throw error;
  }
  await removeAll(base, changes, results);
  return new Map(changes.map((change) => [change.path, results.get(change.path) ?? 'unchanged']));
}

interface Work {
  /** Real paths of folders: most files share a few of them. */
  readonly folders: Map<string, Promise<string>>;
  /** Folders that are made, once each. */
  readonly making: Map<string, Promise<void>>;
  readonly results: Map<string, WriteResult>;
  readonly staged: Staged[];
  readonly madeFolders: string[];
}

async function prepare(base: string, change: FileChange, work: Work): Promise<void> {
  const { target, exists } = await targetOf(base, change.path, work.folders);
  if (change.text === undefined) return;
  try {
    const current = exists ? textOf(target) : undefined;
    if (current === change.text) {
      work.results.set(change.path, 'unchanged');
      return;
    }
    if (!exists) await makeFolder(path.dirname(target), work);
    const temporary = path.join(path.dirname(target), `.liftlock-${randomBytes(6).toString('hex')}.tmp`);
    work.staged.push({ temporary, target, path: change.path });
    const mode = current === undefined ? undefined : statSync(target).mode & 0o777;
    writeFileSync(temporary, change.text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
    work.results.set(change.path, current === undefined ? 'created' : 'updated');
  } catch (error) {
    throw fileFailure(error, change.path, 'write');
  }
}

function makeFolder(folder: string, work: Work): Promise<void> {
  const known = work.making.get(folder);
  if (known) return known;
  const making = fs.mkdir(folder, { recursive: true }).then((made) => {
    if (made !== undefined) work.madeFolders.push(...foldersBetween(made, folder));
  });
  work.making.set(folder, making);
  return making;
}

/** The folder and those below it on the way to the last, outermost first. */
function foldersBetween(first: string, last: string): string[] {
  const folders = [last];
  for (let folder = last; folder !== first && folder !== path.dirname(folder);) {
    folder = path.dirname(folder);
    folders.unshift(folder);
  }
  return folders;
}

function commit(staged: Staged[]): void {
  const [next] = staged;
  if (!next) return;
  try {
    renameSync(next.temporary, next.target);
  } catch (error) {
    throw fileFailure(error, next.path, 'write');
  }
  staged.shift();
}

async function removeAll(
  base: string,
  changes: readonly FileChange[],
  results: Map<string, WriteResult>,
): Promise<void> {
  for (const change of changes) {
    if (change.text !== undefined) continue;
    try {
      await fs.rm(path.join(base, change.path), { force: true });
    } catch (error) {
      throw fileFailure(error, change.path, 'write');
    }
    results.set(change.path, 'removed');
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The real path of a file to write, and whether something is there. Links inside of the workspace are followed, so that
 * the link itself survives; a path or link that leads outside is refused.
 */
async function targetOf(
  base: string,
  file: string,
  folders: Work['folders'],
): Promise<{ target: string; exists: boolean }> {
  const wanted = path.resolve(base, file);
  if (!isInside(base, wanted)) throw outside(file);
  const folder = path.dirname(wanted);
  const real = folders.get(folder) ?? realTarget(base, folder, file);
  folders.set(folder, real);
  const target = path.join(await real, path.basename(wanted));
  const found = statusOf(target, file);
  if (found?.isSymbolicLink()) return { target: await realTarget(base, target, file), exists: true };
  return { target, exists: found !== undefined };
}

function statusOf(target: string, file: string): Stats | undefined {
  try {
    return lstatSync(target, { throwIfNoEntry: false });
  } catch (error) {
    throw fileFailure(error, file, 'write');
  }
}

/** The real path of a place in the workspace that need not exist yet. */
async function realTarget(base: string, wanted: string, file: string): Promise<string> {
  let existing = wanted;
  const missing: string[] = [];
  for (;;) {
    const real = await realPath(existing, file);
    if (real !== undefined) {
      if (!isInside(base, real) && real !== base) throw outside(file);
      return path.join(real, ...missing);
    }
    missing.unshift(path.basename(existing));
    existing = path.dirname(existing);
  }
}

/** Undefined when there is nothing at the path; a link that leads nowhere is refused, as writing would follow it. */
async function realPath(location: string, file: string): Promise<string | undefined> {
  try {
    return await fs.realpath(location);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure(error, file, 'write');
    const isLink = await fs.lstat(location).then(
      (stat) => stat.isSymbolicLink(),
      () => false,
    );
    if (isLink) throw outside(file);
    return undefined;
  }
}

function isInside(base: string, location: string): boolean {
  const relative = path.relative(base, location);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function outside(file: string): Error {
  return failure('outside-workspace', `${file} would be written outside of the workspace`, {
    place: { file },
    hint: 'Remove the link that leads there; Liftlock writes inside of the workspace only.',
  });
}
