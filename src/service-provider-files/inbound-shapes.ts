import { count, field, flag, list, map, nullable, plain, repeated, text, type MapShape } from './shape';

/** The inner document of an OAuth2/OpenID Connect configuration (reference, 3.5; element names are field names). */
const oauth = {
  ...plain(text, 'oauthConsumerKey', 'oauthConsumerSecret', 'applicationName', 'callbackUrl', 'oauthVersion'),
  ...plain(text, 'grantTypes'),
  scopeValidators: field(list('scopeValidator', text), 'scopeValidators'),
  ...plain(flag, 'pkceSupportPlain', 'pkceMandatory', 'hybridFlowEnabled'),
  ...plain(nullable, 'hybridFlowResponseType', 'state'),
  ...plain(count, 'userAccessTokenExpiryTime', 'applicationAccessTokenExpiryTime', 'refreshTokenExpiryTime'),
  ...plain(count, 'idTokenExpiryTime'),
  audiences: field(list('audience', text), 'audiences'),
  ...plain(flag, 'bypassClientCredentials', 'renewRefreshTokenEnabled', 'extendRenewedRefreshTokenExpiryTime'),
  ...plain(flag, 'requestObjectSignatureValidationEnabled', 'idTokenEncryptionEnabled'),
  ...plain(nullable, 'idTokenEncryptionAlgorithm', 'idTokenEncryptionMethod'),
  ...plain(nullable, 'backChannelLogoutUrl', 'frontchannelLogoutUrl', 'tokenType', 'tokenBindingType'),
  ...plain(flag, 'tokenRevocationWithIDPSessionTerminationEnabled', 'tokenBindingValidationEnabled'),
  ...plain(nullable, 'tokenEndpointAuthMethod', 'tokenEndpointAuthSignatureAlgorithm', 'sectorIdentifierURI'),
  ...plain(flag, 'tokenEndpointAllowReusePvtKeyJwt'),
  ...plain(nullable, 'idTokenSignatureAlgorithm', 'requestObjectSignatureAlgorithm', 'tlsClientAuthSubjectDN'),
  ...plain(flag, 'requirePushedAuthorizationRequests', 'tlsClientCertificateBoundAccessTokens'),
  ...plain(nullable, 'subjectType', 'requestObjectEncryptionAlgorithm', 'requestObjectEncryptionMethod'),
  ...plain(flag, 'fapiConformanceEnabled', 'subjectTokenEnabled'),
  ...plain(count, 'subjectTokenExpiryTime'),
  accessTokenClaims: field(repeated('accessTokenClaims', text), 'accessTokenClaims'),
};

/** The inner document of a SAML configuration. */
const saml = {
  ...plain(nullable, 'issuer', 'issuerQualifier'),
  assertionConsumerUrls: field(list('assertionConsumerUrl', text), 'assertionConsumerUrls'),
  ...plain(nullable, 'defaultAssertionConsumerUrl', 'assertionConsumerUrl', 'certAlias', 'certificateContent'),
  ...plain(nullable, 'sloResponseURL', 'sloRequestURL', 'loginPageURL', 'attributeConsumingServiceIndex'),
  ...plain(nullable, 'frontChannelLogoutBinding'),
  ...plain(flag, 'doSingleLogout', 'doSignAssertions', 'doSignResponse', 'doFrontChannelLogout'),
  requestedClaims: field(list('requestedClaim', text), 'requestedClaims'),
  requestedAudiences: field(list('requestedAudience', text), 'requestedAudiences'),
  requestedRecipients: field(list('requestedRecipient', text), 'requestedRecipients'),
  ...plain(flag, 'enableAttributeProfile'),
  ...plain(nullable, 'attributeNameFormat'),
  assertionQueryRequestProfileEnabled: field(flag, 'isAssertionQueryRequestProfileEnabled'),
  ...plain(nullable, 'supportedAssertionQueryRequestTypes'),
  ...plain(flag, 'enableAttributesByDefault'),
  ...plain(nullable, 'nameIdClaimUri', 'nameIDFormat'),
  ...plain(flag, 'idPInitSSOEnabled', 'idPInitSLOEnabled'),
  idpInitSLOReturnToURLs: field(list('idpInitSLOReturnToURL', text), 'idpInitSLOReturnToURLs'),
  ...plain(flag, 'doEnableEncryptedAssertion', 'doValidateSignatureInRequests'),
  ...plain(nullable, 'signingAlgorithmURI', 'digestAlgorithmURI'),
  ...plain(nullable, 'assertionEncryptionAlgorithmURI', 'keyEncryptionAlgorithmURI'),
  ...plain(flag, 'enableSAML2ArtifactBinding', 'doValidateSignatureInArtifactResolve', 'samlECP'),
  ...plain(nullable, 'idpEntityIDAlias'),
};

/** No name means two things in the two, so one shape reads both; which one a file means is said by `inboundAuthType`. */
export const inboundProtocol: MapShape = map({ ...oauth, ...saml, ...plain(text, 'type') });

/** Names of the inner documents by `inboundAuthType`. */
export const INNER_DOCUMENTS: Readonly<Record<string, string>> = {
  oauth2: 'oAuthAppDO',
  samlsso: 'samlssoServiceProviderDTO',
};
