import type { Pair } from './pairs';

/** OAuth2/OpenID Connect: the inner document of a file and the `oidc` block of the API (reference, 2.1.9 and 3.5). */
export const OIDC: readonly Pair[] = [
  ['scopeValidators', 'scopeValidators'],
  ['bypassClientCredentials', 'publicClient'],
  ['pkceMandatory', 'pkce.mandatory'],
  ['pkceSupportPlain', 'pkce.supportPlainTransformAlgorithm'],
  ['hybridFlowEnabled', 'hybridFlow.enable'],
  ['hybridFlowResponseType', 'hybridFlow.responseType'],
  ['tokenType', 'accessToken.type'],
  ['userAccessTokenExpiryTime', 'accessToken.userAccessTokenExpiryInSeconds'],
  ['applicationAccessTokenExpiryTime', 'accessToken.applicationAccessTokenExpiryInSeconds'],
  ['tokenBindingType', 'accessToken.bindingType'],
  ['tokenRevocationWithIDPSessionTerminationEnabled', 'accessToken.revokeTokensWhenIDPSessionTerminated'],
  ['tokenBindingValidationEnabled', 'accessToken.validateTokenBinding'],
  ['accessTokenClaims', 'accessToken.accessTokenAttributes'],
  ['refreshTokenExpiryTime', 'refreshToken.expiryInSeconds'],
  ['renewRefreshTokenEnabled', 'refreshToken.renewRefreshToken'],
  ['extendRenewedRefreshTokenExpiryTime', 'refreshToken.extendRenewedRefreshTokenExpiryTime'],
  ['subjectTokenEnabled', 'subjectToken.enable'],
  ['subjectTokenExpiryTime', 'subjectToken.applicationSubjectTokenExpiryInSeconds'],
  ['idTokenExpiryTime', 'idToken.expiryInSeconds'],
  ['audiences', 'idToken.audience'],
  ['idTokenSignatureAlgorithm', 'idToken.idTokenSignedResponseAlg'],
  ['idTokenEncryptionEnabled', 'idToken.encryption.enabled'],
  ['idTokenEncryptionAlgorithm', 'idToken.encryption.algorithm'],
  ['idTokenEncryptionMethod', 'idToken.encryption.method'],
  ['backChannelLogoutUrl', 'logout.backChannelLogoutUrl'],
  ['frontchannelLogoutUrl', 'logout.frontChannelLogoutUrl'],
  ['requestObjectSignatureValidationEnabled', 'validateRequestObjectSignature'],
  ['tokenEndpointAuthMethod', 'clientAuthentication.tokenEndpointAuthMethod'],
  ['tokenEndpointAllowReusePvtKeyJwt', 'clientAuthentication.tokenEndpointAllowReusePvtKeyJwt'],
  ['tokenEndpointAuthSignatureAlgorithm', 'clientAuthentication.tokenEndpointAuthSigningAlg'],
  ['tlsClientAuthSubjectDN', 'clientAuthentication.tlsClientAuthSubjectDn'],
  ['requestObjectSignatureAlgorithm', 'requestObject.requestObjectSigningAlg'],
  ['requestObjectEncryptionAlgorithm', 'requestObject.encryption.algorithm'],
  ['requestObjectEncryptionMethod', 'requestObject.encryption.method'],
  ['requirePushedAuthorizationRequests', 'pushAuthorizationRequest.requirePushAuthorizationRequest'],
  ['subjectType', 'subject.subjectType'],
  ['sectorIdentifierURI', 'subject.sectorIdentifierUri'],
  ['fapiConformanceEnabled', 'isFAPIApplication'],
];

const ASSERTION = 'singleSignOnProfile.assertion';

/** SAML: the inner document of a file and the `saml` block of the API (reference, 2.1.10 and 3.5). */
export const SAML: readonly Pair[] = [
  ['issuerQualifier', 'serviceProviderQualifier'],
  ['assertionConsumerUrls', 'assertionConsumerUrls'],
  ['defaultAssertionConsumerUrl', 'defaultAssertionConsumerUrl'],
  ['idpEntityIDAlias', 'idpEntityIdAlias'],
  ['doValidateSignatureInArtifactResolve', 'singleSignOnProfile.enableSignatureValidationForArtifactBinding'],
  ['idPInitSSOEnabled', 'singleSignOnProfile.enableIdpInitiatedSingleSignOn'],
  ['nameIDFormat', `${ASSERTION}.nameIdFormat`],
  ['requestedAudiences', `${ASSERTION}.audiences`],
  ['requestedRecipients', `${ASSERTION}.recipients`],
  ['digestAlgorithmURI', `${ASSERTION}.digestAlgorithm`],
  ['doEnableEncryptedAssertion', `${ASSERTION}.encryption.enabled`],
  ['assertionEncryptionAlgorithmURI', `${ASSERTION}.encryption.assertionEncryptionAlgorithm`],
  ['keyEncryptionAlgorithmURI', `${ASSERTION}.encryption.keyEncryptionAlgorithm`],
  ['enableAttributeProfile', 'attributeProfile.enabled'],
  ['enableAttributesByDefault', 'attributeProfile.alwaysIncludeAttributesInResponse'],
  ['attributeNameFormat', 'attributeProfile.nameFormat'],
  ['doSingleLogout', 'singleLogoutProfile.enabled'],
  ['sloRequestURL', 'singleLogoutProfile.logoutRequestUrl'],
  ['sloResponseURL', 'singleLogoutProfile.logoutResponseUrl'],
  ['idPInitSLOEnabled', 'singleLogoutProfile.idpInitiatedSingleLogout.enabled'],
  ['idpInitSLOReturnToURLs', 'singleLogoutProfile.idpInitiatedSingleLogout.returnToUrls'],
  ['doValidateSignatureInRequests', 'requestValidation.enableSignatureValidation'],
  ['certAlias', 'requestValidation.signatureValidationCertAlias'],
  ['doSignResponse', 'responseSigning.enabled'],
  ['signingAlgorithmURI', 'responseSigning.signingAlgorithm'],
  ['assertionQueryRequestProfileEnabled', 'enableAssertionQueryProfile'],
];

/** A flag that an absent element means as off: a GET after an import shows it so (not established for real servers). */
export const OIDC_OFF = 'refreshToken.renewRefreshToken';

/** Flags that an absent element means as off, while the API takes an absent field as on. */
export const SAML_OFF = [
  'singleLogoutProfile.enabled',
  'requestValidation.enableSignatureValidation',
  'responseSigning.enabled',
] as const;

/** Front-channel logout: two elements in a file, one method in the API. */
export const FRONT_CHANNEL: readonly (readonly [binding: string, method: string])[] = [
  ['HTTPRedirectBinding', 'FRONTCHANNEL_HTTP_REDIRECT'],
  ['HTTPPostBinding', 'FRONTCHANNEL_HTTP_POST'],
];

/** The property of an inbound entry that repeats the attribute consuming service index of SAML. */
export const SERVICE_INDEX = 'attrConsumServiceIndex';

/** Properties of an inbound entry that hold what the API calls by a field. */
export const PASSIVE_STS = { replyTo: 'passiveSTSWReply', replyToLogout: 'passiveSTSWReplyLogout' } as const;
