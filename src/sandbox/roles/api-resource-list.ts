import type { JsonObject } from '../../model/json';
import { filterTest } from '../filter';
import type { Call } from '../http/route';
import { wholeParameter } from '../paging';
import type { World } from '../world';
import { badApiResource } from './api-resource-failures';
import type { ApiResourceRecord } from './record';

const PATH = '/api-resources';
const DEFAULT_LIMIT = 10;

const FILTERED: Readonly<Record<string, (api: ApiResourceRecord) => string>> = {
  name: (api) => api.name,
  identifier: (api) => api.identifier,
  type: (api) => api.type,
};

/** Cursor pages: default 10, no upper bound; cursors name a place in the list (reference §1.4). */
export function apiResourceList(world: World, call: Call): JsonObject {
  const limit = wholeParameter(call, 'limit') ?? DEFAULT_LIMIT;
  if (limit <= 0) throw badApiResource('60010', 'The limit has to be greater than 0.');
  const { before, after, filter } = call.query;
  if (before !== undefined && after !== undefined) throw badApiResource('60011', 'Only one cursor can be given.');
  refuseOtherAttributes(call, 'properties');
  const matching = [...world.apiResources.all()]
    .filter(testOf(filter, FILTERED))
    .sort((left, right) => left.sequence - right.sequence);
  const page = cursorPage(matching, limit, before, after);
  const links: JsonObject[] = [];
  const [first, last] = [page.at(0), page.at(-1)];
  if (first && first !== matching.at(0)) links.push(cursorLink(world, 'previous', 'before', first, limit, filter));
  if (last && last !== matching.at(-1)) links.push(cursorLink(world, 'next', 'after', last, limit, filter));
  return { totalResults: matching.length, links, apiResources: page.map((api) => apiListItem(world, api)) };
}

/** Only one attribute can be asked for. */
export function refuseOtherAttributes(call: Call, allowed: string): void {
  const asked = (call.query.attributes ?? '').split(',').filter((name) => name !== '');
  const other = asked.find((name) => name !== allowed);
  if (other !== undefined) throw badApiResource('60013', `The attribute ${other} cannot be asked for.`);
}

/** The test of a filter, or 400: one code for a bad form, another for an attribute that cannot be filtered by. */
export function testOf<T>(
  filter: string | undefined,
  attributes: Readonly<Record<string, (item: T) => string>>,
): (item: T) => boolean {
  if (filter === undefined || filter.trim() === '') return () => true;
  const test = filterTest(filter, attributes);
  if (test) return test;
  const isWellFormed = /^\s*\S+\s+(eq|co|sw|ew)\s+\S/i.test(filter);
  throw badApiResource(isWellFormed ? '60007' : '60001', `The filter '${filter}' is malformed or not supported.`);
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
  const place = Buffer.from(cursor, 'base64').toString('utf8');
  if (!/^\d+$/.test(place)) throw badApiResource('60002', `The cursor '${cursor}' cannot be read.`);
  return Number(place);
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

/** An API resource as the list shows it. */
export function apiListItem(world: World, api: ApiResourceRecord): JsonObject {
  const { id, name, identifier, type, requiresAuthorization } = api;
  return { id, name, identifier, type, requiresAuthorization, properties: [], self: world.link(`${PATH}/${id}`) };
}
