import { isObject, type Json, type JsonObject } from '../../../src/model/json';
import { setAt } from '../../../src/service-provider-files/translation/pairs';

/** The identity provider that applications of this file sign in with. */
export const FEDERATED: JsonObject = {
  name: 'Harbour Trust',
  federatedAuthenticators: {
    defaultAuthenticatorId: 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I',
    authenticators: [
      {
        authenticatorId: 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I',
        isEnabled: true,
        properties: [
          { key: 'ClientId', value: 'harbour' },
          { key: 'ClientSecret', value: 'harbour-Wv6nTq3sLz8Yb' },
          { key: 'OAuth2AuthzEPUrl', value: 'https://harbour.example/authorize' },
          { key: 'OAuth2TokenEPUrl', value: 'https://harbour.example/token' },
          { key: 'callbackUrl', value: 'https://harbour.example/commonauth' },
        ],
      },
    ],
  },
};

const AT = 'https://quay.example';
const OIDC: JsonObject = { grantTypes: ['authorization_code', 'refresh_token'], callbackURLs: [`${AT}/cb`] };
const SAML: JsonObject = { issuer: 'quay', assertionConsumerUrls: [`${AT}/acs`] };
const USER_DEFINED: JsonObject = {
  type: 'USER_DEFINED',
  steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }],
};
const CUSTOM: JsonObject = {
  dialect: 'CUSTOM',
  claimMappings: [{ applicationClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/emailaddress' } }],
};

/** Texts that a parser, a template or a character set could break. */
const HARD = 'Zoë’s <quay> & "berth" \\ ]]> ${no} 船 \'x\'';
const SCRIPT = `var onLoginRequest = function (context) {\n  if (1 < 2 && 'a' !== "b") { // ]]> Zoë\n\texecuteStep(1);\n  }\n};\n`;

/** An optional part of an application: where it stands, what it is set to, and what it needs beside it. */
type Part = readonly [path: string, value: Json, needs?: readonly (readonly [string, Json])[]];

const P = 'inboundProtocolConfiguration';
const oidc = (path: string, value: Json): Part => [`${P}.oidc.${path}`, value, [[`${P}.oidc`, OIDC]]];
const saml = (path: string, value: Json, ...more: (readonly [string, Json])[]): Part => [
  `${P}.saml.${path}`,
  value,
  [[`${P}.saml`, SAML], ...more.map(([at, inner]): readonly [string, Json] => [`${P}.saml.${at}`, inner])],
];
const own = (path: string, value: Json): Part => [
  `authenticationSequence.${path}`,
  value,
  [['authenticationSequence', USER_DEFINED]],
];
const customClaims = (path: string, value: Json): Part => [
  `claimConfiguration.${path}`,
  value,
  [['claimConfiguration', CUSTOM]],
];
const step = (id: number, ...options: (readonly [string, string])[]): JsonObject => ({
  id,
  options: options.map(([idp, authenticator]) => ({ idp, authenticator })),
});

/** Every optional part of an application of 6.0, on the values that differ from what a server assumes. */
function parts(certificate: string): readonly Part[] {
  return [
    ['description', HARD],
    ['description', '  two\nlines\twith space  '],
    ['imageUrl', `${AT}/logo.png?a=1&b=<2>`],
    ['accessUrl', `${AT}/start?x=1&y=2`],
    ['templateId', 'custom-application'],
    ['isManagementApp', true],
    ['advancedConfigurations.saas', true],
    ['advancedConfigurations.discoverableByEndUsers', true, [['accessUrl', `${AT}/start`]]],
    ['advancedConfigurations.certificate', { type: 'JWKS', value: `${AT}/jwks` }],
    ['advancedConfigurations.certificate', { type: 'PEM', value: certificate }],
    ['advancedConfigurations.skipLoginConsent', true],
    ['advancedConfigurations.skipLogoutConsent', true],
    ['advancedConfigurations.returnAuthenticatedIdpList', true],
    ['advancedConfigurations.enableAuthorization', true],
    ['claimConfiguration.subject.claim', { uri: 'http://wso2.org/claims/emailaddress' }],
    ['claimConfiguration.subject.includeUserDomain', true],
    ['claimConfiguration.subject.includeTenantDomain', true],
    ['claimConfiguration.subject.useMappedLocalSubject', true],
    ['claimConfiguration.role.includeUserDomain', false],
    ['claimConfiguration.role.mappings', [{ localRole: 'Internal/everyone', applicationRole: 'all & <sundry>' }]],
    ['claimConfiguration.requestedClaims', [{ claim: { uri: 'http://wso2.org/claims/mobile' }, mandatory: true }]],
    ['claimConfiguration.requestedClaims', [{ claim: { uri: 'http://wso2.org/claims/mobile' }, mandatory: false }]],
    ['claimConfiguration', CUSTOM],
    customClaims('requestedClaims', [{ claim: { uri: 'mail' }, mandatory: true }]),
    customClaims('subject', { claim: { uri: 'mail' } }),
    customClaims('role', { claim: { uri: 'mail' } }),
    ['authenticationSequence', USER_DEFINED],
    own('steps', [step(1, ['Harbour Trust', 'OpenIDConnectAuthenticator'])]),
    own('steps', [
      step(1, ['LOCAL', 'BasicAuthenticator'], ['Harbour Trust', 'OpenIDConnectAuthenticator']),
      step(2, ['LOCAL', 'totp']),
    ]),
    own('script', SCRIPT),
    ['authenticationSequence.subjectStepId', 2, [['authenticationSequence', twoSteps]]],
    ['authenticationSequence.attributeStepId', 2, [['authenticationSequence', twoSteps]]],
    own('requestPathAuthenticators', ['BasicAuthRequestPathAuthenticator']),
    ['provisioningConfigurations.inboundProvisioning', { provisioningUserstoreDomain: 'PRIMARY' }],
    [`${P}.oidc`, OIDC],
    oidc('clientId', 'quay_client-1.example'),
    oidc('callbackURLs', [`${AT}/a?b=1&c=2`, `${AT}/b`]),
    oidc('publicClient', true),
    oidc('pkce', { mandatory: true }),
    oidc('pkce', { supportPlainTransformAlgorithm: true }),
    oidc('accessToken.type', 'JWT'),
    oidc('accessToken.userAccessTokenExpiryInSeconds', 1234),
    oidc('accessToken.applicationAccessTokenExpiryInSeconds', 4321),
    oidc('accessToken.bindingType', 'cookie'),
    oidc('accessToken', { bindingType: 'sso-session', revokeTokensWhenIDPSessionTerminated: true }),
    oidc('accessToken', { bindingType: 'cookie', validateTokenBinding: true }),
    oidc('refreshToken.expiryInSeconds', 777),
    oidc('refreshToken.renewRefreshToken', true),
    oidc('refreshToken.renewRefreshToken', false),
    oidc('idToken.expiryInSeconds', 555),
    oidc('idToken.audience', [`${AT}/api?a=1&b=2`, 'other']),
    oidc('idToken.encryption', { enabled: true, algorithm: 'RSA-OAEP', method: 'A256GCM' }),
    oidc('logout.backChannelLogoutUrl', `${AT}/back?x=1&y=2`),
    oidc('logout.frontChannelLogoutUrl', `${AT}/front`),
    oidc('validateRequestObjectSignature', true),
    oidc('scopeValidators', ['Role based scope validator']),
    [`${P}.saml`, SAML],
    saml('issuer', 'urn:quay:a&b'),
    saml('serviceProviderQualifier', 'east'),
    saml('assertionConsumerUrls', [`${AT}/acs?a=1&b=2`, `${AT}/acs2`]),
    saml('defaultAssertionConsumerUrl', `${AT}/acs2`, ['assertionConsumerUrls', [`${AT}/acs`, `${AT}/acs2`]]),
    saml('idpEntityIdAlias', 'alias'),
    saml('singleSignOnProfile.bindings', ['HTTP_POST', 'HTTP_REDIRECT', 'ARTIFACT']),
    saml('singleSignOnProfile.enableSignatureValidationForArtifactBinding', true),
    saml('singleSignOnProfile.enableIdpInitiatedSingleSignOn', true),
    saml('singleSignOnProfile.assertion.nameIdFormat', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'),
    saml('singleSignOnProfile.assertion.audiences', [`${AT}/aud?a=1&b=2`]),
    saml('singleSignOnProfile.assertion.recipients', [`${AT}/rec`]),
    saml('singleSignOnProfile.assertion.digestAlgorithm', 'http://www.w3.org/2001/04/xmlenc#sha256'),
    saml('singleSignOnProfile.assertion.encryption', {
      enabled: true,
      assertionEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
      keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-1_5',
    }),
    saml('attributeProfile', { enabled: true }),
    saml('attributeProfile', { enabled: true, alwaysIncludeAttributesInResponse: true }),
    saml('singleLogoutProfile.enabled', false),
    saml('singleLogoutProfile', { enabled: true, logoutRequestUrl: `${AT}/lo`, logoutResponseUrl: `${AT}/lr` }),
    saml('singleLogoutProfile', { enabled: true, logoutMethod: 'FRONTCHANNEL_HTTP_POST' }),
    saml('singleLogoutProfile', { enabled: true, logoutMethod: 'FRONTCHANNEL_HTTP_REDIRECT' }),
    saml('singleLogoutProfile', {
      enabled: true,
      idpInitiatedSingleLogout: { enabled: true, returnToUrls: [`${AT}/out`] },
    }),
    saml('requestValidation.enableSignatureValidation', false),
    saml('requestValidation', { enableSignatureValidation: true, signatureValidationCertAlias: 'wso2carbon' }),
    saml('responseSigning.enabled', false),
    saml('responseSigning.signingAlgorithm', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'),
    saml('enableAssertionQueryProfile', true),
    [`${P}.passiveSts`, { realm: 'quay-realm', replyTo: `${AT}/reply?a=1&b=2` }],
  ];
}

const twoSteps: JsonObject = {
  type: 'USER_DEFINED',
  steps: [step(1, ['LOCAL', 'BasicAuthenticator']), step(2, ['LOCAL', 'totp'])],
};

/** An application for each part, set alone; issuers and client ids are told apart. */
export function generatedApplications(certificate: string): JsonObject[] {
  return parts(certificate).map(([path, value, needs = []], index) => {
    const application: JsonObject = { name: `part-${String(index).padStart(3, '0')}` };
    for (const [at, inner] of needs) setAt(application, at, structuredClone(inner));
    setAt(application, path, structuredClone(value));
    const issuer = isObject(application[P]) && isObject(application[P]['saml']) ? application[P]['saml'] : undefined;
    if (issuer) issuer['issuer'] = `${String(issuer['issuer'])}-${index}`;
    return application;
  });
}

/** One application with everything that goes together. */
export const RICH: JsonObject = {
  name: 'Rich Quay',
  description: HARD,
  accessUrl: `${AT}/start`,
  imageUrl: `${AT}/logo.png`,
  advancedConfigurations: {
    saas: true,
    discoverableByEndUsers: true,
    certificate: { type: 'JWKS', value: `${AT}/jwks` },
    skipLoginConsent: true,
    skipLogoutConsent: true,
    returnAuthenticatedIdpList: true,
    enableAuthorization: true,
  },
  claimConfiguration: {
    ...CUSTOM,
    requestedClaims: [{ claim: { uri: 'mail' }, mandatory: true }],
    subject: {
      claim: { uri: 'mail' },
      includeUserDomain: true,
      includeTenantDomain: true,
      useMappedLocalSubject: true,
    },
    role: {
      claim: { uri: 'mail' },
      includeUserDomain: false,
      mappings: [{ localRole: 'Internal/everyone', applicationRole: 'all' }],
    },
  },
  authenticationSequence: {
    type: 'USER_DEFINED',
    steps: [
      step(1, ['LOCAL', 'BasicAuthenticator'], ['Harbour Trust', 'OpenIDConnectAuthenticator']),
      step(2, ['LOCAL', 'totp']),
    ],
    script: SCRIPT,
    subjectStepId: 1,
    attributeStepId: 2,
    requestPathAuthenticators: ['BasicAuthRequestPathAuthenticator'],
  },
  provisioningConfigurations: { inboundProvisioning: { provisioningUserstoreDomain: 'PRIMARY' } },
  inboundProtocolConfiguration: {
    oidc: {
      ...OIDC,
      clientId: 'rich-quay',
      callbackURLs: [`${AT}/a`, `${AT}/b`],
      publicClient: true,
      pkce: { mandatory: true, supportPlainTransformAlgorithm: true },
      accessToken: { type: 'JWT', bindingType: 'sso-session', validateTokenBinding: true },
      idToken: { audience: ['api'], encryption: { enabled: true, algorithm: 'RSA-OAEP', method: 'A128GCM' } },
      logout: { backChannelLogoutUrl: `${AT}/back` },
      scopeValidators: ['Role based scope validator'],
    },
    saml: { ...SAML, issuer: 'rich-quay', serviceProviderQualifier: 'west' },
    passiveSts: { realm: 'rich-realm', replyTo: `${AT}/reply` },
  },
};
