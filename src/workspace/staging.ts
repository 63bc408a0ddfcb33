import { randomBytes } from 'node:crypto';
import { promises as fs, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorCode, fileFailure } from './file-errors';
import { targetOf } from './targets';

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

/** Renamed files between two turns of the event loop, which Ctrl-C needs. */
const AT_A_TIME = 16;

/** No run takes this long to put in its place what it laid ready. */
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/**
 * Changes of files that take effect together. All new texts are put on disk next to their files first and then renamed,
 * so that a full disk or a folder without write permission leaves everything as it was. A file that has the text
 * already is not touched. Nothing outside of the workspace is ever written, not even through a link.
 */
export class Staging {
  private readonly results = new Map<string, WriteResult>();
  private readonly removals: string[] = [];
  private readonly staged: Staged[] = [];
  private readonly madeFolders: string[] = [];
  /** Real paths of folders: most files share a few of them. */
  private readonly folders = new Map<string, Promise<string>>();
  /** Folders that are made, once each. */
  private readonly making = new Map<string, Promise<void>>();
  /** Folders in which what killed processes left is gone. */
  private readonly swept = new Set<string>();
  /** What lies ready goes with the process, also when it ends at once. */
  private readonly end = (): void => this.close();

  private constructor(private readonly base: string) {
    process.once('exit', this.end);
  }

  static async open(root: string): Promise<Staging> {
    const base = await fs.realpath(root).catch((error: unknown) => {
      throw fileFailure(error, root, 'write');
    });
    return new Staging(base);
  }

  /** Lays a new text ready, or takes note of a removal. */
  async add(change: FileChange): Promise<void> {
    const { target, exists } = await targetOf(this.base, change.path, this.folders);
    this.results.set(change.path, 'unchanged');
    if (change.text === undefined) {
      this.removals.push(change.path);
      return;
    }
    try {
      const current = exists ? textOf(target) : undefined;
      if (current === change.text) return;
      if (!exists) await this.makeFolder(path.dirname(target));
      const temporary = this.temporaryIn(path.dirname(target));
      this.staged.push({ temporary, target, path: change.path });
      const mode = current === undefined ? undefined : statSync(target).mode & 0o777;
      await fs.writeFile(temporary, change.text, { flag: 'wx', ...(mode === undefined ? {} : { mode }) });
      this.results.set(change.path, current === undefined ? 'created' : 'updated');
    } catch (error) {
      throw fileFailure(error, change.path, 'write');
    }
  }

  /** Puts everything in its place. Returns what became of each path, in the order in which they were added. */
  async commit(): Promise<Map<string, WriteResult>> {
    while (this.staged.length > 0) {
      for (let count = 0; count < AT_A_TIME; count += 1) this.rename();
      await nextTurn();
    }
    for (const file of this.removals) await this.remove(file);
    this.madeFolders.length = 0;
    return this.results;
  }

  /** Takes away what was laid ready and not put in its place, and folders that were made for it. */
  close(): void {
    process.off('exit', this.end);
    for (const { temporary } of this.staged.splice(0)) rmSync(temporary, { force: true });
    for (const folder of this.madeFolders.splice(0).reverse()) removeEmpty(folder);
  }

  private makeFolder(folder: string): Promise<void> {
    const known = this.making.get(folder);
    if (known) return known;
    const making = fs.mkdir(folder, { recursive: true }).then((made) => {
      if (made !== undefined) this.madeFolders.push(...foldersBetween(made, folder));
    });
    this.making.set(folder, making);
    return making;
  }

  private temporaryIn(folder: string): string {
    if (!this.swept.has(folder)) removeForgotten(folder);
    this.swept.add(folder);
    return path.join(folder, `.liftlock-${randomBytes(6).toString('hex')}.tmp`);
  }

  private rename(): void {
    const [next] = this.staged;
    if (!next) return;
    try {
      renameSync(next.temporary, next.target);
    } catch (error) {
      throw fileFailure(error, next.path, 'write');
    }
    this.staged.shift();
  }

  private async remove(file: string): Promise<void> {
    try {
      await fs.rm(path.join(this.base, file), { force: true });
    } catch (error) {
      throw fileFailure(error, file, 'write');
    }
    this.results.set(file, 'removed');
  }
}

/** Removes what a process that was killed had laid ready; a younger file may be another process's. */
function removeForgotten(folder: string): void {
  const forgotten = Date.now() - FORGOTTEN_MS;
  for (const name of readdirSync(folder).filter((file) => /^\.liftlock-[0-9a-f]{12}\.tmp$/.test(file))) {
    const file = path.join(folder, name);
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? forgotten) < forgotten) rmSync(file, { force: true });
  }
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

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it by now.
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
