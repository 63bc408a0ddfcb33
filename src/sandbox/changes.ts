import { Registry, type Change } from './registry';
import type { World } from './world';

/** Does the work and tells what it changed in the world, in order; what was changed before an exception stays changed. */
export function withChanges<R>(world: World, work: () => R): { result: R; changes: Change[] } {
  const changes: Change[] = [];
  const registries = registriesOf(world);
  const { resident } = world;
  for (const registry of registries) registry.noteChanges(changes);
  try {
    const result = work();
    const after = world.resident;
    if (after !== resident) {
      changes.push({ undo: () => (world.resident = resident), redo: () => (world.resident = after) });
    }
    return { result, changes };
  } finally {
    for (const registry of registries) registry.noteChanges(undefined);
  }
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
