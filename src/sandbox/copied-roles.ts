import type { Json } from '../model/json';
import type { Copy } from './copied';
import { objectIn, textIn } from './fields';
import { existsIn } from './versions';
import { ROOT_ORGANIZATION, type World } from './world';

/** Whether the roles of the copy are all that there are: servers before 7.0 are not asked for theirs. */
export function tellsRoles(world: World, copy: Copy): boolean {
  return existsIn(world.version, { since: '7.0' }) && !copy.uncertain.includes('role');
}

/** Roles of the organization that a request body names. */
export function rolesIn(body: Json): string[] {
  if (typeof body === 'string') return /^Internal\/(.+)/s.exec(body)?.slice(1) ?? [];
  if (Array.isArray(body)) return body.flatMap(rolesIn);
  return body === null || typeof body !== 'object' ? [] : Object.values(body).flatMap(rolesIn);
}

/** Roles of the organization that are not there yet. */
export function addRoles(world: World, names: readonly string[]): void {
  for (const displayName of names) {
    if (world.roles.find('name', displayName)) continue;
    const id = world.identifiers.uuid();
    world.roles.put({ id, displayName, audience: ROOT_ORGANIZATION, audienceType: 'organization', permissions: [] });
  }
}

/** Applications bring roles of their own along; the copied ones take their places, with their ids. */
export function putRoles(world: World, copy: Copy, wanted: 'organization' | 'application'): void {
  for (const { kind, value } of copy.referents) {
    if (kind !== 'role') continue;
    const sent = objectIn(value, 'audience');
    const audienceType = textIn(sent, 'type')?.toLowerCase() === 'application' ? 'application' : 'organization';
    if (audienceType !== wanted) continue;
    const audience = textIn(sent, 'value') ?? ROOT_ORGANIZATION;
    const displayName = textIn(value, 'displayName') ?? '';
    const own = world.roles.find('key', `${audience}/${displayName}`);
    if (own) world.roles.remove(own.id);
    const id = textIn(value, 'id') ?? world.identifiers.uuid();
    world.roles.put({ id, displayName, audience, audienceType, permissions: own?.permissions ?? [] });
  }
}
