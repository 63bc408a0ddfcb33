import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, sandboxed } from './api';

const OIDC = { grantTypes: ['client_credentials'], allowedOrigins: [] };
const SAML = { issuer: 'https://sp.example', assertionConsumerUrls: ['https://sp.example/a', 'https://sp.example/b'] };

describe('inbound protocols', () => {
  const server = sandboxed();

  const withOidc = (oidc: object = OIDC, name = 'x') =>
    server.api.create('/applications', { name, inboundProtocolConfiguration: { oidc } });

  test('an OIDC configuration gets a client id, a secret and defaults', async () => {
    const path = await withOidc();
    const oidc = await server.api.read(`${path}/inbound-protocols/oidc`);
    expect(oidc).toMatchObject({
      clientId: expect.stringMatching(/^\w{28}$/),
      clientSecret: expect.any(String),
      state: 'ACTIVE',
      callbackURLs: [],
      publicClient: false,
      pkce: { mandatory: false, supportPlainTransformAlgorithm: false },
      hybridFlow: { enable: false },
      accessToken: {
        type: 'Default',
        userAccessTokenExpiryInSeconds: 3600,
        bindingType: 'None',
        accessTokenAttributes: [],
      },
      refreshToken: { expiryInSeconds: 86400, renewRefreshToken: false },
      idToken: { expiryInSeconds: 3600, audience: [], encryption: { enabled: false, algorithm: '', method: '' } },
      subject: { subjectType: 'public' },
      isFAPIApplication: false,
    });
    expect(object(oidc.accessToken)).not.toHaveProperty('enableJwtScopeAsArray');
    expect(await server.api.read(path)).toMatchObject({
      clientId: oidc.clientId,
      inboundProtocols: [{ type: 'oauth2', self: `${path}/inbound-protocols/oidc` }],
    });
  });

  test('a PUT needs the deployed pair and resets what it omits', async () => {
    const path = `${await withOidc({ ...OIDC, clientId: 'me', clientSecret: 'mine', publicClient: true })}/inbound-protocols/oidc`;
    for (const [pair, text] of [
      [{ clientSecret: 'mine' }, 'ClientID'],
      [{ clientId: 'other', clientSecret: 'mine' }, 'ClientID'],
      [{ clientId: 'me' }, 'ClientSecret'],
    ] as const) {
      const reply = await server.api.put(path, { ...OIDC, ...pair });
      expect(reply).toMatchObject({ status: 400, body: { description: expect.stringContaining(text) } });
    }
    expect((await server.api.put(path, { ...OIDC, clientId: 'me', clientSecret: 'mine' })).status).toBe(200);
    expect(await server.api.read(path)).toMatchObject({ clientId: 'me', clientSecret: 'mine', publicClient: false });
  });

  test.each([
    ['no grant', { grantTypes: [] }, 400, 'UE-10000'],
    [
      'two callback URLs',
      { grantTypes: ['authorization_code'], callbackURLs: ['https://a.example', 'https://b.example'] },
      501,
      undefined,
    ],
    ['a code grant without a callback URL', { grantTypes: ['authorization_code'] }, 400, 'OAUTH-60001'],
    ['an origin with a path', { ...OIDC, allowedOrigins: ['https://a.example/'] }, 400, 'APP-60001'],
    ['a client id that is taken', { ...OIDC, clientId: 'taken' }, 409, 'OAUTH-60008'],
  ])('%s is refused', async (_what, oidc, status, code) => {
    await withOidc({ ...OIDC, clientId: 'taken' }, 'first');
    const body = { name: 'x', inboundProtocolConfiguration: { oidc } };
    expect(await server.api.post('/applications', body)).toMatchObject({ status });
    expect(object((await server.api.post('/applications', body)).body).code).toBe(code);
  });

  test('a secret is regenerated, a client revoked', async () => {
    const path = `${await withOidc()}/inbound-protocols/oidc`;
    const before = await server.api.read(path);
    expect((await server.api.send('POST', `${path}/revoke`)).status).toBe(200);
    expect(await server.api.read(path)).toMatchObject({ state: 'REVOKED' });
    const regenerated = await server.api.send('POST', `${path}/regenerate-secret`);
    expect(regenerated.body).toMatchObject({ clientId: before.clientId, state: 'ACTIVE' });
    expect(object(regenerated.body).clientSecret).not.toEqual(before.clientSecret);
  });

  test('deleting the protocol frees the client id for a new start', async () => {
    const path = `${await withOidc({ ...OIDC, clientId: 'me' })}/inbound-protocols/oidc`;
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await server.api.get(path)).toMatchObject({ status: 404, body: { code: 'APP-60502' } });
    expect((await server.api.put(path, { ...OIDC, clientId: 'me', clientSecret: 'chosen' })).status).toBe(200);
    expect(await server.api.read(path)).toMatchObject({ clientSecret: 'chosen' });
  });

  test('SAML is sent wrapped and comes bare, with a random service index', async () => {
    const path = await server.api.create('/applications', {
      name: 'x',
      inboundProtocolConfiguration: { saml: { manualConfiguration: SAML } },
    });
    const saml = await server.api.read(`${path}/inbound-protocols/saml`);
    expect(saml).toMatchObject({
      issuer: SAML.issuer,
      defaultAssertionConsumerUrl: 'https://sp.example/a',
      singleSignOnProfile: {
        bindings: ['HTTP_POST', 'HTTP_REDIRECT'],
        attributeConsumingServiceIndex: expect.stringMatching(/^\d+$/),
      },
      attributeProfile: { nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic' },
      singleLogoutProfile: { enabled: false },
    });
    expect(await server.api.put(`${path}/inbound-protocols/saml`, SAML)).toMatchObject({
      status: 400,
      body: { code: 'UE-10000' },
    });
    const manualConfiguration = {
      ...SAML,
      singleSignOnProfile: { attributeConsumingServiceIndex: '7' },
      singleLogoutProfile: {},
    };
    expect((await server.api.put(`${path}/inbound-protocols/saml`, { manualConfiguration })).status).toBe(200);
    expect(await server.api.read(`${path}/inbound-protocols/saml`)).toMatchObject({
      singleSignOnProfile: { attributeConsumingServiceIndex: '7' },
      singleLogoutProfile: { enabled: true },
    });
    expect(await server.api.read(path)).toMatchObject({ issuer: SAML.issuer });
  });

  test('SAML metadata is read from a file, with its certificate', async () => {
    const metadata = `<EntityDescriptor entityID="urn:sp"><KeyDescriptor><X509Certificate>QUJD</X509Certificate></KeyDescriptor>
      <AssertionConsumerService Binding="b" Location="https://sp.example/acs" index="1"/></EntityDescriptor>`;
    const saml = { metadataFile: Buffer.from(metadata).toString('base64') };
    const path = await server.api.create('/applications', { name: 'x', inboundProtocolConfiguration: { saml } });
    expect(await server.api.read(path)).toMatchObject({
      issuer: 'urn:sp',
      advancedConfigurations: { certificate: { type: 'PEM', value: expect.stringContaining('QUJD') } },
    });
  });

  test.each([
    ['an issuer that is taken', { manualConfiguration: SAML }, 409, 'SAML-60002'],
    ['no assertion consumer', { manualConfiguration: { issuer: 'x', assertionConsumerUrls: [] } }, 400, 'UE-10000'],
    [
      'neither POST nor redirect',
      { manualConfiguration: { ...SAML, issuer: 'x', singleSignOnProfile: { bindings: ['ARTIFACT'] } } },
      400,
      'SAML-60001',
    ],
    ['metadata by address', { metadataURL: 'https://sp.example/metadata' }, 404, 'SAML-60003'],
  ])('SAML with %s is refused', async (_what, saml, status, code) => {
    await server.api.create('/applications', {
      name: 'first',
      inboundProtocolConfiguration: { saml: { manualConfiguration: SAML } },
    });
    const body = { name: 'x', inboundProtocolConfiguration: { saml } };
    expect(await server.api.post('/applications', body)).toMatchObject({ status, body: { code } });
  });

  test.each([
    ['passive-sts', { realm: 'r', replyTo: 'https://r.example' }, { realm: 'other', replyTo: 'x' }],
    ['ws-trust', { audience: 'a', certificateAlias: 'wso2carbon' }, { audience: 'other', certificateAlias: 'x' }],
  ])('%s keeps its key', async (protocol, configuration, other) => {
    const path = `${await server.api.create('/applications', { name: 'x' })}/inbound-protocols/${protocol}`;
    expect((await server.api.put(path, configuration)).status).toBe(200);
    expect(await server.api.read(path)).toEqual(configuration);
    expect(await server.api.put(path, other)).toMatchObject({ status: 400, body: { code: 'APP-60001' } });
  });

  test('a realm is unique', async () => {
    const passiveSts = { realm: 'r', replyTo: 'https://r.example' };
    await server.api.create('/applications', { name: 'x', inboundProtocolConfiguration: { passiveSts } });
    const reply = await server.api.post('/applications', { name: 'y', inboundProtocolConfiguration: { passiveSts } });
    expect(reply).toMatchObject({ status: 409, body: { code: 'APP-60009' } });
  });

  test('a protocol that nobody plugged in is a bad request, except for a deletion', async () => {
    const path = `${await server.api.create('/applications', { name: 'x' })}/inbound-protocols/cas`;
    const refused = { status: 400, body: { code: 'APP-60001' } };
    expect(await server.api.get(path)).toMatchObject(refused);
    expect(await server.api.put(path, { name: 'cas', configName: 'cas' })).toMatchObject(refused);
    expect((await server.api.delete(path)).status).toBe(204);
  });

  test.each(['oidc', 'saml', 'passive-sts', 'ws-trust'])(
    '%s: what is not there is 404, or 204 to delete',
    async (name) => {
      const path = `${await server.api.create('/applications', { name: 'x' })}/inbound-protocols/${name}`;
      expect(await server.api.get(path)).toMatchObject({ status: 404, body: { code: 'APP-60502' } });
      expect((await server.api.delete(path)).status).toBe(204);
      const nowhere = `/applications/nope/inbound-protocols/${name}`;
      expect(await server.api.get(nowhere)).toMatchObject({ status: 404, body: { code: 'APP-60006' } });
      expect((await server.api.delete(nowhere)).status).toBe(204);
    },
  );

  test.each(['oidc', 'saml', 'ws-trust'])('the metadata of %s is served', async (protocol) => {
    expect(
      Object.keys(await server.api.read(`/applications/meta/inbound-protocols/${protocol}`)).length,
    ).toBeGreaterThan(0);
  });
});

test('a custom protocol that is plugged in has its own name as path', async () => {
  const sandbox = await startSandbox({ customProtocols: ['cas'] });
  try {
    const api = new Api(sandbox);
    const path = await api.create('/applications', { name: 'x' });
    const cas = { name: 'other', configName: 'cas', properties: [{ key: 'k', value: 'v' }] };
    expect((await api.put(`${path}/inbound-protocols/cas`, cas)).status).toBe(200);
    expect(await api.read(`${path}/inbound-protocols/cas`)).toEqual({ ...cas, name: 'cas' });
    expect(await api.readList(`${path}/inbound-protocols/`)).toMatchObject([{ type: 'cas' }]);
    const offered = [{ name: 'cas', displayName: 'cas' }];
    expect(await api.readList('/applications/meta/inbound-protocols?customOnly=true')).toEqual(offered);
    expect(await api.read('/applications/meta/inbound-protocols/cas')).toMatchObject({ configName: 'cas' });
  } finally {
    await sandbox.close();
  }
});

test('hashed secrets are never returned', async () => {
  const sandbox = await startSandbox({ hashedSecrets: true });
  try {
    const api = new Api(sandbox);
    const path = await api.create('/applications', { name: 'x', inboundProtocolConfiguration: { oidc: OIDC } });
    expect(await api.read(`${path}/inbound-protocols/oidc`)).not.toHaveProperty('clientSecret');
  } finally {
    await sandbox.close();
  }
});
