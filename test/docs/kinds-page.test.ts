import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wso2Is } from '../../src/products/wso2-is/product';
import { kindsPage } from './kinds-page';

const PAGE = path.resolve(__dirname, '../../docs/kinds.md');

/** UPDATE_DOCS=1 writes the page anew. */
test('docs/kinds.md says what the tables of the kinds say', () => {
  const page = kindsPage(wso2Is.kinds);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page);
  expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
