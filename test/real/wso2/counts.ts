import { appendFileSync } from 'node:fs';

/**
 * Adds requests that were sent to a real server and to the sandbox and whose answers were compared. The runner of the
 * lane prints their sum; without a runner (LIFTLOCK_REAL_COUNTS is not set) nothing is kept.
 */
export function countDifferentialRequests(requests: number): void {
  const file = process.env['LIFTLOCK_REAL_COUNTS'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ differential: requests })}\n`);
}
