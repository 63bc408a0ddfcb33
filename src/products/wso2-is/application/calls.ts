import { failure } from '../../../model/problem';
import { isObject, type Json, type JsonObject } from '../../../model/json';
import { compareVersions, isMask } from '../../../model/kind';
import { readAllPages, SCIM_PAGING } from '../../../transport/pages';
import type { Change, KindCalls, Listed, Live, Server } from '../../product';
import { filledText } from '../json-fields';
import { malformed } from '../malformed';
import { API, SCIM } from '../paths';
import { customPropertyNames } from './custom-properties';
import { createRequests, removeRequests, updateRequests } from './requests';
import { apiToken, missingApis, newApplicationRoles, roleToken, rolesToLookUp } from './references';

const APPLICATIONS = [...API, 'applications'] as const;

/** Where the protocols of the `inboundProtocols` list stand in a file, and their sub-path (reference, 2.1.2). */
const PROTOCOLS: Readonly<Record<string, { field: string; subPath: string }>> = {
  oauth2: { field: 'oidc', subPath: 'oidc' },
  samlsso: { field: 'saml', subPath: 'saml' },
  passivests: { field: 'passiveSts', subPath: 'passive-sts' },
  wstrust: { field: 'wsTrust', subPath: 'ws-trust' },
};

export const applicationCalls: KindCalls = {
  list: listApplications,
  read: readApplication,
  create: createRequests,
  update: updateRequests,
  remove: removeRequests,
  lookups: lookUpIds,
};

async function listApplications(server: Server): Promise<Listed[]> {
  const items = await readAllPages(
    server.transport,
    { method: 'GET', path: APPLICATIONS, ...clientIdsFor(server) },
    { arrayField: 'applications', limit: 100 },
  );
  return items.map((item) => listed(item, server));
}

/** Lists show client ids only where they are asked for (recorded on 6.0 and 7.0); 5.11 refuses to be asked. */
function clientIdsFor({ ownClientId, version }: Server): { query?: { attributes: string } } {
  return ownClientId === undefined || compareVersions(version, '6.0') < 0 ? {} : { query: { attributes: 'clientId' } };
}

function listed(item: JsonObject, server: Server): Listed {
  const because = protectedBecause(item, server);
  const [id, key] = [filledText(item, 'id'), filledText(item, 'name')];
  if (id === undefined || key === undefined) throw malformed(server, 'an application without id or name');
  const base = { id, key };
  return because === undefined ? base : { ...base, protectedBecause: because };
}

const OWN_CLIENT = 'Liftlock signs in with it';

function protectedBecause(item: JsonObject, server: Server): string | undefined {
  if (server.ownClientId !== undefined && item.clientId === server.ownClientId) return OWN_CLIENT;
  return item.access === 'READ' ? 'read-only on the server' : undefined;
}

/** One request for the application, one for each protocol, one for its authorized APIs from 7.0 (reference, 2.1.2). */
async function readApplication(server: Server, { id }: Listed): Promise<Live | undefined> {
  const hasApis = compareVersions(server.version, '7.0') >= 0;
  const [detail, apis] = await Promise.all([
    get(server, [...APPLICATIONS, id]),
    hasApis ? get(server, [...APPLICATIONS, id, 'authorized-apis']) : Promise.resolve<Found>(GONE),
  ]);
  if (detail === GONE) return undefined;
  if (!isObject(detail)) throw malformed(server, 'an application that is not a JSON object');
  const protocols = await readProtocols(server, id, detail.inboundProtocols);
  const value: JsonObject = { ...detail };
  if (protocols) value.inboundProtocolConfiguration = protocols;
  if (apis !== GONE) value.authorizedAPIs = objectsOrRefuse(server, apis, 'authorized APIs').map(authorizedApi);
  const own = isOwnClient(server, protocols);
  return {
    id,
    value: withoutMaskedSecret(value),
    remarks: remarks(detail, server.version),
    ...(own ? { protectedBecause: OWN_CLIENT } : {}),
  };
}

/** What a list shows of it or not, the application that Liftlock signs in with has its client id. */
function isOwnClient({ ownClientId }: Server, protocols: JsonObject | undefined): boolean {
  const oidc = protocols?.oidc;
  return ownClientId !== undefined && isObject(oidc) && oidc.clientId === ownClientId;
}

/** What is not there; an answer without a body is something else. */
const GONE: unique symbol = Symbol('gone');
type Found = Json | undefined | typeof GONE;

/** `GONE` for 404: the artifact vanished, or an older server lists a protocol that it does not have. */
async function get(server: Server, path: readonly string[]): Promise<Found> {
  const answer = await server.transport.send({ method: 'GET', path, accept: [404] });
  return answer.status === 404 ? GONE : answer.body;
}

function objectsOrRefuse(server: Server, list: Json | undefined, what: string): JsonObject[] {
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw malformed(server, `${what} that are not a list of objects`);
}

/**
 * Listed for an application that came from a file of an older release, and of no use: no release has the protocol any
 * more, and its GET is 400 "Unknown inbound type" (seen on 6.0 and 6.1).
 */
const OPENID_2 = 'openid';

async function readProtocols(server: Server, id: string, entries: Json | undefined): Promise<JsonObject | undefined> {
  const listed = Array.isArray(entries) ? entries.filter(isObject).map((entry) => String(entry.type)) : [];
  const types = listed.filter((type) => type !== OPENID_2);
  const bodies = await Promise.all(
    types.map((type) => get(server, [...APPLICATIONS, id, 'inbound-protocols', PROTOCOLS[type]?.subPath ?? type])),
  );
  const result: JsonObject = {};
  const custom: Json[] = [];
  types.forEach((type, index) => {
    const body = bodies[index];
    const field = PROTOCOLS[type]?.field;
    if (body === GONE) return;
    if (!isObject(body)) throw malformed(server, `a protocol (${type}) that is not a JSON object`);
    if (field) result[field] = body;
    else custom.push(body.name === undefined ? { ...body, name: type } : body);
  });
  if (custom.length > 0) result.custom = custom;
  return Object.keys(result).length > 0 ? result : undefined;
}

/** The answer in the vocabulary of the request, scopes by name (reference, 2.1.7); the id stays for later calls. */
function authorizedApi(api: JsonObject): JsonObject {
  const named = (list: Json | undefined, field: string): Json[] =>
    Array.isArray(list) ? list.filter(isObject).map((item) => item[field] ?? '') : [];
  return {
    id: api.id ?? '',
    identifier: api.identifier ?? '',
    policyIdentifier: api.policyId ?? 'RBAC',
    scopes: named(api.authorizedScopes, 'name'),
    authorizationDetailsTypes: named(api.authorizedAuthorizationDetailsTypes, 'type'),
  };
}

function withoutMaskedSecret(value: JsonObject): JsonObject {
  const protocols = value.inboundProtocolConfiguration;
  if (!isObject(protocols) || !isObject(protocols.oidc) || !isMask(protocols.oidc.clientSecret)) return value;
  const { clientSecret: _mask, ...oidc } = protocols.oidc;
  return { ...value, inboundProtocolConfiguration: { ...protocols, oidc } };
}

function remarks(detail: JsonObject, version: string): { path: string; why: string }[] {
  const advanced = isObject(detail.advancedConfigurations) ? detail.advancedConfigurations : {};
  const found: { path: string; why: string }[] = [];
  if (customPropertyNames(advanced.additionalSpProperties, version).length > 0) {
    found.push({
      path: 'advancedConfigurations.additionalSpProperties',
      why: 'the API refuses custom properties on write',
    });
  }
  if (filled(advanced.discoverableGroups)) {
    found.push({ path: 'advancedConfigurations.discoverableGroups', why: 'groups are named by ids of one server' });
  }
  return found;
}

const filled = (value: Json | undefined): boolean => Array.isArray(value) && value.length > 0;

/** Server ids of the API resources and application roles that the change has to name. */
async function lookUpIds(server: Server, change: Omit<Change, 'ids'>): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const apis = missingApis(change);
  if (apis.length > 0) await addApiIds(server, apis, ids);
  if (rolesToLookUp(change).length > 0) await addRoleIds(server, change, ids);
  return ids;
}

async function addApiIds(server: Server, identifiers: readonly string[], ids: Map<string, string>): Promise<void> {
  const resources = await server.once('api-resources', () => listApiResources(server));
  for (const identifier of identifiers) {
    const id = filledText(resources.get(identifier) ?? {}, 'id');
    if (id === undefined) {
      throw failure('missing-reference', `API resource "${identifier}" does not exist in ${server.environment}`, {
        environment: server.environment,
        hint: 'Create the API resource there first; Liftlock does not carry API resources yet.',
      });
    }
    ids.set(apiToken(identifier), id);
  }
}

/** All API resources by identifier, without their scopes. Cursor pages: follow the `next` link's `after` until there is none (reference, 1.4). */
export async function listApiResources(server: Server): Promise<Map<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  const seen = new Set<string>();
  let after: string | undefined;
  do {
    const query = after === undefined ? { limit: 100 } : { limit: 100, after };
    const { body } = await server.transport.send({ method: 'GET', path: [...API, 'api-resources'], query });
    if (!isObject(body)) throw malformed(server, 'a list of API resources that is not a JSON object');
    const { apiResources = body.totalResults === 0 ? [] : undefined } = body;
    const items = objectsOrRefuse(server, apiResources, 'API resources');
    for (const item of items) found.set(String(item.identifier), item);
    after = nextCursor(body.links);
    if (after !== undefined && seen.has(after))
      throw malformed(server, 'a list of API resources that turns in a circle');
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
  return found;
}

function nextCursor(links: Json | undefined): string | undefined {
  const next = Array.isArray(links) ? links.filter(isObject).find((link) => link.rel === 'next') : undefined;
  if (typeof next?.href !== 'string') return undefined;
  return new URL(next.href, 'http://localhost').searchParams.get('after') ?? undefined;
}

/** Roles are unique per audience: only those whose audience is this very application count (reference, 2.6). */
async function addRoleIds(server: Server, change: Omit<Change, 'ids'>, ids: Map<string, string>): Promise<void> {
  const applicationId = isObject(change.current) ? change.current.id : undefined;
  const roles = await server.once('scim-roles', () => listRoles(server));
  for (const name of newApplicationRoles(change)) {
    const role = roles.find((item) => item.displayName === name && audienceOf(item) === applicationId);
    if (role) ids.set(roleToken(name), String(role.id));
  }
}

function audienceOf(role: JsonObject): Json | undefined {
  return isObject(role.audience) ? role.audience.value : undefined;
}

/** All roles, without their users and permissions. */
export async function listRoles(server: Server): Promise<JsonObject[]> {
  return readAllPages(
    server.transport,
    { path: [...SCIM, 'Roles'], query: { excludedAttributes: 'users,groups,permissions,associatedApplications' } },
    { arrayField: 'Resources', paging: SCIM_PAGING },
  );
}
