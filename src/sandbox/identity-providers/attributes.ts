import type { Json, JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, textIn, textsIn } from '../fields';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { badPatch } from './failures';
import { jitModel } from './models';
import type { IdentityProviderRecord } from './record';

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

/**
 * Just-in-time provisioning with its defaults. The user store has to exist (reference §2.2.5), which 6.0 to 7.0 do not
 * look at; how users are asked is kept only while it is on (framework: getCombinedProperties).
 */
export function sentJit(world: World, body: JsonObject | undefined): JsonObject {
  const jit = { ...JIT_DEFAULTS, ...body };
  if (isAtLeast(world.version, '7.1') && !world.hasUserStore(jit.userstore)) {
    throw badPatch(`There is no user store ${jit.userstore}.`);
  }
  return jit.isEnabled ? jit : { ...jit, scheme: JIT_DEFAULTS.scheme, associateLocalUser: false };
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
