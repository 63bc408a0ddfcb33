import { setImmediate as nextTurn } from 'node:timers/promises';
import { Staging, type FileChange, type WriteResult } from './staging';

export type { FileChange, WriteResult } from './staging';

/** Files that are written at a time; between two such lots Node sees to Ctrl-C. */
const AT_A_TIME = 16;

/** Writes and removes files of the workspace: all of them, or none when one cannot be written (see Staging). */
export async function writeFiles(root: string, changes: readonly FileChange[]): Promise<Map<string, WriteResult>> {
  const staging = await Staging.open(root);
  try {
    for (let start = 0; start < changes.length; start += AT_A_TIME) {
      const batch = changes.slice(start, start + AT_A_TIME);
      const done = await Promise.allSettled(batch.map((change) => staging.add(change)));
      const failed = done.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      await nextTurn();
    }
    return await staging.commit();
  } finally {
    staging.close();
  }
}
