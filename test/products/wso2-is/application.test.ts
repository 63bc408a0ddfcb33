import fc from '../../fast-check';
import { canonicalise, minimise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { Json, JsonObject } from '../../../src/model/json';
import type { WriteRequest } from '../../../src/products/product';
import { joinCallbacks, splitCallbacks } from '../../../src/products/wso2-is/application/callbacks';
import { withoutUnknownFields } from '../../../src/workflows/unknown-fields';
import { application } from '../../../src/products/wso2-is/kinds/application';
import { serverWith } from './answering-server';

const canonical = (value: JsonObject, version = '7.1'): JsonObject => canonicalise(application, value, version);

/** The calls for going from a live application, as the server answers it, to a file. */
function update(current: JsonObject, file: JsonObject, version = '7.1'): readonly WriteRequest[] {
  const live = withoutUnknownFields(application, canonical(current, version)).value;
  const desired = canonical(file, version);
  const differences = compareCanonical(application, live, desired);
  return application.calls.update({
    kind: 'application',
    key: 'a',
    desired,
    live,
    current,
    differences,
    version,
    ids: new Map(),
  });
}

const create = (file: JsonObject, ids = new Map<string, string>()): readonly WriteRequest[] =>
  application.calls.create({
    kind: 'application',
    key: 'a',
    desired: canonical(file),
    differences: [],
    version: '7.1',
    ids,
  });

const oidc = (config: JsonObject): JsonObject => ({
  inboundProtocolConfiguration: { oidc: { grantTypes: ['authorization_code'], ...config } },
});
const body = (request: WriteRequest | undefined): JsonObject => (request?.body ?? {}) as JsonObject;
const texts = (requests: readonly WriteRequest[]): string[] =>
  requests.map(({ method, path }) => `${method} ${path.slice(3).join('/')}`);

describe('callback URLs (quirk 11)', () => {
  test('a list of addresses is one expression on the wire that matches them and nothing else', () => {
    const urls: Json[] = ['https://a.example/cb', 'https://b.example/cb?x=1+2'];
    const [entry = ''] = joinCallbacks(urls).map(String);
    expect(entry).toBe(String.raw`regexp=(https://a\.example/cb|https://b\.example/cb\?x=1\+2)`);
    expect(splitCallbacks([entry])).toEqual(urls);
    const matches = (url: string): boolean => new RegExp(`^${entry.slice('regexp='.length)}$`).test(url);
    expect(urls.map(String).every(matches)).toBe(true);
    expect(['https://aXexample/cb', 'https://b.example/c?x=1+2', 'https://b.example/cb'].some(matches)).toBe(false);
  });

  test('whatever addresses a list has, they come back from their expression', () => {
    const address = fc.webUrl({ withQueryParameters: true, withFragments: true });
    fc.assert(
      fc.property(fc.uniqueArray(address, { minLength: 2, maxLength: 4 }), (urls) => {
        expect(splitCallbacks(joinCallbacks(urls))).toEqual(urls);
      }),
    );
  });

  test('an alternation without escaped dots is a list too, and stays as the server has it', () => {
    const wire: Json[] = ['regexp=(https://a.example/cb|https://b.example/cb)'];
    expect(splitCallbacks(wire)).toEqual(['https://a.example/cb', 'https://b.example/cb']);
    expect(joinCallbacks(splitCallbacks(wire), wire)).toEqual(wire);
  });

  test.each([
    'regexp=(https://a.example/.*|https://b.example/cb)',
    'regexp=(https://a.example/cb?x=1|https://b.example/cb)',
    String.raw`regexp=(https://a.example/\d|https://b.example/cb)`,
    'regexp=https://a.example/cb',
    'regexp=(a|(b|c))',
  ])('the expression %s stays as it is', (entry) => expect(splitCallbacks([entry])).toEqual([entry]));

  test('an expression beside other URLs is refused before anything is sent', () => {
    const value = { name: 'a', ...oidc({ callbackURLs: ['https://a.example/cb', 'https://b.example/(x|y)'] }) };
    expect(application.check?.(value)).toEqual([
      expect.objectContaining({ path: 'inboundProtocolConfiguration.oidc.callbackURLs' }),
    ]);
  });
});

describe('SAML bindings', () => {
  const check = (bindings: Json[]) =>
    application.check?.({ name: 'a', inboundProtocolConfiguration: { saml: { singleSignOnProfile: { bindings } } } });

  test('one that the server always has cannot be left out', () => {
    expect(check(['HTTP_REDIRECT', 'ARTIFACT'])).toEqual([
      {
        path: 'inboundProtocolConfiguration.saml.singleSignOnProfile.bindings',
        message: 'the server does not switch HTTP_POST off; add it here',
      },
    ]);
  });

  test('the artifact binding can', () => {
    expect(check(['HTTP_REDIRECT', 'HTTP_POST'])).toEqual([]);
    expect(application.check?.({ name: 'a', inboundProtocolConfiguration: { saml: {} } })).toEqual([]);
  });
});

describe('normal form of an application', () => {
  test('the response type of a hybrid flow that is off means nothing, and is not kept by the server', () => {
    const off = canonical({ name: 'a', ...oidc({ hybridFlow: { enable: false, responseType: 'code token' } }) });
    expect(off).toEqual(canonical({ name: 'a', ...oidc({}) }));
  });

  test('the steps shown for a DEFAULT sequence are not the application’s own (quirk 5)', () => {
    const shown = {
      type: 'DEFAULT',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }],
      subjectStepId: 1,
    };
    expect(minimise(application, canonical({ name: 'a', authenticationSequence: shown }), '7.1')).toEqual({
      name: 'a',
    });
  });

  test.each([
    ['7.1', 'http://wso2.org/claims/userid'],
    ['6.1', 'http://wso2.org/claims/username'],
  ])('on %s the computed subject claim %s is left out of the file (quirk 6)', (version, uri) => {
    const shown = {
      dialect: 'LOCAL',
      subject: { claim: { uri } },
      role: { includeUserDomain: true, claim: { uri: 'http://wso2.org/claims/role' } },
    };
    expect(minimise(application, canonical({ name: 'a', claimConfiguration: shown }, version), version)).toEqual({
      name: 'a',
    });
  });

  test('another subject claim is kept', () => {
    const subject = { claim: { uri: 'http://wso2.org/claims/emailaddress' } };
    expect(minimise(application, canonical({ name: 'a', claimConfiguration: { subject } }), '7.1')).toEqual({
      name: 'a',
      claimConfiguration: { subject },
    });
  });

  test('a blank logout URL, stored as ".*", is no logout URL (quirk 9)', () => {
    expect(canonical({ name: 'a', logoutReturnUrl: '.*' })).toEqual(canonical({ name: 'a' }));
  });

  test('name id formats with slashes and with colons are one', () => {
    const saml = (nameIdFormat: string): JsonObject => ({
      name: 'a',
      inboundProtocolConfiguration: {
        saml: {
          issuer: 'i',
          assertionConsumerUrls: ['https://a.example/acs'],
          singleSignOnProfile: { assertion: { nameIdFormat } },
        },
      },
    });
    expect(canonical(saml('urn/oasis/names/tc/SAML/1.1/nameid-format/emailAddress'))).toEqual(
      canonical(saml('urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress')),
    );
  });

  test('a SAML body is the same wrapped and bare (quirk 4)', () => {
    const bare = { issuer: 'i', assertionConsumerUrls: ['https://a.example/acs'] };
    const wrapped = { manualConfiguration: bare };
    expect(canonical({ name: 'a', inboundProtocolConfiguration: { saml: wrapped } })).toEqual(
      canonical({ name: 'a', inboundProtocolConfiguration: { saml: bare } }),
    );
  });

  test('a certificate is the same as PEM text and as base64 of it', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----';
    const shown = (value: string): JsonObject =>
      canonical({ name: 'a', advancedConfigurations: { certificate: { type: 'PEM', value } } });
    expect(shown(Buffer.from(`${pem}\r\n`).toString('base64'))).toEqual(shown(pem));
  });

  test('the mappings that the server makes for LOCAL requested claims are not in the file (quirk 8)', () => {
    const uri = 'http://wso2.org/claims/mobile';
    const withMapping = {
      requestedClaims: [{ claim: { uri } }],
      claimMappings: [{ applicationClaim: uri, localClaim: { uri } }],
    };
    expect(canonical({ name: 'a', claimConfiguration: withMapping })).toEqual(
      canonical({ name: 'a', claimConfiguration: { requestedClaims: [{ claim: { uri } }] } }),
    );
  });
});

describe('creating an application', () => {
  test('one POST; the logout URL, which POST drops, follows as PATCH (quirk 9)', () => {
    const requests = create({ name: 'a', logoutReturnUrl: 'https://a.example/bye' });
    expect(texts(requests)).toEqual(['POST applications', 'PATCH applications/{id}']);
    expect(body(requests[0])).not.toHaveProperty('logoutReturnUrl');
  });

  test('client id and secret are sent, so that they survive the promotion (quirk 2)', () => {
    const [post] = create({ name: 'a', ...oidc({ clientId: 'shop', clientSecret: 'hush' }) });
    expect(body(post).inboundProtocolConfiguration).toMatchObject({ oidc: { clientId: 'shop', clientSecret: 'hush' } });
  });

  test('claims that the server computes are not made explicit (quirk 6)', () => {
    const [post] = create({ name: 'a' });
    expect(JSON.stringify(body(post).claimConfiguration)).not.toContain('http://wso2.org/claims/');
  });

  test('application roles are created once the application has an id', () => {
    const requests = create({
      name: 'a',
      associatedRoles: { allowedAudience: 'APPLICATION', roles: [{ name: 'clerk' }] },
    });
    expect(requests[1]).toEqual({
      method: 'POST',
      path: ['scim2', 'v2', 'Roles'],
      body: { displayName: 'clerk', audience: { type: 'application', value: '{id}' }, permissions: [] },
    });
  });

  test('an audience never travels without a list of roles, which 7.0 does not do without', () => {
    const [post] = create({ name: 'a', associatedRoles: { allowedAudience: 'APPLICATION' } });
    expect(body(post).associatedRoles).toEqual({ allowedAudience: 'APPLICATION', roles: [] });
  });

  test('APIs are authorized by the id that they have on this server', () => {
    const requests = create(
      { name: 'a', authorizedAPIs: [{ identifier: 'orders', scopes: ['read'] }] },
      new Map([['api orders', '42']]),
    );
    expect(body(requests[1])).toEqual({ id: '42', policyIdentifier: 'RBAC', scopes: ['read'] });
  });

  test('fields newer than the server are not sent', () => {
    const desired = canonical({ name: 'a', ...oidc({ hybridFlow: { enable: true } }) }, '6.1');
    const [post] = application.calls.create({
      kind: 'application',
      key: 'a',
      desired,
      differences: [],
      version: '6.1',
      ids: new Map(),
    });
    expect(JSON.stringify(post?.body)).not.toMatch(
      /hybridFlow|associatedRoles|applicationEnabled|pushAuthorizationRequest/,
    );
  });
});

describe('updating an application', () => {
  const mapped = (localRole: string, more: JsonObject = {}): JsonObject => ({
    name: 'a',
    claimConfiguration: { role: { mappings: [{ localRole, applicationRole: 'boss' }], ...more } },
  });

  test('the role admin and Internal/admin are one role: nothing is sent', () => {
    expect(update(mapped('Internal/admin'), mapped('admin'))).toEqual([]);
    expect(update(mapped('admin'), mapped('INTERNAL/admin'))).toEqual([]);
  });

  test('a role travels as the file writes it once something beside it changes', () => {
    const [patch] = update(mapped('Internal/admin'), mapped('admin', { includeUserDomain: false }));
    expect(body(patch)).toMatchObject({
      claimConfiguration: { role: { mappings: [{ localRole: 'admin', applicationRole: 'boss' }] } },
    });
  });

  test('a changed description is one PATCH with that field alone', () => {
    expect(update({ name: 'a', id: '1' }, { name: 'a', description: 'new' })).toEqual([
      { method: 'PATCH', path: ['api', 'server', 'v1', 'applications', '{id}'], body: { description: 'new' } },
    ]);
  });

  test('a field removed from the file is cleared on the server', () => {
    expect(body(update({ name: 'a', accessUrl: 'https://a.example' }, { name: 'a' })[0])).toEqual({ accessUrl: '' });
  });

  test.each([
    ['in the file', { associatedRoles: { allowedAudience: 'ORGANIZATION' } }],
    ['because the file no longer names one', {}],
  ])('an audience that goes back to ORGANIZATION %s is sent with a list of no roles', (_why, file) => {
    const current = {
      name: 'a',
      associatedRoles: { allowedAudience: 'APPLICATION', roles: [{ id: '1', name: 'clerk' }] },
    };
    expect(body(update(current, { name: 'a', ...file })[0])).toEqual({
      associatedRoles: { allowedAudience: 'ORGANIZATION', roles: [] },
    });
  });

  test('an OIDC PUT repeats the deployed client id and secret and keeps fields that Liftlock does not know (quirk 3)', () => {
    const current = {
      name: 'a',
      ...oidc({
        clientId: 'shop',
        clientSecret: 'hush',
        state: 'ACTIVE',
        newField: { deep: 1 },
        pkce: { mandatory: true },
      }),
    };
    const [put] = update(current, { name: 'a', ...oidc({ publicClient: true }) });
    expect(body(put)).toMatchObject({
      clientId: 'shop',
      clientSecret: 'hush',
      newField: { deep: 1 },
      publicClient: true,
      pkce: { mandatory: false },
    });
    expect(body(put)).not.toHaveProperty('state');
  });

  test('a mask is never sent as a secret', () => {
    const current = { name: 'a', ...oidc({ clientId: 'shop', clientSecret: '********' }) };
    expect(JSON.stringify(update(current, { name: 'a', ...oidc({ publicClient: true }) }))).not.toContain('****');
  });

  test('a SAML PUT is wrapped and keeps the service index (quirk 4)', () => {
    const saml = { issuer: 'i', assertionConsumerUrls: ['https://a.example/acs'] };
    const shown = { ...saml, singleSignOnProfile: { attributeConsumingServiceIndex: '123' } };
    const wanted = { ...saml, enableAssertionQueryProfile: true };
    const [put] = update(
      { name: 'a', inboundProtocolConfiguration: { saml: shown } },
      { name: 'a', inboundProtocolConfiguration: { saml: wanted } },
    );
    expect(body(put)).toMatchObject({ manualConfiguration: { ...wanted, ...shown } });
  });

  test('dialect and claims travel together, subject and role only when they changed (quirks 6 and 8)', () => {
    const [patch] = update(
      { name: 'a' },
      { name: 'a', claimConfiguration: { requestedClaims: [{ claim: { uri: 'http://wso2.org/claims/mobile' } }] } },
    );
    expect(body(patch)).toEqual({
      claimConfiguration: {
        dialect: 'LOCAL',
        requestedClaims: [{ claim: { uri: 'http://wso2.org/claims/mobile' }, mandatory: false }],
      },
    });
  });

  test('removing a script takes a change to DEFAULT first, because a blank one is ignored', () => {
    const steps = [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }];
    const sequence = { type: 'USER_DEFINED', steps };
    const requests = update(
      { name: 'a', authenticationSequence: { ...sequence, script: 'x()' } },
      { name: 'a', authenticationSequence: sequence },
    );
    expect(requests.map((request) => body(request).authenticationSequence)).toEqual([
      { type: 'DEFAULT' },
      expect.objectContaining(sequence),
    ]);
  });

  test('a protocol that is gone from the file is deleted, one that is new is put', () => {
    const requests = update(
      { name: 'a', ...oidc({ clientId: 'shop' }) },
      { name: 'a', inboundProtocolConfiguration: { passiveSts: { realm: 'r', replyTo: 'https://a.example' } } },
    );
    expect(texts(requests)).toEqual([
      'DELETE applications/{id}/inbound-protocols/oidc',
      'PUT applications/{id}/inbound-protocols/passive-sts',
    ]);
  });

  test('SAML goes before a consent page of its own comes, since the server refuses both together', () => {
    const live: JsonObject = { name: 'App', inboundProtocolConfiguration: { saml: { issuer: 'app' } } };
    const desired: JsonObject = { name: 'App', advancedConfigurations: { useExternalConsentPage: true } };
    const sent = (from: JsonObject, to: JsonObject): string[] =>
      update(from, to).map(({ method, path }) => `${method} ${path.at(-1) ?? ''}`);
    expect(sent(live, desired)).toEqual(['DELETE saml', 'PATCH {id}']);
    expect(sent(desired, live)).toEqual(['PATCH {id}', 'PUT saml']);
  });

  test('scopes of an authorized API are added and removed; a changed policy is authorized anew', () => {
    const api = { id: '9', identifier: 'orders', policyIdentifier: 'RBAC', scopes: ['read', 'old'] };
    const change = (desired: JsonObject): readonly WriteRequest[] =>
      update({ name: 'a', authorizedAPIs: [api] }, { name: 'a', authorizedAPIs: [desired] });
    expect(change({ identifier: 'orders', scopes: ['read', 'new'] })).toEqual([
      expect.objectContaining({ method: 'PATCH', body: { addedScopes: ['new'], removedScopes: ['old'] } }),
    ]);
    expect(texts(change({ identifier: 'orders', policyIdentifier: 'NO POLICY', scopes: ['read', 'old'] }))).toEqual([
      'DELETE applications/{id}/authorized-apis/9',
      'POST applications/{id}/authorized-apis',
    ]);
  });
});

describe('what a server shows of applications', () => {
  test('its read-only ones and the client that Liftlock itself signs in with are protected', async () => {
    const applications: JsonObject[] = [
      { id: '1', name: 'Console', access: 'READ' },
      { id: '2', name: 'Pipeline', access: 'WRITE', clientId: 'liftlock' },
      { id: '3', name: 'Shop', access: 'WRITE', clientId: 'shop' },
    ];
    const server = serverWith({ applications: { totalResults: 3, applications } }, 'liftlock');
    expect(await application.calls.list(server)).toEqual([
      { id: '1', key: 'Console', protectedBecause: 'read-only on the server' },
      { id: '2', key: 'Pipeline', protectedBecause: 'Liftlock signs in with it' },
      { id: '3', key: 'Shop' },
    ]);
    expect(application.systemKeys.map(({ key }) => key)).toEqual(['Console', 'My Account', 'wso2carbon-local-sp']);
  });

  test.each(['********', '************', 'ENCRYPTED PROPERTY'])(
    'a client secret that reads %s is not known, and no value',
    async (clientSecret) => {
      const server = serverWith({
        'applications/1': { id: '1', name: 'Shop', inboundProtocols: [{ type: 'oauth2' }] },
        'inbound-protocols/oidc': { clientId: 'shop', clientSecret },
        'authorized-apis': [],
      });
      const live = await application.calls.read(server, { id: '1', key: 'Shop' });
      expect(live?.value.inboundProtocolConfiguration).toEqual({ oidc: { clientId: 'shop' } });
    },
  );

  test('a protocol that no release has any more is not asked for: servers of 6.x list it and refuse its GET', async () => {
    const server = serverWith({
      'applications/1': { id: '1', name: 'Shop', inboundProtocols: [{ type: 'openid' }, { type: 'passivests' }] },
      'inbound-protocols/passive-sts': { realm: 'shop', replyTo: 'https://shop.example' },
      'authorized-apis': [],
    });
    const live = await application.calls.read(server, { id: '1', key: 'Shop' });
    expect(Object.keys(live?.value.inboundProtocolConfiguration ?? {})).toEqual(['passiveSts']);
  });
});
