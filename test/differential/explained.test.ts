import { EXPLAINED } from './explained';
import { explanationOf } from './explanation';
import type { Found } from './run';

const found: Found = {
  release: '6.0',
  step: { name: 'a name that is taken', method: 'POST', path: '/applications' },
  path: '/applications',
  field: 'error.description',
  kind: 'value',
  real: 'An application of this name exists.',
  sandbox: 'The name is taken.',
};
const [row] = EXPLAINED.filter(({ path, field }) => path === '/applications/…' && field === 'error.description');

test('the table of explained differences has 25 rows at most, each for one field of known paths', () => {
  expect(EXPLAINED.length).toBeLessThanOrEqual(25);
  for (const { methods, path, field, evidence, reason, others } of EXPLAINED) {
    expect(methods.length).toBeGreaterThan(0);
    expect(path).toMatch(/^\/[a-z-]+(\/[\w{}-]+)*(\/…)?$/);
    expect(field).toMatch(/^[\w.[\]-]+$/);
    expect([evidence, reason, others]).not.toContain('');
  }
});

test('no row is for a status, a code or a header', () => {
  const fields = EXPLAINED.map(({ field }) => field);
  expect(fields.filter((field) => /^status$|^header|(^|\.)code$/.test(field))).toEqual([]);
});

test('no row is there twice', () => {
  const lines = EXPLAINED.map(({ methods, path, field, releases }) => JSON.stringify([methods, path, field, releases]));
  expect(new Set(lines).size).toBe(lines.length);
});

test('a row explains another value of its field, and counts the exchange once', () => {
  const { unexplained, exchanges } = explanationOf([found, found], row ? [row] : []);
  expect(unexplained).toEqual([]);
  expect(exchanges).toEqual([1]);
});

test.each([
  ['an absent field', { kind: 'absent', sandbox: undefined }],
  ['an additional field', { kind: 'additional', real: undefined }],
  ['another type', { kind: 'type', sandbox: 7 }],
  ['another order', { kind: 'order' }],
  ['another number of elements', { kind: 'number of elements' }],
  ['a status', { kind: 'status', field: 'status' }],
  ['a code', { field: 'error.code' }],
  ['another field', { field: 'description' }],
  ['another path', { path: '/application-templates' }],
  ['another release', { release: '7.0' }],
] as const)('a row does not explain %s', (_, change) => {
  const difference: Found = { ...found, ...change };
  expect(explanationOf([difference], row ? [row] : []).unexplained).toEqual([difference]);
});

test('not even a row for codes explains a code', () => {
  const code: Found = { ...found, field: 'error.code', real: 'APP-60001', sandbox: 'APP-60007' };
  const table = row ? [{ ...row, field: 'error.code' }] : [];
  expect(explanationOf([code], table).unexplained).toEqual([code]);
});
