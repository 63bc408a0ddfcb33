import type { JsonObject } from '../../model/json';
import type { ApplicationRecord } from '../applications/record';
import { flagIn, numberIn, objectsIn, textIn, textsIn } from '../fields';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { sameSecret, type Client } from './gatekeeper';

/**
 * An application as a client of the token endpoint, if the secret is right: it may do what the APIs permit that it is
 * authorized for, and before 7.0 everything if it is a management application (reference §1.2).
 */
export function applicationClient(world: World, clientId: string, clientSecret: string): Client | undefined {
  const application = world.applications.find('clientId', clientId);
  const configuration = application?.inbound.oidc;
  if (!application || !configuration || textIn(configuration, 'state') === 'REVOKED') return undefined;
  if (!secretsOf(configuration).some((secret) => sameSecret(secret, clientSecret))) return undefined;
  return { clientId, clientSecret, scopes: scopesOf(world, application), grants: textsIn(configuration, 'grantTypes') };
}

/** The secrets that have not expired; only the newest line has several. */
function secretsOf(configuration: JsonObject): string[] {
  const newest = { secretValue: configuration.clientSecret ?? '', expiresAt: configuration.clientSecretExpiresAt ?? 0 };
  return [newest, ...objectsIn(configuration, 'secrets')]
    .filter((secret) => numberIn(secret, 'expiresAt') === 0 || (numberIn(secret, 'expiresAt') ?? 0) * 1000 > Date.now())
    .flatMap((secret) => textIn(secret, 'secretValue') ?? [])
    .filter((value) => value !== '');
}

function scopesOf(world: World, { authorizedApis, texts }: ApplicationRecord): Client['scopes'] {
  if (isAtLeast(world.version, '7.0')) return authorizedApis.flatMap((api) => api.scopes);
  return flagIn(texts, 'isManagementApp') ? 'all' : [];
}
