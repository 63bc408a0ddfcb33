import type { JsonObject } from '../../model/json';
import { asObject, flagIn, isBlank, objectsIn, present, textIn, textsIn } from '../fields';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { flag, listOf, model, required, since, text } from '../shapes';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { apiCollectionRoutes } from './api-collections';
import {
  apiResourceExists,
  badApiResource,
  noSuchApiResource,
  removalNotImplemented,
  systemApiResource,
} from './api-resource-failures';
import { apiListItem, apiResourceList, testOf } from './api-resource-list';
import { patchScope, putScopes, sentScopes, shownScope, withdraw } from './api-scopes';
import {
  authorizationDetailsRoutes,
  detailsTypeModel,
  sentDetailsTypes,
  shownDetailsType,
} from './authorization-details';
import type { ApiResourceRecord, ApiScope } from './record';

const PATH = '/api-resources';
const SCOPES = `${PATH}/:id/scopes`;

const scopeModel = model({ name: required(text), displayName: text, description: text });

const creationModel = model({
  name: required(text),
  identifier: required(text),
  description: text,
  requiresAuthorization: flag,
  scopes: listOf(scopeModel),
  authorizationDetailsTypes: since('7.1', listOf(detailsTypeModel)),
  resourceType: since('7.2', text),
});

const patchModel = model({
  name: text,
  description: text,
  addedScopes: listOf(scopeModel),
  removedScopes: listOf(text),
  addedAuthorizationDetailsTypes: since('7.1', listOf(detailsTypeModel)),
  removedAuthorizationDetailsTypes: since('7.1', listOf(text)),
});

const VIEW = { scopes: ['internal_api_resource_view'], since: '7.0' } as const;
const UPDATE = { scopes: ['internal_api_resource_update'], since: '7.0' } as const;
const DELETE = { scopes: ['internal_api_resource_delete'], since: '7.0' } as const;

/** The API resource endpoints (reference §2.7). */
export function apiResourceRoutes(world: World): Route[] {
  return [
    ...resourceRoutes(world),
    ...scopeListRoutes(world),
    ...namedScopeRoutes(world),
    ...identifiedScopeRoutes(world),
    ...authorizationDetailsRoutes(world, (call) => apiAt(world, parameter(call, 'id'))),
    ...apiCollectionRoutes(world),
  ];
}

function resourceRoutes(world: World): Route[] {
  return [
    { ...VIEW, verb: 'GET', path: PATH, answer: (call) => ok(apiResourceList(world, call)) },
    {
      ...VIEW,
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
      ...UPDATE,
      verb: 'PATCH',
      path: `${PATH}/:id`,
      body: patchModel,
      answer: (call) => {
        patchApi(world, editable(world, call), asObject(call.body));
        return noContent;
      },
    },
    {
      ...DELETE,
      verb: 'DELETE',
      path: `${PATH}/:id`,
      answer: (call) => {
        deleteApi(world, parameter(call, 'id'));
        return noContent;
      },
    },
  ];
}

/** All scopes of an API at once, and those of the whole tenant. */
function scopeListRoutes(world: World): Route[] {
  const filtered = { name: (scope: ApiScope) => scope.name, displayName: (scope: ApiScope) => scope.displayName };
  return [
    {
      ...VIEW,
      verb: 'GET',
      path: SCOPES,
      answer: (call) => ok(apiAt(world, parameter(call, 'id')).scopes.map(shownScope)),
    },
    {
      ...UPDATE,
      verb: 'PUT',
      path: SCOPES,
      body: listOf(scopeModel),
      answer: (call) => {
        const api = editable(world, call);
        putScopes(world, api, sentScopes(world, objectsIn({ scopes: call.body }, 'scopes'), api.scopes));
        return noContent;
      },
    },
    {
      ...VIEW,
      verb: 'GET',
      path: '/scopes',
      answer: (call) => {
        const scopes = [...world.apiResources.all()].flatMap((api) => api.scopes);
        return ok(scopes.filter(testOf(call.query.filter, filtered)).map(shownScope));
      },
    },
  ];
}

const scopePatchModel = model({ displayName: text, description: text });

/** One scope by its name, from 7.1. */
function namedScopeRoutes(world: World): Route[] {
  const isWanted = (call: Call) => (scope: ApiScope) => scope.name === parameter(call, 'scope');
  return scopeRoutes(world, `${SCOPES}/:scope`, '7.1', isWanted);
}

/** One scope by its id, from 7.3. */
function identifiedScopeRoutes(world: World): Route[] {
  const isWanted = (call: Call) => (scope: ApiScope) => scope.id === parameter(call, 'scope');
  return scopeRoutes(world, `${SCOPES}/id/:scope`, '7.3', isWanted);
}

function scopeRoutes(
  world: World,
  path: string,
  from: '7.1' | '7.3',
  isWanted: (call: Call) => (scope: ApiScope) => boolean,
): Route[] {
  return [
    {
      ...UPDATE,
      since: from,
      verb: 'PATCH',
      path,
      body: scopePatchModel,
      answer: (call) => {
        patchScope(world, editable(world, call), isWanted(call), parameter(call, 'scope'), asObject(call.body));
        return noContent;
      },
    },
    {
      ...DELETE,
      since: from,
      verb: 'DELETE',
      path,
      answer: (call) => {
        const api = editable(world, call);
        const wanted = isWanted(call);
        putScopes(
          world,
          api,
          api.scopes.filter((scope) => !wanted(scope)),
        );
        return noContent;
      },
    },
  ];
}

function apiAt(world: World, id: string): ApiResourceRecord {
  const found = world.apiResources.get(id);
  if (!found) throw noSuchApiResource(id);
  return found;
}

/** Only types that start with BUSINESS or MCP can be changed. */
function editable(world: World, call: Call): ApiResourceRecord {
  const api = apiAt(world, parameter(call, 'id'));
  if (!/^(BUSINESS|MCP)/.test(api.type)) throw systemApiResource();
  return api;
}

function createApi(world: World, body: JsonObject): ApiResourceRecord {
  const identifier = textIn(body, 'identifier') ?? '';
  const name = textIn(body, 'name') ?? '';
  if (isBlank(name)) throw badApiResource('60003', 'An API resource needs a name.');
  if (isBlank(identifier)) throw badApiResource('60004', 'An API resource needs an identifier.');
  if (world.apiResources.find('identifier', identifier)) throw apiResourceExists(identifier);
  const api: ApiResourceRecord = {
    id: world.identifiers.uuid(),
    sequence: nextSequence(world),
    name,
    identifier,
    description: textIn(body, 'description'),
    type: textIn(body, 'resourceType') === 'MCP' ? 'MCP' : 'BUSINESS',
    requiresAuthorization: flagIn(body, 'requiresAuthorization') ?? true,
    scopes: sentScopes(world, objectsIn(body, 'scopes')),
    authorizationDetailsTypes: sentDetailsTypes(world, body, 'authorizationDetailsTypes'),
  };
  world.apiResources.put(api);
  return api;
}

/** PATCH: name, description, more scopes and types; the identifier never changes. */
function patchApi(world: World, api: ApiResourceRecord, body: JsonObject): void {
  if (textsIn(body, 'removedScopes').length > 0) throw removalNotImplemented();
  const name = textIn(body, 'name');
  if (name !== undefined && isBlank(name)) throw badApiResource('60003', 'An API resource needs a name.');
  const types = api.authorizationDetailsTypes ?? [];
  const gone = new Set(textsIn(body, 'removedAuthorizationDetailsTypes'));
  world.apiResources.put({
    ...api,
    name: name ?? api.name,
    description: textIn(body, 'description') ?? api.description,
    scopes: [...api.scopes, ...sentScopes(world, objectsIn(body, 'addedScopes'))],
    authorizationDetailsTypes: [
      ...types.filter((each) => !gone.has(each.type)),
      ...sentDetailsTypes(world, body, 'addedAuthorizationDetailsTypes'),
    ],
  });
}

/** DELETE: unknown ids are fine; roles and applications lose what they had of it. */
function deleteApi(world: World, id: string): void {
  const api = world.apiResources.get(id);
  if (!api) return;
  if (!/^(BUSINESS|MCP)/.test(api.type)) throw systemApiResource();
  world.apiResources.remove(id);
  withdraw(
    world,
    api.scopes.map((scope) => scope.name),
  );
}

/** The place of the next API resource in the list: after all others. */
export function nextSequence(world: World): number {
  let last = 0;
  for (const api of world.apiResources.all()) last = Math.max(last, api.sequence);
  return last + 1;
}

function shownApi(world: World, api: ApiResourceRecord): JsonObject {
  const withTypes = isAtLeast(world.version, '7.1');
  return present({
    ...apiListItem(world, api),
    description: api.description,
    scopes: api.scopes.map(shownScope),
    authorizationDetailsTypes: withTypes ? (api.authorizationDetailsTypes ?? []).map(shownDetailsType) : undefined,
  });
}
