import type { FileSource } from '../model/files';
import { utf8Text } from '../model/utf8';
import { blobReader } from './blobs';
import { splitNul, type Git } from './git';
import { resolveRevision } from './resolve';

/**
 * The files of a revision below the workspace folder, read from git's objects: the work tree is neither used nor
 * touched. Symbolic links and submodules are not files.
 */
export function revisionSource(git: Git, prefix: string, revision: string): FileSource {
  const blobs = blobReader(git.folder);
  let loading: Promise<Map<string, string>> | undefined;
  const files = (): Promise<Map<string, string>> => (loading ??= readTree(git, prefix, revision));
  return {
    label: `git:${revision}`,
    list: async (folder) => {
      const within = plainPath(folder);
      const start = within === '' ? '' : `${within}/`;
      return [...(await files()).keys()].filter((path) => path.startsWith(start)).sort();
    },
    read: async (path) => {
      const id = (await files()).get(plainPath(path));
      const bytes = id === undefined ? undefined : await blobs.read(id);
      return bytes && utf8Text(path, bytes);
    },
  };
}

/** Paths relative to the workspace with the id of their content. */
async function readTree(git: Git, prefix: string, revision: string): Promise<Map<string, string>> {
  const commit = await resolveRevision(git, revision);
  const folder = prefix.replace(/\/$/, '');
  const tree = await git.attempt(['rev-parse', '--verify', '--quiet', `${commit}:${folder}`]);
  if (!tree.ok) return new Map();
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree.text.trim()];
  const listing = await git.text(args, `list the files of ${revision}`);
  return new Map(splitNul(listing).flatMap(fileEntry));
}

/** Reads `<mode> <type> <id>\t<path>`. */
function fileEntry(line: string): [string, string][] {
  const [, mode, type, id, path] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
  if (id === undefined || path === undefined || type !== 'blob' || mode === '120000') return [];
  return [[path, id]];
}

function plainPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/^\.$|\/+$/g, '');
}
