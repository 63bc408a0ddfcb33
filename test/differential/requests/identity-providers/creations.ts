import type { JsonObject } from '../../../../src/model/json';
import { get, idOf, post, put, type Step } from '../../step';

const LIST = '/identity-providers';
const OIDC = idOf('OpenIDConnectAuthenticator');
const SAML = idOf('SAMLSSOAuthenticator');
const local = (name: string): JsonObject => ({ uri: `http://wso2.org/claims/${name}` });

const properties = (values: Readonly<Record<string, string>>): JsonObject[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const CLIENT = {
  ClientId: 'ferry-client',
  ClientSecret: 'ferry-secret',
  OAuth2AuthzEPUrl: 'https://ferry.example/authorize',
  OAuth2TokenEPUrl: 'https://ferry.example/token',
};
const oidc: JsonObject = {
  authenticatorId: OIDC,
  isEnabled: true,
  properties: properties({ ...CLIENT, callbackUrl: 'https://localhost:9443/commonauth' }),
};
const saml: JsonObject = {
  authenticatorId: SAML,
  isEnabled: true,
  properties: properties({
    IdPEntityId: 'ferry',
    SPEntityId: 'quay',
    SSOUrl: 'https://ferry.example/sso',
    IsLogoutEnabled: 'true',
    LogoutReqUrl: 'https://ferry.example/out',
  }),
};

function made(keep: string, what: string, body: JsonObject): Step[] {
  return [
    post(`${what}, created`, LIST, { name: `Made ${keep}`, ...body }, keep),
    get(`${what}, read`, `${LIST}/{${keep}}`),
  ];
}

const refused = (
  [
    ['a name that is taken', { name: 'ferry-line' }],
    ['no name', { description: 'Runs late.' }],
    ['an empty name', { name: '' }],
    ['a name of 300 letters', { name: 'f'.repeat(300) }],
    ['the name of the resident one', { name: 'LOCAL' }],
    ['an outbound role that is not there', { name: 'ferry-role', roles: { outboundProvisioningRoles: ['pilot'] } }],
    [
      'a claim that is not there',
      {
        name: 'ferry-claim',
        claims: { mappings: [{ idpClaim: 'x', localClaim: local('tonnage') }], provisioningClaims: [] },
      },
    ],
    ['a truth value that is none', { name: 'ferry-truth', isPrimary: 'perhaps' }],
    [
      'an unknown authenticator',
      {
        name: 'ferry-flag',
        federatedAuthenticators: {
          defaultAuthenticatorId: idOf('Flag'),
          authenticators: [{ authenticatorId: idOf('Flag'), isEnabled: true }],
        },
      },
    ],
    [
      'an unknown connector',
      {
        name: 'ferry-crane',
        provisioning: {
          outboundConnectors: {
            defaultConnectorId: idOf('crane'),
            connectors: [{ connectorId: idOf('crane'), isEnabled: true }],
          },
        },
      },
    ],
    ['an unknown way to provision', { name: 'ferry-jit', provisioning: { jit: { isEnabled: true, scheme: 'SHOUT' } } }],
  ] as const
).map(([what, body]) => post(`an identity provider with ${what}`, LIST, body as unknown as JsonObject));

const FULL: JsonObject = {
  description: 'Boats of another company.',
  image: 'https://ferry.example/logo.png',
  alias: 'https://localhost:9443/oauth2/token',
  isPrimary: false,
  isFederationHub: false,
  homeRealmIdentifier: 'ferry.example',
  federatedAuthenticators: { defaultAuthenticatorId: OIDC, authenticators: [oidc] },
  claims: { userIdClaim: local('emailaddress'), roleClaim: local('role'), provisioningClaims: [] },
  roles: { mappings: [{ idpRole: 'captain', localRole: 'admin' }], outboundProvisioningRoles: ['admin'] },
  provisioning: { jit: { isEnabled: true, scheme: 'PROVISION_SILENTLY', userstore: 'PRIMARY' } },
  certificate: { jwksUri: 'https://ferry.example/jwks' },
};

/** Identity providers as they are created; the parts of one of them are read. */
export const IDENTITY_PROVIDERS: readonly Step[] = [
  get('no identity providers', LIST),
  post('no more than a name', LIST, { name: 'ferry-line' }, 'ferry'),
  get('no more than a name, read', `${LIST}/{ferry}`),
  ...refused,
  post('an identity provider in broken JSON', LIST, { raw: '{' }),
  post('an identity provider with an empty body', LIST, { raw: '' }),
  post('an identity provider with an unknown field', LIST, { name: 'ferry-odd', berth: 1 }, 'ferryodd'),
  post('an identity provider with brackets in its name', LIST, { name: 'ferry<line>' }, 'brackets'),
  post('a name that is taken in other letters', LIST, { name: 'FERRY-LINE' }, 'ferryupper'),
  post(
    'claims without those to provision',
    LIST,
    { name: 'ferry-noprov', claims: { userIdClaim: local('emailaddress') } },
    'noprov',
  ),
  post('everything by OIDC', LIST, { name: 'ferry-oidc', ...FULL }, 'partner'),
  get('everything by OIDC, read', `${LIST}/{partner}`),
  ...[
    'federated-authenticators',
    `federated-authenticators/${OIDC}`,
    `federated-authenticators/${SAML}`,
    'provisioning',
    'provisioning/jit',
    'provisioning/outbound-connectors',
    'claims',
    'roles',
    'connected-apps',
    'groups',
    'certificate',
    'templates',
  ].map((part) => get(`part ${part}`, `${LIST}/{partner}/${part}`)),
  ...made('samlidp', 'SAML', { federatedAuthenticators: { defaultAuthenticatorId: SAML, authenticators: [saml] } }),
  ...made('both', 'OIDC and SAML', {
    federatedAuthenticators: { defaultAuthenticatorId: SAML, authenticators: [oidc, saml] },
  }),
  ...made('google', 'Google', {
    federatedAuthenticators: {
      defaultAuthenticatorId: idOf('GoogleOIDCAuthenticator'),
      authenticators: [
        {
          authenticatorId: idOf('GoogleOIDCAuthenticator'),
          isEnabled: true,
          properties: properties({ ClientId: 'g', ClientSecret: 's' }),
        },
      ],
    },
  }),
  ...made('mapped', 'claims of its own', {
    claims: {
      userIdClaim: { uri: 'mail' },
      roleClaim: { uri: 'roles' },
      mappings: [
        { idpClaim: 'mail', localClaim: local('emailaddress') },
        { idpClaim: 'roles', localClaim: local('role') },
      ],
      provisioningClaims: [{ claim: { uri: 'mail' }, defaultValue: 'none@ferry.example' }],
    },
  }),
  ...made('issuer', 'an issuer of tokens', {
    idpIssuerName: 'https://ferry.example',
    certificate: { jwksUri: 'https://ferry.example/jwks', certificates: [''] },
  }),
  ...made('hub', 'a federation hub', { isFederationHub: true, isEnabled: false }),
  ...made('first', 'the primary one', { isPrimary: true }),
  ...made('prompt', 'provisioning on sign-in with a question', {
    provisioning: { jit: { isEnabled: true, scheme: 'PROMPT_USERNAME_PASSWORD_CONSENT', userstore: 'PRIMARY' } },
  }),
  ...made('templated', 'a template', { templateId: 'enterprise-oidc-idp' }),
  put('a part that is not there', `${LIST}/{partner}/berths`, {}),
];
