import { promises as fs, type Dirent } from 'node:fs';
import path from 'node:path';
import { failure } from '../model/problem';
import { errorCode, fileFailure } from '../workspace/file-errors';
import type { FolderFiles, NotTaken } from './description';

const DEEPEST = 8;
const MOST_FILES = 20_000;
const LARGEST_FILE = 4 * 1024 * 1024;
const LARGEST_SUM = 256 * 1024 * 1024;
const ENDINGS = /\.(?:ya?ml|json|xml)$/i;
const SKIPPED = new Set(['.git', '.github', '.liftlock', 'node_modules']);

/**
 * Reads the YAML, JSON and XML files of a folder and below. Links to files outside of it, and all links to folders, are
 * not followed; too large and undecodable files are left out and named. Throws when the folder is not there, or is so
 * large or deep that it is not the one that was meant.
 */
export async function readFolder(folder: string): Promise<FolderFiles> {
  const reading = new Reading(folder);
  await reading.start();
  return reading;
}

class Reading implements FolderFiles {
  readonly files = new Map<string, string>();
  readonly skipped: NotTaken[] = [];
  private base = '';
  private sum = 0;

  constructor(private readonly folder: string) {}

  async start(): Promise<void> {
    try {
      this.base = await fs.realpath(this.folder);
      await this.list('', 0);
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw fileFailure(error, this.folder, 'read');
      throw failure('no-such-folder', `There is no folder ${this.folder}`, {
        hint: 'Name the folder that holds "configs" and the resource folders of IAM-CTL.',
      });
    }
  }

  private async list(below: string, depth: number): Promise<void> {
    if (depth > DEEPEST) throw this.tooMuch('is nested more than 8 folders deep');
    const entries = await fs.readdir(path.join(this.base, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) await this.entry(below, entry, depth);
  }

  private async entry(below: string, entry: Dirent, depth: number): Promise<void> {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) await this.list(name, depth + 1);
    } else if (ENDINGS.test(entry.name)) {
      if (entry.isFile() || (entry.isSymbolicLink() && (await this.leadsInside(name)))) await this.file(name);
      else this.skipped.push({ source: name, why: 'a link that leads out of the folder, or to no file; not followed' });
    }
  }

  private async leadsInside(name: string): Promise<boolean> {
    try {
      const target = await fs.realpath(path.join(this.base, name));
      return target.startsWith(this.base + path.sep) && (await fs.stat(target)).isFile();
    } catch {
      return false;
    }
  }

  private async file(name: string): Promise<void> {
    const location = path.join(this.base, name);
    const { size } = await fs.stat(location);
    if (size > LARGEST_FILE) {
      this.skipped.push({ source: name, why: 'larger than 4 MiB' });
      return;
    }
    this.sum += size;
    if (this.files.size >= MOST_FILES) throw this.tooMuch(`holds more than ${MOST_FILES} files`);
    if (this.sum > LARGEST_SUM) throw this.tooMuch('holds more than 256 MiB');
    const bytes = await fs.readFile(location);
    try {
      this.files.set(name, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      this.skipped.push({ source: name, why: 'not a text in UTF-8' });
    }
  }

  private tooMuch(what: string): Error {
    return failure('folder-too-large', `${this.folder} ${what}`, {
      hint: 'Name the folder that holds "configs" and the resource folders of IAM-CTL, not one above it.',
    });
  }
}
