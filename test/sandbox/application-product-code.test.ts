/**
 * Applications as the product's own code of 6.0 and 7.0 reads, lists, checks and changes them: recorded answers, and the
 * classes of the REST API 1.2.6, application.mgt 5.25.92 and identity.oauth 6.11.23. Some requests break the contract on
 * purpose, so nothing checks them against it.
 *
 * @jest-environment node
 */
import { makeCertificate } from '../../src/sandbox/certificate';
import { object, objects, sandboxed } from './api';

const server = sandboxed({ version: '6.0' });
const REFUSED = { status: 400, body: { code: 'APP-60001' } };
const STEP = { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] };
const client = { grantTypes: ['client_credentials'], allowedOrigins: [] };

const ferry = (more: object = {}): Promise<string> => server.api.create('/applications', { name: 'Ferry', ...more });
const withOidc = (oidc: object = client): Promise<string> => ferry({ inboundProtocolConfiguration: { oidc } });
const withSaml = (manualConfiguration: object): Promise<string> =>
  ferry({ inboundProtocolConfiguration: { saml: { manualConfiguration } } });

describe('a name', () => {
  test.each(['Fähre', 'ferry@pier', 'Ferry/Pier', ' Ferry', 'Ferry ', 'Two  blanks', 'a'.repeat(254) + '+'])(
    '%j has signs that are not allowed, for a new application and an old one',
    async (name) => {
      expect(await server.api.post('/applications', { name })).toMatchObject(REFUSED);
      expect(await server.api.patch(await ferry(), { name })).toMatchObject(REFUSED);
    },
  );

  test('that is longer than the database has room for breaks the server down', async () => {
    expect(await server.api.post('/applications', { name: 'a'.repeat(255) })).toMatchObject({ status: 201 });
    const tooLong = { status: 500, body: { code: 'APP-65001' } };
    expect(await server.api.post('/applications', { name: 'a'.repeat(256) })).toMatchObject(tooLong);
    expect(await server.api.patch(await ferry(), { description: 'a'.repeat(1025) })).toMatchObject(tooLong);
  });

  test.each(['default', 'wso2carbon-local-sp', 'Console'])(
    '%s is taken without being listed or asked for',
    async (name) => {
      expect(await server.api.post('/applications', { name })).toMatchObject({
        status: 409,
        body: { code: 'APP-60007' },
      });
    },
  );
});

describe('the detail', () => {
  test('has empty keys, an empty template and the properties of the product', async () => {
    const detail = await server.api.read(await ferry());
    expect(detail).toMatchObject({ clientId: '', issuer: '', templateId: '' });
    expect(detail.advancedConfigurations).toMatchObject({ fragment: false, additionalSpProperties: [] });
    expect(object(object(detail.claimConfiguration).role)).not.toHaveProperty('mappings');
  });

  test('names protocols by their type alone, and has the key of the first one', async () => {
    const saml = { manualConfiguration: { issuer: 'ferry', assertionConsumerUrls: ['https://ferry.example/acs'] } };
    const oidc = { ...client, clientId: 'ferry' };
    const detail = await server.api.read(await ferry({ inboundProtocolConfiguration: { saml, oidc } }));
    const types = objects(detail.inboundProtocols).map(({ type, name }) => [type, name]);
    expect(types.map(([type]) => type).sort()).toEqual(['oauth2', 'samlsso']);
    expect(types.every(([, name]) => name === undefined)).toBe(true);
    const first = types[0]?.[0];
    expect([detail.clientId, detail.issuer]).toEqual(first === 'oauth2' ? ['ferry', ''] : ['', 'ferry']);
  });
});

describe('the list', () => {
  test('begins with the newest, and shows keys only to those who ask for them or filter by them', async () => {
    for (const name of ['Barge', 'Canoe'])
      await server.api.create('/applications', {
        name,
        inboundProtocolConfiguration: { oidc: { ...client, clientId: name } },
      });
    const list = async (query: string) => objects((await server.api.read(`/applications?${query}`)).applications);
    const plain = await list('limit=2');
    expect(plain.map(({ name }) => name)).toEqual(['Canoe', 'Barge']);
    expect(plain[0]).not.toHaveProperty('clientId');
    expect((await list('limit=1&attributes=clientId,templateId'))[0]).toMatchObject({
      clientId: 'Canoe',
      templateId: '',
    });
    expect(await list('filter=clientId+sw+Ba')).toMatchObject([{ name: 'Barge', clientId: 'Barge' }]);
  });

  test.each([
    ['name ne Barge', ['Barge']],
    ['name co _ar', ['Barge']],
    ['name co b*g', []],
    ['name co B*g', ['Barge']],
    ['name eq "Barge"', ['Barge']],
    ['name EQ Barge or name sw Can', ['Canoe', 'Barge']],
    ['(name eq Barge)', []],
  ])('is filtered as the database does it: %s', async (filter, names) => {
    for (const name of ['Barge', 'Canoe']) await server.api.create('/applications', { name });
    const { applications } = await server.api.read(`/applications?filter=${encodeURIComponent(filter)}`);
    expect(objects(applications).map(({ name }) => name)).toEqual(names);
  });

  test('links back by as much as there is before, and by whole pages from far behind, even past the start', async () => {
    const links = async (query: string) => objects((await server.api.read(`/applications?${query}`)).links);
    const rels = (await links('limit=1&offset=1')).map(({ rel, href }) => [rel, String(href).split('?')[1]]);
    expect(rels).toEqual([['previous', 'offset=0&limit=1']]);
    expect(await links('limit=3&offset=1')).toMatchObject([{ href: expect.stringMatching(/offset=0&limit=1$/) }]);
    expect(await links('limit=3&offset=20')).toMatchObject([{ href: expect.stringMatching(/offset=-1&limit=3$/) }]);
  });
});

describe('a certificate', () => {
  test('that is none is taken with a new application, and refuses every update of it', async () => {
    const certificate = { type: 'PEM', value: 'nonsense' };
    const path = await ferry({ advancedConfigurations: { certificate } });
    expect(await server.api.patch(path, { description: 'x' })).toMatchObject(REFUSED);
    expect(await server.api.put(`${path}/inbound-protocols/oidc`, client)).toMatchObject(REFUSED);
  });

  test('stands among the properties by its number, and gives way to an address of keys', async () => {
    const { certificate: pem } = await makeCertificate();
    const value = Buffer.from(pem).toString('base64');
    const path = await ferry({ advancedConfigurations: { certificate: { type: 'PEM', value } } });
    const properties = async () =>
      objects(object((await server.api.read(path)).advancedConfigurations).additionalSpProperties).map(
        ({ name }) => name,
      );
    expect(await properties()).toEqual(['CERTIFICATE']);
    await server.api.patch(path, {
      advancedConfigurations: { certificate: { type: 'JWKS', value: 'https://keys.example' } },
    });
    expect(await properties()).toEqual(['jwksURI']);
    await server.api.patch(path, { advancedConfigurations: { certificate: { type: 'OTHER', value: 'x' } } });
    expect(await properties()).toEqual(['jwksURI']);
  });
});

describe('a login sequence', () => {
  const patched = (authenticationSequence: object) => async () =>
    server.api.patch(await ferry(), { authenticationSequence: { type: 'USER_DEFINED', ...authenticationSequence } });

  test.each([
    ['steps that begin at 0', { steps: [{ ...STEP, id: 0 }] }, 'UE-10000'],
    ['a step without options', { steps: [{ id: 1, options: [] }] }, 'UE-10000'],
    ['a last step that is not as many as there are', { steps: [{ ...STEP, id: 2 }] }, 'APP-60001'],
    [
      'an authenticator of requests in a step',
      { steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthRequestPathAuthenticator' }] }] },
      'APP-60001',
    ],
    ['another one before the steps', { steps: [STEP], requestPathAuthenticators: ['BasicAuthenticator'] }, 'APP-60001'],
  ])('is refused with %s', async (_what, sequence, code) => {
    expect(await patched(sequence)()).toMatchObject({ status: 400, body: { code } });
  });

  test('is counted by its last step only, and numbered anew', async () => {
    const path = await ferry({
      authenticationSequence: {
        type: 'USER_DEFINED',
        steps: [
          { ...STEP, id: 2 },
          { ...STEP, id: 2 },
        ],
      },
    });
    const { steps } = object((await server.api.read(path)).authenticationSequence);
    expect(objects(steps).map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('provisioning', () => {
  const target = { idp: 'Nobody', connector: 'scim', blocking: false, rules: false };
  const patched = async (provisioningConfigurations: object) => {
    server.api.sandbox.reset();
    const path = await ferry();
    const { status } = await server.api.patch(path, { provisioningConfigurations });
    return [status, (await server.api.read(path)).provisioningConfigurations];
  };

  test('to what is not there is taken, but needs both flags', async () => {
    expect(await patched({ outboundProvisioningIdps: [target] })).toMatchObject([
      200,
      { outboundProvisioningIdps: [target] },
    ]);
    const { rules: _left, ...half } = target;
    expect(await patched({ outboundProvisioningIdps: [half] })).toMatchObject([500, { outboundProvisioningIdps: [] }]);
  });

  test('shows the proxy mode or the user store, and nothing where neither is set', async () => {
    const shown = async (inboundProvisioning: object) =>
      object((await patched({ inboundProvisioning }))[1]).inboundProvisioning;
    const both = { proxyMode: true, provisioningUserstoreDomain: 'PRIMARY' };
    expect(await shown(both)).toEqual({ proxyMode: true });
    expect(await shown({ ...both, proxyMode: false })).toEqual({ provisioningUserstoreDomain: 'PRIMARY' });
    expect(await shown({ proxyMode: false })).toBeUndefined();
  });
});

describe('an OIDC configuration', () => {
  const place = (path: string): string => `${path}/inbound-protocols/oidc`;
  const own = async (path: string): Promise<object> => {
    const { clientId, clientSecret } = await server.api.read(place(path));
    return { ...client, clientId, clientSecret };
  };

  test('leaves out what was not sent, and has secrets of 28 characters', async () => {
    const shown = await server.api.read(place(await withOidc()));
    expect(String(shown.clientSecret)).toHaveLength(28);
    expect(shown).toMatchObject({ logout: {}, accessToken: { type: 'Default' } });
    expect(object(shown.accessToken)).not.toHaveProperty('bindingType');
  });

  test('cannot be replaced without origins, nor with blocks that lack their numbers', async () => {
    const path = await withOidc();
    const { allowedOrigins: _left, ...bare } = (await own(path)) as { allowedOrigins: string[] };
    const uncaught = { status: 500, body: { code: 'SE-50000' } };
    expect(await server.api.put(place(path), bare)).toMatchObject(uncaught);
    for (const half of [{ accessToken: { type: 'JWT' } }, { refreshToken: {} }, { pkce: { mandatory: true } }])
      expect(await server.api.put(place(path), { ...(await own(path)), ...half })).toMatchObject(uncaught);
  });

  test.each([
    ['a validator of scopes', { scopeValidators: ['nobody'] }],
    ['a way to encrypt', { idToken: { encryption: { enabled: true, algorithm: 'RSA-OAEP', method: 'none' } } }],
    ['a grant', { grantTypes: ['nothing'] }],
  ])('is refused with %s that the server does not have', async (_what, more) => {
    const path = await withOidc();
    const answer = await server.api.put(place(path), { ...(await own(path)), ...more });
    expect(answer).toMatchObject({ status: 400, body: { code: 'OAUTH-60001' } });
  });

  test('that is refused half way is shown half changed, until the secret is renewed', async () => {
    const path = await withOidc();
    const numbers = { userAccessTokenExpiryInSeconds: 60, applicationAccessTokenExpiryInSeconds: 60 };
    const refused = { ...(await own(path)), accessToken: { type: 'JWT', ...numbers }, grantTypes: ['nothing'] };
    expect((await server.api.put(place(path), refused)).status).toBe(400);
    expect(await server.api.read(place(path))).toMatchObject({ accessToken: numbers, grantTypes: client.grantTypes });
    await server.api.send('POST', `${place(path)}/regenerate-secret`);
    expect(await server.api.read(place(path))).toMatchObject({ accessToken: { userAccessTokenExpiryInSeconds: 3600 } });
  });

  test('takes no validators of scopes before it was read from the database again', async () => {
    const path = await withOidc();
    const scopeValidators = ['Role based scope validator'];
    const put = async () => (await server.api.put(place(path), { ...(await own(path)), scopeValidators })).status;
    expect(await put()).toBe(500);
    await server.api.send('POST', `${place(path)}/regenerate-secret`);
    expect(await put()).toBe(200);
  });
});

describe('a SAML configuration', () => {
  const manual = { issuer: 'ferry', assertionConsumerUrls: ['https://ferry.example/acs'] };
  const shown = async (more: object): Promise<Record<string, unknown>> =>
    server.api.read(`${await withSaml({ ...manual, ...more })}/inbound-protocols/saml`);

  test('leaves out what was not sent, and writes names of formats with slashes', async () => {
    const saml = await shown({});
    for (const field of ['serviceProviderQualifier', 'idpEntityIdAlias']) expect(saml).not.toHaveProperty(field);
    expect(saml).toMatchObject({
      singleSignOnProfile: {
        attributeConsumingServiceIndex: '',
        assertion: { nameIdFormat: 'urn/oasis/names/tc/SAML/1.1/nameid-format/unspecified' },
      },
      singleLogoutProfile: { enabled: false, logoutMethod: 'BACKCHANNEL' },
    });
  });

  test('has a service index with the attribute profile only', async () => {
    const saml = await shown({ attributeProfile: { enabled: true } });
    expect(saml).toMatchObject({
      singleSignOnProfile: { attributeConsumingServiceIndex: expect.stringMatching(/^\d+$/) },
    });
  });

  test('without any source is a request that is not valid', async () => {
    expect(await server.api.put(`${await ferry()}/inbound-protocols/saml`, {})).toMatchObject(REFUSED);
  });
});
