import { objects, sandboxed } from './api';

/*
 * What the product's own code of 6.0 and 6.1 answers (REST 1.2.6 on framework 5.25.92), and what follows from its
 * classes. Where 7.0 was recorded too, both releases are asked.
 */

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const OIDC = encoded('OpenIDConnectAuthenticator');
const SAML = encoded('SAMLSSOAuthenticator');
const local = (name: string): string => `http://wso2.org/claims/${name}`;
const PROVIDERS = '/identity-providers';
const CLAIMS = '/claim-dialects/local/claims';
const DECK = {
  claimURI: local('deck'),
  displayName: 'Deck',
  attributeMapping: [{ mappedAttribute: 'deck', userstore: 'PRIMARY' }],
};

describe.each(['6.0', '7.0'] as const)('identity providers of %s', (version) => {
  const server = sandboxed({ version });

  test.each([
    ['an empty name', { name: '' }, 500, 'IDP-65002'],
    ['a name longer than its column', { name: 'n'.repeat(255) }, 500, 'IDP-65002'],
    ['an authenticator id that is no base64', authenticators('', { authenticatorId: '!!' }), 500, 'SE-50000'],
    ['no list of authenticators', { federatedAuthenticators: { defaultAuthenticatorId: '' } }, 500, 'SE-50000'],
    ['null where there is a default', { isFederationHub: null }, 500, 'SE-50000'],
    ['an outbound role that is not there', { roles: { outboundProvisioningRoles: ['pilot'] } }, 400, 'IDP-60010'],
    ['a claim twice', { claims: mapped(['a', 'country'], ['a', 'fullname']) }, 500, 'IDP-65002'],
    ['a certificate that is no base64', { certificate: { certificates: ['!!'] } }, 400, 'IDP-60036'],
    ['a certificate that is none', { certificate: { certificates: ['bm90aGluZw=='] } }, 400, 'IDP-65002'],
  ])('%s is refused', async (_what, body, status, code) => {
    const reply = await server.api.post(PROVIDERS, { name: 'Pilots', ...body });
    expect(reply).toMatchObject({ status, body: { code } });
  });

  test('an entity id and an issuer name belong to one of them', async () => {
    const entity = authenticators('', { authenticatorId: SAML, properties: [{ key: 'IdPEntityId', value: 'pier' }] });
    await server.api.create(PROVIDERS, { name: 'Pier', idpIssuerName: 'harbour', ...entity });
    const path = await server.api.create(PROVIDERS, { name: 'Quay' });
    const taken = (code: string) => ({ status: 400, body: { code } });
    expect(await server.api.post(PROVIDERS, { name: 'Dock', ...entity })).toMatchObject(taken('IDP-65002'));
    expect(await server.api.put(`${path}/federated-authenticators`, entity.federatedAuthenticators)).toMatchObject(
      taken('IDP-65005'),
    );
    const issuer = [{ operation: 'ADD', path: '/idpIssuerName', value: 'harbour' }];
    expect(await server.api.patch(path, issuer)).toMatchObject(taken('IDP-65003'));
  });

  test('roles that are not there are dropped from mappings', async () => {
    const mappings = ['Internal/everyone', 'Internal/nobody', 'Application/none'].map((localRole, index) => ({
      idpRole: `r${index}`,
      localRole,
    }));
    const path = await server.api.create(PROVIDERS, { name: 'Pilots', roles: { mappings } });
    expect(await server.api.read(`${path}/roles`)).toEqual({
      mappings: [{ idpRole: 'r0', localRole: 'Internal/everyone' }],
    });
  });

  test('of a property that comes twice the last counts, but a new authenticator cannot have it', async () => {
    const path = await server.api.create(PROVIDERS, { name: 'Pilots' });
    const twice = { isEnabled: true, properties: ['1', '2'].map((value) => ({ key: 'ClientId', value })) };
    const part = `${path}/federated-authenticators/${OIDC}`;
    expect(await server.api.put(part, twice)).toMatchObject({ status: 500, body: { code: 'IDP-65033' } });
    expect((await server.api.put(part, { isEnabled: true, properties: [] })).status).toBe(200);
    expect((await server.api.put(part, twice)).body).toMatchObject({ properties: [{ key: 'ClientId', value: '2' }] });
  });

  test('properties come in the order of a set of Java, mappings in that of their key', async () => {
    const values = {
      ClientId: 'cid2',
      ClientSecret: 'other',
      OAuth2AuthzEPUrl: 'https://op.example.com/authorize',
      OAuth2TokenEPUrl: 'https://op.example.com/token',
      callbackUrl: 'https://localhost:9443/commonauth',
    };
    const properties = Object.entries(values).map(([key, value]) => ({ key, value }));
    const body = {
      name: 'Pilots',
      ...authenticators(OIDC, { authenticatorId: OIDC, properties }),
      claims: mapped(['z', 'country'], ['a', 'fullname']),
    };
    const path = await server.api.create(PROVIDERS, body);
    const shown = await server.api.read(`${path}/federated-authenticators/${OIDC}`);
    // As recorded.
    expect(objects(shown.properties).map(({ key }) => key)).toEqual([
      'OAuth2AuthzEPUrl',
      'ClientSecret',
      'callbackUrl',
      'ClientId',
      'OAuth2TokenEPUrl',
    ]);
    const { mappings } = await server.api.read(`${path}/claims`);
    expect(objects(mappings).map(({ idpClaim }) => idpClaim)).toEqual(['a', 'z']);
  });

  test('a list takes every comparison of a filter, and `_` for any character', async () => {
    for (const name of ['Anna', 'Bert']) await server.api.create(PROVIDERS, { name });
    const names = async (filter: string): Promise<unknown[]> => {
      const list = await server.api.read(`${PROVIDERS}?filter=${encodeURIComponent(filter)}`);
      return objects(list.identityProviders ?? []).map(({ name }) => name);
    };
    expect(await names('name sw A or name sw B')).toEqual([]);
    expect(await names('name co A And name co B')).toEqual(['Anna']);
    expect(await names('name sw _n')).toEqual(['Anna']);
    expect(await names('isEnabled eq tru')).toEqual(['Anna', 'Bert']);
  });

  test('one that does not exist can be deleted', async () => {
    expect((await server.api.delete(`${PROVIDERS}/nope`)).status).toBe(204);
    expect((await server.api.delete(`${PROVIDERS}/nope?force=true`)).status).toBe(404);
  });
});

describe('claims of 6.0', () => {
  const server = sandboxed({ version: '6.0' });
  const D = 'http://claims.aldermere.example';

  test.each([
    ['a local claim with an id that is no base64', `${CLAIMS}/!!`, 400, 'CMT-60001'],
    ['a dialect with such an id', '/claim-dialects/!!', 400, 'CMT-60001'],
  ])('%s cannot be read', async (_what, path, status, code) => {
    expect(await server.api.get(path)).toMatchObject({ status, body: { code } });
  });

  test.each([
    ['in other letters', { claimURI: local('COUNTRY') }, 409, 'CMT-50039'],
    ['with a text of 256', { description: 'd'.repeat(256) }, 400, 'CMT-60003'],
    ['with a URI longer than its column', { claimURI: local('u'.repeat(250)) }, 500, 'CMT-50003'],
    ['with null for mappings', { attributeMapping: null }, 400, 'UE-10000'],
  ])('a local claim %s is refused', async (_what, change, status, code) => {
    expect(await server.api.post(CLAIMS, { ...DECK, ...change })).toMatchObject({ status, body: { code } });
  });

  test('what is not there cannot be changed, which has the code of an unknown local claim', async () => {
    const path = `${CLAIMS}/${encoded(DECK.claimURI)}`;
    expect(await server.api.put(path, DECK)).toMatchObject({ status: 400, body: { code: 'CMT-50036' } });
    const claim = { claimURI: 'deck', mappedLocalClaimURI: local('country') };
    const external = `/claim-dialects/${encoded(D)}/claims/${encoded('deck')}`;
    expect(await server.api.put(external, claim)).toMatchObject({ status: 400, body: { code: 'CMT-50036' } });
  });

  test('a local claim is mapped once in a dialect, by creation only', async () => {
    await server.api.create('/claim-dialects', { dialectURI: D });
    const claims = `/claim-dialects/${encoded(D)}/claims`;
    await server.api.create(claims, { claimURI: 'a', mappedLocalClaimURI: local('country') });
    await server.api.create(claims, { claimURI: 'b', mappedLocalClaimURI: local('fullname') });
    const again = { claimURI: 'c', mappedLocalClaimURI: local('country') };
    expect(await server.api.post(claims, again)).toMatchObject({ status: 400, body: { code: 'CMT-60004' } });
    const moved = { claimURI: 'b', mappedLocalClaimURI: local('country') };
    expect((await server.api.put(`${claims}/${encoded('b')}`, moved)).status).toBe(200);
    expect((await server.api.readList(claims)).map(({ claimURI }) => claimURI)).toEqual(['a', 'b']);
  });

  test('what ships with the product can be deleted and renamed', async () => {
    const dialect = '/claim-dialects/' + encoded('http://axschema.org');
    expect((await server.api.put(dialect, { dialectURI: D })).status).toBe(200);
    expect((await server.api.delete(`/claim-dialects/${encoded(D)}`)).status).toBe(204);
  });
});

function authenticators(defaultAuthenticatorId: string, ...list: object[]): { federatedAuthenticators: object } {
  return { federatedAuthenticators: { defaultAuthenticatorId, authenticators: list } };
}

function mapped(...pairs: (readonly [idpClaim: string, name: string])[]): object {
  return {
    mappings: pairs.map(([idpClaim, name]) => ({ idpClaim, localClaim: { uri: local(name) } })),
    provisioningClaims: [],
  };
}
