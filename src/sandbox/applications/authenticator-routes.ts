import type { JsonObject } from '../../model/json';
import { present, textIn } from '../fields';
import { ok, type Route } from '../http/route';
import { encodedName } from '../identifiers';
import type { IdentityProviderRecord } from '../identity-providers/record';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { localAuthenticators } from './login-sequence';

/** What a login step may consist of: the local authenticators, and every identity provider as one. */
export function authenticatorRoutes(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: '/authenticators',
      // Which scope guards the list is not established; those who can see what it lists may see it.
      scopes: ['internal_application_mgt_view', 'internal_idp_view'],
      answer: () =>
        ok([
          ...localAuthenticators(world).map((name) => localAuthenticator(world, name)),
          ...[...world.identityProviders.all()].map((provider) => federatedAuthenticator(world, provider)),
        ]),
    },
  ];
}

/** One of the authenticators of the server itself, as lists show it. */
export function localAuthenticator(world: World, name: string): JsonObject {
  const id = encodedName(name);
  return {
    id,
    name,
    displayName: name,
    isEnabled: true,
    ...definedBySystem(world),
    type: 'LOCAL',
    tags: [],
    self: world.link(`/configs/authenticators/${id}`),
  };
}

function federatedAuthenticator(world: World, provider: IdentityProviderRecord): JsonObject {
  return present({
    id: provider.id,
    name: provider.name,
    displayName: provider.name,
    isEnabled: provider.isEnabled,
    ...definedBySystem(world),
    type: 'FEDERATED',
    image: textIn(provider.texts, 'image'),
    description: textIn(provider.texts, 'description'),
    tags: [],
    self: world.link(`/identity-providers/${provider.id}`),
  });
}

/** Authenticators that users define came with 7.1. */
function definedBySystem(world: World): JsonObject {
  return isAtLeast(world.version, '7.1') ? { definedBy: 'SYSTEM' } : {};
}
