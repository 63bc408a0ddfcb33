import { canonicalise } from '../../src/compare/canonical';
import { compareCanonical } from '../../src/compare/differences';
import type { JsonObject } from '../../src/model/json';
import { classify, classOfPresence, gravest } from '../../src/planning/classify';
import { ordersKind as kind } from '../compare/orders-kind';

const canonical = (value: JsonObject): JsonObject => canonicalise(kind, { name: 'o', ...value }, '2.0');

function classes(baseline: JsonObject | undefined, live: JsonObject, desired: JsonObject): Record<string, string> {
  const states = { baseline: baseline && canonical(baseline), live: canonical(live), desired: canonical(desired) };
  const found = classify(kind, compareCanonical(kind, states.live, states.desired), states);
  return Object.fromEntries(found.map((difference) => [difference.path, difference.class]));
}

describe('who moved away from what was applied', () => {
  test('the server: drift', () => {
    expect(classes({ note: 'a' }, { note: 'b' }, { note: 'a' })).toEqual({ note: 'drift' });
  });
  test('the files: pending', () => {
    expect(classes({ note: 'a' }, { note: 'a' }, { note: 'b' })).toEqual({ note: 'pending' });
  });
  test('both, and they disagree: conflict', () => {
    expect(classes({ note: 'a' }, { note: 'b' }, { note: 'c' })).toEqual({ note: 'conflict' });
  });
  test('both in the same way: nothing', () => {
    expect(classes({ note: 'a' }, { note: 'b' }, { note: 'b' })).toEqual({});
  });
  test('each field is judged on its own', () => {
    expect(classes({ note: 'a', active: true }, { note: 'b', active: true }, { note: 'a', active: false })).toEqual({
      note: 'drift',
      active: 'pending',
    });
  });
  test('an element removed on the server and changed in the files is a conflict', () => {
    const line = { id: 'a', amount: 1 };
    expect(classes({ lines: [line] }, {}, { lines: [{ id: 'a', amount: 2 }] })).toEqual({ lines: 'conflict' });
  });
  test('without a baseline everything is drift', () => {
    expect(classes(undefined, { note: 'a' }, { note: 'b' })).toEqual({ note: 'drift' });
  });
  test('an artifact made on the server is drift, one deleted from the files is pending', () => {
    expect(classOfPresence({ baseline: false, live: true, desired: false })).toBe('drift');
    expect(classOfPresence({ baseline: true, live: true, desired: false })).toBe('pending');
  });
  test('a finding is as grave as its gravest difference', () => {
    expect(gravest(['pending', 'drift'])).toBe('drift');
    expect(gravest(['drift', 'conflict', 'pending'])).toBe('conflict');
  });
});
