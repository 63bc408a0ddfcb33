import type { Json, JsonObject } from '../../../model/json';
import type { Change, WriteRequest } from '../../product';
import { API } from '../paths';
import { apisByIdentifier, apiToken } from './references';

const AUTHORIZED = [...API, 'applications', '{id}', 'authorized-apis'] as const;

/** Authorizes a new application for all its APIs. */
export function authorizeAll(change: Change): WriteRequest[] {
  return [...apisByIdentifier(change.desired)].map(([identifier, api]) => authorize(identifier, api, change));
}

function authorize(identifier: string, api: JsonObject, change: Change): WriteRequest {
  const body: JsonObject = {
    id: change.ids.get(apiToken(identifier)) ?? '',
    policyIdentifier: api.policyIdentifier ?? 'RBAC',
    scopes: api.scopes ?? [],
  };
  if (listIn(api.authorizationDetailsTypes).length > 0)
    body.authorizationDetailsTypes = api.authorizationDetailsTypes ?? [];
  return { method: 'POST', path: AUTHORIZED, body };
}

/** The policy of an authorized API cannot be patched: it is taken away and authorized anew (reference, 2.1.7). */
export function apiRequests(change: Change): WriteRequest[] {
  const desired = apisByIdentifier(change.desired);
  const current = apisByIdentifier(change.current);
  const added = [...desired].filter(([identifier]) => !current.has(identifier));
  const removed = [...current].filter(([identifier]) => !desired.has(identifier));
  return [
    ...[...desired].flatMap(([identifier, api]) => changeApi(identifier, api, current.get(identifier), change)),
    ...added.map(([identifier, api]) => authorize(identifier, api, change)),
    ...removed.map(([, api]): WriteRequest => ({ method: 'DELETE', path: apiPath(api) })),
  ];
}

function changeApi(
  identifier: string,
  desired: JsonObject,
  current: JsonObject | undefined,
  change: Change,
): WriteRequest[] {
  if (!current) return [];
  if ((desired.policyIdentifier ?? 'RBAC') !== (current.policyIdentifier ?? 'RBAC')) {
    const ids = new Map(change.ids).set(apiToken(identifier), String(current.id));
    return [{ method: 'DELETE', path: apiPath(current) }, authorize(identifier, desired, { ...change, ids })];
  }
  const body: JsonObject = {
    ...addedAndRemoved('Scopes', desired.scopes, current.scopes),
    ...addedAndRemoved(
      'AuthorizationDetailsTypes',
      desired.authorizationDetailsTypes,
      current.authorizationDetailsTypes,
    ),
  };
  return Object.keys(body).length > 0 ? [{ method: 'PATCH', path: apiPath(current), body }] : [];
}

function apiPath(api: JsonObject): string[] {
  return [...AUTHORIZED, String(api.id)];
}

function addedAndRemoved(suffix: string, desired: Json | undefined, current: Json | undefined): JsonObject {
  const wanted = listIn(desired);
  const present = listIn(current);
  const result: JsonObject = {};
  const added = wanted.filter((text) => !present.includes(text));
  const removed = present.filter((text) => !wanted.includes(text));
  if (added.length > 0) result[`added${suffix}`] = added;
  if (removed.length > 0) result[`removed${suffix}`] = removed;
  return result;
}

function listIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
