import type { JsonObject } from '../../model/json';
import { asObject, flagIn, isBlank, objectsIn, present, textIn } from '../fields';
import { ApiFailure } from '../failures';
import { filterTest } from '../filter';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { wholeParameter } from '../paging';
import { anything, flag, listOf, model, required, since, text } from '../shapes';
import type { World } from '../world';
import type { ApiResourceRecord, ApiScope } from './record';

const PATH = '/api-resources';
const DEFAULT_LIMIT = 10;
const RESTRICTED_PREFIX = 'internal_';

const creationModel = model({
  name: required(text),
  identifier: required(text),
  description: text,
  requiresAuthorization: flag,
  scopes: listOf(model({ name: required(text), displayName: text, description: text })),
  authorizationDetailsTypes: since('7.1', listOf(anything)),
  resourceType: since('7.2', text),
});

const FILTERED: Readonly<Record<string, (api: ApiResourceRecord) => string>> = {
  name: (api) => api.name,
  identifier: (api) => api.identifier,
  type: (api) => api.type,
};

/** Errors of this API carry no traceId (reference §1.6). */
function refused(status: number, code: string, description: string): ApiFailure {
  return new ApiFailure(status, `API-RESOURCE-${code}`, 'API resource request refused.', description, false);
}

/** The API resource endpoints (reference §2.7). */
export function apiResourceRoutes(world: World): Route[] {
  const view = { scopes: ['internal_api_resource_view'], since: '7.0' } as const;
  return [
    { ...view, verb: 'GET', path: PATH, answer: (call) => ok(apiResourceList(world, call)) },
    {
      ...view,
      verb: 'GET',
      path: `${PATH}/:id`,
      answer: (call) => ok(shownApi(world, apiAt(world, parameter(call, 'id')))),
    },
    {
      verb: 'POST',
      path: PATH,
      scopes: ['internal_api_resource_create'],
      since: '7.0',
      body: creationModel,
      answer: (call) => {
        const api = createApi(world, asObject(call.body));
        return created(world.location(`${PATH}/${api.id}`), shownApi(world, api));
      },
    },
    {
      verb: 'DELETE',
      path: `${PATH}/:id`,
      scopes: ['internal_api_resource_delete'],
      since: '7.0',
      answer: (call) => {
        const api = world.apiResources.get(parameter(call, 'id'));
        if (api && api.type !== 'BUSINESS') throw refused(403, '60012', 'A system API resource cannot be deleted.');
        if (api) world.apiResources.remove(api.id);
        return noContent;
      },
    },
  ];
}

function apiAt(world: World, id: string): ApiResourceRecord {
  const found = world.apiResources.get(id);
  if (!found) throw refused(404, '60001', `No API resource has the id ${id}.`);
  return found;
}

function createApi(world: World, body: JsonObject): ApiResourceRecord {
  const identifier = textIn(body, 'identifier') ?? '';
  const name = textIn(body, 'name') ?? '';
  if (isBlank(identifier) || isBlank(name))
    throw refused(400, '60003', 'An API resource needs a name and an identifier.');
  if (world.apiResources.find('identifier', identifier))
    throw refused(409, '60002', `The identifier ${identifier} is in use.`);
  const api: ApiResourceRecord = {
    id: world.identifiers.uuid(),
    sequence: nextSequence(world),
    name,
    identifier,
    description: textIn(body, 'description'),
    type: textIn(body, 'resourceType') === 'MCP' ? 'MCP' : 'BUSINESS',
    requiresAuthorization: flagIn(body, 'requiresAuthorization') ?? true,
    scopes: objectsIn(body, 'scopes').map((scope) => sentScope(world, scope)),
  };
  world.apiResources.put(api);
  return api;
}

/** The place of the next API resource in the list: after all others. */
export function nextSequence(world: World): number {
  let last = 0;
  for (const api of world.apiResources.all()) last = Math.max(last, api.sequence);
  return last + 1;
}

/** Scope names are unique in the tenant, and some prefixes are the product's own (reference §5, quirk 31). */
function sentScope(world: World, body: JsonObject): ApiScope {
  const name = textIn(body, 'name') ?? '';
  if (name.startsWith(RESTRICTED_PREFIX)) throw refused(400, '60008', `The scope ${name} has a restricted prefix.`);
  if (world.apiResources.find('scope', name)) throw refused(409, '60004', `The scope ${name} is in use.`);
  const displayName = textIn(body, 'displayName') ?? name;
  return { id: world.identifiers.uuid(), name, displayName, description: textIn(body, 'description') };
}

/** Cursor pages: default 10, no upper bound; cursors name a place in the list (reference §1.4). */
function apiResourceList(world: World, call: Call): JsonObject {
  const limit = wholeParameter(call, 'limit') ?? DEFAULT_LIMIT;
  if (limit <= 0) throw refused(400, '60010', 'The limit has to be greater than 0.');
  const { before, after, filter } = call.query;
  if (before !== undefined && after !== undefined) throw refused(400, '60011', 'Only one cursor can be given.');
  const matching = [...world.apiResources.all()]
    .filter(wantedTest(filter))
    .sort((left, right) => left.sequence - right.sequence);
  const page = cursorPage(matching, limit, before, after);
  const links: JsonObject[] = [];
  const [first, last] = [page.at(0), page.at(-1)];
  if (first && first !== matching.at(0)) links.push(cursorLink(world, 'previous', 'before', first, limit, filter));
  if (last && last !== matching.at(-1)) links.push(cursorLink(world, 'next', 'after', last, limit, filter));
  return { totalResults: matching.length, links, apiResources: page.map((api) => listItem(world, api)) };
}

function wantedTest(filter: string | undefined): (api: ApiResourceRecord) => boolean {
  if (filter === undefined) return () => true;
  const test = filterTest(filter, FILTERED);
  if (!test) throw refused(400, '60007', `The filter '${filter}' is malformed or not supported.`);
  return test;
}

function cursorPage(
  matching: ApiResourceRecord[],
  limit: number,
  before: string | undefined,
  after: string | undefined,
): ApiResourceRecord[] {
  if (before !== undefined) {
    const place = placeOf(before);
    return matching.filter((api) => api.sequence < place).slice(-limit);
  }
  const place = after === undefined ? 0 : placeOf(after);
  return matching.filter((api) => api.sequence > place).slice(0, limit);
}

function placeOf(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!Number.isInteger(place)) throw refused(400, '60007', `The cursor '${cursor}' cannot be read.`);
  return place;
}

/** Cursor links are absolute in this API, unlike those of the other lists. */
function cursorLink(
  world: World,
  rel: string,
  parameterName: string,
  api: ApiResourceRecord,
  limit: number,
  filter: string | undefined,
): JsonObject {
  const cursor = Buffer.from(String(api.sequence), 'utf8').toString('base64');
  const query = new URLSearchParams({
    ...(filter === undefined ? {} : { filter }),
    limit: String(limit),
    [parameterName]: cursor,
  });
  return { rel, href: `${world.location(PATH)}?${query}` };
}

function listItem(world: World, api: ApiResourceRecord): JsonObject {
  const { id, name, identifier, type, requiresAuthorization } = api;
  return { id, name, identifier, type, requiresAuthorization, properties: [], self: world.link(`${PATH}/${id}`) };
}

function shownApi(world: World, api: ApiResourceRecord): JsonObject {
  return present({
    ...listItem(world, api),
    description: api.description,
    scopes: api.scopes.map((scope) => present({ ...scope })),
  });
}
