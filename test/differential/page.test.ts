import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { comparisonSection } from './page';

const PAGE = path.resolve(__dirname, '../../docs/sandbox.md');
const HEADING = "## Compared with the product's own code\n\n";

/** UPDATE_DOCS=1 writes the section anew. */
test('docs/sandbox.md has every difference from a real server that the differential test allows, and no other', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(HEADING);
  const after = /^## [^]*/m.exec(rest)?.[0] ?? '';
  const wanted = `${before}${HEADING}${comparisonSection()}\n${after}`;
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, wanted);
  expect(readFileSync(PAGE, 'utf8')).toBe(wanted);
});
