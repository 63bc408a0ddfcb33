import { equalJson, type JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, numberIn, objectIn, objectsIn, present, textIn } from '../fields';
import { flagged } from '../http/route';
import { encodedName, unpadded } from '../identifiers';
import { visibleFields } from '../strict-body';
import { unkeptOrder } from '../unkept-order';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import {
  badClaim,
  localClaimExists,
  mappedLocalClaimStays,
  noSuchLocalClaim,
  otherLocalClaim,
  systemClaimObject,
  unknownStore,
} from './failures';
import { localClaimModel } from './models';
import { refuseBadType } from './data-types';
import { LOCAL_DIALECT, type LocalClaimRecord } from './record';

const LONGEST_PROPERTY = 1024;

/** POST /claim-dialects/local/claims (reference §2.3.2, §2.3.3). */
export function createLocalClaim(world: World, body: JsonObject): LocalClaimRecord {
  const uri = checkedUri(world, body);
  if (world.localClaims.find('uri', uri)) throw localClaimExists(uri);
  const record = { id: encodedName(uri), uri, fields: body };
  world.localClaims.put(record);
  return record;
}

/** PUT …/local/claims/{id}: a full replacement under the same URI. */
export function replaceLocalClaim(world: World, id: string, body: JsonObject): void {
  const stored = localClaimAt(world, id);
  const uri = checkedUri(world, body);
  if (uri !== stored.uri) throw otherLocalClaim(stored.uri);
  if (isSystemClaim(stored.fields)) refuseSystemChange(stored.fields, body);
  world.localClaims.put({ ...stored, fields: body });
}

/** DELETE …/local/claims/{id}: unknown ids are fine; a claim in use is not (reference §5, quirk 22). */
export function deleteLocalClaim(world: World, id: string): void {
  const stored = world.localClaims.get(unpadded(id));
  if (!stored) return;
  if (isSystemClaim(stored.fields)) throw systemClaimObject('CMT-60006', `${stored.uri} is a system claim.`);
  if (world.externalClaims.find('mappedTo', stored.uri)) throw mappedLocalClaimStays();
  if (world.applications.find('localClaim', stored.uri))
    throw badClaim('CMT-50040', `An application uses ${stored.uri}.`);
  if (world.identityProviders.find('localClaim', stored.uri)) {
    throw badClaim('CMT-50041', `An identity provider uses ${stored.uri}.`);
  }
  world.localClaims.remove(stored.id);
}

/** The local claim with this id, or 404 CMT-50019. */
export function localClaimAt(world: World, id: string): LocalClaimRecord {
  const found = world.localClaims.get(unpadded(id));
  if (!found) throw noSuchLocalClaim(id);
  return found;
}

/** True for what the product ships with. */
function isSystemClaim(fields: JsonObject): boolean {
  return objectsIn(fields, 'properties').some(
    (property) => textIn(property, 'key') === 'isSystemClaim' && textIn(property, 'value') === 'true',
  );
}

function checkedUri(world: World, body: JsonObject): string {
  const uri = textIn(body, 'claimURI');
  if (uri === undefined || isBlank(uri)) throw badClaim('CMT-60002', 'The claim URI cannot be empty.');
  if (isBlank(textIn(body, 'displayName'))) throw badClaim('CMT-60003', 'The display name cannot be empty.');
  const mappings = objectsIn(body, 'attributeMapping');
  if (mappings.length === 0) throw badClaim('CMT-60006', 'The attribute mappings cannot be empty.');
  for (const mapping of mappings) refuseBadMapping(world, mapping);
  refuseLongProperty(body);
  if (isAtLeast(world.version, '7.2')) refuseBadType(world, uri, body);
  return uri;
}

function refuseLongProperty(body: JsonObject): void {
  const long = objectsIn(body, 'properties').find((each) => (textIn(each, 'value') ?? '').length > LONGEST_PROPERTY);
  if (long) throw badClaim('CMT-60003', `The value of the property ${textIn(long, 'key')} is too long.`);
}

function refuseBadMapping(world: World, mapping: JsonObject): void {
  const store = textIn(mapping, 'userstore');
  if (store === undefined || isBlank(store)) throw badClaim('CMT-60005', 'An attribute mapping needs a user store.');
  if (!world.hasUserStore(store)) throw unknownStore(store);
  if (store.toUpperCase() === 'PRIMARY' && isBlank(textIn(mapping, 'mappedAttribute'))) {
    throw badClaim('CMT-50030', 'The attribute for the PRIMARY user store cannot be empty.');
  }
}

const FIXED_IN_SYSTEM_CLAIMS = [
  { field: 'multiValued', code: 'CMT-60012', usual: false },
  { field: 'dataType', code: 'CMT-60013', usual: 'string' },
  { field: 'sharedProfileValueResolvingMethod', code: 'CMT-60013', usual: 'FromOrigin' },
] as const;

function refuseSystemChange(stored: JsonObject, body: JsonObject): void {
  for (const { field, code, usual } of FIXED_IN_SYSTEM_CLAIMS) {
    if (!equalJson(stored[field] ?? usual, body[field] ?? stored[field] ?? usual)) {
      throw badClaim(code, `${field} of a system claim cannot be changed.`);
    }
  }
}

/** A local claim as GET shows it: defaults filled in, mappings and properties in an order of their own. */
export function shownLocalClaim(world: World, { id, uri, fields }: LocalClaimRecord): JsonObject {
  const mappings = objectsIn(fields, 'attributeMapping').map((mapping) => ({
    mappedAttribute: textIn(mapping, 'mappedAttribute') ?? '',
    userstore: (textIn(mapping, 'userstore') ?? '').toUpperCase(),
  }));
  const shown = present({
    id,
    claimURI: uri,
    dialectURI: LOCAL_DIALECT,
    description: textIn(fields, 'description') ?? '',
    displayOrder: numberIn(fields, 'displayOrder') ?? 0,
    displayName: textIn(fields, 'displayName'),
    readOnly: flagIn(fields, 'readOnly') ?? false,
    regEx: textIn(fields, 'regEx') ?? '',
    required: flagIn(fields, 'required') ?? false,
    supportedByDefault: flagIn(fields, 'supportedByDefault') ?? false,
    attributeMapping: unkeptOrder(mappings, world.identifiers.salt, (mapping) => mapping.userstore),
    properties: unkeptOrder(
      objectsIn(fields, 'properties'),
      world.identifiers.salt,
      (property) => textIn(property, 'key') ?? '',
    ),
    uniquenessScope: textIn(fields, 'uniquenessScope'),
    sharedProfileValueResolvingMethod: textIn(fields, 'sharedProfileValueResolvingMethod'),
    profiles: objectIn(fields, 'profiles'),
    ...typeFields(fields),
    managedInUserStore: flagIn(fields, 'managedInUserStore') ?? false,
  });
  return visibleFields(world.version, localClaimModel, shown);
}

function typeFields(fields: JsonObject): JsonObject {
  const dataType = textIn(fields, 'dataType') ?? 'string';
  const inputFormat =
    objectIn(fields, 'inputFormat') ?? (dataType === 'boolean' ? { inputType: 'checkbox' } : undefined);
  return present({
    dataType,
    subAttributes: listIn(fields, 'subAttributes') ?? [],
    canonicalValues: listIn(fields, 'canonicalValues') ?? [],
    multiValued: flagIn(fields, 'multiValued') ?? false,
    inputFormat,
  });
}

/** GET …/local/claims; identity claims can be left out from 6.0, hidden ones and other profiles from 7.2 (§2.3.1). */
export function localClaimList(world: World, query: Readonly<Record<string, string | undefined>>): JsonObject[] {
  const withoutIdentity = isAtLeast(world.version, '6.0') && flagged({ query }, 'exclude-identity-claims');
  const withoutHidden = isAtLeast(world.version, '7.2') && flagged({ query }, 'exclude-hidden-claims');
  const profile = isAtLeast(world.version, '7.2') ? query.profile : undefined;
  const hidden = (fields: JsonObject): boolean =>
    objectsIn(fields, 'properties').some(
      (each) => textIn(each, 'key') === 'hidden' && textIn(each, 'value') === 'true',
    );
  return [...world.localClaims.all()]
    .filter((claim) => !withoutIdentity || !claim.uri.startsWith(`${LOCAL_DIALECT}/identity/`))
    .filter((claim) => !withoutHidden || !hidden(claim.fields))
    .filter((claim) => profile === undefined || isInProfile(claim.fields, profile))
    .map((claim) => shownLocalClaim(world, claim));
}

/** A profile has the claims that it, or else the claim itself, says are supported by default. */
function isInProfile(fields: JsonObject, profile: string): boolean {
  const own = flagIn(objectIn(objectIn(fields, 'profiles'), profile), 'supportedByDefault');
  return own ?? flagIn(fields, 'supportedByDefault') ?? false;
}
