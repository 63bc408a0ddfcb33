import { equalJson, type JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, numberIn, objectIn, objectsIn, present, textIn } from '../fields';
import { flagged } from '../http/route';
import { decodedId, encodedName } from '../identifiers';
import { hashOfText, hashOrder } from '../java-hash';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import {
  badClaim,
  decodedUri,
  localClaimExists,
  mappedLocalClaimStays,
  noSuchLocalClaim,
  notStored,
  otherLocalClaim,
  systemClaimObject,
  unknownMappedClaim,
  unknownStore,
} from './failures';
import { localClaimModel } from './models';
import { refuseBadType } from './data-types';
import { LOCAL_DIALECT, type LocalClaimRecord } from './record';
import { inRowOrder, isStoredLocalClaim, nextClaimRow } from './rows';

/** A claim property, and every other text of a claim, has a column of this length. */
const LONGEST = 255;

/** POST /claim-dialects/local/claims (reference §2.3.2, §2.3.3). */
export function createLocalClaim(world: World, body: JsonObject): LocalClaimRecord {
  const uri = textIn(body, 'claimURI') ?? '';
  if (isBlank(uri)) throw badClaim('CMT-60002', 'The claim URI cannot be empty.');
  refuseBadClaim(world, uri, body);
  const isTaken = [...world.localClaims.all()].some((claim) => claim.uri.toLowerCase() === uri.toLowerCase());
  if (isTaken || isStoredLocalClaim(world, uri)) throw localClaimExists(uri);
  refuseUnstorable(uri, body, 'CMT-50003');
  const record = { id: encodedName(uri), row: nextClaimRow(world), uri, fields: body };
  world.localClaims.put(record);
  return record;
}

/** PUT …/local/claims/{id}: a full replacement under the same URI. */
export function replaceLocalClaim(world: World, id: string, body: JsonObject): void {
  const known = decodedUri(id);
  const uri = textIn(body, 'claimURI') ?? '';
  // The newer code looks for the claim before it looks at the body.
  if (isAtLeast(world.version, '7.1')) localClaimAt(world, id);
  if (uri !== known) throw otherLocalClaim(known);
  refuseBadClaim(world, uri, body);
  const stored = world.localClaims.find('uri', uri);
  if (!stored) throw unknownMappedClaim();
  refuseUnstorable(uri, body, 'CMT-50015');
  if (isSystemClaim(world, stored.fields)) refuseSystemChange(stored.fields, body);
  world.localClaims.put({ ...stored, fields: body });
}

/** DELETE …/local/claims/{id}: unknown ids are fine; a claim in use is not (reference §5, quirk 22). */
export function deleteLocalClaim(world: World, id: string): void {
  const uri = decodedId(id);
  if (uri === undefined) return;
  if (isBlank(uri)) throw badClaim('CMT-50029', 'The URI of a local claim cannot be empty.');
  const stored = world.localClaims.find('uri', uri);
  if (!stored) return;
  if (isSystemClaim(world, stored.fields)) throw systemClaimObject('CMT-60006', `${stored.uri} is a system claim.`);
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
  const found = world.localClaims.find('uri', decodedUri(id));
  if (!found) throw noSuchLocalClaim(id);
  return found;
}

/** True for what the product ships with; servers keep that from 7.1. */
function isSystemClaim(world: World, fields: JsonObject): boolean {
  if (!isAtLeast(world.version, '7.1')) return false;
  return objectsIn(fields, 'properties').some(
    (property) => textIn(property, 'key') === 'isSystemClaim' && textIn(property, 'value') === 'true',
  );
}

/** The checks of both writes, in the product's order. */
function refuseBadClaim(world: World, uri: string, body: JsonObject): void {
  if (isBlank(textIn(body, 'displayName'))) throw badClaim('CMT-60003', 'The display name cannot be empty.');
  const mappings = objectsIn(body, 'attributeMapping');
  for (const mapping of mappings) refuseBadMapping(world, mapping);
  if (isBlank(uri)) throw badClaim('CMT-50029', 'The URI of a local claim cannot be empty.');
  if (mappings.length === 0) throw badClaim('CMT-50030', 'The attribute mappings cannot be empty.');
  const long = [...propertyMap(body)].find(([, value]) => !isBlank(value) && value.length > LONGEST);
  if (long && world.version !== '5.11') throw badClaim('CMT-60003', `The property ${long[0]} is too long.`);
  if (isAtLeast(world.version, '7.2')) refuseBadType(world, uri, body);
}

function refuseBadMapping(world: World, mapping: JsonObject): void {
  const store = textIn(mapping, 'userstore') ?? '';
  if (isBlank(store)) throw badClaim('CMT-60005', 'An attribute mapping needs a user store.');
  if (store.toUpperCase() === 'PRIMARY' && isBlank(textIn(mapping, 'mappedAttribute'))) {
    throw badClaim('CMT-50030', 'The attribute for the PRIMARY user store cannot be empty.');
  }
  if (!world.hasUserStore(store)) throw unknownStore(store);
}

/** The database has one attribute for each user store, and columns of one length. */
function refuseUnstorable(uri: string, body: JsonObject, code: string): void {
  const mappings = objectsIn(body, 'attributeMapping');
  const stores = mappings.map((mapping) => textIn(mapping, 'userstore')?.toUpperCase());
  const texts = [
    uri,
    ...mappings.map((mapping) => textIn(mapping, 'mappedAttribute') ?? ''),
    ...[...propertyMap(body)].flat(),
  ];
  if (new Set(stores).size < stores.length || texts.some((text) => text.length > LONGEST)) throw notStored(code);
}

/** What a claim says beside its URI and mappings is kept as properties; a custom one with such a name wins. */
function propertyMap(body: JsonObject): Map<string, string> {
  const texts = [
    ['DisplayName', textIn(body, 'displayName')],
    ['Description', textIn(body, 'description')],
    ['RegEx', textIn(body, 'regEx')],
  ] as const;
  return new Map([
    ...texts.flatMap(([key, value]) => (value === undefined || isBlank(value) ? [] : [[key, value] as const])),
    ['DisplayOrder', String(numberIn(body, 'displayOrder') ?? 0)],
    ['ReadOnly', String(flagIn(body, 'readOnly'))],
    ['Required', String(flagIn(body, 'required'))],
    ['SupportedByDefault', String(flagIn(body, 'supportedByDefault'))],
    ...objectsIn(body, 'properties').map((each) => [textIn(each, 'key') ?? '', textIn(each, 'value') ?? ''] as const),
  ]);
}

/** The properties in the order of the server's map, which was copied from the map that the rows had filled. */
function orderedProperties(properties: ReadonlyMap<string, string>): (readonly [key: string, value: string])[] {
  const rows = [...properties].sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
  const hash = ([key]: readonly [string, string]): number => hashOfText(key);
  return hashOrder(hashOrder(rows, hash), hash, 'copied');
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

const FIELD_PROPERTIES = new Set([
  ...['DisplayName', 'Description', 'RegEx', 'DisplayOrder', 'ReadOnly', 'Required', 'SupportedByDefault'],
]);

/** A local claim as GET shows it: defaults filled in, mappings and properties in an order of their own. */
export function shownLocalClaim(world: World, { id, uri, fields }: LocalClaimRecord): JsonObject {
  const mappings = objectsIn(fields, 'attributeMapping').map((mapping) => ({
    mappedAttribute: textIn(mapping, 'mappedAttribute') ?? '',
    userstore: (textIn(mapping, 'userstore') ?? '').toUpperCase(),
  }));
  const kept = propertyMap(fields);
  const isTrue = (key: string): boolean => kept.get(key)?.toLowerCase() === 'true';
  const order = kept.get('DisplayOrder') ?? '';
  const shown = present({
    id,
    claimURI: uri,
    dialectURI: LOCAL_DIALECT,
    description: kept.get('Description') ?? '',
    displayOrder: /^\d+$/.test(order) ? Number(order) : 0,
    displayName: kept.get('DisplayName'),
    readOnly: isTrue('ReadOnly'),
    regEx: kept.get('RegEx') ?? '',
    required: isTrue('Required'),
    supportedByDefault: isTrue('SupportedByDefault'),
    attributeMapping: mappings.sort((left, right) => (left.userstore < right.userstore ? -1 : 1)),
    properties: orderedProperties(kept)
      .filter(([key]) => !FIELD_PROPERTIES.has(key))
      .map(([key, value]) => ({ key, value })),
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
  return inRowOrder(world, [...world.localClaims.all()])
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
