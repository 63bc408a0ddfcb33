import { setImmediate as nextTurn } from 'node:timers/promises';
import { Staging, type FileChange, type WriteResult } from './staging';

export type { FileChange, WriteResult } from './staging';

/**
 * Files between two turns of the event loop, which Ctrl-C needs. The calls for one file are synchronous: nothing else is
 * under way by now, and thousands of small asynchronous ones take several times as long.
 */
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
