import { flag, from, listOf, long, mapOf, anything, model, oneOf, required, since, text, whole } from '../shapes';

/*
 * Request models of the application API (reference §2.1.4 to §2.1.7). A field that is missing here is refused in a
 * request; a field with a later `since` is refused and not shown.
 */

const claim = model({ id: text, uri: required(text), displayName: text });

const claimConfiguration = model({
  dialect: oneOf('CUSTOM', 'LOCAL'),
  claimMappings: listOf(model({ applicationClaim: required(text), localClaim: required(claim) })),
  requestedClaims: listOf(model({ claim: required(claim), mandatory: flag })),
  subject: model({
    claim,
    includeUserDomain: flag,
    includeTenantDomain: flag,
    useMappedLocalSubject: flag,
    mappedLocalSubjectMandatory: since('7.0', flag),
  }),
  role: model({
    mappings: listOf(model({ localRole: required(text), applicationRole: required(text) })),
    includeUserDomain: flag,
    claim,
  }),
});

const authenticationSequence = model({
  type: oneOf('DEFAULT', 'USER_DEFINED'),
  steps: listOf(
    model({
      id: required(from(1, whole)),
      options: required(listOf(model({ idp: required(text), authenticator: required(text) }), 1)),
    }),
  ),
  requestPathAuthenticators: listOf(text),
  script: text,
  subjectStepId: whole,
  attributeStepId: whole,
});

const advancedConfigurations = model({
  saas: flag,
  discoverableByEndUsers: flag,
  discoverableGroups: since(
    '7.2',
    listOf(
      model({ userStore: required(text), groups: required(listOf(model({ id: required(text), name: text }), 1)) }),
    ),
  ),
  certificate: model({ type: text, value: text }),
  skipLoginConsent: flag,
  skipLogoutConsent: flag,
  useExternalConsentPage: since('7.0', flag),
  returnAuthenticatedIdpList: flag,
  enableAuthorization: flag,
  fragment: since('6.0', flag),
  enableAPIBasedAuthentication: since('7.0', flag),
  attestationMetaData: since(
    '7.0',
    model({
      enableClientAttestation: flag,
      androidPackageName: text,
      androidAttestationServiceCredentials: mapOf(anything),
      appleAppId: text,
    }),
  ),
  trustedAppConfiguration: since(
    '7.1',
    model({
      isFIDOTrustedApp: flag,
      isConsentGranted: flag,
      androidPackageName: text,
      androidThumbprints: listOf(text),
      appleAppId: text,
    }),
  ),
  additionalSpProperties: since(
    '6.0',
    listOf(model({ name: required(text), value: required(text), displayName: text })),
  ),
});

const inboundProvisioning = model({ proxyMode: flag, provisioningUserstoreDomain: text });
const outboundProvisioningIdps = listOf(model({ idp: text, connector: text, blocking: flag, rules: flag, jit: flag }));

/** The body of PUT /applications/resident: bare, where its GET is wrapped (reference §2.1.1). */
export const provisioningModel = model({ inboundProvisioning, outboundProvisioningIdps });

const associatedRoles = model({
  allowedAudience: required(oneOf('ORGANIZATION', 'APPLICATION')),
  roles: listOf(model({ id: required(text), name: text })),
});

export const oidcModel = model({
  clientId: text,
  clientSecret: text,
  state: oneOf('ACTIVE', 'REVOKED'),
  grantTypes: required(listOf(text, 1)),
  callbackURLs: listOf(text),
  allowedOrigins: listOf(text),
  publicClient: flag,
  pkce: model({ mandatory: flag, supportPlainTransformAlgorithm: flag }),
  hybridFlow: since('7.1', model({ enable: flag, responseType: text })),
  accessToken: model({
    type: text,
    userAccessTokenExpiryInSeconds: long,
    applicationAccessTokenExpiryInSeconds: long,
    bindingType: text,
    revokeTokensWhenIDPSessionTerminated: flag,
    validateTokenBinding: flag,
    accessTokenAttributes: since('7.1', listOf(text)),
    enableJwtScopeAsArray: since('7.3', flag),
  }),
  refreshToken: model({
    expiryInSeconds: long,
    renewRefreshToken: flag,
    extendRenewedRefreshTokenExpiryTime: since('7.3', flag),
    gracefulRefreshTokenRotationEnabled: since('next', flag),
    gracefulRefreshTokenRotationValidityPeriod: since('next', whole),
    gracefulRefreshTokenReuseLimit: since('next', whole),
  }),
  subjectToken: since('7.1', model({ enable: flag, applicationSubjectTokenExpiryInSeconds: whole })),
  idToken: model({
    expiryInSeconds: long,
    audience: listOf(text),
    idTokenSignedResponseAlg: since('7.0', text),
    encryption: model({ enabled: flag, algorithm: text, method: text }),
  }),
  logout: model({ backChannelLogoutUrl: text, frontChannelLogoutUrl: text }),
  validateRequestObjectSignature: flag,
  scopeValidators: listOf(text),
  clientAuthentication: since(
    '7.0',
    model({
      tokenEndpointAuthMethod: text,
      tokenEndpointAuthSigningAlg: text,
      tokenEndpointAllowReusePvtKeyJwt: since('7.1', flag),
      tlsClientAuthSubjectDn: text,
    }),
  ),
  requestObject: since(
    '7.0',
    model({ requestObjectSigningAlg: text, encryption: model({ algorithm: text, method: text }) }),
  ),
  pushAuthorizationRequest: since('7.0', model({ requirePushAuthorizationRequest: flag })),
  subject: since('7.0', model({ subjectType: text, sectorIdentifierUri: text })),
  isFAPIApplication: since('7.0', flag),
  fapiProfile: since('next', oneOf('FAPI1_ADVANCED', 'FAPI2_SECURITY')),
  cibaAuthenticationRequest: since(
    '7.3',
    model({
      authReqExpiryTime: long,
      notificationChannels: listOf(text),
      skipUserValidation: flag,
      allowFederatedUsers: flag,
    }),
  ),
  issuer: since('7.3', model({ value: text, organizationId: text, tenantDomain: text })),
  clientSecretExpiresAt: since('next', long),
  multipleClientSecretsConfigured: since('next', flag),
});

/** The bare SAML configuration: what GET answers and what `manualConfiguration` holds (reference §2.1.10). */
export const samlModel = model({
  issuer: required(text),
  serviceProviderQualifier: text,
  assertionConsumerUrls: required(listOf(text, 1)),
  defaultAssertionConsumerUrl: text,
  idpEntityIdAlias: text,
  singleSignOnProfile: model({
    bindings: listOf(oneOf('HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT')),
    enableSignatureValidationForArtifactBinding: flag,
    attributeConsumingServiceIndex: text,
    enableIdpInitiatedSingleSignOn: flag,
    assertion: model({
      nameIdFormat: text,
      audiences: listOf(text),
      recipients: listOf(text),
      digestAlgorithm: text,
      encryption: model({ enabled: flag, assertionEncryptionAlgorithm: text, keyEncryptionAlgorithm: text }),
    }),
  }),
  attributeProfile: model({ enabled: flag, alwaysIncludeAttributesInResponse: flag, nameFormat: since('7.1', text) }),
  singleLogoutProfile: model({
    enabled: flag,
    logoutRequestUrl: text,
    logoutResponseUrl: text,
    logoutMethod: oneOf('BACKCHANNEL', 'FRONTCHANNEL_HTTP_REDIRECT', 'FRONTCHANNEL_HTTP_POST'),
    idpInitiatedSingleLogout: model({ enabled: flag, returnToUrls: listOf(text) }),
  }),
  requestValidation: model({ enableSignatureValidation: flag, signatureValidationCertAlias: text }),
  responseSigning: model({ enabled: flag, signingAlgorithm: text }),
  enableAssertionQueryProfile: flag,
});

export const samlRequestModel = model({ manualConfiguration: samlModel, metadataFile: text, metadataURL: text });
export const passiveStsModel = model({
  realm: required(text),
  replyTo: required(text),
  replyToLogout: since('7.0', text),
});
export const wsTrustModel = model({ audience: required(text), certificateAlias: required(text) });
export const customProtocolModel = model({
  name: required(text),
  configName: required(text),
  properties: listOf(model({ key: text, value: text, friendlyName: text })),
});

const describing = {
  description: text,
  imageUrl: text,
  accessUrl: text,
  logoutReturnUrl: since('7.0', text),
  templateId: text,
  templateVersion: since('7.1', text),
  applicationEnabled: since('7.1', flag),
  enhancedOrgAuthenticationEnabled: since('7.3', flag),
  associatedRoles: since('7.0', associatedRoles),
  claimConfiguration,
  authenticationSequence,
  advancedConfigurations,
  provisioningConfigurations: provisioningModel,
};

/** POST /applications. The `id` is part of the model and ignored (reference §2.1.5). */
export const applicationModel = model({
  ...describing,
  id: text,
  name: required(text),
  isManagementApp: since('6.0', flag),
  isB2BSelfServiceApp: since('7.0', flag),
  inboundProtocolConfiguration: model({
    oidc: oidcModel,
    saml: samlRequestModel,
    passiveSts: passiveStsModel,
    wsTrust: wsTrustModel,
    custom: listOf(customProtocolModel),
  }),
});

/** PATCH /applications/{id}. */
export const applicationPatchModel = model({ ...describing, name: text, applicationVersion: since('7.1', text) });

/** What a GET shows beyond the request model, for the version gates only. */
export const applicationResponseModel = model({
  ...describing,
  clientId: since('6.0', text),
  issuer: since('6.0', text),
  realm: since('7.0', text),
  applicationVersion: since('7.1', text),
  isManagementApp: since('6.0', flag),
});

export const listItemModel = model({
  image: text,
  applicationVersion: since('7.1', text),
  clientId: since('6.0', text),
  issuer: since('6.0', text),
  realm: since('7.0', text),
  templateId: since('6.0', text),
  templateVersion: since('7.1', text),
  applicationEnabled: since('7.1', flag),
  associatedRoles: since('7.0', associatedRoles),
  advancedConfigurations: since('6.0', advancedConfigurations),
});

export const authorizedApiModel = model({
  id: text,
  policyIdentifier: text,
  scopes: listOf(text),
  authorizationDetailsTypes: since('7.1', listOf(text)),
});

export const authorizedApiPatchModel = model({
  addedScopes: listOf(text),
  removedScopes: listOf(text),
  addedAuthorizationDetailsTypes: since('7.1', listOf(text)),
  removedAuthorizationDetailsTypes: since('7.1', listOf(text)),
});

export const scriptModel = model({ script: required(text) });
