import type { JsonObject } from '../../model/json';
import { mappedClaims } from '../claims/store-mappings';
import { exportedFile, importedFile, readFileModel } from '../exported-files/formats';
import { ApiFailure } from '../failures';
import { asObject } from '../fields';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { encodedName } from '../identifiers';
import { listOf, model, oneOf, required, text } from '../shapes';
import { strictBody } from '../strict-body';
import type { World } from '../world';
import { badUserStore, unreadableUserStoreFile } from './failures';
import { requestInUserStoreFile, userStoreFile, userStoreFileContents } from './files';
import type { UserStoreRecord } from './record';
import {
  createUserStore,
  isEnabled,
  patchMappings,
  patchUserStore,
  replaceUserStore,
  shownProperties,
  shownUserStore,
  userStoreAt,
} from './stores';
import { typeRoutes } from './type-routes';
import { STORE_TYPES, storeTypeNamed } from './types';

const VIEW = ['internal_userstore_view'];
const CREATE = ['internal_userstore_create'];
const UPDATE = ['internal_userstore_update'];
const DELETE = ['internal_userstore_delete'];

const STORES = '/userstores';
const STORE = `${STORES}/:id`;

const mapping = model({ claimURI: required(text), mappedAttribute: required(text) });
const storeModel = model({
  typeId: required(text),
  description: required(text),
  name: required(text),
  properties: required(listOf(model({ name: required(text), value: required(text) }))),
  claimAttributeMappings: listOf(mapping),
});
const patchModel = listOf(
  model({ operation: required(oneOf('ADD', 'REMOVE', 'REPLACE')), path: required(text), value: text }),
);
const UNSUPPORTED: Readonly<Record<string, string>> = {
  limit: 'SUS-65005',
  offset: 'SUS-65005',
  filter: 'SUS-65006',
  sort: 'SUS-65007',
};

/** The user store API (reference §2.4). */
export function userStoreRoutes(world: World): Route[] {
  return [...storeRoutes(world), ...changeRoutes(world), ...fileRoutes(world), ...typeRoutes(world)];
}

function storeRoutes(world: World): Route[] {
  return [
    { verb: 'GET', path: STORES, scopes: VIEW, answer: (call) => ok(storeList(world, call)) },
    {
      verb: 'POST',
      path: STORES,
      scopes: CREATE,
      body: storeModel,
      answer: (call) => {
        const store = createUserStore(world, asObject(call.body));
        return created(location(world, store), { ...writtenStore(store), ...sentMappings(call) });
      },
    },
    { verb: 'GET', path: `${STORES}/primary`, scopes: VIEW, answer: () => ok(primaryStore(world)) },
    {
      verb: 'GET',
      path: STORE,
      scopes: VIEW,
      answer: (call) => ok(shownUserStore(world, userStoreAt(world, parameter(call, 'id')))),
    },
    {
      // Unknown ids are fine, and mappings of claims stay behind (reference §5, quirks 13 and 24).
      verb: 'DELETE',
      path: STORE,
      scopes: DELETE,
      answer: (call) => {
        world.userStores.remove(parameter(call, 'id'));
        return noContent;
      },
    },
  ];
}

function changeRoutes(world: World): Route[] {
  return [
    {
      verb: 'PUT',
      path: STORE,
      scopes: UPDATE,
      body: storeModel,
      answer: (call) => {
        const store = replaceUserStore(world, parameter(call, 'id'), asObject(call.body));
        return ok({ ...writtenStore(store), ...sentMappings(call) });
      },
    },
    {
      verb: 'PATCH',
      path: STORE,
      scopes: UPDATE,
      body: patchModel,
      answer: (call) => {
        const store = patchUserStore(world, parameter(call, 'id'), call.body);
        return ok(store && writtenStore(store));
      },
    },
    {
      verb: 'PATCH',
      path: `${STORE}/attribute-mappings`,
      since: '6.0',
      scopes: UPDATE,
      body: listOf(mapping),
      answer: (call) => {
        patchMappings(world, parameter(call, 'id'), call.body);
        return ok();
      },
    },
  ];
}

/** Files came with 7.0. */
function fileRoutes(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: `${STORE}/export`,
      answersFile: true,
      since: '7.0',
      scopes: VIEW,
      answer: (call) => {
        const store = userStoreAt(world, parameter(call, 'id'));
        return exportedFile(call, store.name, userStoreFile, () => userStoreFileContents(world, store));
      },
    },
    {
      verb: 'POST',
      path: `${STORES}/import`,
      since: '7.0',
      scopes: CREATE,
      takesForm: true,
      answer: (call) => {
        const store = createUserStore(world, importedStore(world, call, 'SUS-65015'));
        return created(location(world, store));
      },
    },
    {
      verb: 'PUT',
      path: `${STORE}/import`,
      since: '7.0',
      scopes: UPDATE,
      takesForm: true,
      answer: (call) => {
        const store = replaceUserStore(world, parameter(call, 'id'), importedStore(world, call, 'SUS-65004'));
        return { status: 200, headers: { Location: location(world, store) } };
      },
    },
  ];
}

function importedStore(world: World, call: Call, code: 'SUS-65015' | 'SUS-65004'): JsonObject {
  const file = importedFile(call);
  if (file.bytes.length === 0) throw badUserStore('SUS-60004', 'The file is empty.');
  const contents = readFileModel(file, userStoreFile);
  if (!contents) throw unreadableUserStoreFile(code);
  return asObject(strictBody(storeModel, requestInUserStoreFile(contents), world.version));
}

function location(world: World, store: UserStoreRecord): string {
  return world.location(`${STORES}/${store.id}`);
}

/** The list has neither PRIMARY nor what is not deployed yet, and knows no pages. */
function storeList(world: World, call: Call): JsonObject[] {
  const unsupported = Object.entries(UNSUPPORTED).find(([name]) => call.query[name] !== undefined);
  if (unsupported) {
    const [name, code] = unsupported;
    throw new ApiFailure(501, code, 'Not Implemented.', `${name} is not supported for this list.`);
  }
  const wanted = (call.query.requiredAttributes ?? '').split(',').filter((name) => name !== '');
  return [...world.userStores.all()]
    .filter((store) => world.isDeployed(store))
    .map((store) => listItem(world, store, wanted));
}

function listItem(world: World, store: UserStoreRecord, wanted: readonly string[]): JsonObject {
  const properties = shownProperties(store).filter(
    (each) => wanted.includes(String(each.name)) && String(each.value).trim() !== '',
  );
  return {
    id: store.id,
    name: store.name,
    enabled: isEnabled(store),
    description: store.description,
    isLocal: storeTypeNamed(store.typeName)?.isLocal ?? false,
    typeName: store.typeName,
    self: world.link(`${STORES}/${store.id}`),
    ...(properties.length > 0 ? { properties } : {}),
  };
}

/** What POST, PUT and PATCH answer. */
function writtenStore(store: UserStoreRecord): JsonObject {
  return {
    id: store.id,
    name: store.name,
    typeName: store.typeName,
    typeId: encodedName(store.typeName),
    description: store.description,
    properties: shownProperties(store),
  };
}

function sentMappings(call: Call): JsonObject {
  const sent = asObject(call.body).claimAttributeMappings;
  return sent === undefined ? {} : { claimAttributeMappings: sent };
}

/** GET /userstores/primary: the store of the deployment, with another mask for its password. */
function primaryStore(world: World): JsonObject {
  const [type] = STORE_TYPES;
  const properties = [
    { name: 'dataSource', value: 'jdbc/WSO2IdentityDB' },
    { name: 'ReadGroups', value: 'true' },
    { name: 'WriteGroups', value: 'true' },
    { name: 'ConnectionPassword', value: '************' },
  ];
  return {
    typeName: type?.typeName ?? '',
    typeId: encodedName(type?.typeName ?? ''),
    name: 'PRIMARY',
    description: '',
    className: type?.className ?? '',
    isLocal: true,
    properties,
    claimAttributeMappings: mappedClaims(world, 'PRIMARY'),
  };
}
