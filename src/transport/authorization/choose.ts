import type { Authentication } from '../connection';
import type { Courier } from '../courier';
import type { Subject } from '../fault-words';
import type { Route } from '../routes';
import type { Site } from '../site';
import type { Authorizer } from './authorizer';
import { basicAuthorizer } from './basic';
import { bearerAuthorizer } from './bearer';
import { ClientCredentialsAuthorizer, type TokenRequest } from './client-credentials';
import type { Json } from '../../model/json';

/** How the token endpoint is reached. */
interface TokenEndpoint {
  readonly courier: Courier;
  readonly route: Route;
  readonly limits: Subject['limits'];
  readonly url: URL;
  /** As shown to the user. */
  readonly path: string;
}

export interface AuthorizerSurroundings {
  readonly scopes: readonly string[];
  readonly variables?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly site: Site;
  readonly now: () => number;
  readonly token: TokenEndpoint;
}

/**
 * The authorizer for the credentials of an environment. Nothing is sent or run yet.
 * @throws {LiftlockError} `auth-invalid`.
 */
export function chooseAuthorizer(auth: Authentication, surroundings: AuthorizerSurroundings): Authorizer {
  const { site, now, scopes, token } = surroundings;
  switch (auth.type) {
    case 'basic':
      return basicAuthorizer(auth.username, auth.password, site);
    case 'bearer':
      return bearerAuthorizer(auth, surroundings);
    case 'client-credentials':
      return new ClientCredentialsAuthorizer({
        clientId: auth.clientId,
        clientSecret: auth.clientSecret,
        scopes,
        site,
        now,
        post: (request) => askForToken(request, token),
      });
  }
}

async function askForToken(
  request: TokenRequest,
  { courier, route, limits, url, path }: TokenEndpoint,
): Promise<Json | undefined> {
  const { body } = await courier.deliver({
    subject: { method: 'POST', url, path, proxy: route.proxy, limits },
    route,
    headers: { accept: 'application/json', 'user-agent': 'liftlock', ...request.headers },
    body: request.body,
    // Asking for a token twice does no harm.
    repeatable: true,
    accept: [],
    hint: request.hint,
  });
  return body;
}
