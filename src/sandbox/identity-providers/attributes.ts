import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, objectsIn, textIn, textsIn } from '../fields';
import { encodedName } from '../identifiers';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badPatch, badProvider } from './failures';
import { jitModel } from './models';
import type { IdentityProviderRecord } from './record';

type ClaimPart = Pick<IdentityProviderRecord, 'userIdClaim' | 'roleClaim' | 'claimMappings' | 'provisioningClaims'>;

/** The claims of a request. POST checks nothing, PUT does (reference §2.2.5): see `refuseBadClaims`. */
export function sentClaims(body: JsonObject | undefined): ClaimPart {
  const uriIn = (part: JsonObject | undefined, field: string): string => textIn(objectIn(part, field), 'uri') ?? '';
  return {
    userIdClaim: uriIn(body, 'userIdClaim'),
    roleClaim: uriIn(body, 'roleClaim'),
    claimMappings: objectsIn(body, 'mappings').map((each) => ({
      idpClaim: textIn(each, 'idpClaim') ?? '',
      localClaim: uriIn(each, 'localClaim'),
    })),
    // A provisioning claim without a default value disappears.
    provisioningClaims: objectsIn(body, 'provisioningClaims')
      .map((each) => ({ claim: uriIn(each, 'claim'), defaultValue: textIn(each, 'defaultValue') ?? '' }))
      .filter((each) => !isBlank(each.defaultValue)),
  };
}

/** The checks of PUT /{id}/claims: IDP-60030, -60031, -60032. */
export function refuseBadClaims(world: World, claims: ClaimPart): void {
  const unknown = claims.claimMappings.find((mapping) => !world.localClaims.find('uri', mapping.localClaim));
  if (unknown) throw badProvider('IDP-60032', `There is no local claim ${unknown.localClaim}.`);
  const mapped = new Set(claims.claimMappings.map((mapping) => mapping.idpClaim));
  const usable = (uri: string): boolean =>
    uri === '' || mapped.has(uri) || world.localClaims.find('uri', uri) !== undefined;
  if (!usable(claims.userIdClaim))
    throw badProvider('IDP-60030', `The user id claim ${claims.userIdClaim} is not mapped.`);
  if (!usable(claims.roleClaim)) throw badProvider('IDP-60031', `The role claim ${claims.roleClaim} is not mapped.`);
}

/**
 * The claims of a GET: `{}` for an unset user id or role claim (reference §5, quirk 17). From 6.0 to 7.0 an unknown claim
 * of the local dialect is found here and nowhere before: the identity provider is stored, and every answer that would
 * show its claims is 400, that of its creation too (measured on the code of 6.1 and 7.0).
 */
export function shownClaims(world: World, claims: ClaimPart): JsonObject {
  refuseUnknownClaims(world, claims);
  const shown = (uri: string): JsonObject => (uri === '' ? {} : describedClaim(world, uri));
  return {
    userIdClaim: shown(claims.userIdClaim),
    roleClaim: shown(claims.roleClaim),
    mappings: claims.claimMappings.map((each) => ({
      idpClaim: each.idpClaim,
      localClaim: describedClaim(world, each.localClaim),
    })),
    provisioningClaims: claims.provisioningClaims.map((each) => ({
      claim: describedClaim(world, each.claim),
      defaultValue: each.defaultValue,
    })),
  };
}

function refuseUnknownClaims(world: World, { claimMappings, provisioningClaims }: ClaimPart): void {
  if (!isAtLeast(world.version, '6.0') || isAtLeast(world.version, '7.1')) return;
  // Without mappings, the claims of provisioning are those of the local dialect.
  const local =
    claimMappings.length > 0
      ? claimMappings.map((each) => each.localClaim)
      : provisioningClaims.map((each) => each.claim);
  const unknown = local.find((uri) => !world.localClaims.find('uri', uri));
  if (unknown !== undefined) {
    throw badProvider('IDP-60024', `Invalid claim uri ${unknown} provided in claim config.`, 'Invalid claim uri.');
  }
}

/** A claim of the local dialect comes with its id and display name, any other with its URI alone. */
function describedClaim(world: World, uri: string): JsonObject {
  const local = world.localClaims.find('uri', uri);
  return local ? { id: encodedName(uri), uri, displayName: textIn(local.fields, 'displayName') ?? '' } : { uri };
}

/** Role mappings of a request: stored as sent, but for the domain of a mapped role, which is written one way. */
export function sentRoles(body: JsonObject | undefined): IdentityProviderRecord['roles'] {
  const internal = (role: string): string => role.replace(/^internal\//i, 'Internal/');
  return {
    mappings: objectsIn(body, 'mappings').map((each) => ({
      idpRole: textIn(each, 'idpRole') ?? '',
      localRole: internal(textIn(each, 'localRole') ?? ''),
    })),
    outbound: textsIn(body, 'outboundProvisioningRoles'),
  };
}

/** The roles of a GET. */
export function shownRoles(roles: IdentityProviderRecord['roles']): JsonObject {
  return { mappings: roles.mappings.map((each) => ({ ...each })), outboundProvisioningRoles: [...roles.outbound] };
}

/** Groups of a request; a group that is known by its name keeps its id, a new one gets one. */
export function sentGroups(
  world: World,
  groups: readonly Json[],
  stored: IdentityProviderRecord['groups'],
): IdentityProviderRecord['groups'] {
  return groups.map((group) => {
    const name = textIn(objectIn({ group }, 'group'), 'name') ?? '';
    return { name, id: stored.find((known) => known.name === name)?.id ?? world.identifiers.uuid() };
  });
}

const JIT_DEFAULTS = {
  isEnabled: false,
  scheme: 'PROVISION_SILENTLY',
  userstore: 'PRIMARY',
  associateLocalUser: false,
  attributeSyncMethod: 'OVERRIDE_ALL',
  skipJITForLookupFailure: false,
  accountLookupAttributeMappings: [],
  idpGroupSyncMethod: 'MERGE_WITH_EXISTING',
};

/** Just-in-time provisioning with its defaults; the user store has to exist (reference §2.2.5). */
export function sentJit(world: World, body: JsonObject | undefined): JsonObject {
  const jit = { ...JIT_DEFAULTS, ...body };
  if (!world.hasUserStore(jit.userstore)) throw badPatch(`There is no user store ${jit.userstore}.`);
  return jit;
}

/** Just-in-time provisioning of a GET. */
export function shownJit(world: World, provider: IdentityProviderRecord): JsonObject {
  return visibleFields(world.version, jitModel, provider.jit);
}

/** Implicit association; the blank attribute that PUT demands for an empty list is dropped again (quirk 17). */
export function sentAssociation(body: JsonObject | undefined): IdentityProviderRecord['implicitAssociation'] {
  return {
    isEnabled: flagIn(body, 'isEnabled') ?? false,
    lookupAttribute: textsIn(body, 'lookupAttribute').filter((attribute) => !isBlank(attribute)),
  };
}

/** The checks of PUT /{id}/implicit-association: both fields, the list not empty. */
export function refuseBadAssociation(body: JsonObject): void {
  if (flagIn(body, 'isEnabled') === undefined || textsIn(body, 'lookupAttribute').length === 0) {
    throw badPatch('An implicit association needs isEnabled and at least one lookup attribute.');
  }
}

/** The implicit association of a GET. */
export function shownAssociation({ implicitAssociation }: IdentityProviderRecord): JsonObject {
  return { isEnabled: implicitAssociation.isEnabled, lookupAttribute: [...implicitAssociation.lookupAttribute] };
}
