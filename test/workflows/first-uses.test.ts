import fc from '../fast-check';
import type { Operation } from '../../src/model/plan';
import { failure } from '../../src/model/problem';
import { firstUses, writtenAlone } from '../../src/planning/first-uses';
import { application } from '../../src/products/wso2-is/kinds/application';
import { FirstUseQueue } from '../../src/workflows/first-use-queue';
import { runOperations } from '../../src/workflows/execute';
import { writesAtATime } from '../../src/workflows/session';

const step = (authenticator: string) => ({
  authenticationSequence: { steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator }] }] },
});
const origins = (...allowedOrigins: string[]) => ({ inboundProtocolConfiguration: { oidc: { allowedOrigins } } });

test('an application uses authenticators and CORS origins that the server makes at their first use', () => {
  const desired = { ...step('totp'), ...origins('https://a.example', 'https://b.example') };
  expect(firstUses(application.firstUses, desired, undefined)).toEqual([
    'authenticator totp',
    'CORS origin https://a.example',
    'CORS origin https://b.example',
  ]);
});

test('an authenticator of the request path and one of a step are the same thing', () => {
  const desired = { authenticationSequence: { ...step('X').authenticationSequence, requestPathAuthenticators: ['X'] } };
  expect(firstUses(application.firstUses, desired, undefined)).toEqual(['authenticator X']);
});

test('what the artifact uses already is there', () => {
  expect(
    firstUses(application.firstUses, origins('https://a.example', 'https://b.example'), origins('https://a.example')),
  ).toEqual(['CORS origin https://b.example']);
  expect(firstUses(undefined, step('totp'), undefined)).toEqual([]);
});

const operation = (key: string): Operation => ({
  kind: 'application',
  key,
  action: 'create',
  reason: '',
  differences: [],
  requests: [],
  dependsOn: [],
  fingerprint: {},
});

interface Running {
  /** Operations that are under way, in the order in which they began. */
  readonly underWay: () => string[];
  readonly end: (key: string, problem?: string) => Promise<void>;
  readonly outcomes: Promise<string[]>;
}

/** Operations that end when they are told to. */
function running(
  uses: Readonly<Record<string, readonly string[]>>,
  limit = 8,
  alone: Readonly<Record<string, readonly string[]>> = {},
): Running {
  const ends = new Map<string, (problem?: string) => void>();
  const run = ({ key }: Operation): Promise<undefined> =>
    new Promise((resolve, reject) =>
      ends.set(key, (problem) => (problem === undefined ? resolve(undefined) : reject(failure('http-409', problem)))),
    );
  const outcomes = runOperations(Object.keys(uses).map(operation), run, {
    limit,
    sharedUse: ({ key }) => ({ firstUses: uses[key] ?? [], alone: alone[key] ?? [] }),
  }).then((all) => all.map(({ key, status }) => `${key} ${status}`));
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    underWay: () => [...ends.keys()],
    end: async (key, problem) => {
      await settled();
      ends.get(key)?.(problem);
      ends.delete(key);
      await settled();
    },
    outcomes,
  };
}

test('the first write that uses a new thing goes alone, then all others go', async () => {
  const { underWay, end, outcomes } = running({ a: ['totp'], b: ['totp'], c: ['totp'], d: [] });
  await end('none');
  expect(underWay()).toEqual(['a', 'd']);
  await end('a');
  expect(underWay()).toEqual(['d', 'b', 'c']);
  for (const key of ['b', 'c', 'd']) await end(key);
  expect(await outcomes).toEqual(['a done', 'b done', 'c done', 'd done']);
});

test('after a first write that failed, the next one goes alone', async () => {
  const { underWay, end, outcomes } = running({ a: ['totp'], b: ['totp'], c: ['totp'] });
  await end('a', 'refused');
  expect(underWay()).toEqual(['b']);
  await end('b');
  await end('c');
  expect(await outcomes).toEqual(['a failed', 'b done', 'c done']);
});

test('writes that share different new things do not wait for each other for ever', async () => {
  const { underWay, end, outcomes } = running({ a: ['x', 'y'], b: ['y', 'z'], c: ['z', 'x'], d: ['z'] });
  await end('none');
  expect(underWay()).toEqual(['a', 'd']);
  await end('d');
  expect(underWay()).toEqual(['a']);
  await end('a');
  expect(underWay().sort()).toEqual(['b', 'c']);
  await end('b');
  await end('c');
  expect(await outcomes).toEqual(['a done', 'b done', 'c done', 'd done']);
});

test('a write that waits for a first use takes no place from others', async () => {
  const { underWay, end, outcomes } = running({ a: ['totp'], b: ['totp'], c: [] }, 2);
  await end('none');
  expect(underWay()).toEqual(['a', 'c']);
  for (const key of ['a', 'c', 'b']) await end(key);
  expect(await outcomes).toEqual(['a done', 'b done', 'c done']);
});

test.each([
  [{}, 4],
  [{ concurrency: 64 }, 4],
  [{ concurrency: 3 }, 3],
  [{ writeConcurrency: 8 }, 8],
  [{ concurrency: 2, writeConcurrency: 6 }, 2],
  [{ concurrency: 8, writeConcurrency: 1 }, 1],
])('an environment with %j has %i writes at a time', (environment, writes) => {
  expect(writesAtATime(environment)).toBe(writes);
});

test('writes that must not meet go one after the other, also after one has succeeded', async () => {
  const { underWay, end, outcomes } = running({ a: [], b: [], c: [], d: [] }, 8, {
    a: ['saml'],
    b: ['saml'],
    c: ['saml'],
  });
  await end('none');
  expect(underWay()).toEqual(['a', 'd']);
  await end('a');
  expect(underWay()).toEqual(['d', 'b']);
  await end('b', 'refused');
  expect(underWay()).toEqual(['d', 'c']);
  await end('c');
  await end('d');
  expect(await outcomes).toEqual(['a done', 'b failed', 'c done', 'd done']);
});

test('an application that gets another SAML configuration is written alone, one that gets other texts is not', () => {
  const saml = { path: 'inboundProtocolConfiguration.saml.issuer', change: 'change' as const };
  expect(writtenAlone(application.writtenAlone, [saml])).toEqual(['inboundProtocolConfiguration.saml']);
  expect(writtenAlone(application.writtenAlone, [{ path: 'description', change: 'change' }])).toEqual([]);
  expect(writtenAlone(undefined, [saml])).toEqual([]);
});

const names = fc.subarray(['a', 'b', 'c', 'd']);
const write = fc.record({ firstUses: names, alone: fc.subarray(['x', 'y']), succeeds: fc.boolean(), turns: fc.nat(5) });

test('whatever writes come, each runs once, no two that must not meet run together, and none waits for ever', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { maxLength: 30 }), async (writes) => {
      const queue = new FirstUseQueue();
      const underWay = new Set<(typeof writes)[number]>();
      const made = new Set<string>();
      const ran = await Promise.all(
        writes.map((one) =>
          queue.run(one, async () => {
            for (const other of underWay) {
              const shared = one.firstUses.filter((name) => other.firstUses.includes(name) && !made.has(name));
              expect([...shared, ...one.alone.filter((name) => other.alone.includes(name))]).toEqual([]);
            }
            underWay.add(one);
            for (let turn = 0; turn < one.turns; turn += 1) await Promise.resolve();
            underWay.delete(one);
            if (one.succeeds) for (const name of one.firstUses) made.add(name);
            return { result: 1, succeeded: one.succeeds };
          }),
        ),
      );
      expect(ran).toHaveLength(writes.length);
    }),
    { numRuns: 200 },
  );
});
