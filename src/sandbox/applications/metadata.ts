import type { Json, JsonObject } from '../../model/json';
import { existsIn, type Gate, isAtLeast, type Version } from '../versions';

/* GET /applications/meta/inbound-protocols and its details: which values the protocol fields may have. */

/** In the order of the product's collection (recorded answers of 6.0, 7.0 and the newest line). */
const GRANTS: readonly (Gate & { name: string; displayName: string; public: boolean })[] = [
  { name: 'refresh_token', displayName: 'Refresh Token', public: true },
  { name: 'urn:ietf:params:oauth:grant-type:saml2-bearer', displayName: 'SAML2', public: true },
  { name: 'implicit', displayName: 'Implicit', public: false },
  { name: 'password', displayName: 'Password', public: true },
  { name: 'client_credentials', displayName: 'Client Credential', public: false },
  { name: 'iwa:ntlm', displayName: 'IWA-NTLM', public: true },
  { name: 'urn:ietf:params:oauth:grant-type:device_code', displayName: 'Device Code', public: true },
  { name: 'authorization_code', displayName: 'Code', public: true },
  { name: 'urn:openid:params:grant-type:ciba', displayName: 'CIBA', public: false, since: '7.3' },
  { name: 'account_switch', displayName: 'account_switch', public: true },
  {
    name: 'urn:ietf:params:oauth:grant-type:token-exchange',
    displayName: 'Token Exchange',
    public: true,
    since: '6.0',
  },
  { name: 'organization_switch', displayName: 'Organization Switch', public: true, since: '6.0' },
  { name: 'urn:ietf:params:oauth:grant-type:jwt-bearer', displayName: 'JWT Bearer', public: true },
];

/** The grants that a server of some version has. */
export function grantNames(): string[] {
  return GRANTS.map(({ name }) => name);
}

const SELECT = 'Select Option';
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const XMLDSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC_11 = 'http://www.w3.org/2009/xmlenc11#';

function choice(options: readonly string[], defaultValue?: string): JsonObject {
  return defaultValue === undefined ? { options: [...options] } : { options: [...options], defaultValue };
}

/** The newest line only: no earlier server is known to offer them. */
function newest<T>(version: Version, ...items: T[]): T[] {
  return isAtLeast(version, 'next') ? items : [];
}

function keyAlgorithms(version: Version): string[] {
  // Recorded answers of 6.0 and 7.0.
  if (!isAtLeast(version, '7.1')) return ['RSA-OAEP', 'RSA1_5'];
  return ['RSA-OAEP', 'RSA1_5', 'RSA-OAEP-256', ...newest(version, 'RSA-OAEP-384', 'RSA-OAEP-512')];
}

/** How contents can be encrypted with every release. */
export const CONTENT_METHODS = ['A128GCM', 'A192GCM', 'A256GCM', 'A128CBC-HS256', 'A128CBC+HS256'];

function contentMethods(version: Version): string[] {
  return [...CONTENT_METHODS, ...newest(version, 'A192CBC-HS384')];
}

/** The protocols on offer: the standard ones, of which passive STS is not listed, and those plugged in. */
export function protocolMetadata(customProtocols: readonly string[], customOnly: boolean): Json {
  const standard = [
    { name: 'saml', displayName: 'SAML2 Web SSO Configuration' },
    { name: 'oidc', displayName: 'OAuth/OpenID Connect Configuration' },
    { name: 'ws-trust', displayName: 'WS-Trust Security Token Service Configuration' },
  ];
  return [...(customOnly ? [] : standard), ...customProtocols.map((name) => ({ name, displayName: name }))];
}

/** What a plugged-in protocol can be configured with: nothing that the sandbox knows of. */
export function customProtocolMetadata(name: string): JsonObject {
  return { displayName: name, configName: name, properties: [] };
}

/** What access tokens can be bound to (recorded answers of 6.0 and 7.0). */
export function bindingTypes(version: Version): string[] {
  const bindings = ['None', 'cookie', 'sso-session', 'device-flow'];
  if (!isAtLeast(version, '7.0')) return bindings;
  if (version === '7.0') return [...bindings, 'certificate', 'client-request'];
  return [...bindings, 'DPoP', 'certificate', ...newest(version, 'client-request')];
}

/** Choices and defaults of the OIDC fields. */
export function oidcMetadata(version: Version): JsonObject {
  return {
    allowedGrantTypes: {
      options: GRANTS.filter((grant) => existsIn(version, grant)).map(
        ({ name, displayName, public: publicClientAllowed }): JsonObject =>
          isAtLeast(version, '7.2') ? { name, displayName, publicClientAllowed } : { name, displayName },
      ),
    },
    defaultUserAccessTokenExpiryTime: '3600',
    defaultApplicationAccessTokenExpiryTime: '3600',
    defaultRefreshTokenExpiryTime: '86400',
    defaultIdTokenExpiryTime: '3600',
    idTokenEncryptionAlgorithm: choice(keyAlgorithms(version), 'RSA-OAEP'),
    idTokenEncryptionMethod: choice(contentMethods(version), 'A128GCM'),
    scopeValidators: choice(['Role based scope validator']),
    accessTokenType: choice(['JWT', 'Default'], 'Default'),
    accessTokenBindingType: choice(bindingTypes(version), 'None'),
    ...(isAtLeast(version, '7.0') ? securityMetadata(version) : {}),
    ...(isAtLeast(version, '7.1') ? { tokenEndpointAllowReusePvtKeyJwt: false } : {}),
    ...(isAtLeast(version, '7.3') ? cibaMetadata() : {}),
  };
}

const STRONG_AUTHENTICATION = [
  { name: 'private_key_jwt', displayName: 'Private Key JWT' },
  { name: 'tls_client_auth', displayName: 'Mutual TLS' },
];
const AUTHENTICATION = [
  { name: '', displayName: SELECT },
  { name: 'client_secret_basic', displayName: 'Client Secret Basic' },
  { name: 'client_secret_post', displayName: 'Client Secret Post' },
  ...STRONG_AUTHENTICATION,
];

function securityMetadata(version: Version): JsonObject {
  const signatures = ['PS256', 'ES256', 'RS384', 'SHA256withRSA', ...newest(version, 'ES384')];
  const profiles = newest(version, ['allowedFapiProfiles', choice(['FAPI1_ADVANCED'])] as const);
  return {
    tokenEndpointAuthMethod: { options: AUTHENTICATION },
    tokenEndpointSignatureAlgorithm: choice(signatures),
    idTokenSignatureAlgorithm: choice([SELECT, 'PS256', 'SHA256withRSA']),
    requestObjectSignatureAlgorithm: choice([SELECT, 'PS256', 'ES256', 'SHA256withRSA']),
    requestObjectEncryptionAlgorithm: choice([SELECT, ...keyAlgorithms(version)]),
    requestObjectEncryptionMethod: choice([SELECT, ...contentMethods(version)]),
    subjectType: choice(['public', 'pairwise'], 'public'),
    fapiMetadata: {
      ...Object.fromEntries(profiles),
      allowedSignatureAlgorithms: choice(['PS256', 'ES256']),
      allowedEncryptionAlgorithms: choice([SELECT, ...keyAlgorithms(version).filter((name) => name !== 'RSA1_5')]),
      tokenEndpointAuthMethod: { options: STRONG_AUTHENTICATION },
    },
  };
}

function cibaMetadata(): JsonObject {
  const supportedNotificationChannels = [
    { name: 'external', displayName: 'External' },
    { name: 'email', displayName: 'Email' },
    { name: 'sms', displayName: 'SMS' },
  ];
  return { cibaMetadata: { supportedNotificationChannels } };
}

/** Choices and defaults of the SAML fields, in the order of their names in the product (answers of its code of 6.0). */
export function samlMetadata(version: Version): JsonObject {
  const more = (names: readonly string[]): string[] => names.map((name) => XMLDSIG_MORE + name);
  const signatures = [
    `${XMLDSIG}dsa-sha1`,
    ...more(['ecdsa-sha1', 'ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512', 'rsa-md5', 'rsa-ripemd160']),
    `${XMLDSIG}rsa-sha1`,
    ...more(['rsa-sha256', 'rsa-sha384', 'rsa-sha512']),
  ];
  const digests = [
    `${XMLDSIG_MORE}md5`,
    `${XMLENC}ripemd160`,
    `${XMLDSIG}sha1`,
    `${XMLENC}sha256`,
    `${XMLDSIG_MORE}sha384`,
    `${XMLENC}sha512`,
  ];
  const [signature, digest] = isAtLeast(version, '7.0')
    ? [`${XMLDSIG_MORE}rsa-sha256`, `${XMLENC}sha256`]
    : [`${XMLDSIG}rsa-sha1`, `${XMLDSIG}sha1`];
  const ciphers = [
    ...['aes256-cbc', 'aes192-cbc', 'aes128-cbc', 'tripledes-cbc'].map((name) => XMLENC + name),
    ...['aes128-gcm', 'aes192-gcm', 'aes256-gcm'].map((name) => XMLENC_11 + name),
  ];
  const wraps = [...['rsa-oaep-mgf1p', 'rsa-1_5'].map((name) => XMLENC + name), `${XMLENC_11}rsa-oaep`];
  return {
    defaultNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    certificateAlias: choice(['wso2carbon'], 'wso2carbon'),
    responseSigningAlgorithm: choice(signatures, signature),
    responseDigestAlgorithm: choice(digests, digest),
    assertionEncryptionAlgorithm: choice(ciphers, `${XMLENC}aes256-cbc`),
    keyEncryptionAlgorithm: choice(wraps, `${XMLENC}rsa-oaep-mgf1p`),
  };
}

/** Choices of the WS-Trust fields: the aliases in the key store, none preferred. */
export function wsTrustMetadata(): JsonObject {
  return { certificateAlias: choice(['wso2carbon']) };
}

/**
 * Sample scripts for the editor of the product's console: a text that holds JSON, by category. The product ships dozens;
 * this one shows the form.
 */
export function adaptiveTemplates(): JsonObject {
  const template = {
    name: 'Second step by role',
    title: 'Second step for some roles',
    summary: 'Asks users with certain roles for a second factor.',
    preRequisites: [],
    parametersDescription: { rolesToStepUp: 'Roles whose users see the second step.' },
    defaultStepsDescription: { 'Step 1': 'Username and password', 'Step 2': 'One-time password' },
    defaultAuthenticators: {
      '1': { federated: [], local: ['BasicAuthenticator'] },
      '2': { federated: [], local: ['totp'] },
    },
    code: [
      "var rolesToStepUp = ['harbour-master'];",
      'var onLoginRequest = function(context) {',
      '  executeStep(1, {',
      '    onSuccess: function(context) {',
      '      if (hasAnyOfTheRolesV2(context, rolesToStepUp)) { executeStep(2); }',
      '    }',
      '  });',
      '};',
    ],
  };
  const categories = { access_control: { displayName: 'Access control', order: 1, templates: [template] } };
  return { templatesJSON: JSON.stringify(categories) };
}
