import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, objects, sandboxed } from './api';

const id = (text: string): string => Buffer.from(text).toString('base64url');
const LOCAL = '/claim-dialects/local/claims';
const OIDC = `/claim-dialects/${id('http://wso2.org/oidc/claim')}/claims`;
const URI = 'http://wso2.org/claims/deck';
const DECK = {
  claimURI: URI,
  displayName: 'Deck',
  attributeMapping: [{ mappedAttribute: 'deck', userstore: 'primary' }],
};

describe('claims', () => {
  const server = sandboxed();

  test('the shipped dialects and claims are there', async () => {
    const dialects = await server.api.readList('/claim-dialects');
    const uris = dialects.map((dialect) => dialect.dialectURI);
    expect(uris).toEqual([...uris].sort());
    expect(dialects[uris.indexOf('http://wso2.org/claims')]).toMatchObject({ id: 'local', link: { rel: 'claims' } });
    expect(uris).toContain('urn:scim:wso2:schema');
    expect(await server.api.read(`${LOCAL}/${id('http://wso2.org/claims/emailaddress')}`)).toMatchObject({
      properties: [{ key: 'isSystemClaim', value: 'true' }],
    });
    expect((await server.api.get(`${LOCAL}/${id('http://wso2.org/claims/role')}`)).status).toBe(404);
    expect(await server.api.read(`${OIDC}/${id('email')}`)).toMatchObject({
      claimDialectURI: 'http://wso2.org/oidc/claim',
      mappedLocalClaimURI: 'http://wso2.org/claims/emailaddress',
      properties: [],
    });
  });

  test('a local claim gets its defaults and a computed id', async () => {
    const reply = await server.api.post(LOCAL, DECK);
    expect(reply).toMatchObject({ status: 201, body: '' });
    expect(reply.location).toBe(`${server.api.sandbox.url}/t/carbon.super/api/server/v1${LOCAL}/${id(URI)}`);
    expect(await server.api.read(reply.location)).toEqual({
      id: id(URI),
      claimURI: URI,
      dialectURI: 'http://wso2.org/claims',
      displayName: 'Deck',
      description: '',
      displayOrder: 0,
      readOnly: false,
      required: false,
      regEx: '',
      supportedByDefault: false,
      attributeMapping: [{ mappedAttribute: 'deck', userstore: 'PRIMARY' }],
      properties: [],
    });
  });

  test.each([
    ['no display name', { ...DECK, displayName: undefined }, 400, 'UE-10000'],
    ['a blank URI', { ...DECK, claimURI: '' }, 400, 'CMT-60002'],
    ['a blank display name', { ...DECK, displayName: ' ' }, 400, 'CMT-60003'],
    ['no mappings', { ...DECK, attributeMapping: [] }, 400, 'CMT-50030'],
    ['a mapping without a store', { ...DECK, attributeMapping: [{ mappedAttribute: 'x' }] }, 400, 'UE-10000'],
    ['a blank store', { ...DECK, attributeMapping: [{ mappedAttribute: 'x', userstore: ' ' }] }, 400, 'CMT-60005'],
    [
      'a blank attribute',
      { ...DECK, attributeMapping: [{ mappedAttribute: '', userstore: 'PRIMARY' }] },
      400,
      'CMT-50030',
    ],
    [
      'an unknown store',
      { ...DECK, attributeMapping: [{ mappedAttribute: 'x', userstore: 'LDAP' }] },
      400,
      'CMT-50026',
    ],
    ['a response field', { ...DECK, dialectURI: 'x' }, 400, 'UE-10000'],
    ['a field of a later version', { ...DECK, multiValued: true }, 400, 'UE-10000'],
    ['a URI that is taken', { ...DECK, claimURI: 'http://wso2.org/claims/country' }, 409, 'CMT-50039'],
  ])('a local claim with %s is refused', async (_what, body, status, code) => {
    expect(await server.api.post(LOCAL, body)).toMatchObject({ status, body: { code } });
  });

  test('a missing field is named', async () => {
    const reply = await server.api.post(LOCAL, { ...DECK, claimURI: undefined });
    expect(reply.body).toMatchObject({ message: 'Invalid Request', description: 'Property claimURI cannot be null.' });
  });

  test('PUT replaces all but the URI', async () => {
    const path = await server.api.create(LOCAL, { ...DECK, regEx: 'x', uniquenessScope: 'NONE' });
    expect((await server.api.put(path, { ...DECK, description: 'd' })).status).toBe(200);
    const claim = await server.api.read(path);
    expect(claim).toMatchObject({ regEx: '', description: 'd' });
    expect(claim).not.toHaveProperty('uniquenessScope');
    expect(await server.api.put(path, { ...DECK, claimURI: 'http://wso2.org/claims/x' })).toMatchObject({
      status: 409,
      body: { code: 'CMT-50021' },
    });
    expect(await server.api.put(`${LOCAL}/${id('nope')}`, DECK)).toMatchObject({
      status: 404,
      body: { code: 'CMT-50019' },
    });
  });

  test.each([
    ['limit=1', 'CMT-50022'],
    ['offset=1', 'CMT-50022'],
    ['filter=x', 'CMT-50023'],
    ['sort=x', 'CMT-50024'],
  ])('lists refuse %s', async (query, code) => {
    for (const path of ['/claim-dialects', LOCAL, OIDC]) {
      expect(await server.api.get(`${path}?${query}`)).toMatchObject({ status: 501, body: { code } });
    }
  });

  test('the list of local claims refuses attributes', async () => {
    expect(await server.api.get(`${LOCAL}?attributes=x`)).toMatchObject({ status: 501, body: { code: 'CMT-50025' } });
  });

  test('identity claims can be left out', async () => {
    const all = await server.api.readList(LOCAL);
    const rest = await server.api.readList(`${LOCAL}?exclude-identity-claims=true`);
    expect(rest.length).toBeLessThan(all.length);
    expect(rest.some((claim) => String(claim.claimURI).includes('/identity/'))).toBe(false);
  });

  test('a dialect is renamed with its claims and deleted with them', async () => {
    const path = await server.api.create('/claim-dialects', { dialectURI: 'urn:old' });
    expect(path).toMatch(new RegExp(`/${id('urn:old')}$`));
    await server.api.create(`${path}/claims`, { claimURI: 'c', mappedLocalClaimURI: 'http://wso2.org/claims/country' });
    const renamed = await server.api.put(path, { dialectURI: 'urn:new' });
    expect(renamed.status).toBe(200);
    expect(renamed.location).toMatch(new RegExp(`/${id('urn:new')}$`));
    expect((await server.api.get(path)).status).toBe(404);
    expect(await server.api.readList(`${renamed.location}/claims`)).toMatchObject([
      { id: id('c'), claimDialectURI: 'urn:new' },
    ]);
    expect((await server.api.delete(renamed.location)).status).toBe(204);
    expect((await server.api.delete(renamed.location)).status).toBe(204);
    expect(await server.api.get(`${renamed.location}/claims`)).toMatchObject({
      status: 404,
      body: { code: 'CMT-50016' },
    });
  });

  test.each([
    ['an unknown local claim', OIDC, { claimURI: 'c', mappedLocalClaimURI: 'nope' }, 400, 'CMT-50036'],
    [
      'a local claim that is mapped already',
      OIDC,
      { claimURI: 'c', mappedLocalClaimURI: 'http://wso2.org/claims/country' },
      400,
      'CMT-60004',
    ],
    ['a URI that is taken', OIDC, { claimURI: 'email', mappedLocalClaimURI: URI }, 409, 'CMT-50038'],
    ['properties', OIDC, { claimURI: 'c', mappedLocalClaimURI: URI, properties: [] }, 400, 'UE-10000'],
    [
      'an unknown dialect',
      '/claim-dialects/bm9wZQ/claims',
      { claimURI: 'c', mappedLocalClaimURI: URI },
      404,
      'CMT-50027',
    ],
  ])('an external claim with %s is refused', async (_what, path, body, status, code) => {
    await server.api.create(LOCAL, DECK);
    expect(await server.api.post(path, body)).toMatchObject({ status, body: { code } });
  });

  test('an external claim is changed and deleted', async () => {
    await server.api.create(LOCAL, DECK);
    const path = await server.api.create(OIDC, { claimURI: 'deck', mappedLocalClaimURI: URI });
    expect(await server.api.put(path, { claimURI: 'other', mappedLocalClaimURI: URI })).toMatchObject({
      status: 409,
      body: { code: 'CMT-50020' },
    });
    expect(await server.api.delete(`${LOCAL}/${id(URI)}`)).toMatchObject({ status: 400, body: { code: 'CMT-50031' } });
    expect(
      (await server.api.put(path, { claimURI: 'deck', mappedLocalClaimURI: 'http://wso2.org/claims/userType' })).status,
    ).toBe(200);
    expect((await server.api.delete(path)).status).toBe(204);
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await server.api.get(path)).toMatchObject({ status: 404, body: { code: 'CMT-50018' } });
    expect((await server.api.delete(`${LOCAL}/${id(URI)}`)).status).toBe(204);
    expect((await server.api.delete(`${LOCAL}/${id(URI)}`)).status).toBe(204);
  });

  test('a claim in use stays', async () => {
    const path = await server.api.create(LOCAL, DECK);
    const application = await server.api.create('/applications', {
      name: 'x',
      claimConfiguration: { requestedClaims: [{ claim: { uri: URI } }] },
    });
    expect(await server.api.delete(path)).toMatchObject({ status: 400, body: { code: 'CMT-50040' } });
    await server.api.delete(application);
    const claims = { mappings: [{ idpClaim: 'd', localClaim: { uri: URI } }] };
    const provider = await server.api.create('/identity-providers', { name: 'p', claims });
    expect(await server.api.delete(path)).toMatchObject({ status: 400, body: { code: 'CMT-50041' } });
    await server.api.delete(provider);
    expect((await server.api.delete(path)).status).toBe(204);
  });

  test('what the product ships with stays', async () => {
    const country = `${LOCAL}/${id('http://wso2.org/claims/country')}`;
    const scim = `/claim-dialects/${id('urn:scim:wso2:schema')}`;
    expect(await server.api.delete(country)).toMatchObject({ status: 403, body: { code: 'CMT-60006' } });
    expect(await server.api.put(scim, { dialectURI: 'x' })).toMatchObject({ status: 403, body: { code: 'CMT-60007' } });
    expect(await server.api.delete(scim)).toMatchObject({ status: 403, body: { code: 'CMT-60008' } });
    expect(await server.api.post('/claim-dialects', { dialectURI: 'urn:scim:wso2:schema' })).toMatchObject({
      status: 409,
      body: { code: 'CMT-60002' },
    });
  });
});

test('5.11 wants a description and knows neither profiles nor the SCIM dialect of WSO2', async () => {
  const sandbox = await startSandbox({ version: '5.11' });
  try {
    const api = new Api(sandbox);
    expect((await api.post(LOCAL, DECK)).status).toBe(400);
    expect((await api.post(LOCAL, { ...DECK, description: 'd' })).status).toBe(201);
    expect((await api.post(LOCAL, { ...DECK, description: 'd', profiles: {} })).status).toBe(400);
    expect(objects((await api.get('/claim-dialects')).body).map((dialect) => dialect.dialectURI)).not.toContain(
      'urn:scim:wso2:schema',
    );
    expect((await api.get('/scim2/v2/Roles')).status).toBe(404);
  } finally {
    await sandbox.close();
  }
});
