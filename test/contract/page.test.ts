import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DIFFERENCES, lineOf } from './differences';
import { contractSection } from './page';

const PAGE = path.resolve(__dirname, '../../docs/sandbox.md');
const HEADING = '## Checked against the official OpenAPI files\n\n';

/** UPDATE_DOCS=1 writes the section anew. */
test('docs/sandbox.md has every difference that the tests allow, and no other', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(HEADING);
  const after = /^## [^]*/m.exec(rest)?.[0] ?? '';
  const wanted = `${before}${HEADING}${contractSection()}\n${after}`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  expect(readFileSync(PAGE, 'utf8')).toBe(wanted);
});

test('no difference is listed twice', () => {
  const lines = DIFFERENCES.map(lineOf);
  expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([]);
});
