import type { JsonObject } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import { textIn, textsIn } from '../fields';
import type { ApiResourceRecord } from '../roles/record';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { badAuthorizedApi, missingPrivilege } from './failures';
import type { ApplicationRecord, AuthorizedApi } from './record';
import { applicationAt } from './writing';

const POLICIES = new Set(['RBAC', 'NO POLICY']);

/** GET /applications/{id}/authorized-apis (reference §2.1.7). */
export function authorizedApis(world: World, applicationId: string): JsonObject[] {
  return applicationAt(world, applicationId).authorizedApis.flatMap((authorized) => {
    const api = world.apiResources.get(authorized.apiId);
    return api ? [shownApi(world.version, authorized, api)] : [];
  });
}

function shownApi(version: Version, authorized: AuthorizedApi, api: ApiResourceRecord): JsonObject {
  const scopes = api.scopes.filter((scope) => authorized.scopes.includes(scope.name));
  return {
    id: api.id,
    identifier: api.identifier,
    displayName: api.name,
    policyId: authorized.policy,
    type: api.type,
    authorizedScopes: scopes.map((scope) => ({ id: scope.id, name: scope.name, displayName: scope.displayName })),
    ...(isAtLeast(version, '7.1') ? { authorizedAuthorizationDetailsTypes: [] } : {}),
  };
}

/** POST …/authorized-apis: 200 without a body, whatever the YAML says (reference §5, quirk 12). */
export function authorizeApi(world: World, applicationId: string, body: JsonObject, caller: Caller): void {
  const application = applicationAt(world, applicationId);
  const id = textIn(body, 'id') ?? '';
  const api = world.apiResources.get(id);
  if (!api) throw badAuthorizedApi('APP-60507', `No API resource has the id ${id}.`);
  refuseUnprivileged(world.version, api, caller);
  if (application.authorizedApis.some((known) => known.apiId === id)) {
    throw badAuthorizedApi('APP-60509', `The API resource ${api.identifier} is authorized already.`);
  }
  const policy = textIn(body, 'policyIdentifier') ?? 'RBAC';
  if (!POLICIES.has(policy)) throw badAuthorizedApi('APP-60511', `There is no policy ${policy}.`);
  // The product's own code of 7.0 does so (7.0 measured, A4).
  if (policy === 'NO POLICY' && api.requiresAuthorization) {
    throw badAuthorizedApi('APP-60512', `The API resource ${api.identifier} requires authorization.`);
  }
  const scopes = knownScopes(api, textsIn(body, 'scopes'));
  save(world, application, [...application.authorizedApis, { apiId: id, policy, scopes }]);
}

/** PATCH …/authorized-apis/{apiId}: scopes come and go, the policy stays. */
export function changeAuthorizedApi(
  world: World,
  applicationId: string,
  apiId: string,
  body: JsonObject,
  caller: Caller,
): void {
  const application = applicationAt(world, applicationId);
  const authorized = application.authorizedApis.find((known) => known.apiId === apiId);
  const api = world.apiResources.get(apiId);
  if (!authorized || !api) throw badAuthorizedApi('APP-60510', `The API resource ${apiId} is not authorized.`);
  refuseUnprivileged(world.version, api, caller);
  const removed = textsIn(body, 'removedScopes');
  const kept = authorized.scopes.filter((scope) => !removed.includes(scope));
  const scopes = [...new Set([...kept, ...knownScopes(api, textsIn(body, 'addedScopes'))])];
  save(
    world,
    application,
    application.authorizedApis.map((known) => (known.apiId === apiId ? { ...known, scopes } : known)),
  );
}

/** DELETE …/authorized-apis/{apiId}: 204, also when there was nothing to remove. */
export function removeAuthorizedApi(world: World, applicationId: string, apiId: string): void {
  const application = applicationAt(world, applicationId);
  save(
    world,
    application,
    application.authorizedApis.filter((known) => known.apiId !== apiId),
  );
}

function save(world: World, application: ApplicationRecord, authorized: readonly AuthorizedApi[]): void {
  world.applications.put({ ...application, authorizedApis: authorized });
}

function knownScopes(api: ApiResourceRecord, names: readonly string[]): string[] {
  const unknown = names.find((name) => !api.scopes.some((scope) => scope.name === name));
  if (unknown !== undefined)
    throw badAuthorizedApi('APP-60508', `The API resource ${api.identifier} has no scope ${unknown}.`);
  return [...new Set(names)];
}

/** From 7.2 business and internal APIs need a scope each (reference §1.2). */
function refuseUnprivileged(version: Version, api: ApiResourceRecord, caller: Caller): void {
  if (!isAtLeast(version, '7.2')) return;
  const scope =
    api.type === 'BUSINESS' ? 'internal_application_business_api_update' : 'internal_application_internal_api_update';
  if (!caller.scopes.has(scope)) throw missingPrivilege(`authorize an API of type ${api.type}`);
}
