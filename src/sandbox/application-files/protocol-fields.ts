import { isObject, type Json, type JsonObject } from '../../model/json';

/*
 * The properties of the product's protocol classes, and where the sandbox keeps the same in the form of its API. What a
 * stored configuration and a file say differently (the word `null`, flags as texts) is in protocol-documents.ts.
 */

/** A property of the class and the path of the field. */
type Place = readonly [property: string, path: string];

export const OAUTH: readonly Place[] = [
  ['oauthConsumerKey', 'clientId'],
  ['oauthConsumerSecret', 'clientSecret'],
  ['scopeValidators', 'scopeValidators'],
  ['pkceSupportPlain', 'pkce.supportPlainTransformAlgorithm'],
  ['pkceMandatory', 'pkce.mandatory'],
  ['hybridFlowEnabled', 'hybridFlow.enable'],
  ['hybridFlowResponseType', 'hybridFlow.responseType'],
  ['userAccessTokenExpiryTime', 'accessToken.userAccessTokenExpiryInSeconds'],
  ['applicationAccessTokenExpiryTime', 'accessToken.applicationAccessTokenExpiryInSeconds'],
  ['refreshTokenExpiryTime', 'refreshToken.expiryInSeconds'],
  ['idTokenExpiryTime', 'idToken.expiryInSeconds'],
  ['audiences', 'idToken.audience'],
  ['bypassClientCredentials', 'publicClient'],
  ['renewRefreshTokenEnabled', 'refreshToken.renewRefreshToken'],
  ['extendRenewedRefreshTokenExpiryTime', 'refreshToken.extendRenewedRefreshTokenExpiryTime'],
  ['requestObjectSignatureValidationEnabled', 'validateRequestObjectSignature'],
  ['idTokenEncryptionEnabled', 'idToken.encryption.enabled'],
  ['idTokenEncryptionAlgorithm', 'idToken.encryption.algorithm'],
  ['idTokenEncryptionMethod', 'idToken.encryption.method'],
  ['backChannelLogoutUrl', 'logout.backChannelLogoutUrl'],
  ['frontchannelLogoutUrl', 'logout.frontChannelLogoutUrl'],
  ['tokenType', 'accessToken.type'],
  ['tokenBindingType', 'accessToken.bindingType'],
  ['tokenRevocationWithIDPSessionTerminationEnabled', 'accessToken.revokeTokensWhenIDPSessionTerminated'],
  ['tokenBindingValidationEnabled', 'accessToken.validateTokenBinding'],
  ['tokenEndpointAuthMethod', 'clientAuthentication.tokenEndpointAuthMethod'],
  ['tokenEndpointAllowReusePvtKeyJwt', 'clientAuthentication.tokenEndpointAllowReusePvtKeyJwt'],
  ['tokenEndpointAuthSignatureAlgorithm', 'clientAuthentication.tokenEndpointAuthSigningAlg'],
  ['sectorIdentifierURI', 'subject.sectorIdentifierUri'],
  ['idTokenSignatureAlgorithm', 'idToken.idTokenSignedResponseAlg'],
  ['requestObjectSignatureAlgorithm', 'requestObject.requestObjectSigningAlg'],
  ['tlsClientAuthSubjectDN', 'clientAuthentication.tlsClientAuthSubjectDn'],
  ['requirePushedAuthorizationRequests', 'pushAuthorizationRequest.requirePushAuthorizationRequest'],
  ['subjectType', 'subject.subjectType'],
  ['requestObjectEncryptionAlgorithm', 'requestObject.encryption.algorithm'],
  ['requestObjectEncryptionMethod', 'requestObject.encryption.method'],
  ['fapiConformanceEnabled', 'isFAPIApplication'],
  ['subjectTokenEnabled', 'subjectToken.enable'],
  ['subjectTokenExpiryTime', 'subjectToken.applicationSubjectTokenExpiryInSeconds'],
  ['accessTokenClaims', 'accessToken.accessTokenAttributes'],
];

export const SAML: readonly Place[] = [
  ['issuer', 'issuer'],
  ['issuerQualifier', 'serviceProviderQualifier'],
  ['assertionConsumerUrls', 'assertionConsumerUrls'],
  ['defaultAssertionConsumerUrl', 'defaultAssertionConsumerUrl'],
  ['certAlias', 'requestValidation.signatureValidationCertAlias'],
  ['sloResponseURL', 'singleLogoutProfile.logoutResponseUrl'],
  ['sloRequestURL', 'singleLogoutProfile.logoutRequestUrl'],
  ['attributeConsumingServiceIndex', 'singleSignOnProfile.attributeConsumingServiceIndex'],
  ['doSingleLogout', 'singleLogoutProfile.enabled'],
  ['doSignResponse', 'responseSigning.enabled'],
  ['requestedAudiences', 'singleSignOnProfile.assertion.audiences'],
  ['requestedRecipients', 'singleSignOnProfile.assertion.recipients'],
  ['enableAttributeProfile', 'attributeProfile.enabled'],
  ['attributeNameFormat', 'attributeProfile.nameFormat'],
  ['assertionQueryRequestProfileEnabled', 'enableAssertionQueryProfile'],
  ['enableAttributesByDefault', 'attributeProfile.alwaysIncludeAttributesInResponse'],
  ['nameIDFormat', 'singleSignOnProfile.assertion.nameIdFormat'],
  ['idPInitSSOEnabled', 'singleSignOnProfile.enableIdpInitiatedSingleSignOn'],
  ['idPInitSLOEnabled', 'singleLogoutProfile.idpInitiatedSingleLogout.enabled'],
  ['idpInitSLOReturnToURLs', 'singleLogoutProfile.idpInitiatedSingleLogout.returnToUrls'],
  ['doEnableEncryptedAssertion', 'singleSignOnProfile.assertion.encryption.enabled'],
  ['doValidateSignatureInRequests', 'requestValidation.enableSignatureValidation'],
  ['signingAlgorithmURI', 'responseSigning.signingAlgorithm'],
  ['digestAlgorithmURI', 'singleSignOnProfile.assertion.digestAlgorithm'],
  ['assertionEncryptionAlgorithmURI', 'singleSignOnProfile.assertion.encryption.assertionEncryptionAlgorithm'],
  ['keyEncryptionAlgorithmURI', 'singleSignOnProfile.assertion.encryption.keyEncryptionAlgorithm'],
  ['doValidateSignatureInArtifactResolve', 'singleSignOnProfile.enableSignatureValidationForArtifactBinding'],
  ['idpEntityIDAlias', 'idpEntityIdAlias'],
];

/** The value at a dotted path; undefined where there is none. */
export function valueAt(value: JsonObject, path: string): Json | undefined {
  return path.split('.').reduce<Json | undefined>((node, name) => (isObject(node) ? node[name] : undefined), value);
}

/** The object with a value at a dotted path. */
export function withValue(value: JsonObject, path: string, inner: Json): JsonObject {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...value, [name]: inner };
  const below = value[name];
  return { ...value, [name]: withValue(isObject(below) ? below : {}, rest.join('.'), inner) };
}
