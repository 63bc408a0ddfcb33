import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeAllSchemas } from '../../src/cli/write-schemas';

const ROOT = path.resolve(__dirname, '../..');

function filesIn(root: string): Record<string, string> {
  const folder = path.join(root, 'schemas');
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
}

/** When it fails: npm run build && node dist/cli/write-schemas.js */
test('schemas/ holds what write-schemas writes, and nothing else', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'liftlock-schemas-'));
  try {
    await writeAllSchemas(folder);
    expect(filesIn(ROOT)).toEqual(filesIn(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
