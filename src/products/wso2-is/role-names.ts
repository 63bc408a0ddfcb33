import type { Need } from '../../model/kind';

const INTERNAL = /^Internal\//i;

/**
 * The roles among the names that a mapping holds. Only `Internal/…` tells for sure that a role is meant: other names may
 * be groups of a user store, and those of an application (`Application/…`) are in no list.
 */
export function roleNeeds(path: string, names: readonly string[]): Need[] {
  return names.filter((name) => INTERNAL.test(name)).map((key): Need => ({ path, kind: 'role', key }));
}

/** The name of a role of the organization, which the role API shows without its domain, as mappings have it. */
export function internalRole(displayName: string): string {
  return INTERNAL.test(displayName) ? displayName : `Internal/${displayName}`;
}
