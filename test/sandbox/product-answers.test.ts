import { object, objects, sandboxed, type Api, type Reply } from './api';

/* What the product's own tests and the clients of others rely on, with examples of our own. */

const server = sandboxed();
const encoded = (name: string): string => Buffer.from(name).toString('base64url');

const refused = (status: number, code: string, message: string, description: string): object => ({
  status,
  body: { code, message, description, traceId: expect.any(String) },
});

const LOCAL = '/claim-dialects/local/claims';
const CABIN = 'http://wso2.org/claims/cabin';
const CABIN_CLAIM = {
  claimURI: CABIN,
  displayName: 'Cabin',
  attributeMapping: [{ mappedAttribute: 'cabin', userstore: 'PRIMARY' }],
};

describe('the words of the claim API', () => {
  const NOT_FOUND = 'Resource not found.';

  const dialect = async (api: Api): Promise<string> => {
    const path = await api.create('/claim-dialects', { dialectURI: 'https://aldermere.example/claims' });
    return path.split('/').at(-1) ?? '';
  };

  test.each([
    ['/claim-dialects/eA', 'CMT-50016', 'Unable to find a resource matching the provided claim dialect identifier eA.'],
    [`${LOCAL}/eA`, 'CMT-50019', 'Unable to find a resource matching the provided local claim identifier eA.'],
    [
      `/claim-dialects/${encoded('http://wso2.org/oidc/claim')}/claims/eA`,
      'CMT-50018',
      'Unable to find a resource matching the provided external claim identifier eA in dialect identifier ' +
        `${encoded('http://wso2.org/oidc/claim')}.`,
    ],
  ])('of what is not there: %s', async (path, code, description) => {
    expect(await server.api.get(path)).toMatchObject(refused(404, code, NOT_FOUND, description));
  });

  test.each([
    ['limit=0', 'CMT-50022', 'Pagination', 'capabilities are'],
    ['offset=0', 'CMT-50022', 'Pagination', 'capabilities are'],
    ['filter=x', 'CMT-50023', 'Filtering', 'capability is'],
    ['sort=x', 'CMT-50024', 'Sorting', 'capability is'],
    ['attributes=x', 'CMT-50025', 'Attribute filtering', 'capability is'],
  ])('of a list with %s', async (query, code, what, capability) => {
    const description = `${what} ${capability} not supported in this version of the API.`;
    expect(await server.api.get(`${LOCAL}?${query}`)).toMatchObject(
      refused(501, code, `${what} not supported.`, description),
    );
  });

  test('of a claim URI that an update would change', async () => {
    const path = await server.api.create(LOCAL, CABIN_CLAIM);
    const local = await server.api.put(path, { ...CABIN_CLAIM, claimURI: `${CABIN}2` });
    const stays = `Existing local claim uri ${CABIN} cannot be changed.`;
    expect(local).toMatchObject(refused(409, 'CMT-50021', 'Unable to update local claim.', stays));
    const id = await dialect(server.api);
    const claim = { claimURI: 'cabin', mappedLocalClaimURI: CABIN };
    const externalPath = await server.api.create(`/claim-dialects/${id}/claims`, claim);
    const external = await server.api.put(externalPath, { ...claim, claimURI: 'berth' });
    const also = `Existing external claim uri cabin in dialect identifier ${id} cannot be changed.`;
    expect(external).toMatchObject(refused(409, 'CMT-50020', 'Unable to update external claim.', also));
    const mapped = 'Unable to remove local claim while having associations with external claims.';
    expect(await server.api.delete(path)).toMatchObject(
      refused(400, 'CMT-50031', 'Unable to remove local claim.', mapped),
    );
  });

  test('of a claim that refers to what is not there', async () => {
    const mapping = [{ mappedAttribute: 'cabin', userstore: 'PIER' }];
    expect(await server.api.post(LOCAL, { ...CABIN_CLAIM, attributeMapping: mapping })).toMatchObject(
      refused(400, 'CMT-50026', 'Invalid attribute mapping.', 'Invalid userstore PIER provided in attribute mapping.'),
    );
    const claim = { claimURI: 'cabin', mappedLocalClaimURI: CABIN };
    expect(await server.api.post('/claim-dialects/eA/claims', claim)).toMatchObject(
      refused(404, 'CMT-50027', 'Invalid dialect identifier.', 'Used dialect identifier eA does not exist.'),
    );
    expect(await server.api.post(`/claim-dialects/${await dialect(server.api)}/claims`, claim)).toMatchObject(
      refused(400, 'CMT-50036', 'Invalid mapped local claim URI.', 'Mapped local claim URI is invalid.'),
    );
  });
});

describe('ids of claims', () => {
  test('are taken with padding as well', async () => {
    await server.api.create(LOCAL, CABIN_CLAIM);
    const padded = Buffer.from(CABIN).toString('base64');
    expect(padded).toMatch(/=$/);
    expect(await server.api.read(`${LOCAL}/${padded}`)).toMatchObject({ claimURI: CABIN });
    const uri = 'https://aldermere.example/v1';
    await server.api.create('/claim-dialects', { dialectURI: uri });
    const dialect = `/claim-dialects/${Buffer.from(uri).toString('base64')}`;
    expect(dialect).toMatch(/=$/);
    const claim = { claimURI: 'berth', mappedLocalClaimURI: CABIN };
    await server.api.create(`${dialect}/claims`, claim);
    const path = `${dialect}/claims/${Buffer.from('berth').toString('base64')}`;
    expect(await server.api.read(path)).toMatchObject(claim);
    expect((await server.api.put(path, claim)).status).toBe(200);
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await server.api.readList(`${dialect}/claims`)).toEqual([]);
    expect((await server.api.delete(dialect)).status).toBe(204);
    expect((await server.api.get(dialect)).status).toBe(404);
    expect((await server.api.delete(`${LOCAL}/${padded}`)).status).toBe(204);
    expect((await server.api.get(`${LOCAL}/${padded}`)).status).toBe(404);
  });

  test('the local dialect stays though its deletion seems to succeed', async () => {
    expect((await server.api.delete('/claim-dialects/local')).status).toBe(204);
    expect(await server.api.read('/claim-dialects/local')).toMatchObject({ dialectURI: 'http://wso2.org/claims' });
  });
});

describe('the words of the identity provider API', () => {
  const PATH = '/identity-providers';
  const OIDC = encoded('OpenIDConnectAuthenticator');
  const SAML = encoded('SAMLSSOAuthenticator');
  const LOGIN = encoded('harbourLogin');

  const withAuthenticators = (...authenticators: object[]): object => ({
    name: 'Harbour',
    federatedAuthenticators: { defaultAuthenticatorId: '', authenticators },
  });
  const own = (endpoint?: object, authenticatorId = LOGIN): object => ({
    authenticatorId,
    isEnabled: true,
    definedBy: 'USER',
    endpoint,
  });
  const basic = (properties: object): object => ({
    uri: 'https://login.aldermere.example',
    authentication: { type: 'BASIC', properties },
  });
  const COMPLETE = basic({ username: 'ferry', password: 'sea' });
  const property = (key: string, value: string): object => ({ key, value });

  test('of an identity provider that is not there', async () => {
    const description = 'Unable to find a resource matching the provided identity provider identifier x.';
    expect(await server.api.get(`${PATH}/x`)).toMatchObject(
      refused(404, 'IDP-60002', 'Resource not found.', description),
    );
  });

  test.each([
    [
      'no endpoint',
      own(),
      'IDP-60044',
      'No endpoint provided.',
      'Endpoint configuration must be provided for the user defined federated authenticators harbourLogin.',
    ],
    [
      'an endpoint that the product does not know',
      { ...own(COMPLETE), definedBy: 'SYSTEM' },
      'IDP-60040',
      'No endpoint configuration is allowed.',
      'No endpoint configuration must be provided for the system defined federated authenticators harbourLogin.',
    ],
    [
      'no password',
      own(basic({ username: 'ferry' })),
      'IDP-60025',
      'Invalid input.',
      'The property password must be provided as an authentication property for the BASIC authentication type.',
    ],
    [
      'a blank password',
      own(basic({ username: 'ferry', password: '' })),
      'IDP-60025',
      'Invalid input.',
      'The Property password cannot be blank.',
    ],
    [
      'a name that is taken',
      own(COMPLETE, encoded('GoogleOIDCAuthenticator')),
      'IDP-60025',
      'Federated authenticator name GoogleOIDCAuthenticator is already taken.',
      expect.any(String),
    ],
    [
      'an address that is none',
      own({ uri: 'ftp://aldermere.example', authentication: { type: 'NONE' } }),
      'UE-10000',
      'Invalid Request',
      'must match "^https?://.+"',
    ],
    [
      'a property twice',
      { authenticatorId: OIDC, isEnabled: true, properties: [property('Scopes', 'a'), property('Scopes', 'b')] },
      'IDP-60025',
      'Invalid input.',
      'One of the given inputs is invalid. Duplicate properties are found in the request.',
    ],
    [
      'metadata that is none',
      { authenticatorId: SAML, isEnabled: true, properties: [property('SelectMode', 'Metadata File Configuration')] },
      'IDP-60026',
      'Invalid SAML metadata.',
      'SAML metadata is invalid/empty.',
    ],
  ])('of an authenticator with %s', async (_what, authenticator, code, message, description) => {
    expect(await server.api.post(PATH, withAuthenticators(authenticator))).toMatchObject(
      refused(400, code, message, description),
    );
  });

  test('of two authenticators where one may be', async () => {
    const both = withAuthenticators(own(COMPLETE), own(COMPLETE, encoded('pierLogin')));
    expect(await server.api.post(PATH, both)).toMatchObject(
      refused(400, 'IDP-60041', 'Multiple authenticators found.', expect.any(String)),
    );
  });

  test('of OIDC scopes, when the authenticator alone is replaced', async () => {
    const id = object((await server.api.post(PATH, withAuthenticators())).body).id;
    const replace = (...properties: object[]): Promise<Reply> =>
      server.api.put(`${PATH}/${String(id)}/federated-authenticators/${OIDC}`, {
        isEnabled: true,
        properties,
      });
    const twice = await replace(property('Scopes', 'openid'), property('commonAuthQueryParams', 'scope=openid'));
    const description =
      'Cannot set scopes in both Scopes and Additional Query Parameters. Recommend to use Scopes field.';
    expect(twice).toMatchObject(refused(400, 'IDP-60037', 'Duplicate OIDC Scopes.', description));
    expect(await replace(property('Scopes', 'email'))).toMatchObject(
      refused(400, 'IDP-60038', 'Invalid OIDC Scopes.', "Scopes must contain 'openid'."),
    );
  });

  test('an authenticator id loses its padding in lists', async () => {
    const sent = Buffer.from('pierLogin1').toString('base64');
    expect(sent).toMatch(/=$/);
    const federatedAuthenticators = { defaultAuthenticatorId: sent, authenticators: [own(COMPLETE, sent)] };
    const created = object((await server.api.post(PATH, { name: 'Pier', federatedAuthenticators })).body);
    const authenticatorId = encoded('pierLogin1');
    expect(created.federatedAuthenticators).toMatchObject({
      defaultAuthenticatorId: authenticatorId,
      authenticators: [{ authenticatorId, name: 'pierLogin1' }],
    });
    const path = `${PATH}/${String(created.id)}/federated-authenticators/${sent}`;
    expect(await server.api.read(path)).toMatchObject({ authenticatorId: sent, isDefault: true });
    const replacement = { isEnabled: true, definedBy: 'USER', endpoint: COMPLETE };
    expect(await server.api.put(path, replacement)).toMatchObject({ status: 200, body: { authenticatorId: sent } });
  });

  test('the catalogue has what the product ships with, described', async () => {
    const listed = await server.api.readList(`${PATH}/meta/federated-authenticators`);
    const names = ['Office365Authenticator', 'TwitterAuthenticator', 'IWAKerberosAuthenticator', 'EmailOTP', 'SMSOTP'];
    expect(listed.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    const google = await server.api.read(`${PATH}/meta/federated-authenticators/${encoded('GoogleOIDCAuthenticator')}`);
    expect(objects(google.properties)[0]).toMatchObject({
      key: 'ClientId',
      description: 'The client identifier value of the Google identity provider.',
      displayOrder: 1,
      regex: '.*',
    });
  });
});

describe('applications', () => {
  const PATH = '/applications';
  const oidc = (more: object): object => ({
    name: 'Ferry',
    inboundProtocolConfiguration: {
      oidc: { grantTypes: ['authorization_code'], callbackURLs: ['https://ferry.aldermere.example/cb'], ...more },
    },
  });

  test.each(['ferry@aldermere', 'Ferry / Pier', 'Fähre'])('the name %s is one like others', async (name) => {
    expect(await server.api.read(await server.api.create(PATH, { name }))).toMatchObject({ name });
  });

  test.each([
    ['a grant', { grantTypes: ['by_flag_signal'] }],
    ['a blank audience', { idToken: { audience: [' '] } }],
    ['the same audience twice', { idToken: { audience: ['a', 'a'] } }],
    ['a signature of ID tokens', { idToken: { idTokenSignedResponseAlg: 'MORSE' } }],
    ['a signature of request objects', { requestObject: { requestObjectSigningAlg: 'MORSE' } }],
    ['an encryption of keys', { requestObject: { encryption: { algorithm: 'MORSE' } } }],
    ['an encryption of contents', { requestObject: { encryption: { method: 'MORSE' } } }],
    ['a way of authentication', { clientAuthentication: { tokenEndpointAuthMethod: 'by_flag' } }],
  ])('%s that no server knows is refused, and nothing is stored', async (_what, more) => {
    expect(await server.api.post(PATH, oidc(more))).toMatchObject({ status: 400, body: { code: 'OAUTH-60001' } });
    expect(await server.api.read(`${PATH}?filter=name+eq+Ferry`)).toMatchObject({ totalResults: 0 });
  });

  test.each([
    ['an optional grant', { grantTypes: ['urn:ietf:params:oauth:grant-type:uma-ticket'] }],
    ['a registered signature', { idToken: { idTokenSignedResponseAlg: 'RS256' } }],
    ['nothing where an algorithm could be', { requestObject: { encryption: { algorithm: '', method: '' } } }],
  ])('%s is taken', async (_what, more) => {
    expect((await server.api.post(PATH, oidc(more))).status).toBe(201);
  });

  test('a taken name is told as such, whatever else is taken', async () => {
    await server.api.create(PATH, oidc({ clientId: 'ferry' }));
    const again = await server.api.post(PATH, oidc({ clientId: 'ferry' }));
    expect(again).toMatchObject({ status: 409, body: { code: 'APP-60007' } });
    const other = await server.api.post(PATH, { ...oidc({ clientId: 'ferry' }), name: 'Pier' });
    expect(other).toMatchObject({ status: 409, body: { code: 'OAUTH-60008' } });
  });

  test('SAML signs with SHA-256 unless told otherwise', async () => {
    expect(await server.api.read(`${PATH}/meta/inbound-protocols/saml`)).toMatchObject({
      responseSigningAlgorithm: { defaultValue: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256' },
      responseDigestAlgorithm: { defaultValue: 'http://www.w3.org/2001/04/xmlenc#sha256' },
    });
  });
});

describe('clients of others', () => {
  test('the scope SYSTEM stands for all that a client may do', async () => {
    const all = object((await server.api.token('liftlock', 'liftlock-sandbox', 'SYSTEM')).body);
    expect(String(all.scope).split(' ')).toEqual(
      expect.arrayContaining(['internal_application_mgt_delete', 'internal_idp_update']),
    );
    const some = object((await server.api.token('liftlock-read', 'liftlock-sandbox', 'SYSTEM')).body);
    expect(String(some.scope)).toContain('internal_application_mgt_view');
    expect(String(some.scope)).not.toContain('_delete');
    const reader = server.api.as(`Bearer ${String(some.access_token)}`);
    expect((await reader.get('/applications')).status).toBe(200);
    expect((await reader.post('/applications', { name: 'Ferry' })).status).toBe(403);
  });

  test('the authenticators are listed, identity providers among them', async () => {
    const provider = object((await server.api.post('/identity-providers', { name: 'Harbour' })).body);
    const listed = await server.api.readList('/authenticators');
    expect(listed.find(({ name }) => name === 'BasicAuthenticator')).toMatchObject({
      id: encoded('BasicAuthenticator'),
      type: 'LOCAL',
      isEnabled: true,
      definedBy: 'SYSTEM',
    });
    expect(listed.find(({ id }) => id === provider.id)).toMatchObject({
      name: 'Harbour',
      type: 'FEDERATED',
      self: expect.stringContaining(`/identity-providers/${String(provider.id)}`),
    });
  });

  test('an address that cannot be decoded is refused without a word', async () => {
    const response = await server.api.get('/applications/%zz');
    expect([response.status, response.body]).toEqual([400, '']);
  });
});

describe('claims that people do not see', () => {
  const newer = sandboxed({ version: '7.2' });

  test('are left out from 7.2 when that is asked for', async () => {
    const uris = async (query: string): Promise<unknown[]> =>
      (await newer.api.readList(`${LOCAL}${query}`)).map(({ claimURI }) => claimURI);
    const hidden = 'http://wso2.org/claims/identity/adminForcedPasswordReset';
    expect(await uris('')).toContain(hidden);
    const shown = await uris('?exclude-hidden-claims=true');
    expect(shown).not.toContain(hidden);
    expect(shown).toContain('http://wso2.org/claims/username');
  });
});

describe('the client of an application', () => {
  const older = sandboxed({ version: '6.1' });
  const newest = sandboxed({ version: 'next' });
  const SECRET = 'lantern-by-the-quay';
  const VIEW = 'internal_application_mgt_view';

  const timetable = (grantTypes: readonly string[]): object => ({
    name: 'Timetable',
    inboundProtocolConfiguration: { oidc: { clientId: 'timetable', clientSecret: SECRET, grantTypes } },
  });

  const authorize = async (api: Api, path: string, scope: string): Promise<void> => {
    const { apiResources } = await api.read('/api-resources?filter=identifier+eq+/api/server/v1/applications');
    const id = objects(apiResources)[0]?.id;
    const body = { id, policyIdentifier: 'RBAC', scopes: [scope] };
    expect((await api.post(`${path}/authorized-apis`, body)).status).toBe(200);
  };

  test('may do from 7.0 what its APIs permit', async () => {
    const path = await server.api.create('/applications', timetable(['client_credentials']));
    await authorize(server.api, path, VIEW);
    const token = await server.api.token('timetable', SECRET, `${VIEW} internal_application_mgt_delete`);
    expect(token).toMatchObject({ status: 200, body: { scope: VIEW } });
    const client = server.api.as(`Bearer ${String(object(token.body).access_token)}`);
    expect((await client.get(path)).status).toBe(200);
    expect((await client.delete(path)).status).toBe(403);
  });

  test('needs its secret and the grant', async () => {
    await server.api.create('/applications', timetable(['password']));
    const wrong = await server.api.token('timetable', 'lantern', VIEW);
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const other = await server.api.token('timetable', SECRET, VIEW);
    expect(other).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  test.each([
    [true, VIEW],
    [false, undefined],
  ])('may do everything before 7.0 if the application manages the server: %s', async (isManagementApp, scope) => {
    await older.api.create('/applications', { ...timetable(['client_credentials']), isManagementApp });
    const token = await older.api.token('timetable', SECRET, VIEW);
    expect(token.status).toBe(200);
    expect(object(token.body).scope).toBe(scope);
  });

  test('shows nothing of its secret to those who may not see it', async () => {
    const path = await newest.api.create('/applications', timetable(['client_credentials']));
    const shown = await newest.api.read(`${path}/inbound-protocols/oidc`);
    expect(shown).toMatchObject({ clientSecret: SECRET, multipleClientSecretsConfigured: false });
    const token = object((await newest.api.token('liftlock', 'liftlock-sandbox', VIEW)).body);
    const reader = newest.api.as(`Bearer ${String(token.access_token)}`);
    const hidden = await reader.read(`${path}/inbound-protocols/oidc`);
    expect(hidden).toMatchObject({ clientId: 'timetable' });
    for (const field of ['clientSecret', 'clientSecretExpiresAt', 'multipleClientSecretsConfigured'])
      expect(hidden).not.toHaveProperty(field);
  });

  test('has the first financial profile if it only says that it is financial', async () => {
    const body = object({ grantTypes: ['client_credentials'], isFAPIApplication: true });
    const path = await newest.api.create('/applications', {
      name: 'Fares',
      inboundProtocolConfiguration: { oidc: body },
    });
    expect(await newest.api.read(`${path}/inbound-protocols/oidc`)).toMatchObject({ fapiProfile: 'FAPI1_ADVANCED' });
  });
});
