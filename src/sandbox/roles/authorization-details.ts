import type { JsonObject } from '../../model/json';
import { asObject, isBlank, objectIn, objectsIn, textIn } from '../fields';
import { noContent, ok, parameter, type Call, type Route } from '../http/route';
import { anything, listOf, mapOf, model, required, sized, text } from '../shapes';
import type { World } from '../world';
import { badApiResource, noSuchDetailsType } from './api-resource-failures';
import { testOf } from './api-resource-list';
import type { ApiResourceRecord, AuthorizationDetailsType } from './record';

const LIST = '/authorization-details-types';

const detailsType = sized(1, 255);
const detailsName = sized(3, 255);

export const detailsTypeModel = model({
  type: required(detailsType),
  name: required(detailsName),
  description: required(text),
  schema: required(mapOf(anything)),
});

const FILTERED: Readonly<Record<string, (type: AuthorizationDetailsType) => string>> = {
  type: (each) => each.type,
  name: (each) => each.name,
};

/** The authorization details types of a request; one that the API has already keeps its id. */
export function sentDetailsTypes(
  world: World,
  body: JsonObject,
  field: string,
  own: readonly AuthorizationDetailsType[] = [],
): AuthorizationDetailsType[] {
  return objectsIn(body, field).map((each) => {
    const type = textIn(each, 'type') ?? '';
    if (isBlank(type)) throw badApiResource('60015', 'An authorization details type needs a type.');
    const id = own.find((known) => known.type === type)?.id ?? world.identifiers.uuid();
    return {
      id,
      type,
      name: textIn(each, 'name') ?? '',
      description: textIn(each, 'description') ?? '',
      schema: objectIn(each, 'schema') ?? {},
    };
  });
}

/** An authorization details type as the API shows it. */
export function shownDetailsType({ id, type, name, description, schema }: AuthorizationDetailsType): JsonObject {
  return { id, type, name, description, schema };
}

/** The authorization details types of one API resource and of the tenant, from 7.1 (reference §2.7). */
export function authorizationDetailsRoutes(world: World, apiAt: (call: Call) => ApiResourceRecord): Route[] {
  return [...ownRoutes(world, apiAt), ...singleRoutes(world, apiAt), ...tenantRoutes(world)];
}

const VIEW = { scopes: ['internal_api_resource_view'], since: '7.1' } as const;
const UPDATE = { scopes: ['internal_api_resource_update'], since: '7.1' } as const;
const OWN = `/api-resources/:id${LIST}`;

function ownRoutes(world: World, apiAt: (call: Call) => ApiResourceRecord): Route[] {
  return [
    { ...VIEW, verb: 'GET', path: OWN, answer: (call) => ok(typesOf(apiAt(call)).map(shownDetailsType)) },
    {
      ...UPDATE,
      verb: 'PUT',
      path: OWN,
      body: listOf(detailsTypeModel),
      answer: (call) => {
        const api = apiAt(call);
        const sent = sentDetailsTypes(world, { types: call.body }, 'types', typesOf(api));
        world.apiResources.put({ ...api, authorizationDetailsTypes: sent });
        return ok(sent.map(shownDetailsType));
      },
    },
  ];
}

function singleRoutes(world: World, apiAt: (call: Call) => ApiResourceRecord): Route[] {
  const path = `${OWN}/:type`;
  const typeAt = (call: Call): AuthorizationDetailsType => {
    const found = typesOf(apiAt(call)).find((each) => each.id === parameter(call, 'type'));
    if (!found) throw noSuchDetailsType(parameter(call, 'type'));
    return found;
  };
  const put = (api: ApiResourceRecord, types: readonly AuthorizationDetailsType[]): void =>
    world.apiResources.put({ ...api, authorizationDetailsTypes: types });
  return [
    { ...VIEW, verb: 'GET', path, answer: (call) => ok(shownDetailsType(typeAt(call))) },
    {
      ...UPDATE,
      verb: 'PATCH',
      path,
      body: model({ type: detailsType, name: detailsName, description: text, schema: mapOf(anything) }),
      answer: (call) => {
        const [api, found] = [apiAt(call), typeAt(call)];
        const patched = { ...found, ...asObject(call.body) };
        put(
          api,
          typesOf(api).map((each) => (each.id === found.id ? patched : each)),
        );
        return noContent;
      },
    },
    {
      verb: 'DELETE',
      path,
      scopes: ['internal_api_resource_delete'],
      since: '7.1',
      answer: (call) => {
        const api = apiAt(call);
        put(
          api,
          typesOf(api).filter((each) => each.id !== parameter(call, 'type')),
        );
        return noContent;
      },
    },
  ];
}

function tenantRoutes(world: World): Route[] {
  const matching = (call: Call): AuthorizationDetailsType[] =>
    [...world.apiResources.all()].flatMap(typesOf).filter(testOf(call.query.filter, FILTERED));
  return [
    // Before the GET, which would bring a HEAD of its own.
    {
      ...VIEW,
      verb: 'HEAD',
      path: LIST,
      answer: (call) => ({ status: matching(call).length > 0 ? 200 : 404 }),
    },
    { ...VIEW, verb: 'GET', path: LIST, answer: (call) => ok(matching(call).map(shownDetailsType)) },
  ];
}

function typesOf(api: ApiResourceRecord): readonly AuthorizationDetailsType[] {
  return api.authorizationDetailsTypes ?? [];
}
