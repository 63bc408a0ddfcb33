import type { Site } from '../site';
import type { Authorizer } from './authorizer';

/** HTTP Basic (RFC 7617, in UTF-8). There is nothing to renew. */
export function basicAuthorizer(username: string, password: string, site: Site): Authorizer {
  const header = basicHeader(username, password);
  site.keepSecret(password);
  site.keepSecret(header.slice('Basic '.length));
  return {
    header: async () => header,
    renew: async () => false,
    grantedScopes: async () => undefined,
    hint(status) {
      if (status === 401)
        return `Check auth.username and auth.password of ${site.environment}, and whether the server allows basic authentication.`;
      if (status === 403)
        return `Give the user ${site.clean(username, 80)} the permission for this on ${site.environment}.`;
      return undefined;
    },
  };
}

/** `Basic …` for a pair of texts. */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}
