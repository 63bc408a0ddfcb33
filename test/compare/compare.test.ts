import fc from '../fast-check';
import { canonicalise, minimise } from '../../src/compare/canonical';
import { compareCanonical } from '../../src/compare/differences';
import type { Json, JsonObject } from '../../src/model/json';
import { ordersKind as kind } from './orders-kind';

const canonical = (value: JsonObject): JsonObject => structuredClone(canonicalise(kind, value, '2.0'));
const differences = (from: JsonObject, to: JsonObject) => compareCanonical(kind, canonical(from), canonical(to));

const line = fc.record(
  { id: fc.string({ minLength: 1, maxLength: 3 }), amount: fc.integer(), code: fc.string(), serial: fc.integer() },
  { requiredKeys: ['id'] },
);
const order = fc.record(
  {
    name: fc.constant('o'),
    note: fc.string({ minLength: 1 }),
    active: fc.boolean(),
    tags: fc.array(fc.string({ maxLength: 3 }), { maxLength: 5 }),
    steps: fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }),
    lines: fc.array(line, { maxLength: 4 }),
    delivery: fc.record({ type: fc.constantFrom('POST', 'SHIP'), days: fc.nat(5) }, { requiredKeys: [] }),
    serial: fc.integer(),
  },
  { requiredKeys: ['name'] },
) as fc.Arbitrary<JsonObject>;

describe('canonical form', () => {
  test('it is reached in one step: making it canonical again changes nothing', () => {
    fc.assert(fc.property(order, (value) => expect(canonical(canonical(value))).toEqual(canonical(value))));
  });

  test('leaving defaults out and filling them in again gives the same state', () => {
    fc.assert(
      fc.property(order, (value) => {
        const full = canonical(value);
        expect(canonical(minimise(kind, full, '2.0'))).toEqual(full);
      }),
    );
  });

  test('a default that depends on another field is left out only where it applies', () => {
    expect(minimise(kind, canonical({ name: 'o', delivery: { type: 'SHIP', days: 3 } }), '2.0')).toEqual({
      name: 'o',
      delivery: { type: 'SHIP', days: 3 },
    });
    expect(minimise(kind, canonical({ name: 'o', delivery: { type: 'POST', days: 3 } }), '2.0')).toEqual({ name: 'o' });
  });

  test('a field that the server version does not have is not compared', () => {
    const older = (value: JsonObject): JsonObject => canonicalise(kind, value, '1.9');
    expect(compareCanonical(kind, older({ name: 'o', note: 'x' }), older({ name: 'o' }))).toEqual([]);
  });

  test('null means absent', () => {
    expect(differences({ name: 'o', note: null }, { name: 'o' })).toEqual([]);
  });
});

describe('comparison', () => {
  test('a state does not differ from itself with lists shuffled, defaults spelt out and server fields added', () => {
    fc.assert(
      fc.property(order, fc.infiniteStream(fc.nat()), (value, random) => {
        const noisy = {
          ...canonical(value),
          serial: 7,
          tags: shuffled(value.tags, random),
          lines: shuffled(canonical(value).lines, random),
        } as JsonObject;
        for (const field of ['tags', 'lines']) if (noisy[field] === undefined) delete noisy[field];
        expect(differences(value, noisy)).toEqual([]);
      }),
    );
  });

  test('it is symmetric: the way back has the same paths with sides exchanged', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        const back = differences(b, a).map(({ path, from, to, secret }) => ({ path, from: to, to: from, secret }));
        expect(differences(a, b).map(({ path, from, to, secret }) => ({ path, from, to, secret }))).toEqual(back);
      }),
    );
  });

  test('two states without a difference are the same state but for order', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        const none = differences(a, b).length === 0;
        expect(none).toBe(sortedText(canonical(a)) === sortedText(canonical(b)));
      }),
    );
  });

  test('elements are matched by identity wherever they stand', () => {
    const from = {
      name: 'o',
      lines: [
        { id: 'a', amount: 1 },
        { id: 'b', amount: 2 },
      ],
    };
    const to = {
      name: 'o',
      lines: [
        { id: 'b', amount: 3 },
        { id: 'a', amount: 1 },
      ],
    };
    expect(differences(from, to)).toEqual([{ path: 'lines[b].amount', change: 'change', from: 2, to: 3 }]);
  });

  test('two elements with one identity are both compared', () => {
    const from = {
      name: 'o',
      lines: [
        { id: 'a', amount: 1 },
        { id: 'a', amount: 2 },
      ],
    };
    const to = { name: 'o', lines: [{ id: 'a', amount: 1 }] };
    expect(differences(from, to)).toEqual([{ path: 'lines[a #2]', change: 'remove', from: { id: 'a', amount: 2 } }]);
  });

  test('a change inside an element is named by its field, not as the whole element', () => {
    expect(differences({ name: 'o', tags: ['x', 'y'] }, { name: 'o', tags: ['y', 'z'] })).toEqual([
      { path: 'tags[x]', change: 'remove', from: 'x' },
      { path: 'tags[z]', change: 'add', to: 'z' },
    ]);
  });

  test('order counts in a list without a rule', () => {
    expect(differences({ name: 'o', steps: ['x', 'y'] }, { name: 'o', steps: ['y', 'x'] })).toHaveLength(2);
  });

  test('a secret is named and never shown, also inside an element that is new', () => {
    const changed = differences(
      { name: 'o', lines: [{ id: 'a', code: 'hush' }] },
      { name: 'o', lines: [{ id: 'a', code: 'hush2' }] },
    );
    expect(changed).toEqual([{ path: 'lines[a].code', change: 'change', secret: true }]);
    const added = differences({ name: 'o' }, { name: 'o', lines: [{ id: 'a', code: 'hush' }] });
    expect(JSON.stringify(added)).not.toContain('hush');
    expect(added).toHaveLength(1);
  });

  test.each(['__proto__', 'constructor', 'toString', '$root'])(
    'the field name %s is a field like any other',
    (field) => {
      const from = { name: 'o', extra: JSON.parse(`{${JSON.stringify(field)}: 1}`) as Json };
      const to = { name: 'o', extra: JSON.parse(`{${JSON.stringify(field)}: 2}`) as Json };
      expect(compareCanonical(kind, from, to)).toEqual([
        { path: expect.stringContaining(field) as string, change: 'change', from: 1, to: 2 },
      ]);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );
});

function shuffled(list: Json | undefined, random: fc.Stream<number>): Json | undefined {
  if (!Array.isArray(list)) return list;
  const ranked = list.map((item) => ({ item, rank: random.next().value as number }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

function sortedText(value: JsonObject): string {
  const copy: JsonObject = { ...value };
  if (Array.isArray(copy.tags)) copy.tags = [...copy.tags].sort();
  if (Array.isArray(copy.lines)) copy.lines = [...copy.lines].sort((a, b) => (stable(a) < stable(b) ? -1 : 1));
  return stable(copy);
}

function stable(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${key}:${stable(value[key] ?? null)}`)
    .join()}}`;
}
