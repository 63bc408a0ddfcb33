import type { World } from './world';

/** Adds user stores by their names; those that are there already stay. */
export function addUserStores(world: World, names: readonly string[]): void {
  for (const name of names) if (!world.hasUserStore(name)) world.userStores.push(name);
}

/** Leaves only the named ones. */
export function keepUserStores(world: World, names: readonly string[]): void {
  const kept = world.userStores.filter((name) => names.includes(name));
  world.userStores.splice(0, world.userStores.length, ...kept);
}
