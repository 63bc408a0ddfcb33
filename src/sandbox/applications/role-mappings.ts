import { objectsIn } from '../fields';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badApplication } from './failures';
import type { ClaimSettings } from './record';

/** Domains of roles; every other name is that of a group, which the releases from 7.0 on do not map. */
const ROLE_DOMAIN = /^(?:internal|application|workflow)\//i;

/** The local roles of an application have to exist (`validateRoleConfigs` of application.mgt 5.25.92 and 7.0.80). */
export function refuseUnknownRoles(world: World, { role }: ClaimSettings): void {
  // Of later releases the same is in the classes; what a server lacks is then told by the import alone.
  if (world.isBeingFilled || isAtLeast(world.version, '7.1')) return;
  for (const { localRole } of objectsIn(role, 'mappings')) {
    const name = String(localRole);
    if (isAtLeast(world.version, '7.0') && !ROLE_DOMAIN.test(name)) {
      throw badApplication(`${name} is a group, and groups cannot be mapped to roles.`);
    }
    refuseUnknownRole(world, name);
  }
}

/** A role of the server, with or without its domain; for a role of a user store, its store has to be there. */
export function refuseUnknownRole(world: World, name: string): void {
  const [domain = '', role] = name.split(/\/(.*)/s);
  const isInternal = role === undefined || /^(internal|application)$/i.test(domain);
  const isKnown = isInternal ? hasRole(world, role ?? name) : world.hasUserStore(domain);
  if (!isKnown) throw badApplication(`The role ${name} is not available in the server.`);
}

/** `everyone` is in every server without being listed. */
function hasRole(world: World, name: string): boolean {
  return name === 'everyone' || world.roles.find('name', name) !== undefined;
}
