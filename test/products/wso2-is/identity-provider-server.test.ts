import { canonicalise, minimise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { Json, JsonObject } from '../../../src/model/json';
import type { Server } from '../../../src/products/product';
import { createServer } from '../../../src/products/server';
import { API } from '../../../src/products/wso2-is/paths';
import { computedId } from '../../../src/products/wso2-is/claim-ids';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { allianceOneCertificate, allianceTwoCertificate } from '../../../src/sandbox/seed/certificates';
import { sampleCompany } from '../../../src/sandbox/seed';
import { VERSIONS, type Version } from '../../../src/sandbox/versions';
import type { Transport } from '../../../src/transport/transport';
import { openKinds, type KindSession } from './identity-provider-session';

const OIDC = computedId('OpenIDConnectAuthenticator');
const LOCAL = 'http://wso2.org/claims';

/** An identity provider that uses every field. */
const full: JsonObject = {
  name: 'Corporate OIDC',
  description: 'Company login',
  image: 'https://cdn.example.com/corp.png',
  isPrimary: true,
  isFederationHub: true,
  homeRealmIdentifier: 'corp.example.com',
  alias: 'https://is.example.com/oauth2/token',
  idpIssuerName: 'https://idp.example.com',
  templateId: 'enterprise-oidc-idp',
  certificate: { certificates: [allianceOneCertificate.trim()] },
  federatedAuthenticators: {
    authenticators: [
      {
        name: 'OpenIDConnectAuthenticator',
        isEnabled: true,
        isDefault: true,
        properties: [
          { key: 'ClientId', value: 'corp-rp' },
          { key: 'ClientSecret', value: 's3cret' },
          { key: 'OAuth2AuthzEPUrl', value: 'https://idp.example.com/authorize' },
          { key: 'Scopes', value: 'openid email' },
        ],
      },
      { name: 'SAMLSSOAuthenticator', properties: [{ key: 'SPEntityId', value: 'corp' }] },
    ],
  },
  claims: {
    userIdClaim: { uri: 'sub' },
    mappings: [
      { idpClaim: 'email', localClaim: { uri: `${LOCAL}/emailaddress` } },
      { idpClaim: 'sub', localClaim: { uri: `${LOCAL}/username` } },
    ],
    provisioningClaims: [{ claim: { uri: 'email' }, defaultValue: 'none@example.com' }],
  },
  roles: {
    mappings: [{ idpRole: 'staff', localRole: 'Internal/everyone' }],
    outboundProvisioningRoles: ['Internal/admin'],
  },
  groups: [{ name: 'captains' }, { name: 'engineers' }],
  provisioning: {
    jit: { isEnabled: true, associateLocalUser: true, attributeSyncMethod: 'PRESERVE_LOCAL' },
    outboundConnectors: {
      connectors: [
        {
          name: 'scim',
          isEnabled: true,
          isDefault: true,
          blockingEnabled: true,
          properties: [
            { key: 'scim-password', value: 'hidden' },
            { key: 'scim-user-ep', value: 'https://a/Users' },
            { key: 'scim-username', value: 'admin' },
          ],
        },
      ],
    },
  },
  implicitAssociation: { isEnabled: true, lookupAttribute: [`${LOCAL}/emailaddress`] },
};

let session: KindSession;
const open = async (version: Version): Promise<void> => {
  session = await openKinds(version);
};
afterEach(() => session.close());

const file = async (): Promise<JsonObject> => {
  const seen = await session.see(identityProvider, 'Corporate OIDC');
  return minimise(identityProvider, seen?.live ?? {}, session.server.version);
};
/** Both with what a server of that version can hold. */
const held = (value: JsonObject): JsonObject => minimise(identityProvider, canonicalOf(value), session.server.version);

function canonicalOf(value: JsonObject): JsonObject {
  return canonicalise(identityProvider, value, session.server.version);
}

describe('an identity provider on a server', () => {
  it.each(VERSIONS)('is created and read back the same on %s, and again nothing is to be done', async (version) => {
    await open(version);
    expect(await session.save(identityProvider, full)).toEqual([
      'POST identity-providers',
      // Whether a connector blocks is lost by POST.
      'PUT identity-providers/{id}/provisioning/outbound-connectors/c2NpbQ',
      'PATCH identity-providers/{id}',
    ]);
    const read = await file();
    expect(identityProvider.schema.safeParse(read).error).toBeUndefined();
    expect(read).toEqual(version < '7.3' ? held(full) : withoutConnectorSecret(held(full)));
    expect(await session.save(identityProvider, full)).toEqual([]);
    expect(await session.save(identityProvider, read)).toEqual([]);
  });

  it('costs one request, one for each authenticator and one for each connector', async () => {
    await open('7.1');
    await session.save(identityProvider, full);
    const listed = await identityProvider.calls.list(session.server);
    session.sandbox.journal.clear();
    await identityProvider.calls.read(session.server, listed[0] ?? { id: '', key: '' });
    const paths = session.sandbox.journal.entries().map((entry) => entry.path);
    expect(paths).toHaveLength(1 + 2 + 1);
    expect(paths.filter((path) => path.includes('/meta/'))).toEqual([]);
  });

  it('is not there any more when it vanished after it was listed', async () => {
    await open('7.1');
    const gone = { id: 'f5c2d6c4-2f41-4b0e-8c11-77fbb0c55000', key: 'Gone' };
    expect(await identityProvider.calls.read(session.server, gone)).toBeUndefined();
  });

  it('is an empty list where there is none (quirk 41)', async () => {
    await open('7.1');
    expect(await identityProvider.calls.list(session.server)).toEqual([]);
  });

  it('is deleted', async () => {
    await open('7.1');
    await session.save(identityProvider, { name: 'A' });
    expect(await session.remove(identityProvider, 'A')).toEqual(['DELETE identity-providers/{id}']);
    expect(await session.see(identityProvider, 'A')).toBeUndefined();
  });
});

describe('a change of an identity provider', () => {
  const authenticators = (full.federatedAuthenticators as JsonObject).authenticators as JsonObject[];
  const [login = {}, saml = {}] = authenticators;
  const provisioning = full.provisioning as JsonObject;
  const connectors = provisioning.outboundConnectors as JsonObject;
  const [scim = {}] = connectors.connectors as JsonObject[];
  const withLogin = (...list: JsonObject[]): JsonObject => ({
    ...full,
    federatedAuthenticators: { authenticators: list },
  });
  const withConnectors = (...list: JsonObject[]): JsonObject => ({
    ...full,
    provisioning: { ...provisioning, outboundConnectors: { connectors: list } },
  });
  const property = (element: JsonObject, key: string, value: string): JsonObject => ({
    ...element,
    properties: [...(element.properties as JsonObject[]).filter((each) => each.key !== key), { key, value }],
  });
  const without = (field: string): JsonObject =>
    Object.fromEntries(Object.entries(full).filter(([name]) => name !== field));

  it.each<[string, JsonObject, string[]]>([
    [
      'texts and switches',
      { ...full, description: 'New', alias: '', isPrimary: false, isFederationHub: false },
      ['PATCH {id}'],
    ],
    ['a text that goes', without('image'), ['PATCH {id}']],
    ['the issuer name', { ...full, idpIssuerName: 'https://other' }, ['PATCH {id}']],
    [
      'another certificate',
      { ...full, certificate: { certificates: [allianceTwoCertificate.trim()] } },
      ['PATCH {id}'],
    ],
    [
      'one certificate more',
      { ...full, certificate: { certificates: [allianceOneCertificate, allianceTwoCertificate] } },
      ['PATCH {id}'],
    ],
    ['no certificate', without('certificate'), ['PATCH {id}']],
    ['a JWKS address instead', { ...full, certificate: { jwksUri: 'https://idp/jwks' } }, ['PATCH {id}']],
    ['disabling', { ...full, isEnabled: false }, ['PATCH {id}']],
    [
      'claims',
      { ...full, claims: { ...(full.claims as JsonObject), roleClaim: { uri: 'email' } } },
      ['PUT {id}/claims'],
    ],
    ['no claims', without('claims'), ['PUT {id}/claims']],
    ['roles', { ...full, roles: { mappings: [{ idpRole: 'boss', localRole: 'Internal/admin' }] } }, ['PUT {id}/roles']],
    ['groups', { ...full, groups: [{ name: 'engineers' }, { name: 'pursers' }] }, ['PUT {id}/groups']],
    ['no groups', without('groups'), ['PUT {id}/groups']],
    [
      'just-in-time provisioning',
      { ...full, provisioning: { ...provisioning, jit: { isEnabled: false } } },
      ['PUT {id}/provisioning/jit'],
    ],
    ['no implicit association', without('implicitAssociation'), ['PUT {id}/implicit-association']],
    [
      'a property of one authenticator',
      withLogin(property(login, 'ClientId', 'other'), saml),
      [`PUT {id}/federated-authenticators/${OIDC}`],
    ],
    ['an authenticator less', withLogin(login), ['PUT {id}/federated-authenticators']],
    ['no authenticators', withLogin(), ['PUT {id}/federated-authenticators']],
    [
      'another default',
      withLogin({ ...login, isDefault: false }, { ...saml, isDefault: true, isEnabled: true }),
      [`PUT {id}/federated-authenticators/${computedId('SAMLSSOAuthenticator')}`],
    ],
    [
      'a property of one connector',
      withConnectors(property(scim, 'scim-username', 'other')),
      ['PUT {id}/provisioning/outbound-connectors/c2NpbQ'],
    ],
    ['a connector less', withConnectors(), ['PUT {id}/provisioning/outbound-connectors']],
    [
      'several at once',
      { ...full, alias: 'https://b', groups: [{ name: 'x' }], roles: {} },
      ['PUT {id}/roles', 'PUT {id}/groups', 'PATCH {id}'],
    ],
  ])('%s makes the expected calls and no other', async (_what, wanted, expected) => {
    await open('7.1');
    await session.save(identityProvider, full);
    const calls = await session.save(identityProvider, wanted);
    expect(calls).toEqual(expected.map((call) => call.replace('{id}', 'identity-providers/{id}')));
    expect(await file()).toEqual(held(wanted));
    expect(await session.save(identityProvider, wanted)).toEqual([]);
    expect(await session.save(identityProvider, full)).not.toEqual([]);
    expect(await file()).toEqual(held(full));
  });

  it('leaves a secret alone that a file does not have', async () => {
    await open('7.1');
    await session.save(identityProvider, full);
    const secretless = property(
      { ...login, properties: (login.properties as JsonObject[]).slice(0, 1) },
      'Scopes',
      'openid',
    );
    await session.save(identityProvider, withLogin(secretless, saml));
    expect(JSON.stringify((await session.see(identityProvider, 'Corporate OIDC'))?.live)).toContain('s3cret');
  });

  it('takes a property without a value as the server has it', async () => {
    await open('7.1');
    await session.save(identityProvider, full);
    const properties: JsonObject[] = [
      { key: 'scim-username' },
      { key: 'scim-password' },
      { key: 'scim-user-ep', value: 'https://b' },
    ];
    const wanted = withConnectors({ ...scim, properties });
    expect(await session.save(identityProvider, wanted)).toHaveLength(1);
    expect(await file()).toEqual(held(withConnectors(property(scim, 'scim-user-ep', 'https://b'))));
    expect(await session.save(identityProvider, wanted)).toEqual([]);
  });

  it('keeps a connector secret that 7.3 masks (quirk 16)', async () => {
    await open('7.3');
    await session.save(identityProvider, full);
    const secretless = {
      ...scim,
      properties: (scim.properties as JsonObject[]).map((each) =>
        each.key === 'scim-password' ? { key: 'scim-password' } : each,
      ),
    };
    await session.save(identityProvider, withConnectors(property(secretless, 'scim-username', 'other')));
    const kept = JSON.stringify(session.sandbox.snapshot());
    expect(kept).toContain('"hidden"');
    expect(kept).not.toContain('"********"');
    await session.save(identityProvider, withConnectors(property(scim, 'scim-username', 'third')));
    expect(JSON.stringify(session.sandbox.snapshot())).toContain('"hidden"');
  });

  it('updates an OIDC authenticator whose scopes only POST accepts (quirk 18)', async () => {
    await open('7.1');
    const odd = property(login, 'Scopes', 'email');
    await session.save(identityProvider, withLogin(odd));
    const calls = await session.save(identityProvider, withLogin(property(odd, 'ClientId', 'other')));
    expect(calls).toEqual(['PUT identity-providers/{id}/federated-authenticators']);
    expect(await file()).toEqual(held(withLogin(property(odd, 'ClientId', 'other'))));
  });
});

describe('a user-defined authenticator', () => {
  const custom = (uri: string, properties?: JsonObject): JsonObject => ({
    name: 'Corporate OIDC',
    federatedAuthenticators: {
      authenticators: [
        {
          name: 'custom-login',
          isEnabled: true,
          isDefault: true,
          definedBy: 'USER',
          endpoint: { uri, authentication: { type: 'BASIC', ...(properties ? { properties } : {}) } },
        },
      ],
    },
  });
  const credentials = { username: 'u', password: 'p4ss' };

  it('is created, read without its credentials, and changed without sending others (reference, 2.2.4)', async () => {
    await open('7.1');
    await session.save(identityProvider, custom('https://a.example.com', credentials));
    expect(await file()).toEqual(custom('https://a.example.com'));
    expect(await session.save(identityProvider, custom('https://a.example.com', credentials))).toEqual([]);
    const calls = await session.save(identityProvider, custom('https://b.example.com'));
    expect(calls).toEqual([`PUT identity-providers/{id}/federated-authenticators/${computedId('custom-login')}`]);
    expect(await file()).toEqual(custom('https://b.example.com'));
    const sent = JSON.stringify(session.sandbox.journal.writes().map((entry) => entry.body));
    expect(sent).toContain('"authentication":{"type":"BASIC"}');
  });
});

describe('an authenticator that does not ship with the product', () => {
  const HOUSE = computedId('House Authenticator');

  /** A server with two identity providers that log in by the same authenticator of somebody's own. */
  function houseServer(asked: string[]): Server {
    const answers: Record<string, Json> = {
      'identity-providers': {
        totalResults: 2,
        startIndex: 1,
        count: 2,
        identityProviders: ['A', 'B'].map((name) => ({ id: name, name })),
      },
      ...Object.fromEntries(
        ['A', 'B'].flatMap((name) => [
          [
            `identity-providers/${name}`,
            {
              name,
              federatedAuthenticators: { authenticators: [{ authenticatorId: HOUSE, name: 'House Authenticator' }] },
            },
          ],
          [
            `identity-providers/${name}/federated-authenticators/${HOUSE}`,
            {
              authenticatorId: HOUSE,
              name: 'House Authenticator',
              properties: [{ key: 'pin', value: `1234 of ${name}` }],
            },
          ],
        ]),
      ),
      [`identity-providers/meta/federated-authenticators/${HOUSE}`]: {
        properties: [
          { key: 'url', isConfidential: false, subProperties: [{ key: 'salt', isConfidential: true }] },
          { key: 'pin', isConfidential: true },
        ],
      },
    };
    const transport: Pick<Transport, 'send'> = {
      send: async (request) => {
        const path = request.path.slice(API.length).join('/');
        asked.push(path);
        return { status: 200, headers: {}, body: answers[path] };
      },
    };
    return createServer({ environment: 'test', version: '7.1' }, transport as Transport);
  }

  it('is asked about once a run, and its confidential properties are secrets', async () => {
    session = await openKinds('7.1');
    const asked: string[] = [];
    const server = houseServer(asked);
    const listed = await identityProvider.calls.list(server);
    const [one, other] = await Promise.all(listed.map((item) => identityProvider.calls.read(server, item)));
    expect(asked.filter((path) => path.includes('/meta/'))).toHaveLength(1);
    expect(asked).toHaveLength(1 + 2 * 2 + 1);
    const at = (key: string): string =>
      `federatedAuthenticators.authenticators[House Authenticator].properties[${key}].value`;
    expect(one?.confidential).toEqual([at('salt'), at('pin')]);
    const [from, to] = [one, other].map((live) => canonicalise(identityProvider, { ...live?.value, name: 'A' }, '7.1'));
    const differences = compareCanonical(identityProvider, from ?? {}, to ?? {}, one?.confidential);
    expect(differences).toEqual([{ path: at('pin'), change: 'change', secret: true }]);
  });

  it('is taken by its name where the server knows nothing about it', async () => {
    await open('7.1');
    await session.send([
      {
        method: 'POST',
        path: [...API, 'identity-providers'],
        body: {
          name: 'A',
          federatedAuthenticators: {
            defaultAuthenticatorId: '',
            authenticators: [{ authenticatorId: HOUSE, isEnabled: true, properties: [{ key: 'pin', value: '1' }] }],
          },
        },
      },
    ]);
    const seen = await session.see(identityProvider, 'A');
    expect(seen?.confidential).toEqual([]);
    expect(JSON.stringify(seen?.live)).toContain('House Authenticator');
  });
});

describe('the identity providers of the sample company', () => {
  const filesOf = async (): Promise<JsonObject[]> => {
    const listed = await identityProvider.calls.list(session.server.fresh());
    const seen = await Promise.all(listed.map((item) => session.see(identityProvider, item.key)));
    return seen.map((each) => minimise(identityProvider, each?.live ?? {}, session.server.version));
  };

  it.each(VERSIONS)('are sound files on %s, and applying those does nothing', async (version) => {
    session = await openKinds(version, sampleCompany('dev'));
    const files = await filesOf();
    expect(files).toHaveLength(6);
    for (const file of files) {
      expect(identityProvider.schema.safeParse(file).error).toBeUndefined();
      expect(identityProvider.check?.(file)).toEqual([]);
      expect(await session.save(identityProvider, file)).toEqual([]);
    }
  });

  it('can be carried from one environment to another', async () => {
    session = await openKinds('7.1', sampleCompany('dev'));
    const files = await filesOf();
    await session.close();
    session = await openKinds('7.1', sampleCompany('prod'));
    for (const file of files) await session.save(identityProvider, file);
    expect(await filesOf()).toEqual(expect.arrayContaining(files));
    for (const file of files) expect(await session.save(identityProvider, file)).toEqual([]);
  });
});

function withoutConnectorSecret(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value).replace(',"value":"hidden"', '')) as JsonObject;
}
