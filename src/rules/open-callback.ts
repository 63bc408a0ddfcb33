import { oidcOf, textsOf, type Rule } from './rule';

const OPEN = /\.\*|\.\+|\[\^/;

export const openCallback: Rule = {
  id: 'open-callback',
  severity: 'warning',
  kind: 'application',
  why: 'A callback expression that matches any text lets an attacker receive codes and tokens.',
  mend: 'List the callback URLs one by one.',
  check: (artifact) =>
    textsOf(oidcOf(artifact).callbackURLs)
      .filter((url) => url.startsWith('regexp=') && OPEN.test(url))
      .map((url) => ({
        path: 'inboundProtocolConfiguration.oidc.callbackURLs',
        message: `callback expression ${url} matches addresses that nobody listed`,
      })),
};
