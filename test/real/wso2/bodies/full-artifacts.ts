import { isObject, type Json, type JsonObject } from '../../../../src/model/json';
import type { ProductKind } from '../../../../src/products/product';
import { OIDC_AUTHENTICATOR } from '../../../../src/products/wso2-is/authenticators';
import { application } from '../../../../src/products/wso2-is/kinds/application';
import { claimDialect } from '../../../../src/products/wso2-is/kinds/claim-dialect';
import { externalClaim } from '../../../../src/products/wso2-is/kinds/external-claim';
import { identityProvider } from '../../../../src/products/wso2-is/kinds/identity-provider';
import { localClaim } from '../../../../src/products/wso2-is/kinds/local-claim';
import { defined, objectOf, objectsOf } from '../../../../src/products/wso2-is/json-fields';
import { freightLedgerCertificate, ticketOfficeCertificate } from '../../../../src/sandbox/seed/certificates';

/**
 * An artifact in which every optional part that a server of the product can hold is set, to something else than its
 * default. `{n}` stands for a number that makes what has to be unique unique.
 */
export interface FullArtifact {
  readonly name: string;
  readonly kind: ProductKind;
  readonly value: JsonObject;
  /** Whether several can be written at a time: the product mixes up SAML applications, and claims, that are. */
  readonly oneByOne?: true;
  /** The value without what the product refuses because something else in it is not there. */
  consistent?(value: JsonObject): JsonObject;
}

const CLAIMS = 'http://wso2.org/claims';
const local = (name: string) => ({ uri: `${CLAIMS}/${name}` });

/** What the full artifacts refer to; made first, one after the other. */
export const FOUNDATION: readonly FullArtifact[] = [
  { name: 'dialect', kind: claimDialect, value: { dialectURI: 'urn:harbour' } },
  {
    name: 'login partner',
    kind: identityProvider,
    value: {
      name: 'Harbour login',
      federatedAuthenticators: {
        authenticators: [
          {
            name: OIDC_AUTHENTICATOR,
            isEnabled: true,
            isDefault: true,
            properties: [
              { key: 'ClientId', value: 'harbour' },
              { key: 'ClientSecret', value: 'harbour-91c' },
              { key: 'OAuth2AuthzEPUrl', value: 'https://login.harbour.example/authorize' },
              { key: 'OAuth2TokenEPUrl', value: 'https://login.harbour.example/token' },
            ],
          },
        ],
      },
    },
  },
];

const oidcApplication: JsonObject = {
  name: 'Tide table {n}',
  description: 'Times of high water',
  imageUrl: 'https://tides.example/logo.png',
  accessUrl: 'https://tides.example/',
  templateId: 'custom-application',
  isManagementApp: true,
  inboundProtocolConfiguration: {
    oidc: {
      clientId: 'tide-table-{n}',
      clientSecret: 'tide-table-secret-{n}',
      grantTypes: ['password', 'refresh_token', 'client_credentials'],
      callbackURLs: ['https://tides.example/callback', 'https://tides.example/silent'],
      allowedOrigins: ['https://tides.example', 'https://quay.example'],
      publicClient: true,
      pkce: { mandatory: true, supportPlainTransformAlgorithm: true },
      accessToken: {
        type: 'JWT',
        userAccessTokenExpiryInSeconds: 1200,
        applicationAccessTokenExpiryInSeconds: 1500,
        bindingType: 'cookie',
        revokeTokensWhenIDPSessionTerminated: true,
        validateTokenBinding: true,
      },
      refreshToken: { expiryInSeconds: 4200, renewRefreshToken: false },
      idToken: {
        expiryInSeconds: 900,
        audience: ['https://gauge.example', 'https://buoy.example'],
        encryption: { enabled: true, algorithm: 'RSA1_5', method: 'A256GCM' },
      },
      logout: { backChannelLogoutUrl: 'https://tides.example/backchannel' },
      validateRequestObjectSignature: true,
    },
    passiveSts: {
      realm: 'tide-table-{n}',
      replyTo: 'https://tides.example/sts',
      replyToLogout: 'https://tides.example/out',
    },
  },
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [
      {
        id: 1,
        options: [
          { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
          { idp: 'Harbour login', authenticator: OIDC_AUTHENTICATOR },
        ],
      },
      { id: 2, options: [{ idp: 'LOCAL', authenticator: 'totp' }] },
    ],
    requestPathAuthenticators: ['BasicAuthRequestPathAuthenticator', 'OAuthRequestPathAuthenticator'],
    script: 'var onLoginRequest = function (context) {\n  executeStep(1);\n};\n',
    subjectStepId: 2,
    attributeStepId: 2,
  },
  claimConfiguration: {
    dialect: 'LOCAL',
    claimMappings: [{ applicationClaim: 'mail', localClaim: local('emailaddress') }],
    requestedClaims: [
      { claim: { uri: 'mail' }, mandatory: true },
      { claim: local('country'), mandatory: true },
    ],
    subject: {
      claim: local('emailaddress'),
      includeUserDomain: true,
      includeTenantDomain: true,
      useMappedLocalSubject: true,
    },
    role: {
      claim: local('groups'),
      includeUserDomain: false,
      mappings: [
        { localRole: 'Internal/everyone', applicationRole: 'all hands' },
        { localRole: 'admin', applicationRole: 'harbour master' },
      ],
    },
  },
  advancedConfigurations: {
    saas: true,
    discoverableByEndUsers: true,
    skipLoginConsent: true,
    skipLogoutConsent: true,
    useExternalConsentPage: true,
    returnAuthenticatedIdpList: true,
    enableAuthorization: true,
    certificate: { type: 'PEM', value: ticketOfficeCertificate },
  },
  provisioningConfigurations: { inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: 'PRIMARY' } },
};

const samlApplication: JsonObject = {
  name: 'Lock log {n}',
  inboundProtocolConfiguration: {
    saml: {
      issuer: 'lock-log-{n}',
      serviceProviderQualifier: 'north',
      assertionConsumerUrls: ['https://locks.example/acs', 'https://locks.example/acs2'],
      defaultAssertionConsumerUrl: 'https://locks.example/acs2',
      idpEntityIdAlias: 'https://idp.locks.example',
      singleSignOnProfile: {
        bindings: ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT'],
        enableSignatureValidationForArtifactBinding: true,
        enableIdpInitiatedSingleSignOn: true,
        assertion: {
          nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
          audiences: ['https://gate.example', 'https://sluice.example'],
          recipients: ['https://gate.example/acs', 'https://sluice.example/acs'],
          digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha512',
          encryption: {
            enabled: true,
            assertionEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
            keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5',
          },
        },
      },
      attributeProfile: {
        enabled: true,
        alwaysIncludeAttributesInResponse: true,
        nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
      },
      singleLogoutProfile: {
        enabled: true,
        logoutRequestUrl: 'https://locks.example/logout',
        logoutResponseUrl: 'https://locks.example/logged-out',
        logoutMethod: 'FRONTCHANNEL_HTTP_POST',
        idpInitiatedSingleLogout: {
          enabled: true,
          returnToUrls: ['https://locks.example/a', 'https://locks.example/b'],
        },
      },
      requestValidation: { enableSignatureValidation: true, signatureValidationCertAlias: 'wso2carbon' },
      responseSigning: { enabled: true, signingAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' },
      enableAssertionQueryProfile: true,
    },
    wsTrust: { audience: 'https://locks-{n}.example/sts', certificateAlias: 'wso2carbon' },
  },
  claimConfiguration: {
    dialect: 'CUSTOM',
    claimMappings: [
      { applicationClaim: 'mail', localClaim: local('emailaddress') },
      { applicationClaim: 'crew', localClaim: local('groups') },
    ],
    requestedClaims: [
      { claim: { uri: 'mail' }, mandatory: true },
      { claim: { uri: 'crew' }, mandatory: true },
    ],
    subject: { claim: { uri: 'mail' } },
    role: { claim: { uri: 'crew' }, includeUserDomain: false },
  },
  advancedConfigurations: { certificate: { type: 'JWKS', value: 'https://locks.example/jwks' } },
};

const loginPartner: JsonObject = {
  name: 'Pilot station {n}',
  description: 'Pilots log in with this',
  image: 'https://pilots.example/logo.png',
  isEnabled: false,
  isFederationHub: true,
  homeRealmIdentifier: 'pilots.example',
  alias: 'https://pilots.example/token',
  idpIssuerName: 'https://pilots-{n}.example',
  templateId: 'enterprise-oidc-idp',
  certificate: { certificates: [ticketOfficeCertificate, freightLedgerCertificate] },
  federatedAuthenticators: {
    authenticators: [
      {
        name: OIDC_AUTHENTICATOR,
        isEnabled: true,
        isDefault: true,
        properties: [
          { key: 'ClientId', value: 'pilots' },
          { key: 'ClientSecret', value: 'pilots-72f' },
          { key: 'OAuth2AuthzEPUrl', value: 'https://pilots.example/authorize' },
          { key: 'OAuth2TokenEPUrl', value: 'https://pilots.example/token' },
          { key: 'Scopes', value: 'openid email' },
        ],
      },
      {
        name: 'SAMLSSOAuthenticator',
        isEnabled: true,
        properties: [
          { key: 'IdPEntityId', value: 'https://pilots-{n}.example' },
          { key: 'SPEntityId', value: 'pilot-station' },
          { key: 'SSOUrl', value: 'https://pilots.example/saml' },
        ],
      },
    ],
  },
  claims: {
    userIdClaim: { uri: 'sub' },
    roleClaim: { uri: 'crew' },
    mappings: [
      { idpClaim: 'sub', localClaim: local('username') },
      { idpClaim: 'crew', localClaim: local('groups') },
      { idpClaim: 'mail', localClaim: local('emailaddress') },
    ],
    provisioningClaims: [
      { claim: { uri: 'mail' }, defaultValue: 'nobody@pilots.example' },
      { claim: { uri: 'crew' }, defaultValue: 'guest' },
    ],
  },
  roles: {
    mappings: [
      { idpRole: 'pilot', localRole: 'Internal/everyone' },
      { idpRole: 'chief', localRole: 'admin' },
    ],
    outboundProvisioningRoles: ['admin', 'Internal/everyone'],
  },
  provisioning: {
    jit: {
      isEnabled: true,
      scheme: 'PROMPT_CONSENT',
      userstore: 'PRIMARY',
    },
  },
};

const plainPartner: JsonObject = {
  name: 'Dredger {n}',
  certificate: { jwksUri: 'https://dredger.example/jwks' },
  claims: {
    userIdClaim: local('emailaddress'),
    roleClaim: local('groups'),
    provisioningClaims: [{ claim: local('country'), defaultValue: 'NL' }],
  },
};

const berth: JsonObject = {
  claimURI: `${CLAIMS}/berth{n}`,
  displayName: 'Berth',
  description: 'Where the boat lies',
  displayOrder: 7,
  regEx: '^[A-Z]\\d+$',
  required: true,
  readOnly: true,
  supportedByDefault: true,
  attributeMapping: [{ userstore: 'PRIMARY', mappedAttribute: 'berth' }],
  properties: [
    { key: 'quay', value: 'north' },
    { key: 'depth', value: '4' },
  ],
};

/** Every kind of artifact, its optional parts set; together they hold whatever the schemas of the kinds name. */
export const FULL: readonly FullArtifact[] = [
  { name: 'application with OIDC', kind: application, value: oidcApplication, consistent: consistentApplication },
  {
    name: 'application with SAML',
    kind: application,
    value: samlApplication,
    oneByOne: true,
    consistent: consistentApplication,
  },
  { name: 'identity provider', kind: identityProvider, value: loginPartner, consistent: consistentPartner },
  {
    name: 'identity provider without mappings',
    kind: identityProvider,
    value: plainPartner,
    consistent: consistentPartner,
  },
  { name: 'local claim', kind: localClaim, value: berth, oneByOne: true },
  { name: 'claim dialect', kind: claimDialect, value: { dialectURI: 'urn:harbour:{n}' }, oneByOne: true },
  {
    name: 'external claim',
    kind: externalClaim,
    oneByOne: true,
    value: { claimDialectURI: 'urn:harbour', claimURI: 'berth{n}', mappedLocalClaimURI: `${CLAIMS}/emailaddress` },
  },
];

/** Users discover an application by its address; claims are asked for by a name that is mapped, or by a local one. */
function consistentApplication(value: JsonObject): JsonObject {
  const { advancedConfigurations: advanced, claimConfiguration: claims } = value;
  const hidden = isObject(advanced) && !value.accessUrl ? { ...advanced, discoverableByEndUsers: false } : advanced;
  return defined({ ...value, advancedConfigurations: hidden, claimConfiguration: withKnownClaims(objectOf(claims)) });
}

function withKnownClaims(claims: JsonObject | undefined): JsonObject | undefined {
  if (!claims) return undefined;
  const mapped = objectsOf(claims.mappings ?? claims.claimMappings).map(
    ({ applicationClaim, idpClaim }) => applicationClaim ?? idpClaim,
  );
  const isOwnDialect = claims.dialect === 'CUSTOM' || (claims.mappings !== undefined && mapped.length > 0);
  const isLocal = (claim: Json | undefined): boolean => String(objectOf(claim)?.uri).startsWith(CLAIMS);
  const isMapped = (claim: Json | undefined): boolean => mapped.includes(objectOf(claim)?.uri ?? '');
  const isKnown = (claim: Json | undefined): boolean => isMapped(claim) || (!isOwnDialect && isLocal(claim));
  // Without a dialect of its own, who a user is and which roles the user has is told by local claims alone.
  const tells = isOwnDialect ? isMapped : isLocal;
  const known = (list: Json | undefined): Json | undefined =>
    list && objectsOf(list).filter(({ claim }) => isKnown(claim));
  const withKnownClaim = (block: Json | undefined): Json | undefined =>
    isObject(block) && !tells(block.claim) ? defined({ ...block, claim: undefined }) : block;
  return defined({
    ...claims,
    requestedClaims: known(claims.requestedClaims),
    provisioningClaims: known(claims.provisioningClaims),
    subject: withKnownClaim(claims.subject),
    role: withKnownClaim(claims.role),
    userIdClaim: tells(claims.userIdClaim) ? claims.userIdClaim : undefined,
    roleClaim: tells(claims.roleClaim) ? claims.roleClaim : undefined,
  });
}

function consistentPartner(value: JsonObject): JsonObject {
  return defined({ ...value, claims: withKnownClaims(objectOf(value.claims)) });
}
