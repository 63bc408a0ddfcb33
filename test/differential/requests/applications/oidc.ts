import type { JsonObject } from '../../../../src/model/json';
import { get, patch, post, put, queries, remove, type Step } from '../../step';

const OIDC = '/applications/{quay}/inbound-protocols/oidc';
const CALLBACK = 'https://board.quay.example/back';

/** A whole configuration for a client that is there, with these fields. */
function client(fields: JsonObject): JsonObject {
  return { clientId: '{client}', clientSecret: '{secret}', allowedOrigins: [], ...fields };
}
function replaced(what: string, fields: JsonObject): Step[] {
  return [put(what, OIDC, client(fields)), get(`${what}, read`, OIDC)];
}
const service = { grantTypes: ['client_credentials'] };
const code = { grantTypes: ['authorization_code'] };

const refused = (
  [
    ['no grants', { callbackURLs: [CALLBACK] }],
    ['empty grants', { grantTypes: [], callbackURLs: [CALLBACK] }],
    ['an unknown grant', { grantTypes: ['rowing'], callbackURLs: [CALLBACK] }],
    ['a code without callback', code],
    ['a callback that is no address', { ...code, callbackURLs: ['gangway'] }],
    ['a callback with a fragment', { ...code, callbackURLs: [`${CALLBACK}#deck`] }],
    ['two callbacks', { ...code, callbackURLs: [CALLBACK, 'https://two.quay.example/back'] }],
    ['an origin that is none', { ...service, allowedOrigins: ['gangway'] }],
    ['an unknown kind of token', { ...service, accessToken: { type: 'Driftwood' } }],
    ['an unknown validator of scopes', { ...service, scopeValidators: ['tide'] }],
    [
      'an unknown algorithm',
      { ...service, idToken: { encryption: { enabled: true, algorithm: 'ROT', method: 'ROT' } } },
    ],
  ] as const
).map(([what, fields]) => put(`replaced with ${what}`, OIDC, client(fields as unknown as JsonObject)));

const FULL: JsonObject = {
  grantTypes: ['authorization_code', 'refresh_token', 'password', 'client_credentials', 'implicit'],
  callbackURLs: [CALLBACK],
  allowedOrigins: ['https://board.quay.example'],
  publicClient: true,
  pkce: { mandatory: true, supportPlainTransformAlgorithm: true },
  accessToken: {
    type: 'JWT',
    userAccessTokenExpiryInSeconds: 1500,
    applicationAccessTokenExpiryInSeconds: 800,
    bindingType: 'sso-session',
    revokeTokensWhenIDPSessionTerminated: true,
    validateTokenBinding: true,
  },
  refreshToken: { expiryInSeconds: 9000, renewRefreshToken: true },
  idToken: {
    expiryInSeconds: 450,
    audience: ['https://audience.quay.example'],
    encryption: { enabled: true, algorithm: 'RSA-OAEP', method: 'A128GCM' },
  },
  logout: { backChannelLogoutUrl: 'https://board.quay.example/logout' },
  validateRequestObjectSignature: true,
  scopeValidators: ['Role based scope validator'],
};

/** OIDC clients: first use, secrets, every setting, revocation. */
export const APPLICATION_OIDC: readonly Step[] = [
  ...['oidc', 'saml', 'passive-sts', 'ws-trust'].map((protocol) =>
    get(`${protocol} before there is any`, `/applications/{quay}/inbound-protocols/${protocol}`),
  ),
  get('the protocols before there is any', '/applications/{quay}/inbound-protocols'),
  put('a client without origins', OIDC, service),
  put('a client', OIDC, { ...service, allowedOrigins: [] }),
  get('a client, read', OIDC, { keepFields: { client: 'clientId', secret: 'clientSecret' } }),
  put('replaced without its id', OIDC, { ...service, allowedOrigins: [] }),
  put('replaced without its secret', OIDC, { clientId: '{client}', ...service, allowedOrigins: [] }),
  get('replaced without its secret, read', OIDC),
  ...replaced('every setting', FULL),
  ...refused,
  ...replaced('callbacks as a pattern', {
    ...code,
    callbackURLs: [`regexp=(${CALLBACK}|https://two.quay.example/back)`],
  }),
  ...replaced('no callbacks', { ...service, callbackURLs: [] }),
  ...replaced('a number of seconds below zero', {
    ...service,
    accessToken: { type: 'JWT', userAccessTokenExpiryInSeconds: -4, applicationAccessTokenExpiryInSeconds: -4 },
  }),
  ...replaced('the plain kind of token', { ...service, accessToken: { type: 'Default' } }),
  ...replaced('an empty token', { ...service, accessToken: {} }),
  ...replaced('a token of any device', { ...service, accessToken: { bindingType: 'None' } }),
  ...replaced('no renewal of refresh tokens', {
    grantTypes: ['refresh_token'],
    refreshToken: { renewRefreshToken: false },
  }),
  ...replaced('PKCE that is wanted only', { ...code, callbackURLs: [CALLBACK], pkce: { mandatory: false } }),
  ...replaced('logout by both channels', {
    ...service,
    logout: { backChannelLogoutUrl: `${CALLBACK}-channel`, frontChannelLogoutUrl: `${CALLBACK}-front` },
  }),
  ...replaced('encryption off', { ...service, idToken: { encryption: { enabled: false } } }),
  ...replaced('an empty audience', { ...service, idToken: { audience: [] } }),
  put('another id', OIDC, {
    ...service,
    clientId: 'some-other-client',
    clientSecret: 'tide-table',
    allowedOrigins: [],
  }),
  put('another secret', OIDC, client({ ...service, clientSecret: 'tide-table' })),
  get('another secret, read', OIDC, { keepFields: { secret: 'clientSecret' } }),
  put('an unknown field', OIDC, client({ ...service, hybridFlow: { enable: true } })),
  put('a truth value as text', OIDC, client({ ...service, publicClient: 'true' })),
  put('a word as number', OIDC, client({ ...service, refreshToken: { expiryInSeconds: 'soon' } })),
  put('broken JSON', OIDC, { raw: '{' }),
  put('an empty body', OIDC, { raw: '' }),
  put('an empty object', OIDC, {}),
  post('a new secret', `${OIDC}/regenerate-secret`, undefined, undefined, { keepFields: { secret: 'clientSecret' } }),
  post('revoked', `${OIDC}/revoke`, undefined),
  get('revoked, read', OIDC),
  put('replaced while it is revoked', OIDC, client(service)),
  get('replaced while it is revoked, read', OIDC),
  post('a new secret while it is revoked', `${OIDC}/regenerate-secret`, undefined),
  get('active again, read', OIDC, { keepFields: { secret: 'clientSecret' } }),
  get('the protocols with one', '/applications/{quay}/inbound-protocols'),
  get('the application with a client', '/applications/{quay}'),
  patch('an application changed that has a client', '/applications/{quay}', { description: 'Has a client.' }),
  get('the client of an application that was changed', OIDC),
  ...queries('applications with', '/applications', ['attributes=clientId,templateId,issuer', 'attributes=tonnage']),
  post('secrets of nobody', '/applications/nowhere/inbound-protocols/oidc/regenerate-secret', undefined),
  remove('OIDC of nobody deleted', '/applications/nowhere/inbound-protocols/oidc'),
];
