import { rmSync } from 'node:fs';
import { DIFFERENCES, lineOf } from './differences';
import { reviewShapes } from '../request-shapes/corpus';
import { isContractThere } from './sets';
import { keptTallies, sumOf, TALLIES_FOLDER, tallyLine } from './tally';

/** Of jest's settings, those that say which tests run. */
interface RunSettings {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly [narrowing: string]: unknown;
}

/**
 * Ends a run with what was validated. After a run of all tests, a line of the table of differences that no exchange
 * needed is told and fails the run: an exception that nobody needs any more could hide a mistake.
 */
export default function teardown(globalConfig: RunSettings): void {
  const folder = process.env[TALLIES_FOLDER];
  if (folder === undefined) return;
  const sum = sumOf(keptTallies(folder));
  const shapes = reviewShapes(folder, isWholeRun(globalConfig));
  rmSync(folder, { recursive: true, force: true });
  say(isContractThere ? tallyLine(sum) : 'Contract: SKIPPED, nothing was validated: ../shared/contract is not there');
  if (shapes.text !== undefined) say(shapes.text);
  if (shapes.fails) process.exitCode = 1;
  if (!isContractThere || !isWholeRun(globalConfig)) return;
  const unused = DIFFERENCES.map(lineOf).filter((line) => !sum.used.includes(line));
  if (unused.length === 0) return;
  say(`Contract: lines of test/contract/differences.ts that nothing needed:\n${unused.join('\n')}`);
  process.exitCode = 1;
}

function isWholeRun(settings: RunSettings): boolean {
  const narrowing = ['onlyChanged', 'onlyFailures', 'findRelatedTests', 'runTestsByPath', 'shard', 'testNamePattern'];
  return settings.testPathPatterns.patterns.length === 0 && !narrowing.some((name) => Boolean(settings[name]));
}

/** On stderr: stdout is the document with --json. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
