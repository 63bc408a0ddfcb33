import { mkdir } from 'node:fs/promises';
import { failure } from '../model/problem';
import { errorCode, fileFailure } from './file-errors';

/** Makes a folder that the user named, and those above it. `shown` is what messages call it. */
export async function makeFolder(folder: string, shown: string, mode?: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, ...(mode === undefined ? {} : { mode }) });
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw fileFailure(error, shown, 'write');
    throw failure('file-error', `Cannot write ${shown}: it is a file or lies below one, not a folder`, {
      place: { file: shown },
      hint: 'Name another folder.',
    });
  }
}
