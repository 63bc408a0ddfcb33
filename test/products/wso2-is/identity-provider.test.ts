import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalise, minimise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { Json, JsonObject } from '../../../src/model/json';
import type { Change, WriteRequest } from '../../../src/products/product';
import { SHIPPED, secretNames } from '../../../src/products/wso2-is/authenticators';
import { computedId, dialectId, nameOfId } from '../../../src/products/wso2-is/claim-ids';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { certificateOperations } from '../../../src/products/wso2-is/kinds/identity-provider-patch';

const FIXTURES = path.join(__dirname, '../../../../shared/fixtures/wso2-is/identity-providers');
const withFixtures = existsSync(FIXTURES) ? describe : describe.skip;
const fixture = (name: string): JsonObject =>
  JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')) as JsonObject;

const canonical = (value: JsonObject, version = '7.1'): JsonObject => canonicalise(identityProvider, value, version);
const minimal = (value: JsonObject, version = '7.1'): JsonObject =>
  minimise(identityProvider, canonical(value, version), version);
const pem = (text: string): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(text).toString('base64')}\n-----END CERTIFICATE-----`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The update from one value to another, without a server in between. */
function update(from: JsonObject, to: JsonObject, { version = '7.1', current = from } = {}): readonly WriteRequest[] {
  const [live, desired] = [canonical(from, version), canonical(to, version)];
  const differences = compareCanonical(identityProvider, live, desired);
  return identityProvider.calls.update(change({ desired, live, current, differences, version }));
}

function create(value: JsonObject, version = '7.1'): readonly WriteRequest[] {
  return identityProvider.calls.create(change({ desired: canonical(value, version), version }));
}

function change(parts: Partial<Change>): Change {
  const base = { kind: 'identity-provider', key: 'A', desired: {}, differences: [], version: '7.1', ids: new Map() };
  return { ...base, ...parts };
}

const brief = (requests: readonly WriteRequest[]): string[] =>
  requests.map(({ method, path: at }) => `${method} ${at.slice(4).join('/')}`.trim());
const bodyOf = (requests: readonly WriteRequest[], index = 0): JsonObject => requests[index]?.body as JsonObject;

const oidc = (properties: Record<string, string>, more: JsonObject = {}): JsonObject => ({
  name: 'OpenIDConnectAuthenticator',
  isEnabled: true,
  isDefault: true,
  properties: Object.entries(properties).map(([key, value]) => ({ key, value })),
  ...more,
});
const login = (...authenticators: JsonObject[]): JsonObject => ({
  name: 'A',
  federatedAuthenticators: { authenticators },
});
const target = (...connectors: JsonObject[]): JsonObject => ({
  name: 'A',
  provisioning: { outboundConnectors: { connectors } },
});
const scim = (properties: Json[], more: JsonObject = {}): JsonObject => ({
  name: 'scim',
  isEnabled: true,
  isDefault: true,
  properties,
  ...more,
});

describe('the canonical form', () => {
  it('drops what the server makes (quirk 1)', () => {
    const read = {
      id: 'f5c2',
      self: '/t/x',
      name: 'A',
      claims: {
        userIdClaim: { uri: 'sub', id: 'c3Vi', displayName: 'Subject' },
        mappings: [
          { idpClaim: 'sub', localClaim: { id: 'x', uri: 'http://wso2.org/claims/username', displayName: 'U' } },
        ],
        provisioningClaims: [{ claim: { uri: 'sub', id: 'x', displayName: 'y' }, defaultValue: 'z' }],
      },
      groups: [{ name: 'engineers', id: '7e1d' }],
      federatedAuthenticators: {
        defaultAuthenticatorId: '',
        authenticators: [
          { authenticatorId: computedId('X'), name: 'X', tags: ['OIDC'], self: '/x', definedBy: 'SYSTEM' },
        ],
      },
    };
    expect(minimal(read)).toEqual({
      name: 'A',
      claims: {
        userIdClaim: { uri: 'sub' },
        mappings: [{ idpClaim: 'sub', localClaim: { uri: 'http://wso2.org/claims/username' } }],
        provisioningClaims: [{ claim: { uri: 'sub' }, defaultValue: 'z' }],
      },
      groups: [{ name: 'engineers' }],
      federatedAuthenticators: { authenticators: [{ name: 'X' }] },
    });
  });

  it('knows an authenticator by its name, by its id or by both (reference, 2.2.1)', () => {
    const id = 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I';
    const name = 'OpenIDConnectAuthenticator';
    const forms: JsonObject[] = [{ name }, { authenticatorId: id }, { name, authenticatorId: id }];
    expect(forms.map((form) => minimal(login(form)))).toEqual(forms.map(() => login({ name })));
    expect([computedId(name), nameOfId(id), nameOfId('not an id')]).toEqual([id, name, undefined]);
    expect(computedId('scim')).toBe('c2NpbQ');
    expect(dialectId('http://wso2.org/claims')).toBe('local');
  });

  it('says which authenticator is the default at the authenticator', () => {
    const block = { defaultAuthenticatorId: computedId('Y'), authenticators: [{ name: 'Y' }, { name: 'X' }] };
    const expected = login({ name: 'X' }, { name: 'Y', isDefault: true });
    expect(minimal({ name: 'A', federatedAuthenticators: block })).toEqual(expected);
    expect(minimal(expected)).toEqual(expected);
  });

  it('reads both wire spellings of a certificate, and bundles (quirk 42)', () => {
    const [one = '', two = ''] = [pem('one'), pem('two')].sort();
    const spellings = [
      [base64(`${two}\n`), one],
      [base64(`${one}\r\n${two}\n`)],
      [`${two}\n`, one.replaceAll('\n', '\r\n')],
    ];
    for (const certificates of spellings) {
      expect(minimal({ name: 'A', certificate: { certificates } })).toEqual({
        name: 'A',
        certificate: { certificates: [one, two] },
      });
    }
  });

  it('drops empty certificates, addresses and texts', () => {
    const read = {
      name: 'A',
      alias: '',
      image: '',
      idpIssuerName: '',
      certificate: { certificates: [''], jwksUri: '' },
    };
    expect(minimal(read)).toEqual({ name: 'A' });
  });

  it('treats {} and {"uri": ""} as no claim, [""] as no attribute (quirk 17)', () => {
    const unset = { userIdClaim: {}, roleClaim: { uri: '' }, mappings: [], provisioningClaims: [] };
    const association = { isEnabled: false, lookupAttribute: [''] };
    expect(minimal({ name: 'A', claims: unset, implicitAssociation: association })).toEqual({ name: 'A' });
  });

  it('forgets provisioning claims without a default, as the server does (reference, 2.2.5)', () => {
    const claims = { provisioningClaims: [{ claim: { uri: 'x' }, defaultValue: '' }] };
    expect(minimal({ name: 'A', claims })).toEqual({ name: 'A' });
  });

  it('keeps the admin role as it is written, and takes its two spellings for the same (real server, 6.0)', () => {
    const rolesNamed = (role: string) => ({
      mappings: [{ idpRole: 'boss', localRole: role }],
      outboundProvisioningRoles: [role],
    });
    const [short, long] = ['admin', 'Internal/admin'].map((role) => canonical({ name: 'A', roles: rolesNamed(role) }));
    expect(minimal({ name: 'A', roles: rolesNamed('admin') }).roles).toEqual(rolesNamed('admin'));
    expect(compareCanonical(identityProvider, short ?? {}, long ?? {})).toEqual([]);
  });

  it('never holds a mask (quirk 16)', () => {
    const masked = target(
      scim([
        { key: 'scim-password', value: '********' },
        { key: 'scim-user-ep', value: 'https://a' },
      ]),
    );
    expect(JSON.stringify(canonical(masked, '7.3'))).not.toContain('***');
    const endpoint = { uri: 'https://a', authentication: { type: 'BEARER', properties: { accessToken: '********' } } };
    const custom = canonical(login({ name: 'custom-x', definedBy: 'USER', endpoint }));
    expect(JSON.stringify(custom)).not.toContain('***');
  });

  it('keeps SAML metadata as the document that it is', () => {
    const saml = (value: string): JsonObject =>
      login({ name: 'SAMLSSOAuthenticator', properties: [{ key: 'meta_data_saml', value }] });
    const document = '<?xml version="1.0"?>\n<EntityDescriptor/>';
    expect(minimal(saml(base64(document)))).toEqual(saml(document));
    expect(minimal(saml(`${document}\n`))).toEqual(saml(document));
  });

  it('writes switches and numbers as the texts that they are on the wire', () => {
    const given = login({
      name: 'X',
      properties: [
        { key: 'a', value: true },
        { key: 'b', value: 3 },
      ],
    });
    expect(minimal(given)).toEqual(
      login({
        name: 'X',
        properties: [
          { key: 'a', value: 'true' },
          { key: 'b', value: '3' },
        ],
      }),
    );
  });

  it('leaves out fields that the version does not have (reference, 4)', () => {
    const all = {
      name: 'A',
      templateId: 't',
      idpIssuerName: 'i',
      groups: [{ name: 'g' }],
      implicitAssociation: { isEnabled: true, lookupAttribute: ['email'] },
      certificate: { samlMetadataUri: 'https://a' },
      provisioning: {
        jit: { associateLocalUser: true, attributeSyncMethod: 'NONE', idpGroupSyncMethod: 'OVERRIDE_ALL' },
      },
      federatedAuthenticators: { authenticators: [{ name: 'X', definedBy: 'USER', endpoint: { uri: 'https://a' } }] },
    };
    expect(minimal(all, '5.11')).toEqual(login({ name: 'X' }));
    expect(minimal(all, '6.1')).toMatchObject({
      templateId: 't',
      idpIssuerName: 'i',
      provisioning: { jit: { associateLocalUser: true } },
    });
    expect(minimal(all, '6.1').provisioning).toEqual({ jit: { associateLocalUser: true } });
    expect(minimal(all, '7.3')).toEqual(all);
  });

  it('drops fields that no file can hold', () => {
    expect(minimal({ name: 'A', newInServer: { x: 1 }, provisioning: { other: 1 } })).toEqual({ name: 'A' });
  });
});

describe('secrets', () => {
  it.each([
    'ClientSecret',
    'APISecret',
    'PrivateKey',
    'SPNPassword',
    'apiKey',
    'api_key',
    'my-passphrase',
    'RefreshToken',
  ])('knows %s', (key) => expect(secretNames('authenticator').test(key)).toBe(true));
  it.each(['scim-password', 'scim2-access-token', 'google_prov_private_key', 'sf-client-secret', 'scim-default-pwd'])(
    'knows %s of a connector',
    (key) => expect(secretNames('connector').test(key)).toBe(true),
  );
  it.each([
    'ClientId',
    'OAuth2TokenEPUrl',
    'callbackUrl',
    'IsPasswordRequired',
    'enable-password-sync',
    'scim-enable-pwd-provisioning',
    'scim2-enable-pwd-provisioning',
    'PasswordProvisioningEnabled',
    'scim2-api-key-header',
    'KeyId',
    'SignatureAlgorithm',
  ])('leaves %s alone', (key) => {
    expect([secretNames('authenticator').test(key), secretNames('connector').test(key)]).toEqual([false, false]);
  });

  it('knows every confidential property of the tables', () => {
    for (const family of ['authenticator', 'connector'] as const) {
      for (const name of Object.values(SHIPPED[family]).flat()) expect(secretNames(family).test(name)).toBe(true);
    }
  });

  it('never stand in a difference', () => {
    const [from, to] = [login(oidc({ ClientSecret: 'old-one' })), login(oidc({ ClientSecret: 'new-one' }))].map(
      (value) => canonical(value),
    );
    const differences = compareCanonical(identityProvider, from ?? {}, to ?? {});
    expect(differences).toHaveLength(1);
    expect(JSON.stringify(differences)).not.toMatch(/old-one|new-one/);
  });
});

describe('create', () => {
  it('sends only what is not the default', () => {
    expect(create({ name: 'A' })).toEqual([
      { method: 'POST', path: ['api', 'server', 'v1', 'identity-providers'], body: { name: 'A' }, creates: true },
    ]);
  });

  it('patches what POST refuses or ignores (quirk 14)', () => {
    const requests = create({ name: 'A', isEnabled: false, isPrimary: true });
    expect(bodyOf(requests)).toEqual({ name: 'A' });
    expect(requests[1]).toEqual({
      method: 'PATCH',
      path: ['api', 'server', 'v1', 'identity-providers', '{id}'],
      body: [
        { operation: 'REPLACE', path: '/isEnabled', value: 'false' },
        { operation: 'REPLACE', path: '/isPrimary', value: 'true' },
      ],
    });
  });

  it('always names a default, even when there is none (quirk 15)', () => {
    const body = bodyOf(create({ ...login({ name: 'X' }), ...target({ name: 'scim', properties: [] }) }));
    expect(body).toMatchObject({
      federatedAuthenticators: {
        defaultAuthenticatorId: '',
        authenticators: [{ authenticatorId: computedId('X'), properties: [] }],
      },
      provisioning: { outboundConnectors: { defaultConnectorId: '', connectors: [{ connectorId: 'c2NpbQ' }] } },
    });
    expect(bodyOf(create(login(oidc({}))))).toMatchObject({
      federatedAuthenticators: { defaultAuthenticatorId: computedId('OpenIDConnectAuthenticator') },
    });
  });

  it('sends certificates as base64 of PEM and unset claims as {"uri": ""} (quirk 17)', () => {
    const body = bodyOf(
      create({ name: 'A', certificate: { certificates: [pem('one')] }, claims: { userIdClaim: { uri: 'sub' } } }),
    );
    expect(body.certificate).toEqual({ certificates: [base64(`${pem('one')}\n`)] });
    expect(body.claims).toMatchObject({ userIdClaim: { uri: 'sub' }, roleClaim: { uri: '' } });
  });

  it('sends a SAML metadata document as base64 (IDP-60026)', () => {
    const document = '<EntityDescriptor/>';
    const saml = login({ name: 'SAMLSSOAuthenticator', properties: [{ key: 'meta_data_saml', value: document }] });
    expect(JSON.stringify(bodyOf(create(saml)))).toContain(base64(document));
  });

  it('gives a user-defined authenticator an endpoint and no properties', () => {
    const endpoint = {
      uri: 'https://a',
      authentication: { type: 'BASIC', properties: { username: 'u', password: 'p' } },
    };
    const body = bodyOf(
      create(login({ name: 'custom-x', isEnabled: true, isDefault: true, definedBy: 'USER', endpoint })),
    );
    expect(body.federatedAuthenticators).toEqual({
      defaultAuthenticatorId: computedId('custom-x'),
      authenticators: [{ authenticatorId: computedId('custom-x'), isEnabled: true, definedBy: 'USER', endpoint }],
    });
  });

  it('sends nothing that the version does not have', () => {
    const body = bodyOf(
      create(
        { name: 'A', templateId: 't', groups: [{ name: 'g' }], provisioning: { jit: { isEnabled: true } } },
        '5.11',
      ),
    );
    expect(body).toEqual({
      name: 'A',
      provisioning: { jit: { isEnabled: true, scheme: 'PROVISION_SILENTLY', userstore: 'PRIMARY' } },
    });
  });
});

describe('update', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['a text', { name: 'A' }, { name: 'A', description: 'x' }, ['PATCH {id}']],
    ['a claim', { name: 'A' }, { name: 'A', claims: { userIdClaim: { uri: 'sub' } } }, ['PUT {id}/claims']],
    [
      'a role',
      { name: 'A' },
      { name: 'A', roles: { mappings: [{ idpRole: 'a', localRole: 'b' }] } },
      ['PUT {id}/roles'],
    ],
    ['a group', { name: 'A', groups: [{ name: 'g' }] }, { name: 'A' }, ['PUT {id}/groups']],
    ['jit', { name: 'A' }, { name: 'A', provisioning: { jit: { isEnabled: true } } }, ['PUT {id}/provisioning/jit']],
    [
      'implicit association',
      { name: 'A' },
      { name: 'A', implicitAssociation: { isEnabled: true, lookupAttribute: ['e'] } },
      ['PUT {id}/implicit-association'],
    ],
    [
      'one authenticator',
      login(oidc({ ClientId: 'a' })),
      login(oidc({ ClientId: 'b' })),
      [`PUT {id}/federated-authenticators/${computedId('OpenIDConnectAuthenticator')}`],
    ],
    ['an authenticator more', login(), login(oidc({})), ['PUT {id}/federated-authenticators']],
    ['an authenticator less', login(oidc({}), { name: 'X' }), login(oidc({})), ['PUT {id}/federated-authenticators']],
    [
      'one connector',
      target(scim([{ key: 'a', value: '1' }])),
      target(scim([{ key: 'a', value: '2' }])),
      ['PUT {id}/provisioning/outbound-connectors/c2NpbQ'],
    ],
    ['a connector more', target(), target(scim([])), ['PUT {id}/provisioning/outbound-connectors']],
    [
      'another default',
      login({ name: 'X', isEnabled: true, isDefault: true }, { name: 'Y', isEnabled: true }),
      login({ name: 'X', isEnabled: true }, { name: 'Y', isEnabled: true, isDefault: true }),
      [`PUT {id}/federated-authenticators/${computedId('Y')}`],
    ],
    [
      'no default any more',
      login({ name: 'X', isEnabled: true, isDefault: true }, { name: 'Y', isEnabled: true }),
      login({ name: 'X', isEnabled: true }, { name: 'Y', isEnabled: true }),
      [`PUT {id}/federated-authenticators/${computedId('X')}`],
    ],
    ['nothing', { name: 'A', isPrimary: true }, { name: 'A', isPrimary: true }, []],
  ])('of %s makes one call', (_what, from, to, expected) => {
    expect(brief(update(from, to))).toEqual(expected);
  });

  it('replaces texts whether they are there or not, and empties those that go (reference, 2.2.3)', () => {
    const requests = update({ name: 'A', alias: 'x' }, { name: 'A', image: 'y', isFederationHub: true });
    expect(bodyOf(requests)).toEqual([
      { operation: 'REPLACE', path: '/image', value: 'y' },
      { operation: 'REPLACE', path: '/alias', value: '' },
      { operation: 'REPLACE', path: '/isFederationHub', value: 'true' },
    ]);
  });

  it('adds an issuer name that is not there and replaces one that is', () => {
    const issuer = { operation: 'ADD', path: '/idpIssuerName', value: 'https://i' };
    const to = { name: 'A', idpIssuerName: 'https://i' };
    expect(bodyOf(update({ name: 'A' }, to))).toEqual([issuer]);
    expect(bodyOf(update({ name: 'A', idpIssuerName: '' }, to))).toEqual([{ ...issuer, operation: 'REPLACE' }]);
    expect(bodyOf(update(to, { name: 'A' }))).toEqual([{ ...issuer, operation: 'REPLACE', value: '' }]);
  });

  it('enables at the end and disables at the beginning', () => {
    const claims = { userIdClaim: { uri: 'sub' } };
    expect(brief(update({ name: 'A', isEnabled: false }, { name: 'A', claims }))).toEqual([
      'PUT {id}/claims',
      'PATCH {id}',
    ]);
    expect(brief(update({ name: 'A' }, { name: 'A', isEnabled: false, claims }))).toEqual([
      'PATCH {id}',
      'PUT {id}/claims',
    ]);
  });

  it('makes the new default before it changes the old one', () => {
    const element = (name: string, isDefault: boolean, value: string): JsonObject => ({
      name,
      isEnabled: true,
      isDefault,
      properties: [{ key: 'a', value }],
    });
    const from = login(element('X', true, '1'), element('Y', false, '1'));
    const requests = update(from, login(element('X', false, '2'), element('Y', true, '2')));
    expect(requests.map((request) => request.path.at(-1))).toEqual([computedId('Y'), computedId('X')]);
    expect(requests.map((request) => (request.body as JsonObject).isDefault)).toEqual([true, false]);
  });

  it('updates by the list what the PUT of one OIDC authenticator would refuse (quirk 18)', () => {
    const list = ['PUT {id}/federated-authenticators'];
    const scopes = (Scopes: string, ClientId: string, commonAuthQueryParams = ''): JsonObject =>
      login(oidc({ Scopes, ClientId, commonAuthQueryParams }));
    expect(brief(update(scopes('email', 'a'), scopes('email', 'b')))).toEqual(list);
    expect(brief(update(scopes('openid', 'a', 'scope=email'), scopes('openid', 'b', 'scope=email')))).toEqual(list);
    expect(brief(update(scopes('', 'a'), scopes('', 'b')))).not.toEqual(list);
    expect(brief(update(scopes('openid email', 'a'), scopes('openid email', 'b')))).not.toEqual(list);
  });

  it('updates by the list a connector without properties (IDP-60029)', () => {
    const requests = update(target(scim([])), target(scim([], { blockingEnabled: true })));
    expect(brief(requests)).toEqual(['PUT {id}/provisioning/outbound-connectors']);
  });

  it('sends all properties, and those without a value here as the server has them', () => {
    const from = login(oidc({ ClientId: 'a', ClientSecret: 's3cret', old: '1' }));
    const properties: JsonObject[] = [{ key: 'ClientId', value: 'b' }, { key: 'ClientSecret' }];
    const body = bodyOf(update(from, login({ ...oidc({}), properties })));
    expect(body.properties).toEqual([
      { key: 'ClientId', value: 'b' },
      { key: 'ClientSecret', value: 's3cret' },
    ]);
  });

  it('does so in a list that is sent whole as well', () => {
    const from = login(oidc({ ClientId: 'a', ClientSecret: 's3cret' }));
    const properties: JsonObject[] = [{ key: 'ClientId', value: 'b' }, { key: 'ClientSecret' }];
    const [request] = update(from, login({ ...oidc({}), properties }, { name: 'SAMLSSOAuthenticator' }));
    expect(request?.path.at(-1)).toBe('federated-authenticators');
    expect(JSON.stringify(request?.body)).toContain('{"key":"ClientSecret","value":"s3cret"}');
  });

  it('never sends a mask, from a file or from a server (quirk 16)', () => {
    const read = target(
      scim([
        { key: 'scim-password', value: '********' },
        { key: 'scim-user-ep', value: 'https://a' },
      ]),
    );
    const file = target(
      scim([
        { key: 'scim-password', value: '************' },
        { key: 'scim-user-ep', value: 'https://b' },
      ]),
    );
    const body = bodyOf(update(read, file, { version: '7.3' }));
    expect(body.properties).toEqual([{ key: 'scim-user-ep', value: 'https://b' }]);
    const added = target(...objects(file), { name: 'other', properties: [{ key: 'x', value: '1' }] });
    expect(JSON.stringify(update(read, added, { version: '7.3' }))).not.toContain('***');
  });

  it('keeps the credentials of an endpoint by not sending them', () => {
    const custom = (uri: string, properties?: JsonObject): JsonObject =>
      login({
        name: 'custom-x',
        definedBy: 'USER',
        endpoint: { uri, authentication: { type: 'BASIC', ...(properties ? { properties } : {}) } },
      });
    const without = bodyOf(update(custom('https://a'), custom('https://b', { username: 'only half' })));
    expect(without.endpoint).toEqual({ uri: 'https://b', authentication: { type: 'BASIC' } });
    const given = { username: 'u', password: 'p' };
    const sent = bodyOf(update(custom('https://a'), custom('https://b', given)));
    expect(sent.endpoint).toEqual({ uri: 'https://b', authentication: { type: 'BASIC', properties: given } });
  });

  it('keeps the ids of groups that stay', () => {
    const read = {
      name: 'A',
      groups: [
        { name: 'a', id: '1' },
        { name: 'b', id: '2' },
      ],
    };
    const requests = update(read, { name: 'A', groups: [{ name: 'b' }, { name: 'c' }] });
    expect(bodyOf(requests)).toEqual([{ name: 'b', id: '2' }, { name: 'c' }]);
  });

  it('gives back what a patched server has beyond its version', () => {
    const read = { name: 'A', provisioning: { jit: { isEnabled: false, attributeSyncMethod: 'NONE' } } };
    const body = bodyOf(update(read, { name: 'A', provisioning: { jit: { isEnabled: true } } }, { version: '6.1' }));
    expect(body).toMatchObject({ isEnabled: true, attributeSyncMethod: 'NONE' });
  });

  it('empties the account lookup when its mappings go', () => {
    const mapping = { localAttribute: 'http://wso2.org/claims/emailaddress', federatedAttribute: 'email' };
    const read = { name: 'A', provisioning: { jit: { accountLookupAttributeMappings: [mapping] } } };
    expect(bodyOf(update(read, { name: 'A' }, { version: '7.2' }))).toMatchObject({
      accountLookupAttributeMappings: [],
    });
  });

  it('sends [""] for an empty list of lookup attributes (quirk 17)', () => {
    const read = { name: 'A', implicitAssociation: { isEnabled: true, lookupAttribute: ['e'] } };
    expect(bodyOf(update(read, { name: 'A' }))).toEqual({ isEnabled: false, lookupAttribute: [''] });
  });

  it('deletes without force (quirk 13)', () => {
    expect(identityProvider.calls.remove(change({}))).toEqual([
      { method: 'DELETE', path: ['api', 'server', 'v1', 'identity-providers', '{id}'] },
    ]);
  });
});

const objects = (file: JsonObject): JsonObject[] =>
  ((file.provisioning as JsonObject).outboundConnectors as JsonObject).connectors as JsonObject[];

describe('certificates (quirk 42)', () => {
  const [a, b, c] = [pem('a'), pem('b'), pem('c')];
  const wire = (...texts: string[]): JsonObject => ({
    certificate: { certificates: texts.map((text) => base64(`${text}\n`)) },
  });
  const files = (...texts: string[]): JsonObject => ({ certificate: { certificates: texts } });
  const operations = (wanted: JsonObject, read: JsonObject): string[] =>
    certificateOperations(wanted, read).map(
      ({ operation, path: at, value }) =>
        `${operation} ${at.replace('/certificate/', '').replace('certificates/', '')}${value === undefined ? '' : ` ${named(value)}`}`,
    );
  const named = (value: string): string =>
    ({ [base64(`${a}\n`)]: 'a', [base64(`${b}\n`)]: 'b', [base64(`${c}\n`)]: 'c' })[value] ?? value;

  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['the first', files(a), {}, ['ADD 0 a']],
    ['two', files(a, b), {}, ['ADD 0 a', 'ADD 1 b']],
    ['one more', files(a, b), wire(b), ['ADD 1 a']],
    ['one instead of another', files(a, c), wire(a, b), ['REPLACE 1 c']],
    ['one less', files(a), wire(b, a), ['REMOVE 0']],
    ['two less', files(b), wire(a, b, c), ['REMOVE 2', 'REMOVE 0']],
    ['two less and a new one', files(c), wire(a, b), ['REPLACE 0 c', 'REMOVE 1']],
    ['none', {}, wire(a, b), ['REMOVE 1', 'REMOVE 0']],
    ['the same in another order', files(a, b), wire(b, a), []],
    ['a JWKS address instead', { certificate: { jwksUri: 'https://j' } }, wire(a), ['ADD jwksUri https://j']],
    [
      'another JWKS address',
      { certificate: { jwksUri: 'https://k' } },
      { certificate: { jwksUri: 'https://j' } },
      ['REPLACE jwksUri https://k'],
    ],
    ['no JWKS address', {}, { certificate: { jwksUri: 'https://j' } }, ['REMOVE jwksUri']],
    ['certificates instead of an address', files(a), { certificate: { jwksUri: 'https://j' } }, ['ADD 0 a']],
    [
      'metadata instead of JWKS',
      { certificate: { samlMetadataUri: 'https://m' } },
      { certificate: { jwksUri: 'https://j' } },
      ['REMOVE jwksUri', 'ADD samlMetadataUri https://m'],
    ],
    [
      'metadata instead of certificates',
      { certificate: { samlMetadataUri: 'https://m' } },
      wire(a),
      ['REMOVE 0', 'ADD samlMetadataUri https://m'],
    ],
  ])('%s', (_what, wanted, read, expected) => {
    expect(operations(wanted, read)).toEqual(expected);
  });
});

describe('check', () => {
  it.each<[string, JsonObject, string]>([
    ['the reserved name', { name: 'SSO' }, 'name'],
    [
      'two sources of certificates',
      { name: 'A', certificate: { certificates: [pem('a')], jwksUri: 'https://j' } },
      'certificate',
    ],
    [
      'two defaults',
      login({ name: 'X', isEnabled: true, isDefault: true }, { name: 'Y', isEnabled: true, isDefault: true }),
      'federatedAuthenticators.authenticators',
    ],
    [
      'an id of something else',
      login({ name: 'X', authenticatorId: computedId('Y') }),
      'federatedAuthenticators.authenticators',
    ],
    ['a disabled default', login({ name: 'X', isDefault: true }), 'federatedAuthenticators.authenticators[X]'],
    [
      'an endpoint that is not USER',
      login({ name: 'X', endpoint: { uri: 'https://a' } }),
      'federatedAuthenticators.authenticators[X]',
    ],
    ['USER without endpoint', login({ name: 'X', definedBy: 'USER' }), 'federatedAuthenticators.authenticators[X]'],
    [
      'a default that is not there',
      { name: 'A', federatedAuthenticators: { defaultAuthenticatorId: computedId('Z'), authenticators: [] } },
      'federatedAuthenticators.defaultAuthenticatorId',
    ],
    [
      'SAML metadata mode without a document',
      login({
        name: 'SAMLSSOAuthenticator',
        properties: [{ key: 'SelectMode', value: 'Metadata File Configuration' }],
      }),
      'federatedAuthenticators.authenticators[SAMLSSOAuthenticator]',
    ],
    [
      'a provisioning claim that is not mapped',
      {
        name: 'A',
        claims: {
          mappings: [{ idpClaim: 'sub', localClaim: { uri: 'http://wso2.org/claims/username' } }],
          provisioningClaims: [{ claim: { uri: 'tier' }, defaultValue: 'gold' }],
        },
      },
      'claims.provisioningClaims',
    ],
    [
      'an association without attributes',
      { name: 'A', implicitAssociation: { isEnabled: true } },
      'implicitAssociation.lookupAttribute',
    ],
  ])('names %s', (_what, value, at) => {
    expect(identityProvider.check?.(value).map((problem) => problem.path)).toContain(at);
  });

  it('says what to write where the default is given by name', () => {
    const authenticators = [{ name: 'custom-boats', isEnabled: true }];
    const value = { name: 'A', federatedAuthenticators: { defaultAuthenticatorId: 'custom-boats', authenticators } };
    expect(identityProvider.check?.(value)[0]?.message).toContain('write isDefault: true');
  });

  it('has nothing to say about a sound one', () => {
    expect(identityProvider.check?.({ ...login(oidc({ ClientId: 'a' })), ...target(scim([])) })).toEqual([]);
  });
});

withFixtures('the bodies of the product’s own tests', () => {
  it.each(['add-idp', 'add-oidc-idp', 'add-saml-idp', 'add-trusted-token-issuer-idp'])(
    '%s is a valid file once minimal',
    (name) => {
      const body = JSON.parse(
        readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8').replace(/\s*"<[A-Z_]+>",(?=\s*\{)/g, ''),
      ) as JsonObject;
      const file = minimal(body);
      expect(identityProvider.schema.safeParse(file).error).toBeUndefined();
      expect(canonical(file)).toEqual(canonical(body));
    },
  );

  it('is sent again as it was (add-idp)', () => {
    const body = fixture('add-idp');
    const sent = bodyOf(create(body));
    expect(canonical(sent)).toEqual(canonical(body));
    expect(sent).not.toHaveProperty('isPrimary');
  });
});
