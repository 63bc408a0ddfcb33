import { canonicalise } from '../../../src/compare/canonical';
import { compareCanonical } from '../../../src/compare/differences';
import type { JsonObject } from '../../../src/model/json';
import { settle } from '../../../src/planning/settle';
import type { ProductKind, WriteRequest } from '../../../src/products/product';
import { customPropertyNames } from '../../../src/products/wso2-is/application/custom-properties';
import { application } from '../../../src/products/wso2-is/kinds/application';
import { identityProvider } from '../../../src/products/wso2-is/kinds/identity-provider';
import { serverWith } from './answering-server';

/* What requests are never sent without, and values that a server does not keep: as the product's own code of 6.0 answers. */

const VERSION = '6.0';
const canonical = (kind: ProductKind, value: JsonObject): JsonObject => canonicalise(kind, value, VERSION);
const differences = (kind: ProductKind, from: JsonObject, to: JsonObject): string[] =>
  compareCanonical(kind, canonical(kind, from), canonical(kind, to)).map(({ path }) => path);

function update(kind: ProductKind, current: JsonObject, file: JsonObject): readonly WriteRequest[] {
  const [live, desired] = [canonical(kind, current), canonical(kind, file)];
  const found = compareCanonical(kind, live, desired);
  const change = { kind: kind.name, key: 'a', desired, live, current, differences: found, version: VERSION };
  return kind.calls.update({ ...change, ids: new Map() });
}

const oidc = (configuration: JsonObject): JsonObject => ({
  name: 'a',
  inboundProtocolConfiguration: { oidc: { grantTypes: ['password'], ...configuration } },
});
const saml = (configuration: JsonObject): JsonObject => ({
  name: 'a',
  inboundProtocolConfiguration: {
    saml: { issuer: 'a', assertionConsumerUrls: ['https://a.example'], ...configuration },
  },
});
const partner = (more: JsonObject): JsonObject => ({ name: 'a', ...more });
const STEPS = [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }];
const login = (more: JsonObject): JsonObject => ({ name: 'a', authenticationSequence: more });

describe('what the product does not look for is always sent', () => {
  test('origins of an OIDC configuration, at creation and when the last one goes', () => {
    const created = application.calls.create({
      kind: 'application',
      key: 'a',
      desired: canonical(application, oidc({})),
      differences: [],
      version: VERSION,
      ids: new Map(),
    });
    expect(created[0]?.body).toMatchObject({ inboundProtocolConfiguration: { oidc: { allowedOrigins: [] } } });
    const [put] = update(application, oidc({ clientId: 'c', allowedOrigins: ['https://a.example'] }), oidc({}));
    expect(put).toMatchObject({ method: 'PUT', body: { clientId: 'c', allowedOrigins: [] } });
  });

  test('request path authenticators of either type of sequence, so that the last one can go', () => {
    const own = { type: 'USER_DEFINED', steps: STEPS };
    const taken = { requestPathAuthenticators: ['BasicAuthRequestPathAuthenticator'] };
    expect(update(application, login({ ...own, ...taken }), login(own))[0]?.body).toMatchObject({
      authenticationSequence: { ...own, requestPathAuthenticators: [] },
    });
    expect(update(application, login(taken), { name: 'a' })[0]?.body).toEqual({
      authenticationSequence: { type: 'DEFAULT', requestPathAuthenticators: [] },
    });
  });

  test('provisioning claims and mappings beside the claims of an identity provider, and both lists of roles', () => {
    const userIdClaim = { uri: 'http://wso2.org/claims/emailaddress' };
    const [claims] = update(identityProvider, partner({}), partner({ claims: { userIdClaim } }));
    expect(claims?.body).toEqual({ userIdClaim, roleClaim: { uri: '' }, mappings: [], provisioningClaims: [] });
    const roles = { outboundProvisioningRoles: ['admin'] };
    expect(update(identityProvider, partner({ roles }), partner({}))[0]?.body).toEqual({
      mappings: [],
      outboundProvisioningRoles: [],
    });
  });

  test('whether an authenticator is the default', () => {
    const authenticators = (isEnabled: boolean): JsonObject =>
      partner({ federatedAuthenticators: { authenticators: [{ name: 'SAMLSSOAuthenticator', isEnabled }] } });
    expect(update(identityProvider, authenticators(false), authenticators(true))[0]?.body).toMatchObject({
      isEnabled: true,
      isDefault: false,
    });
  });
});

describe('what means nothing while something else is off is not kept by the server, and is no difference', () => {
  const bound = { validateTokenBinding: true, revokeTokensWhenIDPSessionTerminated: true };
  const logout = { logoutRequestUrl: 'https://a.example', logoutMethod: 'FRONTCHANNEL_HTTP_POST' };
  const back = { enabled: false, returnToUrls: ['https://a.example'] };

  test.each<[string, ProductKind, JsonObject, JsonObject]>([
    ['a lifetime of 0', application, oidc({ idToken: { expiryInSeconds: 0 } }), oidc({})],
    ['a token that lives 0 s', application, oidc({ accessToken: { userAccessTokenExpiryInSeconds: 0 } }), oidc({})],
    ['the binding of an unbound token', application, oidc({ accessToken: bound }), oidc({})],
    [
      'attributes that are off',
      application,
      saml({ attributeProfile: { alwaysIncludeAttributesInResponse: true } }),
      saml({}),
    ],
    [
      'a logout that is off',
      application,
      saml({ singleLogoutProfile: { enabled: false, ...logout } }),
      saml({ singleLogoutProfile: { enabled: false } }),
    ],
    ['the way back from it', application, saml({ singleLogoutProfile: { idpInitiatedSingleLogout: back } }), saml({})],
    [
      'a user store in proxy mode',
      application,
      {
        name: 'a',
        provisioningConfigurations: {
          inboundProvisioning: { proxyMode: true, provisioningUserstoreDomain: 'PRIMARY' },
        },
      },
      { name: 'a', provisioningConfigurations: { inboundProvisioning: { proxyMode: true } } },
    ],
    [
      'how users are asked',
      identityProvider,
      partner({ provisioning: { jit: { scheme: 'PROMPT_CONSENT' } } }),
      partner({}),
    ],
  ])('%s', (_what, kind, written, shown) => expect(differences(kind, shown, written)).toEqual([]));

  test.each<[string, JsonObject, JsonObject, string]>([
    [
      'a binding',
      oidc({ accessToken: { bindingType: 'cookie' } }),
      oidc({ accessToken: { bindingType: 'cookie', validateTokenBinding: true } }),
      'inboundProtocolConfiguration.oidc.accessToken.validateTokenBinding',
    ],
    [
      'a logout that is on',
      saml({}),
      saml({ singleLogoutProfile: logout }),
      'inboundProtocolConfiguration.saml.singleLogoutProfile.logoutMethod',
    ],
    [
      'credentials in a request',
      login({ type: 'DEFAULT' }),
      login({ type: 'DEFAULT', requestPathAuthenticators: ['x'] }),
      'authenticationSequence.requestPathAuthenticators',
    ],
  ])('while %s is a difference', (_what, from, to, path) => {
    expect(differences(application, from, to)).toContain(path);
  });
});

describe('combinations that the server refuses or takes for something else are refused first', () => {
  test.each<[string, JsonObject, string]>([
    [
      'encryption without method',
      oidc({ idToken: { encryption: { enabled: true, algorithm: 'RSA-OAEP' } } }),
      'inboundProtocolConfiguration.oidc.idToken.encryption.method',
    ],
    [
      'a step that is not there',
      login({ type: 'USER_DEFINED', steps: STEPS, subjectStepId: 2 }),
      'authenticationSequence.subjectStepId',
    ],
  ])('%s', (_what, file, path) => {
    expect(application.check?.(file)).toEqual([expect.objectContaining({ path })]);
  });

  test('what goes together does not', () => {
    const encryption = { enabled: true, algorithm: 'RSA-OAEP', method: 'A128GCM' };
    expect(application.check?.(oidc({ idToken: { encryption } }))).toEqual([]);
    expect(application.check?.(login({ type: 'USER_DEFINED', steps: STEPS, subjectStepId: 1 }))).toEqual([]);
  });
});

test('a property without a value says nothing: where the server has none there is nothing to add', () => {
  const properties = (...list: JsonObject[]): JsonObject =>
    partner({ federatedAuthenticators: { authenticators: [{ name: 'SAMLSSOAuthenticator', properties: list }] } });
  const settled = (file: JsonObject) =>
    settle(identityProvider, canonical(identityProvider, properties()), canonical(identityProvider, file), {
      ignored: [],
      unknownSecrets: [],
      confidential: [],
    }).differences.map(({ path }) => path);
  expect(settled(properties({ key: 'SPEntityId' }))).toEqual([]);
  expect(settled(properties({ key: 'SPEntityId', value: 'a' }))).toHaveLength(1);
});

describe('custom properties of an application', () => {
  const shown = (...names: string[]) => names.map((name) => ({ name, value: 'x', displayName: name }));

  test('copies of fields are none', () => {
    expect(customPropertyNames(shown('isB2BSelfServiceApp', 'logoutReturnUrl', 'jwksURI'), '7.0')).toEqual([]);
    expect(customPropertyNames(shown('jwksURI', 'costCentre'), '6.0')).toEqual(['costCentre']);
  });

  test('a name that the product took later is somebody’s own before', () => {
    expect(customPropertyNames(shown('logoutReturnUrl'), '6.1')).toEqual(['logoutReturnUrl']);
  });

  test.each([
    ['copies alone', ['isB2BSelfServiceApp', 'logoutReturnUrl'], 0],
    ['one beside the copies', ['isB2BSelfServiceApp', 'toString'], 1],
  ])('%s: remarks about them', async (_what, names, count) => {
    const server = serverWith({
      'applications/1': { name: 'a', advancedConfigurations: { additionalSpProperties: shown(...names) } },
    });
    const read = await application.calls.read(server, { id: '1', key: 'a' });
    expect(read?.remarks).toHaveLength(count);
  });
});
