import fc from '../fast-check';
import { artifactText } from '../../src/model/artifact';
import type { Kind } from '../../src/model/kind';
import type { Operation } from '../../src/model/plan';
import { dependencies, sortOperations, type Step } from '../../src/planning/order';
import { ordersKind } from '../compare/orders-kind';

const claims: Kind = { ...ordersKind, name: 'claim' };
const apps: Kind = { ...ordersKind, name: 'app', references: [{ path: 'tags[]', kind: 'claim', except: ['LOCAL'] }] };
const step = (kind: Kind, key: string, action: Step['action'], uses: string[] = []): Step => {
  const value = { name: key, tags: uses };
  return { kind, key, action, ...(action === 'delete' ? { live: value } : { desired: value }) };
};

describe('order of operations', () => {
  test('an artifact waits for what it refers to', () => {
    const waits = dependencies([step(apps, 'shop', 'create', ['mail', 'LOCAL']), step(claims, 'mail', 'create')]);
    expect(waits.get('app/shop')).toEqual(['claim/mail']);
    expect(waits.get('claim/mail')).toEqual([]);
  });

  test('a deletion waits for whatever still refers to it', () => {
    const update: Step = { ...step(apps, 'shop', 'update', []), live: { name: 'shop', tags: ['mail'] } };
    const waits = dependencies([update, step(claims, 'mail', 'delete'), step(apps, 'old', 'delete', ['mail'])]);
    expect(waits.get('claim/mail')).toEqual(['app/old', 'app/shop']);
    expect(waits.get('app/old')).toEqual([]);
  });

  test('sorted operations never come before what they depend on, and none is lost', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const arbitrary = fc.array(fc.array(fc.nat(5)), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(arbitrary, (edges) => {
        const operations = keys.map((key, index) =>
          operation(
            key,
            (edges[index] ?? []).filter((other) => other < index).map((other) => `app/${keys[other]}`),
          ),
        );
        const sorted = sortOperations([...operations].reverse(), ['claim', 'app']);
        const position = new Map(sorted.map((item, index) => [artifactText(item), index]));
        expect(sorted).toHaveLength(operations.length);
        for (const item of sorted)
          for (const name of item.dependsOn)
            expect(position.get(name)).toBeLessThan(position.get(artifactText(item)) ?? -1);
      }),
    );
  });

  test('is the same however the operations come: creates and updates by kind and key, then deletes the other way', () => {
    const all: Operation[] = [
      ...['a', 'b', 'c'].map((key) => ({ ...operation(key, []), kind: 'claim' })),
      ...['a', 'b'].map((key) => operation(key, [])),
      { ...operation('x', []), action: 'delete' as const },
      { ...operation('x', []), action: 'delete' as const, kind: 'claim' },
      { ...operation('y', []), action: 'delete' as const, kind: 'claim' },
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(sortOperations(shuffled, ['claim', 'app'])).toEqual(all);
      }),
    );
  });

  test('dependencies are told in one order, however the steps come', () => {
    const steps = [
      step(apps, 'shop', 'create', ['mail', 'name', 'age']),
      ...['name', 'age', 'mail'].map((key) => step(claims, key, 'create')),
    ];
    const sorted = ['claim/age', 'claim/mail', 'claim/name'];
    expect(dependencies(steps).get('app/shop')).toEqual(sorted);
    expect(dependencies([...steps].reverse()).get('app/shop')).toEqual(sorted);
  });
});

function operation(key: string, dependsOn: string[]): Operation {
  return { kind: 'app', key, action: 'create', reason: '', differences: [], requests: [], dependsOn, fingerprint: {} };
}
