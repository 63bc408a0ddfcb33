import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { FileSource } from '../model/files';
import { fileFailure, errorCode } from './file-errors';
import { utf8Text } from '../model/utf8';

/** The files of a workspace as they stand in its folder. */
export function workTree(root: string): FileSource {
  return {
    label: 'files',
    list: async (folder) =>
      (await listFolder(root, folder))
        .filter(({ isRead }) => isRead)
        .map(named)
        .sort(),
    unfollowed: async (folder) =>
      (await listFolder(root, folder))
        .filter(({ isRead }) => !isRead)
        .map(named)
        .sort(),
    read: (file) => readIfThere(root, file),
  };
}

/** Folders that hold no workspace files and may be large. */
const SKIPPED = new Set(['.git', '.liftlock', 'node_modules']);

/** A file, or a link that leads to none of the workspace. */
interface Entry {
  readonly file: string;
  readonly isRead: boolean;
}
const named = ({ file }: Entry): string => file;

async function listFolder(root: string, folder: string): Promise<Entry[]> {
  const entries = await fs.readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileFailure(error, folder, 'read');
  });
  const nested = await Promise.all(
    entries.map(async (entry): Promise<Entry[]> => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listFolder(root, file);
      if (entry.isSymbolicLink()) return [{ file, isRead: await leadsToFileInside(root, file) }];
      return entry.isFile() ? [{ file, isRead: true }] : [];
    }),
  );
  return nested.flat();
}

/** A link is read when it leads to a file of the workspace; others are somebody else's. */
async function leadsToFileInside(root: string, file: string): Promise<boolean> {
  try {
    const [base, target] = await Promise.all([fs.realpath(root), fs.realpath(path.join(root, file))]);
    return target.startsWith(base + path.sep) && (await fs.stat(target)).isFile();
  } catch {
    return false;
  }
}

async function readIfThere(root: string, file: string): Promise<string | undefined> {
  try {
    return utf8Text(file, await fs.readFile(path.join(root, file)));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure(error, file, 'read');
  }
}
