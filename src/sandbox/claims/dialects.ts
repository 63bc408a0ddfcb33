import type { JsonObject } from '../../model/json';
import { isBlank, textIn } from '../fields';
import { decodedId, encodedName } from '../identifiers';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import {
  badClaim,
  decodedUri,
  dialectWithoutClaims,
  dialectExists,
  externalClaimExists,
  noDialectForClaim,
  noSuchDialect,
  noSuchExternalClaim,
  notStored,
  otherExternalClaim,
  systemClaimObject,
  unknownMappedClaim,
} from './failures';
import { LOCAL_DIALECT, LOCAL_DIALECT_ID, type DialectRecord, type ExternalClaimRecord } from './record';
import { inRowOrder, isStoredLocalClaim, nextClaimRow } from './rows';

const LONGEST = 255;
/** The dialects whose claims have to begin with the URI of the dialect (claim-config.xml of the product). */
const SCIM_DIALECTS = new Set([
  'urn:scim:schemas:core:1.0',
  'urn:ietf:params:scim:schemas:core:2.0',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
]);

/** The dialect with this id, or 404 CMT-50016. */
export function dialectAt(world: World, id: string): DialectRecord {
  const found = dialectWith(world, id === LOCAL_DIALECT_ID ? LOCAL_DIALECT : decodedUri(id));
  if (!found) throw noSuchDialect(id);
  return found;
}

function dialectWith(world: World, uri: string): DialectRecord | undefined {
  return world.dialects.get(uri === LOCAL_DIALECT ? LOCAL_DIALECT_ID : encodedName(uri));
}

/** GET /claim-dialects: in the order of the URIs. */
export function allDialects(world: World): DialectRecord[] {
  return [...world.dialects.all()].sort((left, right) => (left.uri < right.uri ? -1 : 1));
}

/** A dialect as GET shows it. */
export function shownDialect(world: World, dialect: DialectRecord): JsonObject {
  const link = { href: world.link(`/claim-dialects/${dialect.id}/claims`), rel: 'claims' };
  return { id: dialect.id, dialectURI: dialect.uri, link };
}

/** POST /claim-dialects. */
export function createDialect(world: World, body: JsonObject): DialectRecord {
  const dialect = { ...newDialect(world, body), system: false };
  world.dialects.put(dialect);
  return dialect;
}

function newDialect(world: World, body: JsonObject): { id: string; uri: string } {
  const uri = textIn(body, 'dialectURI') ?? '';
  if (isBlank(uri)) throw badClaim('CMT-50028', 'The dialect URI cannot be empty.');
  if (dialectWith(world, uri)) throw dialectExists(uri);
  if (uri.length > LONGEST) throw notStored('CMT-50001');
  return { id: encodedName(uri), uri };
}

/**
 * PUT /claim-dialects/{id} renames; the id follows the URI and the claims follow the dialect (reference §5, quirk 20).
 * Up to 7.0 one that is not there is renamed without a word, and a taken URI breaks a constraint of the database.
 */
export function renameDialect(world: World, id: string, body: JsonObject): string {
  const known = decodedUri(id);
  const uri = textIn(body, 'dialectURI') ?? '';
  const isKept = isAtLeast(world.version, '7.1');
  const stored = isKept ? dialectAt(world, id) : dialectWith(world, known);
  if (uri === known) return encodedName(uri);
  if (stored?.system) throw systemClaimObject('CMT-60007', `${stored.uri} is a system dialect.`);
  if (isBlank(known) || isBlank(uri)) throw badClaim('CMT-50028', 'The dialect URI cannot be empty.');
  if (!stored) return encodedName(uri);
  if (isKept && dialectWith(world, uri)) throw dialectExists(uri);
  if (uri.length > LONGEST || dialectWith(world, uri)) throw notStored('CMT-50013');
  moveDialect(world, stored, { id: encodedName(uri), uri, system: false });
  return encodedName(uri);
}

function moveDialect(world: World, stored: DialectRecord, renamed: DialectRecord): void {
  const claims = world.externalClaims.findAll('dialect', stored.id);
  world.dialects.remove(stored.id);
  world.dialects.put(renamed);
  for (const claim of claims) {
    world.externalClaims.remove(claim.id);
    world.externalClaims.put({ ...claim, id: externalId(renamed.id, claim.uri), dialectId: renamed.id });
  }
}

/**
 * DELETE /claim-dialects/{id}: unknown ids are fine, the claims of the dialect go along. `local` is no encoded URI and
 * so as good as unknown: the local dialect stays.
 */
export function deleteDialect(world: World, id: string): void {
  const uri = decodedId(id);
  if (uri === undefined) return;
  if (isBlank(uri)) throw badClaim('CMT-50028', 'The dialect URI cannot be empty.');
  const stored = dialectWith(world, uri);
  if (!stored) return;
  if (stored.system) throw systemClaimObject('CMT-60008', `${stored.uri} is a system dialect.`);
  for (const claim of world.externalClaims.findAll('dialect', stored.id)) world.externalClaims.remove(claim.id);
  world.dialects.remove(stored.id);
}

function externalId(dialectId: string, uri: string): string {
  return `${dialectId}/${encodedName(uri)}`;
}

/** POST /claim-dialects/{id}/claims (reference §2.3.2). */
export function createExternalClaim(world: World, sentId: string, body: JsonObject): ExternalClaimRecord {
  const dialect = dialectWith(world, decodedUri(sentId));
  if (!dialect) throw noDialectForClaim(sentId);
  const [uri, local] = [textIn(body, 'claimURI') ?? '', textIn(body, 'mappedLocalClaimURI') ?? ''];
  refuseBadClaim(dialect.uri, uri, local);
  if (SCIM_DIALECTS.has(dialect.uri) && !isScimClaim(dialect.uri, uri)) {
    throw badClaim('CMT-50037', `The URI of a claim begins with ${dialect.uri}, and a name follows.`);
  }
  const claims = world.externalClaims.findAll('dialect', dialect.id);
  if (claims.some((claim) => claim.uri.toLowerCase() === uri.toLowerCase())) throw externalClaimExists(uri);
  if (world.version !== '5.11' && claims.some((claim) => claim.mappedTo === local)) {
    throw badClaim('CMT-60004', `The local claim ${local} is mapped in this dialect already.`);
  }
  if (!isStoredLocalClaim(world, local)) throw unknownMappedClaim();
  if (uri.length > LONGEST) throw notStored('CMT-50002');
  const id = externalId(dialect.id, uri);
  const claim = { id, row: nextClaimRow(world), dialectId: dialect.id, uri, mappedTo: local };
  world.externalClaims.put(claim);
  return claim;
}

function isScimClaim(dialect: string, uri: string): boolean {
  return uri.startsWith(`${dialect}:`) && /^[\w$.-]*$/.test(uri.slice(dialect.length + 1));
}

/** The checks of both writes, in the product's order. */
function refuseBadClaim(dialectUri: string, uri: string, local: string): void {
  if (isBlank(uri)) throw badClaim('CMT-50032', 'The claim URI cannot be empty.');
  if (isBlank(dialectUri)) throw badClaim('CMT-50034', 'The dialect URI cannot be empty.');
  if (isBlank(local)) throw badClaim('CMT-50035', 'The mapped local claim cannot be empty.');
  refuseLocalDialect(dialectUri);
}

function refuseLocalDialect(uri: string): void {
  if (uri.toLowerCase() === LOCAL_DIALECT) throw badClaim('CMT-50033', 'The local dialect has no external claims.');
}

/** PUT /claim-dialects/{id}/claims/{claim-id}; it may map a local claim that another one is mapped to. */
export function replaceExternalClaim(world: World, dialectId: string, claimId: string, body: JsonObject): void {
  const known = decodedUri(claimId);
  const [uri, local] = [textIn(body, 'claimURI') ?? '', textIn(body, 'mappedLocalClaimURI') ?? ''];
  if (uri !== known) throw otherExternalClaim(known, dialectId);
  const dialectUri = decodedUri(dialectId);
  refuseBadClaim(dialectUri, uri, local);
  const stored = world.externalClaims.get(externalId(encodedName(dialectUri), uri));
  if (isAtLeast(world.version, '7.1')) refuseUnknown(world, dialectId, claimId, stored);
  if (!stored || !isStoredLocalClaim(world, local)) throw unknownMappedClaim();
  if (isAtLeast(world.version, '7.1')) refuseMappedTwice(world, stored, local);
  world.externalClaims.put({ ...stored, mappedTo: local });
}

function refuseUnknown(
  world: World,
  dialectId: string,
  claimId: string,
  stored: ExternalClaimRecord | undefined,
): asserts stored is ExternalClaimRecord {
  dialectAt(world, dialectId);
  if (!stored) throw noSuchExternalClaim(claimId, dialectId);
}

function refuseMappedTwice(world: World, stored: ExternalClaimRecord, local: string): void {
  const others = world.externalClaims.findAll('dialect', stored.dialectId).filter((claim) => claim.id !== stored.id);
  if (others.some((claim) => claim.mappedTo === local)) {
    throw badClaim('CMT-60004', `The local claim ${local} is mapped in this dialect already.`);
  }
}

/** DELETE of an external claim: ids that are unknown or cannot be read are fine. */
export function deleteExternalClaim(world: World, dialectId: string, claimId: string): void {
  const [claim, dialect] = [decodedId(claimId), decodedId(dialectId)];
  if (claim === undefined || dialect === undefined) return;
  refuseLocalDialect(dialect);
  world.externalClaims.remove(externalId(encodedName(dialect), claim));
}

/** The claims of a dialect; the local one has none of this kind. */
export function claimsToShow(world: World, dialectId: string): ExternalClaimRecord[] {
  const dialect = dialectAt(world, dialectId);
  refuseLocalDialect(dialect.uri);
  return inRowOrder(world, world.externalClaims.findAll('dialect', dialect.id));
}

/** One claim of a dialect; a dialect without claims is told apart, known or not: 404 CMT-50017. */
export function claimToShow(world: World, dialectId: string, claimId: string): ExternalClaimRecord {
  const dialectUri = decodedUri(dialectId);
  refuseLocalDialect(dialectUri);
  if (world.externalClaims.findAll('dialect', encodedName(dialectUri)).length === 0)
    throw dialectWithoutClaims(dialectId);
  const found = world.externalClaims.get(externalId(encodedName(dialectUri), decodedUri(claimId)));
  if (!found) throw noSuchExternalClaim(claimId, dialectId);
  return found;
}

/** An external claim as GET shows it; the read-only `properties` came with 7.1. */
export function shownExternalClaim(world: World, claim: ExternalClaimRecord): JsonObject {
  return {
    id: encodedName(claim.uri),
    claimURI: claim.uri,
    claimDialectURI: world.dialects.get(claim.dialectId)?.uri ?? '',
    mappedLocalClaimURI: claim.mappedTo,
    ...(isAtLeast(world.version, '7.1') ? { properties: [] } : {}),
  };
}
