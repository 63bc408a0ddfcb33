/** @jest-environment node */
import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { startSandbox, type RunningSandbox } from '../../src/sandbox/sandbox';
import { explanationOf } from './explanation';
import { TOPICS } from './requests';
import { compareServers, type Found } from './run';
import { Server, type Answer, type Request } from './server';
import { get, patch, post, type Step } from './step';

/* Two sandboxes of one release: what the comparison finds between them is what was planted in the answers of one. */

const USER = { user: 'admin', password: 'admin' };
let servers: readonly RunningSandbox[] = [];

beforeAll(async () => {
  servers = await Promise.all([startSandbox({ version: '6.0' }), startSandbox({ version: '6.0' })]);
});
beforeEach(() => servers.forEach((server) => server.reset()));
afterAll(() => Promise.all(servers.map((server) => server.close())));

/** Sends as the other does, and changes what comes back. */
class AlteredServer extends Server {
  constructor(
    url: string,
    private readonly alter: (answer: Answer) => Answer,
  ) {
    super({ url, ...USER });
  }

  override async send(request: Request): Promise<Answer> {
    return this.alter(await super.send(request));
  }
}

async function foundIn(
  steps: readonly Step[],
  alter: (answer: Answer) => Answer = (answer) => answer,
): Promise<readonly Found[]> {
  const [one, other] = servers;
  if (one === undefined || other === undefined) throw new Error('The sandboxes are not running.');
  const real = new Server({ url: one.url, ...USER });
  const altered = new AlteredServer(other.url, alter);
  try {
    const found = await compareServers(steps, real, [{ release: '6.0', server: altered }]);
    return explanationOf(found).unexplained;
  } finally {
    real.close();
    altered.close();
  }
}

const STEPS = [
  post(
    'created',
    '/applications',
    { name: 'Buoy', inboundProtocolConfiguration: { oidc: { grantTypes: ['client_credentials'] } } },
    'buoy',
  ),
  get('read', '/applications/{buoy}'),
  post('created again', '/applications', { name: 'Buoy' }),
  patch('steps', '/applications/{buoy}', {
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [
        {
          id: 1,
          options: [
            { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
            { idp: 'LOCAL', authenticator: 'totp' },
          ],
        },
      ],
    },
  }),
  get('steps, read', '/applications/{buoy}'),
];

/** Changes bodies that have a field. */
function where(field: string, change: (body: JsonObject) => JsonObject): (answer: Answer) => Answer {
  return (answer) =>
    isObject(answer.body) && answer.body[field] !== undefined ? { ...answer, body: change(answer.body) } : answer;
}

function without(body: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
}

/** A value in which every list of two is turned around. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.length === 2 ? [...value].reverse() : value.map(turned);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, turned(inner)]));
}

test('two servers of the same release differ in nothing, whatever ids, secrets and addresses they have', async () => {
  expect(await foundIn(Object.values(TOPICS).flat())).toEqual([]);
});

test.each<[string, (answer: Answer) => Answer, Partial<Found>]>([
  [
    'a status',
    (answer) => (answer.status === 409 ? { ...answer, status: 400 } : answer),
    { kind: 'status', field: 'status', path: '/applications' },
  ],
  ['a code', where('code', (body) => ({ ...body, code: 'APP-60001' })), { kind: 'value', field: 'error.code' }],
  [
    'an absent field',
    where('advancedConfigurations', (body) => without(body, 'access')),
    { kind: 'absent', field: 'access' },
  ],
  [
    'an additional field',
    where('advancedConfigurations', (body) => ({ ...body, tonnage: 3 })),
    { kind: 'additional', field: 'tonnage' },
  ],
  [
    'an order',
    where('authenticationSequence', (body) => ({
      ...body,
      authenticationSequence: turned(body['authenticationSequence'] ?? null),
    })),
    { kind: 'order', field: 'authenticationSequence.steps[].options[]' },
  ],
  [
    'a default',
    where('advancedConfigurations', (body) => ({ ...body, access: 'READ' })),
    { kind: 'value', field: 'access' },
  ],
  ['a coercion', where('advancedConfigurations', (body) => ({ ...body, name: 12 })), { kind: 'type', field: 'name' }],
  [
    'a number of elements',
    where('inboundProtocols', (body) => ({ ...body, inboundProtocols: [] })),
    { kind: 'number of elements', field: 'inboundProtocols[]' },
  ],
  [
    'a header',
    (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' } }),
    { kind: 'header', field: 'header content-type' },
  ],
])('%s that is planted in the answers of one is found', async (_, alter, expected) => {
  const found = await foundIn(STEPS, alter);
  expect(found.length).toBeGreaterThan(0);
  for (const difference of found) expect(difference).toMatchObject({ ...expected, release: '6.0' });
});

test('a description in other words is no difference', async () => {
  expect(
    await foundIn(
      STEPS,
      where('code', (body) => ({ ...body, description: 'In other words.' })),
    ),
  ).toEqual([]);
});

test('a description that is missing is a difference', async () => {
  const found = await foundIn(
    STEPS,
    where('code', (body) => without(body, 'description')),
  );
  expect(found).toMatchObject([{ kind: 'absent', field: 'error.description', path: '/applications' }]);
});

describe('in a list of claims', () => {
  const LOCAL = '/claim-dialects/local/claims';
  const BERTH = 'http://wso2.org/claims/berth';
  const LISTED = [
    post('a claim', LOCAL, {
      claimURI: BERTH,
      displayName: 'Berth',
      attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
    }),
    get('listed', LOCAL),
  ];
  const isBerth = (claim: Json): boolean => isObject(claim) && claim['claimURI'] === BERTH;
  const listed =
    (change: (claims: readonly Json[]) => Json[]) =>
    (answer: Answer): Answer =>
      Array.isArray(answer.body) ? { ...answer, body: change(answer.body) } : answer;

  test('another order of those that ship is found', async () => {
    const found = await foundIn(
      LISTED,
      listed((claims) => [...claims].reverse()),
    );
    expect(found).toMatchObject([{ kind: 'order', field: '[]' }]);
  });

  test('a claim that was made is found when it is missing, not when it stands elsewhere', async () => {
    const others = (claims: readonly Json[]): Json[] => claims.filter((claim) => !isBerth(claim));
    expect(await foundIn(LISTED, listed(others))).toMatchObject([{ kind: 'number of elements', field: '[]' }]);
    const moved = listed((claims) => [...claims.filter(isBerth), ...others(claims)]);
    expect(await foundIn(LISTED, moved)).toEqual([]);
  });
});
