import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const OIDC_ID = 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I';
const SCIM_ID = 'c2NpbQ';
const properties = [
  { key: 'ClientId', value: 'me' },
  { key: 'ClientSecret', value: 'mine' },
  { key: 'Scopes', value: 'openid email' },
  { key: 'callbackUrl', value: 'https://id.example/commonauth' },
];
const PROVIDER = {
  name: 'Corporate',
  federatedAuthenticators: {
    defaultAuthenticatorId: OIDC_ID,
    authenticators: [{ authenticatorId: OIDC_ID, isEnabled: true, properties }],
  },
  provisioning: {
    jit: { isEnabled: true },
    outboundConnectors: {
      defaultConnectorId: SCIM_ID,
      connectors: [{ connectorId: SCIM_ID, isEnabled: true, properties: [{ key: 'scim-password', value: 'secret' }] }],
    },
  },
};

describe('identity providers', () => {
  const server = sandboxed();

  test('a new one is enabled, not primary, and shows defaults', async () => {
    const reply = await server.api.post('/identity-providers', { ...PROVIDER, isPrimary: true, alias: '' });
    expect(reply.status).toBe(201);
    const provider = object(reply.body);
    const self = `/t/carbon.super/api/server/v1/identity-providers/${String(provider.id)}`;
    expect(reply.location).toBe(`${server.api.sandbox.url}${self}`);
    expect(provider).toMatchObject({
      isEnabled: true,
      isPrimary: false,
      isFederationHub: false,
      claims: { userIdClaim: {}, roleClaim: {}, mappings: [], provisioningClaims: [] },
      roles: { mappings: [] },
      groups: [],
      federatedAuthenticators: {
        defaultAuthenticatorId: OIDC_ID,
        authenticators: [
          {
            name: 'OpenIDConnectAuthenticator',
            tags: ['OIDC', 'APIAuth'],
            definedBy: 'SYSTEM',
            self: `${self}/federated-authenticators/${OIDC_ID}`,
          },
        ],
      },
      provisioning: {
        jit: {
          isEnabled: true,
          scheme: 'PROVISION_SILENTLY',
          userstore: 'PRIMARY',
          attributeSyncMethod: 'OVERRIDE_ALL',
        },
        outboundConnectors: {
          connectors: [{ name: 'scim', self: `${self}/provisioning/outbound-connectors/${SCIM_ID}` }],
        },
      },
      implicitAssociation: { isEnabled: false, lookupAttribute: [] },
    });
    expect(provider).toHaveProperty('alias', '');
    expect(provider).not.toHaveProperty('description');
    expect(provider.roles).not.toHaveProperty('outboundProvisioningRoles');
    expect(provider).not.toHaveProperty('certificate');
    expect(object(object(provider.provisioning).jit)).not.toHaveProperty('idpGroupSyncMethod');
    expect(await server.api.read(self)).toEqual(provider);
  });

  test.each([
    ['isEnabled', { ...PROVIDER, isEnabled: true }, 400, 'UE-10000'],
    ['an id', { ...PROVIDER, id: 'x' }, 400, 'UE-10000'],
    ['no default authenticator', { name: 'x', federatedAuthenticators: { authenticators: [] } }, 400, 'UE-10000'],
    [
      'a foreign default',
      { name: 'x', federatedAuthenticators: { defaultAuthenticatorId: SCIM_ID, authenticators: [] } },
      400,
      'IDP-60027',
    ],
    [
      'a disabled default',
      {
        name: 'x',
        federatedAuthenticators: { defaultAuthenticatorId: OIDC_ID, authenticators: [{ authenticatorId: OIDC_ID }] },
      },
      400,
      'IDP-60028',
    ],
    ['a bad certificate', { name: 'x', certificate: { certificates: ['bm90aGluZw'] } }, 400, 'IDP-60036'],
    [
      'a metadata address, which is newer',
      { name: 'x', certificate: { samlMetadataUri: 'https://x.example' } },
      400,
      'UE-10000',
    ],
    [
      'an unknown user store',
      { name: 'x', provisioning: { jit: { isEnabled: true, userstore: 'LDAP' } } },
      400,
      'IDP-60025',
    ],
    ['the reserved name', { name: 'SSO' }, 400, 'IDP-60025'],
    ['a name that is taken', { name: 'Corporate' }, 409, 'IDP-60001'],
  ])('%s is refused', async (_what, body, status, code) => {
    await server.api.create('/identity-providers', PROVIDER);
    expect(await server.api.post('/identity-providers', body)).toMatchObject({ status, body: { code } });
  });

  test('the list has no array without a match, and takes filters', async () => {
    const empty = await server.api.read('/identity-providers');
    expect(empty).toEqual({ totalResults: 0, startIndex: 1, count: 0, links: [] });
    for (const name of ['Anna', 'Bert']) await server.api.create('/identity-providers', { name, alias: name });
    const filter = encodeURIComponent('name sw "A" and isEnabled eq "true"');
    const list = await server.api.read(`/identity-providers?filter=${filter}&requiredAttributes=alias`);
    expect(objects(list.identityProviders)).toMatchObject([{ name: 'Anna', alias: 'Anna' }]);
    expect(await server.api.get('/identity-providers?filter=colour%20eq%20x')).toMatchObject({
      status: 400,
      body: { code: 'IDP-65003' },
    });
    expect(await server.api.get('/identity-providers?requiredAttributes=colour')).toMatchObject({
      status: 400,
      body: { code: 'IDP-60009' },
    });
  });

  test('an authenticator shows its secret in clear and its properties in another order', async () => {
    const path = await server.api.create('/identity-providers', PROVIDER);
    const shown = await server.api.read(`${path}/federated-authenticators/${OIDC_ID}`);
    expect(shown).toMatchObject({ isDefault: true, isEnabled: true });
    expect(shown.properties).not.toEqual(properties);
    expect(shown.properties).toEqual(expect.arrayContaining(properties));
  });

  test('OIDC scopes are checked by the single PUT alone', async () => {
    const bad = [...properties.slice(0, 2), { key: 'Scopes', value: 'email' }];
    const body = {
      ...PROVIDER,
      federatedAuthenticators: {
        defaultAuthenticatorId: OIDC_ID,
        authenticators: [{ authenticatorId: OIDC_ID, isEnabled: true, properties: bad }],
      },
    };
    const path = `${await server.api.create('/identity-providers', body)}/federated-authenticators/${OIDC_ID}`;
    expect(await server.api.put(path, { isEnabled: true, properties: bad })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60038' },
    });
    const twice = [...properties, { key: 'commonAuthQueryParams', value: 'scope=openid' }];
    expect(await server.api.put(path, { isEnabled: true, properties: twice })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60037' },
    });
    const repeated = [...properties, { key: 'ClientId', value: 'x' }];
    expect(await server.api.put(path, { isEnabled: true, properties: repeated })).toMatchObject({
      status: 400,
      body: { code: 'IDP-60025' },
    });
    expect((await server.api.put(path, { isEnabled: true, isDefault: true, properties })).status).toBe(200);
  });

  test('SAML metadata mode needs base64 of XML', async () => {
    const id = encoded('SAMLSSOAuthenticator');
    const selected = { key: 'SelectMode', value: 'Metadata File Configuration' };
    const body = (value: string) => ({
      name: 'x',
      federatedAuthenticators: {
        defaultAuthenticatorId: id,
        authenticators: [
          { authenticatorId: id, isEnabled: true, properties: [selected, { key: 'meta_data_saml', value }] },
        ],
      },
    });
    expect(await server.api.post('/identity-providers', body('x'))).toMatchObject({
      status: 400,
      body: { code: 'IDP-60026' },
    });
    expect((await server.api.post('/identity-providers', body(Buffer.from('<a/>').toString('base64')))).status).toBe(
      201,
    );
  });

  test('a user-defined authenticator keeps its endpoint secrets to itself', async () => {
    const id = encoded('custom-login');
    const endpoint = {
      uri: 'https://login.example',
      authentication: { type: 'BASIC', properties: { username: 'u', password: 'p' } },
    };
    const custom = { authenticatorId: id, isEnabled: true, definedBy: 'USER', endpoint };
    const body = (...authenticators: object[]) => ({
      name: 'x',
      federatedAuthenticators: { defaultAuthenticatorId: id, authenticators },
    });
    const path = await server.api.create('/identity-providers', body(custom));
    expect(await server.api.read(`${path}/federated-authenticators/${id}`)).toMatchObject({
      definedBy: 'USER',
      endpoint: { uri: endpoint.uri, authentication: { type: 'BASIC' } },
    });
    expect((await server.api.get(`${path}/federated-authenticators/${id}`)).body).not.toHaveProperty(
      'endpoint.authentication.properties',
    );
    await server.api.delete(path);
    for (const [bad, code] of [
      [{ ...custom, properties }, 'IDP-60039'],
      [{ ...custom, endpoint: undefined }, 'IDP-60044'],
    ] as const) {
      expect(await server.api.post('/identity-providers', body(bad))).toMatchObject({ status: 400, body: { code } });
    }
    const two = body(custom, { authenticatorId: OIDC_ID, isEnabled: true });
    expect(await server.api.post('/identity-providers', two)).toMatchObject({
      status: 400,
      body: { code: 'IDP-60041' },
    });
  });
});

test('7.3 masks connector secrets and keeps those that are not sent', async () => {
  const sandbox = await startSandbox({ version: '7.3' });
  try {
    const api = new Api(sandbox);
    const path = `${await api.create('/identity-providers', PROVIDER)}/provisioning/outbound-connectors/${SCIM_ID}`;
    expect((await api.read(path)).properties).toEqual([{ key: 'scim-password', value: '********' }]);
    await api.put(path, { isEnabled: true, properties: [{ key: 'scim-username', value: 'u' }] });
    expect(objects((await api.read(path)).properties)).toHaveLength(2);
    expect(JSON.stringify(sandbox.snapshot())).toContain('"secret"');
  } finally {
    await sandbox.close();
  }
});
