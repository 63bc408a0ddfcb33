import { lstatSync, promises as fs, type Stats } from 'node:fs';
import path from 'node:path';
import { failure } from '../model/problem';
import { errorCode, fileFailure } from './file-errors';

/**
 * The real path of a file to write, and whether something is there. Links inside of the workspace are followed, so that
 * the link itself survives; a path or link that leads outside is refused. `folders` remembers real paths of folders.
 */
export async function targetOf(
  base: string,
  file: string,
  folders: Map<string, Promise<string>>,
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
