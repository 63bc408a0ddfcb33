import { encodedName } from './identifiers';
import type { World } from './world';

/** The usual type; which one a copied store has says nothing about claims and just-in-time provisioning. */
const TYPE = 'UniqueIDJDBCUserStoreManager';

/** Adds user stores by their names, at work at once; those that are there already stay. */
export function addUserStores(world: World, names: readonly string[]): void {
  for (const name of names.filter((each) => !world.hasUserStore(each))) {
    world.userStores.put({
      id: encodedName(name),
      name,
      typeName: TYPE,
      description: '',
      properties: [],
      deployedAt: 0,
    });
  }
}

/** Leaves only the named ones. */
export function keepUserStores(world: World, names: readonly string[]): void {
  for (const { id, name } of [...world.userStores.all()]) if (!names.includes(name)) world.userStores.remove(id);
}
