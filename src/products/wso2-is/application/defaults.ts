import type { JsonObject } from '../../../model/json';
import { compareVersions, type DefaultRule } from '../../../model/kind';

/** What the server assumes for absent fields (reference, 2.1.4, 2.1.9, 2.1.10). Empty texts count as absent and need no default. */

const top: JsonObject = {
  isManagementApp: false,
  isB2BSelfServiceApp: false,
  applicationEnabled: true,
  enhancedOrgAuthenticationEnabled: false,
  associatedRoles: { allowedAudience: 'ORGANIZATION' },
  authenticationSequence: { type: 'DEFAULT' },
  claimConfiguration: {
    dialect: 'LOCAL',
    subject: {
      includeUserDomain: false,
      includeTenantDomain: false,
      useMappedLocalSubject: false,
      mappedLocalSubjectMandatory: false,
    },
    role: { includeUserDomain: true },
  },
  advancedConfigurations: {
    saas: false,
    discoverableByEndUsers: false,
    skipLoginConsent: false,
    skipLogoutConsent: false,
    useExternalConsentPage: false,
    returnAuthenticatedIdpList: false,
    enableAuthorization: false,
    enableAPIBasedAuthentication: false,
    attestationMetaData: { enableClientAttestation: false },
  },
};

const oidc: JsonObject = {
  publicClient: false,
  pkce: { mandatory: false, supportPlainTransformAlgorithm: false },
  hybridFlow: { enable: false },
  accessToken: {
    type: 'Default',
    userAccessTokenExpiryInSeconds: 3600,
    applicationAccessTokenExpiryInSeconds: 3600,
    bindingType: 'None',
    revokeTokensWhenIDPSessionTerminated: false,
    validateTokenBinding: false,
    enableJwtScopeAsArray: false,
  },
  refreshToken: { expiryInSeconds: 86400, renewRefreshToken: true, extendRenewedRefreshTokenExpiryTime: false },
  subjectToken: { enable: false, applicationSubjectTokenExpiryInSeconds: 180 },
  idToken: { expiryInSeconds: 3600, encryption: { enabled: false } },
  validateRequestObjectSignature: false,
  clientAuthentication: { tokenEndpointAllowReusePvtKeyJwt: false },
  pushAuthorizationRequest: { requirePushAuthorizationRequest: false },
  subject: { subjectType: 'public' },
  isFAPIApplication: false,
};

const saml: JsonObject = {
  singleSignOnProfile: {
    bindings: ['HTTP_POST', 'HTTP_REDIRECT'],
    enableSignatureValidationForArtifactBinding: false,
    enableIdpInitiatedSingleSignOn: false,
    assertion: {
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
      digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1',
      encryption: {
        enabled: false,
        assertionEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
        keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
      },
    },
  },
  attributeProfile: {
    enabled: false,
    alwaysIncludeAttributesInResponse: false,
    nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic',
  },
  singleLogoutProfile: { enabled: true, logoutMethod: 'BACKCHANNEL', idpInitiatedSingleLogout: { enabled: false } },
  requestValidation: { enableSignatureValidation: true },
  responseSigning: { enabled: true, signingAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
  enableAssertionQueryProfile: false,
};

const ownSequence = { field: 'type', equals: 'USER_DEFINED' };
const localDialect = { field: 'dialect', equals: 'LOCAL' };

/** Claims shown for LOCAL-dialect applications that store none (reference, 2.1.4, computed values 2 and 3). */
const USER_ID = 'http://wso2.org/claims/userid';
const USER_NAME = 'http://wso2.org/claims/username';
export const DEFAULT_ROLE_CLAIM = 'http://wso2.org/claims/role';

export const applicationDefaults: readonly DefaultRule[] = [
  { at: '', values: top },
  { at: 'claimConfiguration', when: localDialect, until: '7.0', values: { subject: { claim: { uri: USER_NAME } } } },
  { at: 'claimConfiguration', when: localDialect, since: '7.0', values: { subject: { claim: { uri: USER_ID } } } },
  { at: 'claimConfiguration', when: localDialect, values: { role: { claim: { uri: DEFAULT_ROLE_CLAIM } } } },
  { at: 'claimConfiguration.requestedClaims[]', values: { mandatory: false } },
  { at: 'authenticationSequence', when: ownSequence, values: { subjectStepId: 1, attributeStepId: 1 } },
  {
    at: 'advancedConfigurations.trustedAppConfiguration',
    values: { isFIDOTrustedApp: false, isConsentGranted: false },
  },
  { at: 'provisioningConfigurations.inboundProvisioning', values: { proxyMode: false } },
  {
    at: 'provisioningConfigurations.outboundProvisioningIdps[]',
    values: { blocking: false, rules: false, jit: false },
  },
  { at: 'authorizedAPIs[]', values: { policyIdentifier: 'RBAC' } },
  { at: 'inboundProtocolConfiguration.oidc', values: oidc },
  { at: 'inboundProtocolConfiguration.saml', values: saml },
];

/** The subject and role claims that a server of this version shows for a LOCAL-dialect application that stores none. */
export function computedClaims(version: string): { readonly subject: string; readonly role: string } {
  return { subject: compareVersions(version, '7.0') >= 0 ? USER_ID : USER_NAME, role: DEFAULT_ROLE_CLAIM };
}
