import fc from '../fast-check';
import { canonicalise } from '../../src/compare/canonical';
import type { JsonObject } from '../../src/model/json';
import { fingerprint } from '../../src/planning/fingerprint';
import { ordersKind } from '../compare/orders-kind';

const digest = (value: JsonObject, confidential: readonly string[] = []): string =>
  fingerprint(ordersKind, canonicalise(ordersKind, { name: 'o', ...value }, '2.0'), confidential);
const lines = (...list: JsonObject[]): JsonObject => ({ lines: list });

test('the order of fields and of unordered lists does not count', () => {
  const permuted = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 });
  fc.assert(
    fc.property(permuted, permuted, (fields, ids) => {
      const line = (id: string): JsonObject => (id === ids[0] ? { amount: 2, id } : { id, amount: 2 });
      expect(digest({ tags: [...ids], ...lines(...ids.map(line)) })).toBe(
        digest({ ...lines(...['a', 'b', 'c', 'd'].map(line)), tags: ['a', 'b', 'c', 'd'] }),
      );
      const delivery = Object.fromEntries(fields.map((field) => [field, field]));
      expect(digest({ delivery })).toBe(digest({ delivery: { a: 'a', b: 'b', c: 'c', d: 'd' } }));
    }),
  );
});

test('everything else does', () => {
  const states = [
    {},
    { tags: ['x'] },
    lines({ id: 'a', amount: 2 }),
    lines({ id: 'a', amount: 3 }),
    { active: false },
    { steps: ['a', 'b'] },
    { steps: ['b', 'a'] },
  ];
  expect(new Set(states.map((state) => digest(state))).size).toBe(states.length);
});

test('a secret does not, by the rules of the kind or by what the server says: a plan file gives no way to guess it', () => {
  const code = (value: string): JsonObject => lines({ id: 'a', code: value });
  expect(digest(code('one'))).toBe(digest(code('other')));
  const note = (value: string): JsonObject => ({ note: value });
  expect(digest(note('one'), ['note'])).toBe(digest(note('other'), ['note']));
  expect(digest(note('one'))).not.toBe(digest(note('other')));
});
