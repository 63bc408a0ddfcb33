import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SETS, type SetName } from './sets';

/** What the exchanges of some test files came to. */
export interface Tally {
  /** Validated exchanges by contract set. */
  readonly validated: Partial<Record<SetName, number>>;
  /** Struck by a fault on purpose, and so left out. */
  faults: number;
  /** Not described by any contract file. */
  outside: number;
  /** Validated, and different in a way that the table of differences explains. */
  documented: number;
  /** The lines of the table that were needed. */
  used: string[];
}

/** Names the folder in which the test files of a run leave their tallies. */
export const TALLIES_FOLDER = 'LIFTLOCK_CONTRACT_TALLIES';

export function emptyTally(): Tally {
  return { validated: {}, faults: 0, outside: 0, documented: 0, used: [] };
}

/** The sum of tallies. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const { validated, faults, outside, documented, used } of tallies) {
    for (const set of SETS) if (validated[set]) sum.validated[set] = (sum.validated[set] ?? 0) + validated[set];
    sum.faults += faults;
    sum.outside += outside;
    sum.documented += documented;
    sum.used = [...new Set([...sum.used, ...used])];
  }
  return sum;
}

/** Leaves the tally of a test file for the end of the run. */
export function keepTally(tally: Tally): void {
  const folder = process.env[TALLIES_FOLDER];
  if (folder !== undefined) appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(tally)}\n`);
}

/** The tallies of all test files of the run. */
export function keptTallies(folder: string): Tally[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  const lines = files.flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'));
  return lines.map((line): Tally => JSON.parse(line));
}

/** The line that ends a run. */
export function tallyLine({ validated, faults, outside, documented }: Tally): string {
  const number = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
  const sets = SETS.filter((set) => validated[set]);
  const total = sets.reduce((sum, set) => sum + (validated[set] ?? 0), 0);
  const each = sets.map((set) => `${set}: ${number(validated[set] ?? 0)}`).join(', ');
  return [
    `Contract: ${number(total)} exchanges validated against ${sets.length} contract sets${each === '' ? '' : ` (${each})`}`,
    `${number(documented)} of them different as the documented table says`,
    `${number(faults)} answered by faults and ${number(outside)} outside of the contract left out`,
  ].join(', ');
}
