import { oidcOf, textsOf, type Rule } from './rule';

const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/i;

export const plainHttpCallback: Rule = {
  id: 'plain-http-callback',
  severity: 'warning',
  kind: 'application',
  why: 'An authorization code sent to an http address can be read on the way.',
  mend: 'Use https; plain http is only safe on the loopback interface.',
  check: (artifact) =>
    textsOf(oidcOf(artifact).callbackURLs)
      .filter((url) => /^http:/i.test(url) && !LOOPBACK.test(url))
      .map((url) => ({
        path: 'inboundProtocolConfiguration.oidc.callbackURLs',
        message: `callback ${url} is not encrypted`,
      })),
};
