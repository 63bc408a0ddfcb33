import { oidcOf, textsOf, type Rule } from './rule';

const OUTDATED = ['implicit', 'password'];

export const outdatedGrant: Rule = {
  id: 'outdated-grant',
  severity: 'warning',
  kind: 'application',
  why: 'The implicit grant shows tokens in addresses, the password grant shows passwords to the application (RFC 9700, 2.1.2 and 2.4).',
  mend: 'Use authorization_code with PKCE, or client_credentials for services.',
  check: (artifact) =>
    textsOf(oidcOf(artifact).grantTypes)
      .filter((grant) => OUTDATED.includes(grant))
      .map((grant) => ({
        path: 'inboundProtocolConfiguration.oidc.grantTypes',
        message: `the grant "${grant}" should no longer be used`,
      })),
};
