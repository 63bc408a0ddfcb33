import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { countDifferentialRequests } from './counts';

const before = process.env['LIFTLOCK_REAL_COUNTS'];
const folder = mkdtempSync(path.join(tmpdir(), 'liftlock-counts-'));
afterAll(() => {
  if (before === undefined) delete process.env['LIFTLOCK_REAL_COUNTS'];
  else process.env['LIFTLOCK_REAL_COUNTS'] = before;
  rmSync(folder, { recursive: true });
});

it('keeps one line for each count, so that several test files add to the same file', () => {
  process.env['LIFTLOCK_REAL_COUNTS'] = path.join(folder, 'counts');
  countDifferentialRequests(3);
  countDifferentialRequests(499);
  expect(readFileSync(path.join(folder, 'counts'), 'utf8')).toBe('{"differential":3}\n{"differential":499}\n');
});
