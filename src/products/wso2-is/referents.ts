import type { Artifact } from '../../model/artifact';
import { isObject, type JsonObject } from '../../model/json';
import { inVersions } from '../../model/kind';
import { LiftlockError } from '../../model/problem';
import type { NeededId, Referents, Server } from '../product';
import { listApiResources, listRoles } from './application/calls';
import { apisByIdentifier, apiToken } from './application/references';
import { filledText, objectOf } from './json-fields';
import { malformed } from './malformed';
import { API } from './paths';

interface Reader {
  readonly kind: string;
  readonly scope: string;
  readonly since?: string;
  readonly read: (server: Server) => Promise<Artifact[]>;
}

/** What applications, identity providers and claims name without carrying it (reference, 2.4, 2.6, 2.7). */
const READERS: readonly Reader[] = [
  { kind: 'user-store', scope: 'internal_userstore_view', read: readUserStores },
  { kind: 'api-resource', scope: 'internal_api_resource_view', since: '7.0', read: readApiResources },
  { kind: 'role', scope: 'internal_role_mgt_view', since: '7.0', read: readRoles },
];

/** Scopes for reading user stores, API resources and roles. */
export function referentScopes(version: string): string[] {
  return READERS.filter((reader) => inVersions(version, reader)).map(({ scope }) => scope);
}

/** Reads them all. Where the credentials lack the scope (403), the kind is named as unread; other failures are thrown. */
export async function readReferents(server: Server): Promise<Referents> {
  const readings = await Promise.all(
    READERS.filter((reader) => inVersions(server.version, reader)).map(async ({ kind, scope, read }) => {
      try {
        return { found: await read(server), unread: [] };
      } catch (error) {
        if (!isRefused(error)) throw error;
        return { found: [], unread: [{ kind, key: '*', why: `the server refuses to list them (scope ${scope})` }] };
      }
    }),
  );
  return { found: readings.flatMap(({ found }) => found), unread: readings.flatMap(({ unread }) => unread) };
}

/** 404: a server that does not have the API after all. */
function isRefused(error: unknown): boolean {
  return error instanceof LiftlockError && error.problems.some(({ code }) => ['http-403', 'http-404'].includes(code));
}

/** Domains of the secondary stores; PRIMARY is in no list. No parameter may be sent (reference, 1.4). */
async function readUserStores(server: Server): Promise<Artifact[]> {
  const { body } = await server.transport.send({ method: 'GET', path: [...API, 'userstores'] });
  if (!Array.isArray(body)) throw malformed(server, 'user stores that are not a list');
  return body.map((store) => {
    const key = isObject(store) ? filledText(store, 'name') : undefined;
    if (key === undefined) throw malformed(server, 'a user store without a name');
    return { kind: 'user-store', key, value: {} };
  });
}

/** Only the single form has the scopes. */
async function readApiResources(server: Server): Promise<Artifact[]> {
  const listed = await listApiResources(server);
  const read = await Promise.all(
    [...listed].map(async ([key, { id }]) => {
      const path = [...API, 'api-resources', String(id)];
      const { body, status } = await server.transport.send({ method: 'GET', path, accept: [404] });
      if (status === 404) return [];
      if (!isObject(body)) throw malformed(server, 'an API resource that is not a JSON object');
      return [{ kind: 'api-resource', key, value: body }];
    }),
  );
  return read.flat();
}

/** Names are unique per audience only (quirk 28), so the audience is part of the key. */
async function readRoles(server: Server): Promise<Artifact[]> {
  const roles = await listRoles(server);
  return roles.map((value) => {
    const audience = objectOf(value.audience);
    const where = filledText(audience, 'display') ?? filledText(audience, 'type') ?? '';
    return { kind: 'role', key: `${where}/${filledText(value, 'displayName') ?? ''}`, value };
  });
}

/** An application is authorized for API resources by their server ids (reference, 2.1.7). */
export function neededIds(value: JsonObject): NeededId[] {
  return [...apisByIdentifier(value)].map(([key, api]) => {
    const id = filledText(api, 'id');
    return {
      name: apiToken(key),
      referent: { kind: 'api-resource', key, value: { identifier: key, scopes: api.scopes ?? [] } },
      ...(id === undefined ? {} : { id }),
    };
  });
}
