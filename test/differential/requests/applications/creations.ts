import type { JsonObject } from '../../../../src/model/json';
import { get, patch, post, put, remove, type Step } from '../../step';

const password = { idp: 'LOCAL', authenticator: 'BasicAuthenticator' };
const email = 'http://wso2.org/claims/emailaddress';
const code = { grantTypes: ['authorization_code', 'refresh_token'], callbackURLs: ['https://made.example/back'] };

function made(keep: string, what: string, body: JsonObject, ...protocols: readonly string[]): Step[] {
  return [
    post(`${what}, created`, '/applications', { name: `made-${keep}`, ...body }, keep),
    get(`${what}, read`, `/applications/{${keep}}`),
    ...protocols.map((protocol) =>
      get(`${protocol} of ${what}, read`, `/applications/{${keep}}/inbound-protocols/${protocol}`),
    ),
  ];
}
function inbound(protocols: JsonObject): JsonObject {
  return { inboundProtocolConfiguration: protocols };
}
function saml(issuer: string): JsonObject {
  return { saml: { manualConfiguration: { issuer, assertionConsumerUrls: ['https://made.example/acs'] } } };
}

const BASIC: JsonObject = {
  description: 'All that has no protocol.',
  imageUrl: 'https://made.example/logo.png',
  accessUrl: 'https://made.example/',
  claimConfiguration: {
    dialect: 'CUSTOM',
    claimMappings: [{ applicationClaim: 'mail', localClaim: { uri: email } }],
    requestedClaims: [{ claim: { uri: 'mail' }, mandatory: false }],
    subject: {
      claim: { uri: 'mail' },
      includeUserDomain: true,
      includeTenantDomain: true,
      useMappedLocalSubject: false,
    },
    role: { claim: { uri: 'mail' }, includeUserDomain: true, mappings: [] },
  },
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [{ id: 1, options: [password] }],
    subjectStepId: 1,
    attributeStepId: 1,
  },
  advancedConfigurations: {
    saas: true,
    discoverableByEndUsers: true,
    skipLoginConsent: false,
    returnAuthenticatedIdpList: true,
    enableAuthorization: false,
  },
  provisioningConfigurations: { inboundProvisioning: { proxyMode: true }, outboundProvisioningIdps: [] },
};

const SEVENTH: JsonObject = {
  oidc: {
    ...code,
    isFAPIApplication: false,
    clientAuthentication: { tokenEndpointAuthMethod: 'client_secret_basic' },
    requestObject: { requestObjectSigningAlg: 'PS256' },
    pushAuthorizationRequest: { requirePushAuthorizationRequest: true },
    subject: { subjectType: 'public' },
    refreshToken: { expiryInSeconds: 700, renewRefreshToken: true, extendRenewedRefreshTokenExpiryTime: true },
  },
};

/** Applications that are created with what they need, some of it refused. */
export const APPLICATION_CREATIONS: readonly Step[] = [
  ...made('basic', 'everything but a protocol', BASIC),
  post('a subject that is not mapped in a custom dialect', '/applications', {
    name: 'made-unmapped',
    claimConfiguration: { dialect: 'CUSTOM', claimMappings: [], subject: { claim: { uri: 'mail' } } },
  }),
  ...made('web', 'an OIDC client', inbound({ oidc: code }), 'oidc'),
  ...made(
    'spa',
    'a public OIDC client',
    inbound({
      oidc: {
        ...code,
        publicClient: true,
        pkce: { mandatory: true, supportPlainTransformAlgorithm: false },
        allowedOrigins: ['https://made.example'],
      },
    }),
    'oidc',
  ),
  ...made(
    'service',
    'an OIDC client without callbacks',
    inbound({ oidc: { grantTypes: ['client_credentials'] } }),
    'oidc',
  ),
  ...made('seventh', 'an OIDC client with fields of later releases', inbound(SEVENTH), 'oidc'),
  ...made(
    'known',
    'an OIDC client with its own id and secret',
    inbound({ oidc: { ...code, clientId: 'known-client-of-made', clientSecret: 'known-secret-of-made' } }),
    'oidc',
  ),
  put('an OIDC client with its own id and secret, replaced', '/applications/{known}/inbound-protocols/oidc', {
    ...code,
    clientId: 'known-client-of-made',
    clientSecret: 'known-secret-of-made',
    callbackURLs: ['https://made.example/other'],
    allowedOrigins: [],
  }),
  get(
    'an OIDC client with its own id and secret, after it was replaced',
    '/applications/{known}/inbound-protocols/oidc',
  ),
  post('a client id that is taken', '/applications', {
    name: 'made-taken',
    ...inbound({ oidc: { ...code, clientId: 'known-client-of-made' } }),
  }),
  get('what is left of a client id that is taken', '/applications?filter=name+eq+made-taken'),
  ...made('saml', 'a SAML application', inbound(saml('made-saml')), 'saml'),
  ...made(
    'sts',
    'a passive STS application',
    inbound({ passiveSts: { realm: 'made-realm', replyTo: 'https://made.example/reply' } }),
    'passive-sts',
  ),
  ...made(
    'trust',
    'a WS-Trust application',
    inbound({ wsTrust: { audience: 'https://made.example/trust', certificateAlias: 'wso2carbon' } }),
    'ws-trust',
  ),
  ...made('two', 'an application with two protocols', inbound({ oidc: code, ...saml('made-two') }), 'oidc', 'saml'),
  ...made('empty', 'an application with no protocols on purpose', inbound({})),
  post('an issuer that is taken', '/applications', { name: 'made-issuer', ...inbound(saml('made-saml')) }),
  get('what is left of an issuer that is taken', '/applications?filter=name+eq+made-issuer'),
  post(
    'a custom protocol that nobody plugged in',
    '/applications',
    { name: 'made-custom', ...inbound({ custom: [{ name: 'semaphore', properties: [] }] }) },
    'custom',
  ),
  ...made('short', 'a short client id', inbound({ oidc: { clientId: 'abc', grantTypes: ['client_credentials'] } })),
  post('a client id with blanks', '/applications', {
    name: 'made-blank',
    ...inbound({ oidc: { clientId: 'has a few blanks in it', grantTypes: ['client_credentials'] } }),
  }),
  post('a code without callback', '/applications', {
    name: 'made-nowhere',
    ...inbound({ oidc: { grantTypes: ['authorization_code'] } }),
  }),
  get('what is left of a code without callback', '/applications?filter=name+eq+made-nowhere'),
  post('no grants', '/applications', {
    name: 'made-grantless',
    ...inbound({ oidc: { callbackURLs: ['https://made.example/back'] } }),
  }),
  post('a SAML application without issuer', '/applications', {
    name: 'made-nobody',
    ...inbound({ saml: { manualConfiguration: { assertionConsumerUrls: ['https://made.example/acs'] } } }),
  }),
  post(
    'created by a template',
    '/applications',
    { name: 'made-template', templateId: 'b9c5e11e-fc78-484b-9bec-015d247561b8' },
    'template',
  ),
  post('created by a template that is not there', '/applications?template=nowhere', { name: 'made-untemplate' }),
  post('discoverable without an address', '/applications', {
    name: 'made-shy',
    advancedConfigurations: { discoverableByEndUsers: true },
  }),
  patch('an application with two protocols, changed', '/applications/{two}', { description: 'Two ways in.' }),
  get('an application with two protocols, after the change', '/applications/{two}'),
  get('the protocols of an application with two', '/applications/{two}/inbound-protocols'),
  remove('one of two protocols deleted', '/applications/{two}/inbound-protocols/oidc'),
  get('an application with one of two protocols', '/applications/{two}'),
];
