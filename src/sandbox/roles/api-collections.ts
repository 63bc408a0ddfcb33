import type { JsonObject } from '../../model/json';
import { encodedName } from '../identifiers';
import { ok, parameter, type Call, type Route } from '../http/route';
import type { World } from '../world';
import { noSuchCollection } from './api-resource-failures';
import { refuseOtherAttributes, testOf } from './api-resource-list';
import { shownScope } from './api-scopes';
import type { ApiResourceRecord, ApiScope } from './record';

const PATH = '/meta/api-resource-collections';

interface Collection {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly apis: readonly ApiResourceRecord[];
}

const FILTERED: Readonly<Record<string, (collection: Collection) => string>> = {
  name: (collection) => collection.name,
  displayName: (collection) => collection.displayName,
  type: () => 'tenant',
};

/** The management APIs as the console groups them when it asks what a role may read and write. */
export function apiCollectionRoutes(world: World): Route[] {
  const view = { verb: 'GET', scopes: ['internal_api_resource_view'], since: '7.0' } as const;
  return [
    { ...view, path: PATH, answer: (call) => ok(collectionList(world, call)) },
    {
      ...view,
      path: `${PATH}/:id`,
      answer: (call) => {
        const id = parameter(call, 'id');
        const found = collectionsOf(world).find((collection) => collection.id === id);
        if (!found) throw noSuchCollection(id);
        return ok({ ...head(found), apiResources: apisOf(world, found) });
      },
    },
  ];
}

function collectionList(world: World, call: Call): JsonObject {
  refuseOtherAttributes(call, 'apiResources');
  const matching = collectionsOf(world).filter(testOf(call.query.filter, FILTERED));
  const withApis = (call.query.attributes ?? '') !== '';
  return {
    totalResults: matching.length,
    apiResourceCollections: matching.map((collection) => ({
      ...head(collection),
      ...(withApis ? { apiResources: apisOf(world, collection) } : {}),
      self: world.link(`${PATH}/${collection.id}`),
    })),
  };
}

function head({ id, name, displayName }: Collection): JsonObject {
  return { id, name, displayName, type: 'tenant' };
}

/** One collection for each system API. */
function collectionsOf(world: World): Collection[] {
  return [...world.apiResources.all()]
    .filter((api) => api.type === 'SYSTEM')
    .map((api) => {
      const name = (api.identifier.split('/').at(-1) ?? '').toLowerCase().replace(/\W+/g, '_');
      const displayName = api.name.replace(/ API$/, '');
      return { id: encodedName(name), name, displayName, apis: [api] };
    });
}

function apisOf(world: World, { apis }: Collection): JsonObject {
  const isRead = (scope: ApiScope): boolean => scope.name.endsWith('_view');
  const shown = (wanted: (scope: ApiScope) => boolean): JsonObject[] =>
    apis.map((api) => ({
      id: api.id,
      name: api.name,
      identifier: api.identifier,
      type: api.type,
      scopes: api.scopes.filter(wanted).map(shownScope),
      self: world.link(`/api-resources/${api.id}`),
    }));
  return { read: shown(isRead), write: shown(() => true) };
}
