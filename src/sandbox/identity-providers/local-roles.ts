import type { JsonObject } from '../../model/json';
import { isBlank, objectsIn, textIn, textsIn } from '../fields';
import { uncaughtException } from '../failures';
import { isAtLeast } from '../versions';
import { ROOT_ORGANIZATION, type World } from '../world';
import { badProvider, UncodedFailure } from './failures';
import type { IdentityProviderRecord } from './record';
import { inKeyOrder } from './rows';

type Roles = IdentityProviderRecord['roles'];

const INTERNAL = 'INTERNAL';
/** Domains of roles, none of which is a user store. */
const ROLE_DOMAINS = new Set([INTERNAL, 'APPLICATION', 'WORKFLOW']);
const PRIMARY = 'PRIMARY';
/** The group of administrators that every server has. */
const ADMIN_GROUP = 'admin';

/**
 * Role mappings of a request. Those to a local role that is not there are dropped without a word, and from 7.0 those
 * to a group (framework 5.25 and 7.0: verifyAndUpdateRoleConfiguration). The same outer role twice breaks a constraint
 * of the database.
 */
export function sentRoles(world: World, body: JsonObject | undefined): Roles {
  const sent = objectsIn(body, 'mappings').map((each) => {
    const localRole = textIn(each, 'localRole');
    if (localRole === undefined) throw uncaughtException();
    return { idpRole: textIn(each, 'idpRole'), localRole: storedRole(localRole) };
  });
  const mappings = sent.flatMap(({ idpRole, localRole }) =>
    idpRole === undefined || !isMappable(world, localRole) ? [] : [{ idpRole, localRole }],
  );
  const names = new Set(mappings.map(({ idpRole }) => idpRole));
  if (names.size < mappings.length) throw new UncodedFailure(500);
  // The roles are kept as one text, with commas between them.
  const outbound = textsIn(body, 'outboundProvisioningRoles').join(',');
  return { mappings, outbound: isBlank(outbound) ? [] : outbound.split(',') };
}

function split(role: string): readonly [domain: string, name: string] {
  const slash = role.indexOf('/');
  return slash < 0 ? ['', role] : [role.slice(0, slash), role.slice(slash + 1)];
}

/** The domain of a mapped role is written one way, that of the primary store not at all. */
function storedRole(role: string): string {
  const [domain, name] = split(role);
  if (domain.toUpperCase() === INTERNAL) return `Internal/${name}`;
  return domain === '' || domain.toUpperCase() === PRIMARY ? name : role;
}

function isMappable(world: World, role: string): boolean {
  const [domain, name] = split(role);
  if (isBlank(name)) return false;
  if (ROLE_DOMAINS.has(domain.toUpperCase())) return domain.toUpperCase() === INTERNAL && hasRole(world, name);
  if (isAtLeast(world.version, '7.0')) return world.isBeingFilled;
  if (domain === '') return name === ADMIN_GROUP || world.isBeingFilled;
  if (!world.hasUserStore(domain)) throw new UncodedFailure(500);
  return false;
}

/** True for a role that is there; what a seed or a copy names is there with it. */
function hasRole(world: World, displayName: string): boolean {
  const isKnown = world.roles.find('name', displayName) !== undefined;
  if (isKnown || !world.isBeingFilled) return isKnown;
  const id = world.identifiers.uuid();
  const audience = { audience: ROOT_ORGANIZATION, audienceType: 'organization' } as const;
  world.roles.put({ id, displayName, ...audience, permissions: [] });
  return true;
}

/** POST takes outbound provisioning roles only if they are there; PUT takes all (framework: addIdPWithResourceId). */
export function refuseUnknownOutboundRoles(world: World, roles: Roles): void {
  const unknown = roles.outbound
    .filter((role) => role !== '')
    .some((role) => !hasRole(world, split(role)[0].toUpperCase() === INTERNAL ? split(role)[1] : role));
  if (unknown) throw badProvider('IDP-60010', 'One or more outbound provisioning roles do not exist.');
}

/** The roles of a GET; without outbound provisioning roles there is no such list. */
export function shownRoles(roles: Roles): JsonObject {
  const mappings = inKeyOrder(roles.mappings, (each) => each.idpRole).map((each) => ({ ...each }));
  return roles.outbound.length > 0 ? { mappings, outboundProvisioningRoles: [...roles.outbound] } : { mappings };
}
