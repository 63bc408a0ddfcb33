import type { JsonObject } from '../../../../src/model/json';
import { get, idOf, put, type Step } from '../../step';

const PARTNER = '/identity-providers/{partner}';
const FEDERATED = `${PARTNER}/federated-authenticators`;
const OIDC = idOf('OpenIDConnectAuthenticator');
const SAML = idOf('SAMLSSOAuthenticator');
const local = (name: string): JsonObject => ({ uri: `http://wso2.org/claims/${name}` });
const properties = (values: Readonly<Record<string, string>>): JsonObject[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const CLIENT = {
  ClientId: 'ferry-client-2',
  ClientSecret: 'ferry-secret-2',
  OAuth2AuthzEPUrl: 'https://ferry.example/authorize',
  OAuth2TokenEPUrl: 'https://ferry.example/token',
  callbackUrl: 'https://localhost:9443/commonauth',
};

function replaced(what: string, path: string, body: JsonObject, readAt = path): Step[] {
  return [put(what, path, body), get(`${what}, read`, readAt)];
}

const AUTHENTICATORS: readonly Step[] = [
  ...replaced(
    'authenticators without their properties',
    FEDERATED,
    { defaultAuthenticatorId: OIDC, authenticators: [{ authenticatorId: OIDC, isEnabled: true }] },
    `${FEDERATED}/${OIDC}`,
  ),
  ...replaced('one authenticator', `${FEDERATED}/${OIDC}`, {
    authenticatorId: OIDC,
    isEnabled: true,
    isDefault: true,
    properties: properties(CLIENT),
  }),
  ...replaced('a second authenticator', FEDERATED, {
    defaultAuthenticatorId: OIDC,
    authenticators: [
      { authenticatorId: OIDC, isEnabled: true, properties: properties(CLIENT) },
      {
        authenticatorId: SAML,
        isEnabled: false,
        properties: properties({
          IdPEntityId: 'ferry',
          SPEntityId: 'quay',
          SSOUrl: 'https://ferry.example/sso',
          IsLogoutEnabled: 'true',
        }),
      },
    ],
  }),
  get('the second authenticator', `${FEDERATED}/${SAML}`),
  put('a default that is not among them', FEDERATED, {
    defaultAuthenticatorId: idOf('GoogleOIDCAuthenticator'),
    authenticators: [{ authenticatorId: OIDC, isEnabled: true }],
  }),
  put('no default', FEDERATED, { authenticators: [{ authenticatorId: OIDC, isEnabled: true }] }),
  put('no authenticators', FEDERATED, {}),
  put('an unknown authenticator', `${FEDERATED}/${idOf('Flag')}`, {
    authenticatorId: idOf('Flag'),
    isEnabled: true,
    properties: [],
  }),
  get('an authenticator whose id is none', `${FEDERATED}/%21%21`),
  ...replaced('an unknown property', `${FEDERATED}/${OIDC}`, {
    authenticatorId: OIDC,
    isEnabled: true,
    properties: properties({ Flag: 'red' }),
  }),
  put('a property twice', `${FEDERATED}/${OIDC}`, {
    authenticatorId: OIDC,
    isEnabled: true,
    properties: [
      { key: 'ClientId', value: 'a' },
      { key: 'ClientId', value: 'b' },
    ],
  }),
  put('an authenticator without isDefault', `${FEDERATED}/${OIDC}`, {
    authenticatorId: OIDC,
    isEnabled: false,
    properties: properties(CLIENT),
  }),
];

const MAPPINGS = [
  { idpClaim: 'land', localClaim: local('country') },
  { idpClaim: 'roles', localClaim: local('role') },
];

/** The parts of an identity provider that have a PUT of their own. */
export const IDENTITY_PROVIDER_PARTS: readonly Step[] = [
  ...AUTHENTICATORS,
  ...replaced('claims', `${PARTNER}/claims`, {
    userIdClaim: { uri: 'land' },
    roleClaim: { uri: 'roles' },
    mappings: MAPPINGS,
    provisioningClaims: [{ claim: { uri: 'land' }, defaultValue: 'sea' }],
  }),
  ...replaced('claims of the server', `${PARTNER}/claims`, {
    userIdClaim: local('emailaddress'),
    roleClaim: local('role'),
    mappings: [],
    provisioningClaims: [],
  }),
  ...replaced('one claim only', `${PARTNER}/claims`, {
    userIdClaim: { uri: 'land' },
    mappings: MAPPINGS.slice(0, 1),
    provisioningClaims: [],
  }),
  put('a claim that is not there', `${PARTNER}/claims`, {
    mappings: [{ idpClaim: 'x', localClaim: local('tonnage') }],
    provisioningClaims: [],
  }),
  put('a claim for the user that is not mapped', `${PARTNER}/claims`, {
    userIdClaim: { uri: 'flag' },
    mappings: MAPPINGS.slice(0, 1),
    provisioningClaims: [],
  }),
  put('claims without those to provision', `${PARTNER}/claims`, {
    userIdClaim: { uri: 'land' },
    mappings: MAPPINGS.slice(0, 1),
  }),
  put('no claims', `${PARTNER}/claims`, {}),
  get('no claims, read', `${PARTNER}/claims`),
  ...replaced('roles', `${PARTNER}/roles`, {
    mappings: [{ idpRole: 'captain', localRole: 'admin' }],
    outboundProvisioningRoles: ['admin'],
  }),
  ...replaced('a role that is not there', `${PARTNER}/roles`, {
    mappings: [{ idpRole: 'captain', localRole: 'pilot' }],
  }),
  put('an outbound role that is not there', `${PARTNER}/roles`, { outboundProvisioningRoles: ['pilot'] }),
  put('a role twice', `${PARTNER}/roles`, {
    mappings: [
      { idpRole: 'mate', localRole: 'admin' },
      { idpRole: 'mate', localRole: 'admin' },
    ],
  }),
  ...replaced('no roles', `${PARTNER}/roles`, {}),
  ...replaced('provisioning on sign-in', `${PARTNER}/provisioning/jit`, {
    isEnabled: true,
    scheme: 'PROVISION_SILENTLY',
    userstore: 'PRIMARY',
  }),
  put('an unknown way to provision', `${PARTNER}/provisioning/jit`, { isEnabled: true, scheme: 'SHOUT' }),
  ...replaced('provisioning on sign-in into a store that is not there', `${PARTNER}/provisioning/jit`, {
    isEnabled: true,
    scheme: 'PROVISION_SILENTLY',
    userstore: 'BILGE',
  }),
  ...replaced('no provisioning on sign-in', `${PARTNER}/provisioning/jit`, { isEnabled: false }),
  get('the outbound connectors', `${PARTNER}/provisioning/outbound-connectors`),
  put('a connector that is not there', `${PARTNER}/provisioning/outbound-connectors/${idOf('crane')}`, {
    connectorId: idOf('crane'),
    isEnabled: true,
    properties: [],
  }),
  get('a connector that is not there, read', `${PARTNER}/provisioning/outbound-connectors/${idOf('crane')}`),
  put('claims in broken JSON', `${PARTNER}/claims`, { raw: '{' }),
  put('roles in an empty body', `${PARTNER}/roles`, { raw: '' }),
  get('all parts at once', PARTNER),
];
