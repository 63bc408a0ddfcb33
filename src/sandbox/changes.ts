import { Registry, type Change } from './registry';
import type { World } from './world';

/** Does the work and tells what it changed in the world, in order; what was changed before an exception stays changed. */
export function withChanges<R>(world: World, work: () => R): { result: R; changes: Change[] } {
  const changes: Change[] = [];
  const registries = registriesOf(world);
  const before = unregistered(world);
  for (const registry of registries) registry.noteChanges(changes);
  try {
    const result = work();
    const after = unregistered(world);
    const isChanged = Object.entries(after).some(([name, value]) => value !== before[name as keyof typeof before]);
    if (isChanged) changes.push({ undo: () => Object.assign(world, before), redo: () => Object.assign(world, after) });
    return { result, changes };
  } finally {
    for (const registry of registries) registry.noteChanges(undefined);
  }
}

/** What a request can change besides the registries; each is replaced as a whole. */
function unregistered(world: World): Pick<World, 'resident' | 'configs' | 'servesConfiguredScopes'> {
  const { resident, configs, servesConfiguredScopes } = world;
  return { resident, configs, servesConfiguredScopes };
}

/** Takes changes back, the last one first. */
export function undo(changes: readonly Change[]): void {
  for (const change of changes.toReversed()) change.undo();
}

/** Does again what was taken back. */
export function redo(changes: readonly Change[]): void {
  for (const change of changes) change.redo();
}

/** Every registry of the world, whatever it is called. */
function registriesOf(world: World): Pick<Registry<{ id: string }>, 'noteChanges'>[] {
  return Object.values(world).filter((part: unknown) => part instanceof Registry);
}
