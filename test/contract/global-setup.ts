import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TALLIES_FOLDER } from './tally';

/** Makes the folder in which the test files leave what they counted; the workers inherit its name. */
export default function setup(): void {
  process.env[TALLIES_FOLDER] = mkdtempSync(path.join(tmpdir(), 'liftlock-tallies-'));
}
