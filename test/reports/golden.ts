import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares a text with a file in golden/. To accept what changed: `UPDATE_GOLDEN=1 npx jest test/reports`, then read
 * the difference.
 */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, 'golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(file)) {
    if (process.env['CI']) throw new Error(`${name} is missing`);
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}
