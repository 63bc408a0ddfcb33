import { mapAtPath, oidcOf, textsOf, type Rule } from './rule';

export const publicClientWithoutPkce: Rule = {
  id: 'public-client-without-pkce',
  severity: 'warning',
  kind: 'application',
  why: 'A public client has no secret, so without PKCE a stolen code is enough to sign in (RFC 9700, 2.1.1).',
  mend: 'Set inboundProtocolConfiguration.oidc.pkce.mandatory to true.',
  check: (artifact) => {
    const oidc = oidcOf(artifact);
    const usesCode = textsOf(oidc.grantTypes).includes('authorization_code');
    const open = oidc.publicClient === true && usesCode && mapAtPath(oidc, 'pkce').mandatory !== true;
    return open
      ? [{ path: 'inboundProtocolConfiguration.oidc.pkce', message: 'a public client may sign in without PKCE' }]
      : [];
  },
};
