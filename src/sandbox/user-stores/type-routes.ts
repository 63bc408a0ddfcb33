import type { JsonObject } from '../../model/json';
import { LOCAL_DIALECT } from '../claims/record';
import { mappedClaims } from '../claims/store-mappings';
import { asObject } from '../fields';
import { flagged, ok, parameter, type Call, type Route } from '../http/route';
import { encodedName } from '../identifiers';
import { model, required, text } from '../shapes';
import type { World } from '../world';
import { badUserStore, noSuchUserStore } from './failures';
import { shownStoreType, STORE_TYPES, storeTypeWithId, type StoreType } from './types';

const VIEW = ['internal_userstore_view'];
const TYPES = '/userstores/meta/types';

const connectionModel = model({
  domain: text,
  driverName: required(text),
  connectionURL: required(text),
  username: required(text),
  connectionPassword: required(text),
});

/** What kinds of user stores there are, and whether one could be reached (reference §2.4). */
export function typeRoutes(world: World): Route[] {
  const typed = (call: Call): StoreType => {
    const type = storeTypeWithId(parameter(call, 'type'));
    if (!type) throw noSuchUserStore(parameter(call, 'type'));
    return type;
  };
  return [
    {
      verb: 'GET',
      path: TYPES,
      scopes: VIEW,
      answer: () => ok(STORE_TYPES.map((type) => typeItem(world, type))),
    },
    { verb: 'GET', path: `${TYPES}/:type`, scopes: VIEW, answer: (call) => ok(shownStoreType(typed(call))) },
    {
      verb: 'GET',
      path: `${TYPES}/:type/attributes`,
      since: '6.0',
      scopes: VIEW,
      answer: (call) => {
        const type = storeTypeWithId(parameter(call, 'type'));
        if (!type) throw badUserStore('SUS-60004', 'There is no user store type with this id.');
        return ok(typeAttributes(world, type, flagged(call, 'includeIdentityClaimMappings')));
      },
    },
    {
      verb: 'POST',
      path: '/userstores/test-connection',
      scopes: VIEW,
      body: connectionModel,
      // There is no database to reach: a connection succeeds when the driver fits the address.
      answer: (call) => ok({ connection: /^jdbc:\w+:/.test(String(asObject(call.body).connectionURL)) }),
    },
  ];
}

function typeItem(world: World, type: StoreType): JsonObject {
  const typeId = encodedName(type.typeName);
  const { typeName, className, isLocal } = type;
  return { typeId, typeName, className, isLocal, self: world.link(`${TYPES}/${typeId}`) };
}

/** The attributes that a fresh store of this type maps to claims. */
function typeAttributes(world: World, type: StoreType, withIdentity: boolean): JsonObject {
  const isWanted = (uri: string): boolean => withIdentity || !uri.startsWith(`${LOCAL_DIALECT}/identity/`);
  return {
    typeName: type.className,
    typeId: encodedName(type.typeName),
    isLocal: type.isLocal,
    attributeMappings: mappedClaims(world, 'PRIMARY')
      .filter((each) => isWanted(String(each.claimURI)))
      .map((each) => {
        const claim = world.localClaims.find('uri', String(each.claimURI));
        return { claimId: claim?.id ?? '', ...each, displayName: String(claim?.fields.displayName ?? '') };
      }),
  };
}
