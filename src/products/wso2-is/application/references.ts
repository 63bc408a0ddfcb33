import { isObject, type Json, type JsonObject } from '../../../model/json';
import type { Change } from '../../product';

type Planned = Omit<Change, 'ids'>;

/** Names under which looked-up server ids travel from the lookup to the requests. */
export const apiToken = (identifier: string): string => `api ${identifier}`;
export const roleToken = (name: string): string => `role ${name}`;

/** Authorized APIs by identifier. */
export function apisByIdentifier(value: JsonObject | undefined): Map<string, JsonObject> {
  return new Map(objectsIn(value?.authorizedAPIs).map((api) => [String(api.identifier), api]));
}

/** Identifiers that the application is to be authorized for and is not yet: their server ids must be found. */
export function missingApis(change: Planned): string[] {
  const present = apisByIdentifier(change.current);
  return [...apisByIdentifier(change.desired).keys()].filter((identifier) => !present.has(identifier));
}

/** Names of roles of the application's own audience. */
function applicationRoles(value: JsonObject | undefined): string[] {
  const roles = value?.associatedRoles;
  if (!isObject(roles) || roles.allowedAudience !== 'APPLICATION') return [];
  return objectsIn(roles.roles).map((role) => String(role.name));
}

/** Wanted application roles that are not associated yet. */
export function newApplicationRoles(change: Planned): string[] {
  const associated = new Set(applicationRoles(change.live));
  return applicationRoles(change.desired).filter((name) => !associated.has(name));
}

/** Roles to look for on the server: a new application cannot have any yet. */
export function rolesToLookUp(change: Planned): string[] {
  return change.live ? newApplicationRoles(change) : [];
}

/** The maps of a list; nothing for anything else. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
