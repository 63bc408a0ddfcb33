import { canonicalise } from '../../src/compare/canonical';
import type { JsonObject } from '../../src/model/json';
import type { Kind } from '../../src/model/kind';
import { parsePath } from '../../src/model/path';
import { settle, type LeaveAlone } from '../../src/planning/settle';
import { ordersKind } from '../compare/orders-kind';

const kind: Kind = {
  ...ordersKind,
  chosenByServer: ['note'],
  immutable: [
    { path: 'delivery.type', why: 'it is fixed' },
    { path: 'lines[]', only: 'remove', why: 'it stays' },
  ],
};
const canonical = (value: JsonObject): JsonObject => canonicalise(kind, { name: 'o', ...value }, '2.0');
const nothing: LeaveAlone = { ignored: [], unknownSecrets: [], confidential: [] };
const settled = (live: JsonObject, desired: JsonObject, alone: Partial<LeaveAlone> = {}) =>
  settle(kind, canonical(live), canonical(desired), { ...nothing, ...alone });

describe('what must not be written is taken over from live', () => {
  test('a field that the server chose and the file leaves out stays as it is', () => {
    expect(settled({ note: 'generated' }, {})).toEqual({
      desired: canonical({ note: 'generated' }),
      differences: [],
      left: [],
    });
  });

  test('an immutable field is named with the reason and sent back as it is', () => {
    const result = settled({ delivery: { type: 'POST' } }, { delivery: { type: 'SHIP', days: 3 } });
    expect(result.differences).toEqual([]);
    expect(result.left).toEqual([{ path: 'delivery.type', why: 'it is fixed' }]);
  });

  test('what can be added and not taken away stays, with the reason; what is new is a difference', () => {
    const result = settled({ lines: [{ id: 'a' }, { id: 'b' }] }, { lines: [{ id: 'b' }, { id: 'c' }] });
    expect(result.differences).toMatchObject([{ path: 'lines[c]', change: 'add' }]);
    expect(result.left).toEqual([{ path: 'lines[a]', why: 'it stays' }]);
    expect(result.desired.lines).toHaveLength(3);
  });

  test('a secret that is unknown here keeps the value of the server', () => {
    const result = settled(
      { lines: [{ id: 'a', code: 'hush' }] },
      { lines: [{ id: 'a', amount: 5 }] },
      { unknownSecrets: ['lines[a].code'] },
    );
    expect(result.desired.lines).toEqual([{ id: 'a', amount: 5, code: 'hush' }]);
    expect(result.differences.map(({ path }) => path)).toEqual(['lines[a].amount']);
    expect(result.left).toHaveLength(1);
  });

  test('a secret that the server does not show is not a difference, and stays in what is sent', () => {
    const result = settled({ lines: [{ id: 'a' }] }, { lines: [{ id: 'a', code: 'hush' }] });
    expect(result.differences).toEqual([]);
    expect(result.desired.lines).toEqual([{ id: 'a', amount: 1, code: 'hush' }]);
  });

  test('a known secret that differs is a difference', () => {
    expect(settled({ lines: [{ id: 'a', code: 'old' }] }, { lines: [{ id: 'a', code: 'new' }] }).differences).toEqual([
      { path: 'lines[a].code', change: 'change', secret: true },
    ]);
  });

  test('an ignored path keeps what the server has, whether it was added, changed or removed there', () => {
    const ignored = [parsePath('tags')];
    expect(settled({ tags: ['x'] }, { tags: ['y'] }, { ignored })).toMatchObject({
      desired: { tags: ['x'] },
      differences: [],
    });
    expect(settled({}, { tags: ['y'] }, { ignored }).differences).toEqual([]);
  });

  test('everything else is a difference', () => {
    expect(settled({ tags: ['x'] }, { tags: ['x'], active: false }).differences).toEqual([
      { path: 'active', change: 'change', from: true, to: false },
    ]);
  });
});
