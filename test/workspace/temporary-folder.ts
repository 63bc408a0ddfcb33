import { mkdtempSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LiftlockError, type Problem } from '../../src/model/problem';

const folders: string[] = [];

/** A folder with files, removed after the tests. */
export function temporaryFolder(files: Record<string, string | Buffer> = {}): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'liftlock-workspace-')));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** All files of a folder with their texts. */
export function filesOf(root: string): Record<string, string> {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(entries.sort().map((file) => [path.relative(root, file), readFileSync(file, 'utf8')]));
}

/** The problems that a call throws. */
export async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof LiftlockError) return error.problems;
    throw error;
  }
  throw new Error('expected an error');
}

/** `code file:line:column hint` of a problem. */
export function shown(problem: Problem | undefined): string {
  const { file, line, column } = problem?.place ?? { file: '' };
  return [problem?.code, [file, line, column].filter((part) => part !== undefined).join(':'), problem?.hint]
    .filter(Boolean)
    .join(' ');
}
