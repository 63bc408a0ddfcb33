import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SUM = path.resolve(__dirname, '../../.ci/sum.mjs');
const PASSED = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };

const folder = mkdtempSync(path.join(tmpdir(), 'liftlock-sum-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Sums runs; one that is undefined left no results. */
function sum(...runs: (object | undefined)[]) {
  const files = runs.map((run, index) => {
    const file = path.join(folder, `${index}.json`);
    rmSync(file, { force: true });
    if (run !== undefined) writeFileSync(file, JSON.stringify(run));
    return file;
  });
  const { status, stdout } = spawnSync(process.execPath, [SUM, ...files], { encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n') };
}

it('adds up the tests of several runs', () => {
  expect(sum(PASSED, { ...PASSED, numPassedTests: 2 })).toEqual({ status: 0, lines: ['7 passed, 0 failed'] });
});

it('names skipped tests, which are no failures', () => {
  expect(sum(PASSED, { ...PASSED, numPendingTests: 3 })).toEqual({
    status: 0,
    lines: ['3 skipped', '10 passed, 0 failed'],
  });
});

it.each([
  ['a test that failed', { ...PASSED, numFailedTests: 1 }],
  ['a file that could not be run', { ...PASSED, numRuntimeErrorTestSuites: 1 }],
])('fails with %s', (_what, run) => {
  expect(sum(PASSED, run)).toEqual({ status: 1, lines: ['10 passed, 1 failed'] });
});

it('fails with a run that left no results, as one that was skipped', () => {
  expect(sum(PASSED, undefined)).toEqual({ status: 1, lines: ['5 passed, 1 failed'] });
});

it('fails with a run in which nothing was tested', () => {
  expect(sum(PASSED, { ...PASSED, numPassedTests: 0 })).toEqual({ status: 1, lines: ['5 passed, 0 failed'] });
});
