import { appendFile, chmod, mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Json } from '../model/json';
import { failure, type LiftlockError } from '../model/problem';
import { systemErrorCode } from '../model/system-error';

/** Where one application of a plan keeps its backup, journal and result: `.liftlock/runs/<id>/`, never committed. */
export interface RunFolder {
  readonly id: string;
  /** What the touched artifacts were before the first write. Holds secrets: readable by its owner only. */
  backup(content: Json): Promise<void>;
  /** One line per write, before and after it is sent, flushed to disk. */
  journal(entry: Json): Promise<void>;
  result(content: Json): Promise<void>;
}

/** Makes the folder of a run; `now` names it, so that runs sort by time. Every failure is `run-not-recorded`. */
export async function createRunFolder(workspace: string, environment: string, now: Date): Promise<RunFolder> {
  const base = path.join(workspace, '.liftlock');
  const { id, folder } = await recorded(base, 'Nothing was written to the server.', async () => {
    await mkdir(path.join(base, 'runs'), { recursive: true, mode: 0o700 });
    await writeFile(path.join(base, '.gitignore'), '*\n');
    return freshFolder(path.join(base, 'runs'), environment, now);
  });
  const file = (name: string): string => path.join(folder, name);
  const stopped = 'No further write is started. Mend this, then plan and apply again.';
  return {
    id,
    backup: (content) =>
      recorded(folder, 'Nothing was written to the server.', () => writePrivate(file('backup.json'), content)),
    journal: (entry) =>
      recorded(folder, stopped, () =>
        appendFile(file('journal.jsonl'), `${JSON.stringify(entry)}\n`, { mode: 0o600, flush: true }),
      ),
    result: (content) => recorded(folder, stopped, () => writePrivate(file('result.json'), content)),
  };
}

/** Without a record nothing may be written to a server. */
async function recorded<R>(folder: string, hint: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw notRecorded(error, folder, hint);
  }
}

function notRecorded(error: unknown, folder: string, hint: string): LiftlockError {
  const why = error instanceof Error ? error.message : String(error);
  return failure('run-not-recorded', `The run cannot be recorded in ${folder}: ${why}`, { hint });
}

/** Two runs in one second get different names. */
async function freshFolder(runs: string, environment: string, now: Date): Promise<{ id: string; folder: string }> {
  const stamp = now.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  for (let attempt = 1; ; attempt += 1) {
    const id = `${stamp}-${environment}${attempt === 1 ? '' : `-${attempt}`}`;
    const folder = path.join(runs, id);
    try {
      await mkdir(folder, { mode: 0o700 });
      return { id, folder };
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
  }
}

async function writePrivate(file: string, content: Json): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(content, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
}
