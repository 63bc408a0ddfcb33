// Prints how many tests passed and failed, summed over the results that jest wrote: `sum.mjs FILE…`.
import { existsSync, readFileSync } from 'node:fs';

/** A run that left no results did not come to its end. */
const NO_RESULTS = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 1 };

const runs = process.argv
  .slice(2)
  .map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NO_RESULTS));
const sum = (count) => runs.reduce((total, run) => total + (count(run) ?? 0), 0);

const failed = sum((run) => run.numFailedTests) + sum((run) => run.numRuntimeErrorTestSuites);
const skipped = sum((run) => run.numPendingTests);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${sum((run) => run.numPassedTests)} passed, ${failed} failed`);
if (failed > 0 || runs.some((run) => run.numPassedTests === 0)) process.exitCode = 1;
