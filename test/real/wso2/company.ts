const GENERIC_OIDC = Buffer.from('OpenIDConnectAuthenticator').toString('base64url');

const secrets = { portal: 'portal-Gx7mQ2vLs9Tb4KwD', trust: 'trust-Hn5cV8pZr3Yj6MfA' };

/** A small company of requests that make it, in an order that a server takes: two claims, a provider, four applications. */
export const company: readonly { readonly path: string; readonly body: object }[] = [
  {
    path: 'claim-dialects/local/claims',
    body: {
      claimURI: 'http://wso2.org/claims/berth',
      displayName: 'Berth',
      description: 'Where the boat lies',
      displayOrder: 7,
      attributeMapping: [{ mappedAttribute: 'berth', userstore: 'PRIMARY' }],
    },
  },
  { path: 'claim-dialects', body: { dialectURI: 'urn:boats' } },
  {
    path: `claim-dialects/${Buffer.from('urn:boats').toString('base64url')}/claims`,
    body: { claimURI: 'urn:boats:berth', mappedLocalClaimURI: 'http://wso2.org/claims/berth' },
  },
  {
    path: 'identity-providers',
    body: {
      name: 'Harbour Trust',
      description: 'Partners of the harbour',
      federatedAuthenticators: {
        defaultAuthenticatorId: GENERIC_OIDC,
        authenticators: [
          {
            authenticatorId: GENERIC_OIDC,
            isEnabled: true,
            properties: [
              { key: 'ClientId', value: 'boats' },
              { key: 'ClientSecret', value: secrets.trust },
              { key: 'OAuth2AuthzEPUrl', value: 'https://trust.example/authorize' },
              { key: 'OAuth2TokenEPUrl', value: 'https://trust.example/token' },
              { key: 'callbackUrl', value: 'https://localhost/commonauth' },
            ],
          },
        ],
      },
    },
  },
  {
    path: 'applications',
    body: {
      name: 'Boat Portal',
      description: 'Berths for boats',
      accessUrl: 'https://portal.boats.example',
      inboundProtocolConfiguration: {
        oidc: {
          clientId: 'boat-portal',
          clientSecret: secrets.portal,
          grantTypes: ['authorization_code', 'refresh_token'],
          callbackURLs: ['https://portal.boats.example/callback'],
          allowedOrigins: ['https://portal.boats.example'],
        },
      },
      authenticationSequence: {
        type: 'USER_DEFINED',
        steps: [
          {
            id: 1,
            options: [
              { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
              { idp: 'Harbour Trust', authenticator: 'OpenIDConnectAuthenticator' },
            ],
          },
        ],
      },
      claimConfiguration: { requestedClaims: [{ claim: { uri: 'http://wso2.org/claims/berth' }, mandatory: true }] },
    },
  },
  {
    path: 'applications',
    body: {
      name: 'Freight Ledger',
      inboundProtocolConfiguration: {
        saml: {
          manualConfiguration: {
            issuer: 'freight-ledger',
            assertionConsumerUrls: ['https://freight.boats.example/acs'],
          },
        },
      },
    },
  },
  { path: 'applications', body: { name: 'Harbour Office', description: 'Staff' } },
  {
    path: 'applications',
    body: {
      name: 'Tide Table',
      inboundProtocolConfiguration: {
        oidc: { clientId: 'tide-table', publicClient: true, grantTypes: ['client_credentials'], allowedOrigins: [] },
      },
    },
  },
];

/** Process variables for the secrets that an export of the company leaves to placeholders. */
export const companySecrets: Readonly<Record<string, string>> = {
  LIFTLOCK_SECRET_BOAT_PORTAL_CLIENTSECRET: secrets.portal,
  LIFTLOCK_SECRET_HARBOUR_TRUST_CLIENTSECRET: secrets.trust,
};
