import type { JsonObject } from '../../model/json';
import { numberIn, textIn, textsIn } from '../fields';
import { filterTest } from '../filter';
import type { Call } from '../http/route';
import { ScimFailure } from '../http/scim';
import { violatedConstraints, type ApiFailure } from '../failures';
import { wholeParameter } from '../paging';
import type { World } from '../world';
import type { RoleRecord } from './record';

const LIST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const ALWAYS_RETURNED = ['id', 'schemas'];

const FILTERED: Readonly<Record<string, (role: RoleRecord) => string>> = {
  id: (role) => role.id,
  displayName: (role) => role.displayName,
  'audience.value': (role) => role.audience,
  'audience.type': (role) => role.audienceType,
};

/** What a client wants of a list or of one role (RFC 7644 §3.4.2, §3.9). */
export interface Wish {
  readonly filter?: string;
  readonly startIndex?: number;
  readonly count?: number;
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
}

function badNumber(): ApiFailure {
  return violatedConstraints(['A number of the query has to be a whole one.']);
}

/** The wish in the query of a GET. */
export function queriedWish(call: Call): Wish {
  const names = (value: string | undefined): string[] => (value ?? '').split(',').filter((name) => name !== '');
  return {
    filter: call.query.filter,
    startIndex: wholeParameter(call, 'startIndex', badNumber),
    count: wholeParameter(call, 'count', badNumber),
    attributes: names(call.query.attributes),
    excludedAttributes: names(call.query.excludedAttributes),
  };
}

/** The wish in the body of a POST to /.search. */
export function postedWish(body: JsonObject): Wish {
  return {
    filter: textIn(body, 'filter'),
    startIndex: numberIn(body, 'startIndex'),
    count: numberIn(body, 'count'),
    attributes: textsIn(body, 'attributes'),
    excludedAttributes: textsIn(body, 'excludedAttributes'),
  };
}

/** A list answer: pages count from 1, and are as long as the server allows when nothing else is said. */
export function roleList(world: World, wish: Wish, show: (role: RoleRecord) => JsonObject): JsonObject {
  const test = wish.filter === undefined ? () => true : filterTest(wish.filter, FILTERED);
  if (!test) throw new ScimFailure(400, `The filter '${wish.filter}' is malformed or not supported.`, 'invalidFilter');
  const matching = [...world.roles.all()].filter(test);
  const start = Math.max(wish.startIndex ?? 1, 1);
  const count = Math.min(Math.max(wish.count ?? matching.length, 0), world.settings.maximumItemsPerPage);
  const page = matching.slice(start - 1, start - 1 + count);
  return {
    totalResults: matching.length,
    startIndex: start,
    itemsPerPage: page.length,
    schemas: [LIST_SCHEMA],
    Resources: page.map((role) => selected(show(role), wish)),
  };
}

/** The attributes that are asked for, or all but those that are not wanted; the id is always there. */
export function selected(shown: JsonObject, { attributes, excludedAttributes }: Wish): JsonObject {
  const isWanted = (name: string): boolean => {
    if (ALWAYS_RETURNED.includes(name)) return true;
    return attributes.length > 0 ? attributes.includes(name) : !excludedAttributes.includes(name);
  };
  return Object.fromEntries(Object.entries(shown).filter(([name]) => isWanted(name)));
}
