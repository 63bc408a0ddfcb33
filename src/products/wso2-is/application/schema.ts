import * as z from 'zod';

/** Schemas of an application file: the vocabulary of the application API, without ids, links and computed copies. */

const text = z.string();
const flag = z.boolean();
const count = z.int().min(0);
const claim = z.strictObject({ uri: text });

const oidc = z.strictObject({
  clientId: text.describe('Absent: the server makes one when the application is created').optional(),
  clientSecret: text
    .describe('A {{secret:NAME}} placeholder. Set when the protocol is created; the API cannot change it later')
    .optional(),
  grantTypes: z.array(text).min(1),
  callbackURLs: z.array(text).describe('A plain list; several are sent as one regexp=(a|b)').optional(),
  allowedOrigins: z.array(text).optional(),
  publicClient: flag.optional(),
  pkce: z.strictObject({ mandatory: flag.optional(), supportPlainTransformAlgorithm: flag.optional() }).optional(),
  hybridFlow: z.strictObject({ enable: flag.optional(), responseType: text.optional() }).optional(),
  accessToken: z
    .strictObject({
      type: text.optional(),
      userAccessTokenExpiryInSeconds: count.optional(),
      applicationAccessTokenExpiryInSeconds: count.optional(),
      bindingType: text.optional(),
      revokeTokensWhenIDPSessionTerminated: flag.optional(),
      validateTokenBinding: flag.optional(),
      accessTokenAttributes: z.array(text).optional(),
      enableJwtScopeAsArray: flag.optional(),
    })
    .optional(),
  refreshToken: z
    .strictObject({
      expiryInSeconds: count.optional(),
      renewRefreshToken: flag.optional(),
      extendRenewedRefreshTokenExpiryTime: flag.optional(),
    })
    .optional(),
  subjectToken: z
    .strictObject({ enable: flag.optional(), applicationSubjectTokenExpiryInSeconds: count.optional() })
    .optional(),
  idToken: z
    .strictObject({
      expiryInSeconds: count.optional(),
      audience: z.array(text).optional(),
      idTokenSignedResponseAlg: text.optional(),
      encryption: z
        .strictObject({ enabled: flag.optional(), algorithm: text.optional(), method: text.optional() })
        .optional(),
    })
    .optional(),
  logout: z.strictObject({ backChannelLogoutUrl: text.optional(), frontChannelLogoutUrl: text.optional() }).optional(),
  validateRequestObjectSignature: flag.optional(),
  scopeValidators: z.array(text).optional(),
  clientAuthentication: z
    .strictObject({
      tokenEndpointAuthMethod: text.optional(),
      tokenEndpointAllowReusePvtKeyJwt: flag.optional(),
      tokenEndpointAuthSigningAlg: text.optional(),
      tlsClientAuthSubjectDn: text.optional(),
    })
    .optional(),
  requestObject: z
    .strictObject({
      requestObjectSigningAlg: text.optional(),
      encryption: z.strictObject({ algorithm: text.optional(), method: text.optional() }).optional(),
    })
    .optional(),
  pushAuthorizationRequest: z.strictObject({ requirePushAuthorizationRequest: flag.optional() }).optional(),
  subject: z.strictObject({ subjectType: text.optional(), sectorIdentifierUri: text.optional() }).optional(),
  cibaAuthenticationRequest: z
    .strictObject({
      authReqExpiryTime: count.optional(),
      notificationChannels: z.array(text).optional(),
      skipUserValidation: flag.optional(),
      allowFederatedUsers: flag.optional(),
    })
    .optional(),
  isFAPIApplication: flag.optional(),
  fapiProfile: text.optional(),
});

const saml = z.strictObject({
  issuer: text,
  serviceProviderQualifier: text.optional(),
  assertionConsumerUrls: z.array(text).min(1),
  defaultAssertionConsumerUrl: text.optional(),
  idpEntityIdAlias: text.optional(),
  singleSignOnProfile: z
    .strictObject({
      bindings: z.array(z.enum(['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT'])).optional(),
      enableSignatureValidationForArtifactBinding: flag.optional(),
      enableIdpInitiatedSingleSignOn: flag.optional(),
      assertion: z
        .strictObject({
          nameIdFormat: text.optional(),
          audiences: z.array(text).optional(),
          recipients: z.array(text).optional(),
          digestAlgorithm: text.optional(),
          encryption: z
            .strictObject({
              enabled: flag.optional(),
              assertionEncryptionAlgorithm: text.optional(),
              keyEncryptionAlgorithm: text.optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  attributeProfile: z
    .strictObject({
      enabled: flag.optional(),
      alwaysIncludeAttributesInResponse: flag.optional(),
      nameFormat: text.optional(),
    })
    .optional(),
  singleLogoutProfile: z
    .strictObject({
      enabled: flag.optional(),
      logoutRequestUrl: text.optional(),
      logoutResponseUrl: text.optional(),
      logoutMethod: z.enum(['BACKCHANNEL', 'FRONTCHANNEL_HTTP_REDIRECT', 'FRONTCHANNEL_HTTP_POST']).optional(),
      idpInitiatedSingleLogout: z
        .strictObject({ enabled: flag.optional(), returnToUrls: z.array(text).optional() })
        .optional(),
    })
    .optional(),
  requestValidation: z
    .strictObject({ enableSignatureValidation: flag.optional(), signatureValidationCertAlias: text.optional() })
    .optional(),
  responseSigning: z.strictObject({ enabled: flag.optional(), signingAlgorithm: text.optional() }).optional(),
  enableAssertionQueryProfile: flag.optional(),
});

const passiveSts = z.strictObject({ realm: text, replyTo: text, replyToLogout: text.optional() });
const wsTrust = z.strictObject({ audience: text, certificateAlias: text });
const custom = z.strictObject({
  name: text,
  configName: text,
  properties: z.array(z.strictObject({ key: text, value: text.optional() })).optional(),
});

const authenticationSequence = z.strictObject({
  type: z.enum(['DEFAULT', 'USER_DEFINED']).optional(),
  steps: z
    .array(
      z.strictObject({
        id: z.int().min(1),
        options: z.array(z.strictObject({ idp: text, authenticator: text })).min(1),
      }),
    )
    .optional(),
  requestPathAuthenticators: z.array(text).optional(),
  script: text.optional(),
  subjectStepId: z.int().min(1).optional(),
  attributeStepId: z.int().min(1).optional(),
});

const claimConfiguration = z.strictObject({
  dialect: z.enum(['LOCAL', 'CUSTOM']).optional(),
  claimMappings: z.array(z.strictObject({ applicationClaim: text, localClaim: claim })).optional(),
  requestedClaims: z.array(z.strictObject({ claim, mandatory: flag.optional() })).optional(),
  subject: z
    .strictObject({
      claim: claim.optional(),
      includeUserDomain: flag.optional(),
      includeTenantDomain: flag.optional(),
      useMappedLocalSubject: flag.optional(),
      mappedLocalSubjectMandatory: flag.optional(),
    })
    .optional(),
  role: z
    .strictObject({
      claim: claim.optional(),
      includeUserDomain: flag.optional(),
      mappings: z.array(z.strictObject({ localRole: text, applicationRole: text })).optional(),
    })
    .optional(),
});

const advancedConfigurations = z.strictObject({
  saas: flag.optional(),
  discoverableByEndUsers: flag.optional(),
  skipLoginConsent: flag.optional(),
  skipLogoutConsent: flag.optional(),
  useExternalConsentPage: flag.optional(),
  returnAuthenticatedIdpList: flag.optional(),
  enableAuthorization: flag.optional(),
  enableAPIBasedAuthentication: flag.optional(),
  certificate: z.strictObject({ type: z.enum(['PEM', 'JWKS']), value: text }).optional(),
  attestationMetaData: z
    .strictObject({
      enableClientAttestation: flag.optional(),
      androidPackageName: text.optional(),
      androidAttestationServiceCredentials: text
        .describe('The JSON text of the service account key, as a {{secret:NAME}} placeholder')
        .optional(),
      appleAppId: text.optional(),
    })
    .optional(),
  trustedAppConfiguration: z
    .strictObject({
      isFIDOTrustedApp: flag.optional(),
      isConsentGranted: flag.optional(),
      androidPackageName: text.optional(),
      androidThumbprints: z.array(text).optional(),
      appleAppId: text.optional(),
    })
    .optional(),
});

const provisioningConfigurations = z.strictObject({
  inboundProvisioning: z
    .strictObject({ proxyMode: flag.optional(), provisioningUserstoreDomain: text.optional() })
    .optional(),
  outboundProvisioningIdps: z
    .array(
      z.strictObject({
        idp: text,
        connector: text.optional(),
        blocking: flag.optional(),
        rules: flag.optional(),
        jit: flag.optional(),
      }),
    )
    .optional(),
});

/** A rendered application file. */
export const applicationSchema = z.strictObject({
  name: text.min(1),
  description: text.optional(),
  imageUrl: text.optional(),
  accessUrl: text.optional(),
  logoutReturnUrl: text.optional(),
  templateId: text.optional(),
  templateVersion: text.optional(),
  isManagementApp: flag.optional(),
  isB2BSelfServiceApp: flag.optional(),
  applicationEnabled: flag.optional(),
  enhancedOrgAuthenticationEnabled: flag.optional(),
  inboundProtocolConfiguration: z
    .strictObject({
      oidc: oidc.optional(),
      saml: saml.optional(),
      passiveSts: passiveSts.optional(),
      wsTrust: wsTrust.optional(),
      custom: z.array(custom).optional(),
    })
    .optional(),
  authenticationSequence: authenticationSequence.optional(),
  claimConfiguration: claimConfiguration.optional(),
  advancedConfigurations: advancedConfigurations.optional(),
  provisioningConfigurations: provisioningConfigurations.optional(),
  associatedRoles: z
    .strictObject({
      allowedAudience: z.enum(['ORGANIZATION', 'APPLICATION']),
      roles: z.array(z.strictObject({ name: text })).optional(),
    })
    .optional(),
  authorizedAPIs: z
    .array(
      z.strictObject({
        identifier: text,
        policyIdentifier: text.optional(),
        scopes: z.array(text).optional(),
        authorizationDetailsTypes: z.array(text).optional(),
      }),
    )
    .optional(),
});
