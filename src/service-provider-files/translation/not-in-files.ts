const OIDC = 'inboundProtocolConfiguration.oidc';

/**
 * Fields of artifacts that a file has no element for. An import leaves them as they are on the server (reference, 3.2), so
 * a file says nothing about them: neither that they are there nor that they are not.
 */
const NOT_IN_FILES: Readonly<Record<string, readonly string[]>> = {
  application: [
    'logoutReturnUrl',
    'enhancedOrgAuthenticationEnabled',
    'authorizedAPIs',
    `${OIDC}.allowedOrigins`,
    `${OIDC}.accessToken.enableJwtScopeAsArray`,
    `${OIDC}.cibaAuthenticationRequest`,
    `${OIDC}.fapiProfile`,
    'inboundProtocolConfiguration.wsTrust',
  ],
  'identity-provider': ['federatedAuthenticators.authenticators[].endpoint'],
};

/** The fields of a kind that no file has an element for, as patterns. */
export function notInFiles(kind: string): readonly string[] {
  return NOT_IN_FILES[kind] ?? [];
}
