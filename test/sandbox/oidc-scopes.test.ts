import { startSandbox } from '../../src/sandbox/sandbox';
import type { WorldState } from '../../src/sandbox/state';
import type { Version } from '../../src/sandbox/versions';
import { Api, type Reply } from './api';

/* Scopes of OIDC as servers of the product's code of 6.0 and 7.0 answered (OAuth 6.11.23 and 7.0.46). */

const SCOPES = '/oidc/scopes';
const OIDC_CLAIMS = `/claim-dialects/${Buffer.from('http://wso2.org/oidc/claim').toString('base64url')}/claims`;
const CONFIGURED = ['openid', 'email', 'profile', 'phone', 'address'];
const STORED = ['address', 'phone', 'openid', 'profile', 'email'];

let api: Api;
async function start(version: Version, content?: WorldState): Promise<void> {
  api = new Api(await startSandbox({ version, content }));
}
afterEach(() => api.sandbox.close());

const names = async (): Promise<unknown[]> => (await api.readList(SCOPES)).map(({ name }) => name);
const claims = async (name: string): Promise<unknown> => (await api.read(`${SCOPES}/${name}`)).claims;
const scope = { name: 'tides', displayName: 'Tides', claims: ['email', 'given_name'] };

describe.each(['6.0', '6.1', '7.0'] as const)('a fresh server of %s', (version) => {
  beforeEach(() => start(version));

  test.each<[string, () => Promise<Reply>]>([
    ['one is made', () => api.post(SCOPES, scope)],
    ['one that is there is refused', () => api.post(SCOPES, { ...scope, name: 'email' })],
    ['one is changed', () => api.put(`${SCOPES}/email`, { displayName: 'email', claims: ['email', 'email_verified'] })],
    ['one is deleted', () => api.delete(`${SCOPES}/email`)],
  ])('answers scopes as its configuration has them until %s, then as its database has them', async (_what, write) => {
    expect(await names()).toEqual(CONFIGURED);
    expect(await claims('openid')).toContain('sub');
    expect(await claims('address')).toEqual(['address', 'street_address']);
    await write();
    const shipped = new Set(CONFIGURED);
    const left = (await names()).filter((name) => shipped.has(String(name)));
    expect(left).toEqual(STORED.filter((name) => left.includes(name)));
    expect(left).not.toEqual(CONFIGURED.filter((name) => left.includes(name)));
    expect(await claims('openid')).not.toContain('sub');
  });

  test.each<[string, () => Promise<Reply>]>([
    ['a scope that is not there', () => api.delete(`${SCOPES}/nowhere`)],
    ['a scope with a bad name', () => api.post(SCOPES, { ...scope, name: 'a b' })],
    ['an application', () => api.post('/applications', { name: 'buoy' })],
  ])('is not moved by a write to %s', async (_what, write) => {
    await write();
    expect(await names()).toEqual(CONFIGURED);
  });

  test('answers them as its database has them after it started again', async () => {
    const { servesConfiguredScopes, ...stored } = api.sandbox.snapshot() as unknown as WorldState;
    expect(servesConfiguredScopes).toBe(true);
    await api.sandbox.close();
    await start(version, stored);
    expect(await names()).toEqual(STORED);
  });
});

test('claims of a scope are in the order of a hash table on 6.x, and in that of their rows on 7.0', async () => {
  await start('6.0');
  await api.create(SCOPES, scope);
  expect(await claims('tides')).toEqual(['given_name', 'email']);
  expect(await claims('address')).toEqual(['street_address', 'address']);
  await api.sandbox.close();
  await start('7.0');
  await api.create(SCOPES, { ...scope, claims: ['family_name', 'given_name', 'email'] });
  expect(await claims('tides')).toEqual(['email', 'given_name', 'family_name']);
  expect(await claims('address')).toEqual(['address', 'street_address']);
});

describe('on 6.0', () => {
  beforeEach(() => start('6.0'));

  test.each<[string, object, number, string]>([
    ['no name', { ...scope, name: ' ' }, 400, 'OAUTH-60001'],
    ['a name with a blank', { ...scope, name: 'high tide' }, 400, 'OAUTH-60001'],
    ...['?', '#', '/', '(', ')'].map((mark): [string, object, number, string] => [
      `a name with ${mark}`,
      { ...scope, name: `tides${mark}` },
      400,
      'OAUTH-60001',
    ]),
    [
      'a blank display name, though its name is taken',
      { ...scope, name: 'email', displayName: ' ' },
      400,
      'OAUTH-60001',
    ],
    ['null for its claims', { ...scope, claims: null }, 400, 'UE-10000'],
  ])('a scope with %s is refused', async (_what, body, status, code) => {
    expect(await api.post(SCOPES, body)).toMatchObject({ status, body: { code } });
    expect(await names()).toEqual(CONFIGURED);
  });

  test.each([
    ['name', 255],
    ['displayName', 255],
    ['description', 512],
  ] as const)('a %s of more than %i characters fails without a code', async (field, longest) => {
    expect((await api.post(SCOPES, { ...scope, [field]: 't'.repeat(longest) })).status).toBe(201);
    const { status, body } = await api.post(SCOPES, { ...scope, name: 'other', [field]: 't'.repeat(longest + 1) });
    expect(status).toBe(500);
    expect(body).not.toHaveProperty('code');
  });

  test('a name of other marks and letters is fine', async () => {
    for (const name of ['tides:high', 'flüt', 'TIDES']) await api.create(SCOPES, { ...scope, name });
    expect(await names()).toEqual(expect.arrayContaining(['tides:high', 'flüt', 'TIDES']));
  });

  test('claims that are repeated, unknown or deleted since are dropped', async () => {
    await api.create(SCOPES, { ...scope, claims: ['email', 'wind_force', 'email', 'given_name'] });
    expect(await claims('tides')).toEqual(['given_name', 'email']);
    await api.delete(`${OIDC_CLAIMS}/${Buffer.from('given_name').toString('base64url')}`);
    expect(await claims('tides')).toEqual(['email']);
  });

  test('a change looks at the display name before it looks for the scope, and takes the absence of claims for none', async () => {
    await api.create(SCOPES, scope);
    const blank = { displayName: '', claims: [] };
    expect(await api.put(`${SCOPES}/nowhere`, blank)).toMatchObject({ status: 400, body: { code: 'OAUTH-60001' } });
    expect(await api.put(`${SCOPES}/nowhere`, { displayName: 'x' })).toMatchObject({
      status: 404,
      body: { code: '41003' },
    });
    expect(await api.put(`${SCOPES}/tides`, { displayName: 'x', claims: null })).toMatchObject({
      status: 400,
      body: { code: 'UE-10000' },
    });
    expect((await api.put(`${SCOPES}/tides`, { displayName: 'x' })).status).toBe(200);
    expect(await api.read(`${SCOPES}/tides`)).toEqual({ name: 'tides', displayName: 'x', claims: [] });
  });
});
