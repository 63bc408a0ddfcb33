import type { Json, JsonObject } from '../../model/json';
import { existsIn, type Gate, isAtLeast, type Version } from '../versions';

/* GET /applications/meta/inbound-protocols and its details: which values the protocol fields may have. */

const GRANTS: readonly (Gate & { name: string; displayName: string; public: boolean })[] = [
  { name: 'authorization_code', displayName: 'Code', public: true },
  { name: 'refresh_token', displayName: 'Refresh Token', public: true },
  { name: 'client_credentials', displayName: 'Client Credential', public: false },
  { name: 'password', displayName: 'Password', public: true },
  { name: 'implicit', displayName: 'Implicit', public: false },
  { name: 'urn:ietf:params:oauth:grant-type:device_code', displayName: 'Device Code', public: true },
  { name: 'urn:ietf:params:oauth:grant-type:saml2-bearer', displayName: 'SAML2', public: true },
  { name: 'urn:ietf:params:oauth:grant-type:jwt-bearer', displayName: 'JWT Bearer', public: true },
  {
    name: 'urn:ietf:params:oauth:grant-type:token-exchange',
    displayName: 'Token Exchange',
    public: true,
    since: '6.0',
  },
  { name: 'organization_switch', displayName: 'Organization Switch', public: true, since: '6.0' },
  { name: 'urn:openid:params:grant-type:ciba', displayName: 'CIBA', public: false, since: '7.3' },
  { name: 'account_switch', displayName: 'account_switch', public: true, until: '6.1' },
];

const ENCRYPTION_ALGORITHMS = ['RSA-OAEP', 'RSA1_5', 'RSA-OAEP-256'];
const ENCRYPTION_METHODS = ['A128GCM', 'A192GCM', 'A256GCM', 'A128CBC-HS256', 'A128CBC+HS256'];
const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
const XMLDSIG_MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';

function choice(options: string[], defaultValue?: string): JsonObject {
  return defaultValue === undefined ? { options } : { options, defaultValue };
}

/** The protocols on offer; a stock server has no custom ones. */
export function protocolMetadata(customOnly: boolean): Json {
  if (customOnly) return [];
  return [
    { name: 'saml', displayName: 'SAML2 Web SSO Configuration' },
    { name: 'oidc', displayName: 'OAuth/OpenID Connect Configuration' },
    { name: 'ws-trust', displayName: 'WS-Trust Security Token Service Configuration' },
  ];
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
    idTokenEncryptionAlgorithm: choice(ENCRYPTION_ALGORITHMS, 'RSA-OAEP'),
    idTokenEncryptionMethod: choice(ENCRYPTION_METHODS, 'A128GCM'),
    scopeValidators: choice(['Role based scope validator']),
    accessTokenType: choice(['JWT', 'Default'], 'Default'),
    accessTokenBindingType: choice(['None', 'cookie', 'sso-session', 'device-flow', 'DPoP', 'certificate'], 'None'),
    ...(isAtLeast(version, '7.0') ? securityMetadata() : {}),
  };
}

function securityMetadata(): JsonObject {
  const authentication: Json = [
    { name: 'client_secret_basic', displayName: 'Client Secret Basic' },
    { name: 'client_secret_post', displayName: 'Client Secret Post' },
    { name: 'private_key_jwt', displayName: 'Private Key JWT' },
    { name: 'tls_client_auth', displayName: 'Mutual TLS' },
  ];
  return {
    tokenEndpointAuthMethod: { options: authentication },
    tokenEndpointSignatureAlgorithm: choice(['PS256', 'ES256', 'RS384', 'SHA256withRSA']),
    idTokenSignatureAlgorithm: choice(['PS256', 'SHA256withRSA']),
    requestObjectSignatureAlgorithm: choice(['PS256', 'ES256', 'SHA256withRSA']),
    requestObjectEncryptionAlgorithm: choice(ENCRYPTION_ALGORITHMS),
    requestObjectEncryptionMethod: choice(ENCRYPTION_METHODS),
    subjectType: choice(['public', 'pairwise'], 'public'),
    fapiMetadata: {
      allowedSignatureAlgorithms: choice(['PS256', 'ES256']),
      allowedEncryptionAlgorithms: choice(['RSA-OAEP', 'RSA-OAEP-256']),
      tokenEndpointAuthMethod: { options: authentication.slice(2) },
    },
  };
}

/** Choices and defaults of the SAML fields. */
export function samlMetadata(): JsonObject {
  return {
    defaultNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    certificateAlias: choice(['wso2carbon'], 'wso2carbon'),
    responseSigningAlgorithm: choice([`${XMLDSIG}rsa-sha1`, `${XMLDSIG_MORE}rsa-sha256`], `${XMLDSIG}rsa-sha1`),
    responseDigestAlgorithm: choice([`${XMLDSIG}sha1`, `${XMLENC}sha256`], `${XMLDSIG}sha1`),
    assertionEncryptionAlgorithm: choice([`${XMLENC}aes256-cbc`, `${XMLENC}aes128-cbc`], `${XMLENC}aes256-cbc`),
    keyEncryptionAlgorithm: choice([`${XMLENC}rsa-oaep-mgf1p`, `${XMLENC}rsa-1_5`], `${XMLENC}rsa-oaep-mgf1p`),
  };
}
