import type { JsonObject } from '../../model/json';
import { isBlank, present, textIn } from '../fields';
import type { World } from '../world';
import { badApiResource, noSuchScope, scopeExists } from './api-resource-failures';
import type { ApiResourceRecord, ApiScope } from './record';

const RESTRICTED_PREFIX = 'internal_';

/**
 * The scopes of a request for an API resource. Names are unique in the tenant, those of OIDC scopes included, and some
 * prefixes are the product's own (reference §2.7; §5, quirk 31). One that the API has already keeps its id.
 */
export function sentScopes(
  world: World,
  sent: readonly JsonObject[],
  own: readonly ApiScope[] = [],
): readonly ApiScope[] {
  const names = new Set<string>();
  return sent.map((each) => {
    const scope = sentScope(world, each, own);
    if (names.has(scope.name)) throw scopeExists(scope.name);
    names.add(scope.name);
    return scope;
  });
}

function sentScope(world: World, body: JsonObject, own: readonly ApiScope[]): ApiScope {
  const name = textIn(body, 'name') ?? '';
  if (isBlank(name)) throw badApiResource('60005', 'A scope needs a name.');
  if (name.startsWith(RESTRICTED_PREFIX)) throw badApiResource('60008', `The scope ${name} has a restricted prefix.`);
  if (world.oidcScopes.get(name)) throw badApiResource('60009', `${name} is the name of an OIDC scope.`);
  const known = own.find((scope) => scope.name === name);
  if (!known && world.apiResources.find('scope', name)) throw scopeExists(name);
  const id = known?.id ?? world.identifiers.uuid();
  return { id, name, displayName: textIn(body, 'displayName') ?? name, description: textIn(body, 'description') };
}

/** A scope as the API shows it. */
export function shownScope(scope: ApiScope): JsonObject {
  return present({ ...scope });
}

/** Stores an API resource with other scopes; what it loses is lost to roles and applications as well (§2.7). */
export function putScopes(world: World, api: ApiResourceRecord, scopes: readonly ApiScope[]): void {
  world.apiResources.put({ ...api, scopes });
  const kept = new Set(scopes.map((scope) => scope.name));
  withdraw(
    world,
    api.scopes.map((scope) => scope.name).filter((name) => !kept.has(name)),
  );
}

/** Takes scopes that are gone out of the permissions of roles and the authorizations of applications. */
export function withdraw(world: World, names: readonly string[]): void {
  const gone = new Set(names.filter((name) => !world.apiResources.find('scope', name)));
  if (gone.size === 0) return;
  const lasting = (name: string): boolean => !gone.has(name);
  for (const role of [...world.roles.all()]) {
    if (!role.permissions.every(lasting)) {
      world.roles.put({ ...role, permissions: role.permissions.filter(lasting) });
    }
  }
  for (const application of [...world.applications.all()]) {
    if (application.authorizedApis.every((each) => each.scopes.every(lasting))) continue;
    const authorizedApis = application.authorizedApis.map((each) => ({
      ...each,
      scopes: each.scopes.filter(lasting),
    }));
    world.applications.put({ ...application, authorizedApis });
  }
}

/** Changes the display name and the description of a scope, found by a test; 404 when there is none. */
export function patchScope(
  world: World,
  api: ApiResourceRecord,
  wanted: (scope: ApiScope) => boolean,
  named: string,
  body: JsonObject,
): void {
  const found = api.scopes.find(wanted);
  if (!found) throw noSuchScope(named);
  const patched = {
    ...found,
    displayName: textIn(body, 'displayName') ?? found.displayName,
    description: textIn(body, 'description') ?? found.description,
  };
  world.apiResources.put({ ...api, scopes: api.scopes.map((scope) => (scope === found ? patched : scope)) });
}
