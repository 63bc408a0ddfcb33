import { promises as fs } from 'node:fs';
import path from 'node:path';
import { failure } from '../model/problem';
import { systemErrorCode } from '../model/system-error';
import { MOST_BYTES } from '../service-provider-files/limits';
import { fileFailure } from '../workspace/file-errors';

/** A file to convert: where it is, and what messages call it. */
export interface SourceFile {
  readonly location: string;
  /** As the user wrote it, or below the folder that the user wrote. */
  readonly name: string;
  /** Found in a folder, not named: a file that is something else is passed over. */
  readonly isFound: boolean;
}

const ENDINGS = /\.(xml|ya?ml|json)$/i;

/**
 * The files that paths stand for, sorted within each folder; links inside of folders are not followed. `from` is the
 * folder that paths are relative to. Throws for a path that does not exist, and for a folder without such files.
 */
export async function sourceFiles(paths: readonly string[], from: string): Promise<SourceFile[]> {
  const found = await Promise.all(paths.map((name) => filesAt(name, from)));
  return [...new Map(found.flat().map((file) => [file.location, file])).values()];
}

async function filesAt(name: string, from: string): Promise<SourceFile[]> {
  const location = path.resolve(from, name);
  const stats = await fs.stat(location).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') {
      throw failure('no-file', `There is no file or folder "${name}"`, {
        hint: 'Check the path; it is relative to the current folder.',
      });
    }
    throw fileFailure(error, name, 'read');
  });
  if (!stats.isDirectory()) return [{ location, name, isFound: false }];
  const files = await filesBelow(location, name);
  if (files.length > 0) return files;
  throw failure('no-file', `There are no .xml, .yaml or .json files in ${name}`, {
    hint: 'Name a folder with exported files.',
  });
}

async function filesBelow(folder: string, name: string): Promise<SourceFile[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileFailure(error, name, 'read');
  });
  const visible = entries.filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules');
  const sorted = visible.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(
    sorted.map(async (entry): Promise<SourceFile[]> => {
      const [location, inner] = [path.join(folder, entry.name), path.posix.join(name, entry.name)];
      if (entry.isDirectory()) return filesBelow(location, inner);
      return entry.isFile() && ENDINGS.test(entry.name) ? [{ location, name: inner, isFound: true }] : [];
    }),
  );
  return found.flat();
}

/** The bytes of a file. Devices, pipes and files that are larger than any that is read are refused unread. */
export async function bytesOf({ location, name }: SourceFile): Promise<Uint8Array> {
  try {
    const stats = await fs.stat(location);
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? 'a folder' : 'not a file';
      throw failure('not-a-file', `${name} is ${what}`, { place: { file: name }, hint: 'Name a file.' });
    }
    if (stats.size > MOST_BYTES.xml) {
      const message = `The file has ${Math.ceil(stats.size / 1_000_000)} MB; no export of the product is that large`;
      throw failure('too-large', message, { place: { file: name }, hint: 'Name a file with one exported artifact.' });
    }
    return await fs.readFile(location);
  } catch (error) {
    throw fileFailure(error, name, 'read');
  }
}
