import { localAuthenticator } from './applications/authenticator-routes';
import { localAuthenticators } from './applications/login-sequence';
import { ok, type Route } from './http/route';
import type { World } from './world';

/** GET /configs: settings of the server as they are when nobody changed them (an answer of the product's code of 6.0). */
export function configRoutes(world: World): Route[] {
  const answer = (): ReturnType<typeof ok> =>
    ok({
      homeRealmIdentifiers: ['localhost'],
      realmConfig: { adminUser: 'admin', adminRole: 'Internal/admin', everyoneRole: 'Internal/everyone' },
      idleSessionTimeoutPeriod: '15',
      rememberMePeriod: '20160',
      provisioning: { inbound: { scim: { enableProxyMode: false } } },
      authenticators: localAuthenticators(world).map((name) => localAuthenticator(world, name)),
      cors: {
        allowGenericHttpRequests: true,
        allowAnyOrigin: false,
        allowSubdomains: false,
        supportedMethods: ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'],
        supportAnyHeader: true,
        supportedHeaders: [],
        exposedHeaders: [],
        supportsCredentials: true,
        maxAge: -1,
      },
    });
  // Which scope guards them is not established.
  return [{ verb: 'GET', path: '/configs', scopes: ['internal_config_view'], answer }];
}
