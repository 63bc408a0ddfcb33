import { errorProblem, LiftlockError } from '../model/problem';

/** The system's code of a failed file operation, such as `EACCES`. */
export function errorCode(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failed file operation as an error that says what happened and what to do next. Unknown failures stay as they are. */
export function fileFailure(error: unknown, file: string, doing: 'read' | 'write'): unknown {
  const code = errorCode(error);
  const reason = code === undefined ? undefined : (doing === 'read' ? WHEN_READ : WHEN_WRITTEN)[code];
  if (!reason) return error;
  const [what, hint] = reason;
  const message = `Cannot ${doing} ${file === '' ? 'the workspace folder' : file}: ${what}`;
  return new LiftlockError(errorProblem('file-error', message, { hint, place: { file } }), undefined, { cause: error });
}

type Reasons = Readonly<Record<string, readonly [what: string, hint: string]>>;

const EITHER: Reasons = {
  EACCES: ['permission denied', 'Give your user the right to it, or use another folder.'],
  EPERM: ['the system does not allow it', 'Check the owner and the attributes of the folder.'],
  EROFS: ['the file system is read-only', 'Use a folder that can be written to.'],
  ENOSPC: ['the disk is full', 'Free some space and run again; nothing was changed.'],
  EDQUOT: ['the disk quota is used up', 'Free some space and run again; nothing was changed.'],
  ENOTDIR: ['a part of its path is a file, not a folder', 'Move that file out of the way.'],
  EEXIST: ['something else of that name is in the way', 'Move it out of the way.'],
  EISDIR: ['it is a folder', 'Name a file, or move that folder out of the way.'],
  ENAMETOOLONG: ['the name is too long for this file system', 'Move the workspace to a shorter path.'],
  ELOOP: ['its links lead in a circle', 'Mend or remove the link.'],
  EMFILE: ['too many files are open', 'Raise the limit of open files (ulimit -n) and run again.'],
  EIO: ['the disk reports a failure', 'Check the disk.'],
};

const WHEN_READ: Reasons = {
  ...EITHER,
  ENOENT: ['there is no such file', 'Check the path; it is relative to the current folder.'],
};

const WHEN_WRITTEN: Reasons = {
  ...EITHER,
  ENOENT: ['its folder is not there', 'Make the folder first, or name another one.'],
};
