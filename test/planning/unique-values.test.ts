import fc from '../fast-check';
import type { JsonObject } from '../../src/model/json';
import type { Step } from '../../src/planning/order';
import {
  circlesOf,
  duplicateValues,
  newValues,
  takeovers,
  uniqueValuesOf,
  type Holder,
} from '../../src/planning/unique-values';
import { application } from '../../src/products/wso2-is/kinds/application';
import { externalClaim } from '../../src/products/wso2-is/kinds/external-claim';

const client = (clientId: string): JsonObject => ({ inboundProtocolConfiguration: { oidc: { clientId } } });
const saml = (issuer: string, serviceProviderQualifier?: string): JsonObject => ({
  inboundProtocolConfiguration: { saml: { issuer, ...(serviceProviderQualifier ? { serviceProviderQualifier } : {}) } },
});
const claim = (claimDialectURI: string, mappedLocalClaimURI: string): JsonObject => ({
  claimDialectURI,
  mappedLocalClaimURI,
});
const holder = (key: string, value: JsonObject): Holder => ({
  kind: 'application',
  key,
  values: uniqueValuesOf(application, value),
});
const step = (key: string, action: Step['action'], live?: JsonObject, desired?: JsonObject): Step => ({
  kind: application,
  key,
  action,
  ...(live ? { live } : {}),
  ...(desired ? { desired } : {}),
});

test('client ids and issuers with their qualifier are unique among applications, local claims in a dialect', () => {
  const same = (kind: typeof application, a: JsonObject, b: JsonObject): boolean =>
    uniqueValuesOf(kind, a)[0]?.id === uniqueValuesOf(kind, b)[0]?.id;
  expect(same(application, client('a'), client('a'))).toBe(true);
  expect(same(application, client('a'), saml('a'))).toBe(false);
  expect(same(application, saml('a'), saml('a', 'west'))).toBe(false);
  expect(same(externalClaim, claim('d', 'mail'), claim('d', 'mail'))).toBe(true);
  expect(same(externalClaim, claim('d', 'mail'), claim('e', 'mail'))).toBe(false);
});

test('artifacts that have the same value are named together', () => {
  const found = duplicateValues([holder('A', client('x')), holder('B', client('y')), holder('C', client('x'))]);
  expect(found.map(({ value, holders }) => [value.text, holders.map(({ key }) => key)])).toEqual([['x', ['A', 'C']]]);
});

test.each([
  ['is deleted', step('Old', 'delete', client('x')), 'deleted'],
  ['gets another one', step('Old', 'update', client('x'), client('y')), 'changed'],
  ['keeps it', step('Old', 'update', client('x'), { ...client('x'), description: 'new' }), 'kept'],
] as const)('a value of an artifact that %s', (_what, other, holderIs) => {
  const taker = step('New', 'create', undefined, client('x'));
  expect(takeovers([taker, other], [holder('Old', client('x'))])).toMatchObject([
    { taker: { key: 'New' }, holder: { key: 'Old' }, holderIs },
  ]);
});

test('a value of an artifact that no write concerns is kept, and what an artifact has already it does not take', () => {
  const live = [holder('Old', client('x'))];
  expect(takeovers([step('New', 'create', undefined, client('x'))], live)).toMatchObject([{ holderIs: 'kept' }]);
  expect(newValues(step('Old', 'update', client('x'), client('x')))).toEqual([]);
});

test('takeovers in a circle are told from those in a chain', () => {
  const keys = ['A', 'B', 'C'];
  const live = keys.map((key) => holder(key, client(key)));
  const moves = (to: Readonly<Record<string, string>>): Step[] =>
    Object.entries(to).map(([key, value]) => step(key, 'update', client(key), client(value)));
  const chain = takeovers(moves({ A: 'B', B: 'C', C: 'new' }), live);
  expect([chain.length, circlesOf(chain)]).toEqual([2, []]);
  const circle = takeovers(moves({ A: 'B', B: 'C', C: 'A' }), live);
  expect([circle.length, circlesOf(circle).length]).toEqual([3, 3]);
});

test('whatever values move, writes that wait for those who give up first never meet a value that is taken', () => {
  const value = fc.constantFrom('u', 'v', 'w', 'x', 'y', 'z');
  const state = fc.uniqueArray(value, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(state, state, (before, after) => {
      const live = before.map((id, index) => holder(`app ${index}`, client(id)));
      const steps = Array.from({ length: Math.max(before.length, after.length) }, (_, index): Step => {
        const [from, to] = [before[index], after[index]];
        const action = from === undefined ? 'create' : to === undefined ? 'delete' : 'update';
        return step(
          `app ${index}`,
          action,
          from === undefined ? undefined : client(from),
          to === undefined ? undefined : client(to),
        );
      });
      const found = takeovers(steps, live);
      // All values of the files differ, so whoever has one gives it up or keeps it as its own.
      expect(found.filter(({ holderIs }) => holderIs === 'kept')).toEqual([]);
      const circles = new Set(circlesOf(found));
      const waits = found.filter((one) => !circles.has(one));
      const server = new Map(live.map(({ key, values }) => [key, values[0]?.text]));
      const inCircle = new Set([...circles].map(({ taker }) => taker.key));
      const open = new Set(steps.map(({ key }) => key).filter((key) => !inCircle.has(key)));
      for (let round = 0; round <= steps.length; round += 1) {
        const key = [...open].find((one) =>
          waits.every(({ taker, holder: other }) => taker.key !== one || !open.has(other.key)),
        );
        if (key === undefined) break;
        open.delete(key);
        const wanted = after[Number(key.slice(4))];
        const blocked = [...server].some(([other, has]) => other !== key && has === wanted && wanted !== undefined);
        if (!waits.some(({ taker, holder: other }) => taker.key === key && inCircle.has(other.key)))
          expect(blocked).toBe(false);
        if (wanted === undefined) server.delete(key);
        else server.set(key, wanted);
      }
      expect(open.size).toBe(0);
    }),
  );
});
