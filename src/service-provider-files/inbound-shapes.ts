import { count, field, flag, list, map, nullable, plain, repeated, since, text, type MapShape } from './shape';

/** The line of development after the releases that are known: fields that only its public source shows. */
const NEXT = '7.4';

/** The inner document of an OAuth2/OpenID Connect configuration (reference, 3.5; element names are field names). */
const oauth = {
  ...plain(text, 'oauthConsumerKey', 'oauthConsumerSecret'),
  ...since(NEXT, plain(count, 'oauthConsumerSecretExpiryTime')),
  ...plain(text, 'applicationName', 'callbackUrl', 'oauthVersion', 'grantTypes'),
  scopeValidators: field(list('scopeValidator', text), 'scopeValidators'),
  ...plain(flag, 'pkceSupportPlain', 'pkceMandatory'),
  ...since('7.1', { ...plain(flag, 'hybridFlowEnabled'), ...plain(nullable, 'hybridFlowResponseType') }),
  ...plain(nullable, 'state'),
  ...plain(count, 'userAccessTokenExpiryTime', 'applicationAccessTokenExpiryTime', 'refreshTokenExpiryTime'),
  ...plain(count, 'idTokenExpiryTime'),
  audiences: field(list('audience', text), 'audiences'),
  ...plain(flag, 'bypassClientCredentials', 'renewRefreshTokenEnabled'),
  ...since('7.3', plain(flag, 'extendRenewedRefreshTokenExpiryTime')),
  ...plain(flag, 'requestObjectSignatureValidationEnabled', 'idTokenEncryptionEnabled'),
  ...plain(nullable, 'idTokenEncryptionAlgorithm', 'idTokenEncryptionMethod'),
  ...plain(nullable, 'backChannelLogoutUrl', 'frontchannelLogoutUrl'),
  ...since(NEXT, {
    additionalOauthConsumerSecrets: field(
      list('additionalOauthConsumerSecret', map({})),
      'additionalOauthConsumerSecrets',
    ),
  }),
  ...plain(nullable, 'tokenType', 'tokenBindingType'),
  ...plain(flag, 'tokenRevocationWithIDPSessionTerminationEnabled', 'tokenBindingValidationEnabled'),
  ...since('7.0', plain(nullable, 'tokenEndpointAuthMethod')),
  ...since('7.1', plain(flag, 'tokenEndpointAllowReusePvtKeyJwt')),
  ...since('7.0', {
    ...plain(nullable, 'tokenEndpointAuthSignatureAlgorithm', 'sectorIdentifierURI'),
    ...plain(nullable, 'idTokenSignatureAlgorithm', 'requestObjectSignatureAlgorithm', 'tlsClientAuthSubjectDN'),
    ...plain(flag, 'requirePushedAuthorizationRequests', 'tlsClientCertificateBoundAccessTokens'),
    ...plain(nullable, 'subjectType', 'requestObjectEncryptionAlgorithm', 'requestObjectEncryptionMethod'),
    ...plain(flag, 'fapiConformanceEnabled'),
  }),
  ...since(NEXT, plain(nullable, 'fapiProfile')),
  ...since('7.3', plain(flag, 'jwtScopeAsArrayEnabled')),
  ...since('7.1', { ...plain(flag, 'subjectTokenEnabled'), ...plain(count, 'subjectTokenExpiryTime') }),
  ...since('7.1', { accessTokenClaims: field(repeated('accessTokenClaims', text), 'accessTokenClaims') }),
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
