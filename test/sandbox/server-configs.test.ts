import { startSandbox } from '../../src/sandbox/sandbox';
import type { WorldState } from '../../src/sandbox/state';
import { Api, sandboxed, type Reply } from './api';

/* The settings of a server as the product's code of 6.0 answered (REST classes 1.2.6 of the configurations). */

const server = sandboxed({ version: '6.0' });
const CORS = '/configs/cors';
const SCIM = '/configs/provisioning/inbound/scim';
const REALMS = '/configs/home-realm-identifiers';

const change = (operation: string, path: string, value?: unknown): object => ({ operation, path, value });
const patch = (...operations: object[]): Promise<Reply> => server.api.patch('/configs', operations);
const patchCors = (...operations: object[]): Promise<Reply> => server.api.patch(CORS, operations);
const INVALID = { status: 400, body: { code: 'CNF-60003' } };
const BROKEN = { status: 500, body: { code: 'SE-50000' } };

test('sessions last as long as they are told to, in whole minutes', async () => {
  expect(await server.api.read('/configs')).toMatchObject({
    idleSessionTimeoutPeriod: '15',
    rememberMePeriod: '20160',
  });
  const done = await patch(
    change('REPLACE', '/idleSessionTimeoutPeriod', '30'),
    change('REPLACE', '/rememberMePeriod', '60'),
  );
  expect(done).toMatchObject({ status: 200, body: '' });
  expect(await server.api.read('/configs')).toMatchObject({ idleSessionTimeoutPeriod: '30', rememberMePeriod: '60' });
  for (const value of ['0', '-1', 'soon', '2.5', ' 7', '', undefined]) {
    expect(await patch(change('REPLACE', '/idleSessionTimeoutPeriod', value))).toMatchObject(INVALID);
  }
  expect(await patch(change('REPLACE', '/idleSessionTimeoutPeriod', '99999999999'))).toMatchObject(BROKEN);
});

test('an operation that cannot be done undoes those before it', async () => {
  expect(await patch(change('REPLACE', '/rememberMePeriod', '60'), change('REPLACE', '/nope', '5'))).toMatchObject(
    INVALID,
  );
  expect(await server.api.read('/configs')).toMatchObject({ rememberMePeriod: '20160' });
});

test.each([
  ['ADD', '/idleSessionTimeoutPeriod', '5'],
  ['REMOVE', '/rememberMePeriod', undefined],
  ['REPLACE', '/realmConfig/adminUser', 'x'],
  ['ADD', '/homeRealmIdentifiers/-', 'x'],
  ['REPLACE', '/homeRealmIdentifiers', 'x'],
  ['REPLACE', '/homeRealmIdentifiers/1', 'x'],
  ['ADD', '/homeRealmIdentifiers/2', 'x'],
])('%s of %s is refused', async (operation, path, value) => {
  expect(await patch(change(operation, path, value))).toMatchObject(INVALID);
});

test('home realms are added, replaced and removed by their place, and one is left', async () => {
  const realms = async (): Promise<unknown> => (await server.api.get(REALMS)).body;
  await patch(change('ADD', '/homeRealmIdentifiers/1', 'second'), change('ADD', '/homeRealmIdentifiers/0', 'zero'));
  expect(await realms()).toEqual(['zero', 'localhost', 'second']);
  await patch(change('REPLACE', '/homeRealmIdentifiers/0', 'a,b'), change('REMOVE', '/homeRealmIdentifiers/3'));
  expect(await realms()).toEqual(['a', 'b', 'localhost']);
  const remove = change('REMOVE', '/homeRealmIdentifiers/0');
  expect(await patch(remove, remove, remove)).toMatchObject(BROKEN);
  expect(await realms()).toEqual(['a', 'b', 'localhost']);
});

test('nothing to do is done', async () => {
  for (const path of ['/configs', CORS]) {
    for (const body of ['[]', '']) {
      const { status } = await server.api.send('PATCH', path, body, { 'content-type': 'application/json' });
      expect(status).toBe(200);
    }
  }
});

test('lists of CORS are sets in the order of a hash table, and flags are true or anything else', async () => {
  await patchCors(
    change('REPLACE', '/supportedMethods', 'PATCH'),
    ...['GET', 'HEAD', 'TRACE', 'FROB', 'GET'].map((method) => change('ADD', '/supportedMethods', method)),
    ...['X-A', 'zz', 'aa', 'Content-Type', 'x-a'].map((header) => change('ADD', '/supportedHeaders', header)),
    change('ADD', '/exposedHeaders', 'X-B'),
    change('REMOVE', '/exposedHeaders', 'X-B'),
    change('REPLACE', '/allowAnyOrigin', 'TRUE'),
    change('REPLACE', '/supportsCredentials', 'maybe'),
    change('REPLACE', '/maxAge', '-5'),
  );
  expect(await server.api.read(CORS)).toEqual({
    allowGenericHttpRequests: true,
    allowAnyOrigin: true,
    allowSubdomains: false,
    supportedMethods: ['TRACE', 'HEAD', 'GET', 'PATCH', 'FROB'],
    supportAnyHeader: true,
    supportedHeaders: ['zz', 'aa', 'X-A', 'x-a', 'Content-Type'],
    exposedHeaders: [],
    supportsCredentials: false,
    maxAge: -5,
  });
});

test('operations on CORS before the one that cannot be done are done', async () => {
  expect(await patchCors(change('REPLACE', '/maxAge', '7'), change('REPLACE', '/nope', '5'))).toMatchObject(INVALID);
  expect(await server.api.read(CORS)).toMatchObject({ maxAge: 7 });
  expect(await patchCors(change('ADD', '/allowAnyOrigin', 'true'))).toMatchObject(INVALID);
  expect(await patchCors(change('REPLACE', '/maxAge', 'soon'))).toMatchObject(BROKEN);
});

test('users come into a store by SCIM, PRIMARY unless told otherwise, or with the proxy mode into none', async () => {
  expect(await server.api.read(SCIM)).toEqual({ enableProxyMode: false });
  await server.api.put(SCIM, { provisioningUserstore: 'PRIMARY', enableProxyMode: true });
  expect(await server.api.read(SCIM)).toEqual({ enableProxyMode: true });
  await server.api.put(SCIM, {});
  expect(await server.api.read(SCIM)).toEqual({ provisioningUserstore: 'PRIMARY', enableProxyMode: false });
  await server.api.put(SCIM, { provisioningUserstore: 'NOWHERE' });
  expect(await server.api.read('/applications/resident')).toMatchObject({
    provisioningConfigurations: { inboundProvisioning: { provisioningUserstoreDomain: 'NOWHERE' } },
  });
  expect(await server.api.read('/configs')).toMatchObject({
    provisioning: { inbound: { scim: { provisioningUserstore: 'NOWHERE', enableProxyMode: false } } },
  });
});

test('authenticators are local or read the request, and one is found by the name in its id', async () => {
  const names = async (type: string): Promise<unknown[]> =>
    (await server.api.readList(`/configs/authenticators?type=${type}`)).map(({ name }) => name);
  expect(await names('LOCAL')).toEqual(expect.arrayContaining(['BasicAuthenticator', 'totp']));
  expect(await names('REQUEST_PATH')).toEqual(['BasicAuthRequestPathAuthenticator', 'OAuthRequestPathAuthenticator']);
  expect(await names('FEDERATED')).toEqual([]);
  expect(await server.api.read('/configs/authenticators/dG90cA')).toMatchObject({
    name: 'totp',
    type: 'LOCAL',
    properties: [],
  });
  expect(await server.api.get('/configs/authenticators/Tm9wZQ')).toMatchObject({
    status: 404,
    body: { code: 'CNF-60002' },
  });
  expect(await server.api.get('/configs/authenticators/no!id')).toMatchObject(BROKEN);
});

test('settings are part of the state, and a reset takes them back', async () => {
  await patch(change('REPLACE', '/rememberMePeriod', '60'));
  const content = server.api.sandbox.snapshot() as unknown as WorldState;
  const other = await startSandbox({ version: '6.0', content });
  try {
    expect(await new Api(other).read('/configs')).toMatchObject({ rememberMePeriod: '60' });
  } finally {
    await other.close();
  }
  server.api.sandbox.reset();
  expect(await server.api.read('/configs')).toMatchObject({ rememberMePeriod: '20160' });
});
