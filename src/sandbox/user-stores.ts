import { ApiFailure } from './failures';
import { encodedName } from './identifiers';
import { ok, type Route } from './http/route';
import type { World } from './world';

const UNSUPPORTED: Readonly<Record<string, string>> = {
  limit: 'SUS-65005',
  offset: 'SUS-65005',
  filter: 'SUS-65006',
  sort: 'SUS-65007',
};

/** The list of secondary user stores (reference §2.4); PRIMARY is not in it. Their other operations are not served. */
export function userStoreRoutes(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: '/userstores',
      scopes: ['internal_userstore_view'],
      answer: (call) => {
        const unsupported = Object.entries(UNSUPPORTED).find(([name]) => call.query[name] !== undefined);
        if (unsupported)
          throw new ApiFailure(
            501,
            unsupported[1],
            'Not Implemented.',
            `${unsupported[0]} is not supported for this list.`,
          );
        return ok(
          world.userStores.map((name) => ({
            id: encodedName(name),
            name,
            enabled: true,
            description: '',
            isLocal: true,
            typeName: 'UniqueIDJDBCUserStoreManager',
            self: world.link(`/userstores/${encodedName(name)}`),
          })),
        );
      },
    },
  ];
}
