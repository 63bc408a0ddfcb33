import type { JsonObject } from '../../model/json';
import { isBlank, textIn } from '../fields';
import { encodedName, unpadded } from '../identifiers';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import {
  badClaim,
  dialectWithoutClaims,
  dialectExists,
  externalClaimExists,
  noDialectForClaim,
  noSuchDialect,
  noSuchExternalClaim,
  otherExternalClaim,
  systemClaimObject,
  unknownMappedClaim,
} from './failures';
import { LOCAL_DIALECT_ID, type DialectRecord, type ExternalClaimRecord } from './record';

/** The dialect with this id, or 404 CMT-50016. */
export function dialectAt(world: World, id: string): DialectRecord {
  const found = world.dialects.get(unpadded(id));
  if (!found) throw noSuchDialect(id);
  return found;
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
  if (isBlank(uri)) throw badClaim('CMT-60002', 'The dialect URI cannot be empty.');
  const id = encodedName(uri);
  const known = [...world.dialects.all()].some((dialect) => dialect.uri === uri);
  if (known) throw dialectExists(uri);
  return { id, uri };
}

/** PUT /claim-dialects/{id} renames; the id follows the URI and the claims follow the dialect (reference §5, quirk 20). */
export function renameDialect(world: World, id: string, body: JsonObject): DialectRecord {
  const stored = dialectAt(world, id);
  if (textIn(body, 'dialectURI') === stored.uri) return stored;
  if (stored.system) throw systemClaimObject('CMT-60007', `${stored.uri} is a system dialect.`);
  const renamed = { ...newDialect(world, body), system: false };
  const claims = world.externalClaims.findAll('dialect', stored.id);
  world.dialects.remove(stored.id);
  world.dialects.put(renamed);
  for (const claim of claims) {
    world.externalClaims.remove(claim.id);
    world.externalClaims.put({ ...claim, id: externalId(renamed.id, claim.uri), dialectId: renamed.id });
  }
  return renamed;
}

/**
 * DELETE /claim-dialects/{id}: unknown ids are fine, the claims of the dialect go along. `local` is no encoded URI and
 * so as good as unknown: the local dialect stays.
 */
export function deleteDialect(world: World, id: string): void {
  const stored = id === LOCAL_DIALECT_ID ? undefined : world.dialects.get(unpadded(id));
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
  const dialectId = unpadded(sentId);
  if (!world.dialects.get(dialectId) || dialectId === LOCAL_DIALECT_ID) throw noDialectForClaim(sentId);
  const uri = textIn(body, 'claimURI') ?? '';
  if (isBlank(uri)) throw badClaim('CMT-60002', 'The claim URI cannot be empty.');
  const id = externalId(dialectId, uri);
  if (world.externalClaims.get(id)) throw externalClaimExists(uri);
  const claim = { id, dialectId, uri, mappedTo: mappedLocalClaim(world, dialectId, id, body) };
  world.externalClaims.put(claim);
  return claim;
}

/** The local claim has to exist, and from 7.0 may be mapped only once per dialect (reference §2.3.2). */
function mappedLocalClaim(world: World, dialectId: string, id: string, body: JsonObject): string {
  const local = textIn(body, 'mappedLocalClaimURI') ?? '';
  if (!world.localClaims.find('uri', local)) throw unknownMappedClaim();
  const taken = world.externalClaims
    .findAll('mappedTo', local)
    .some((claim) => claim.dialectId === dialectId && claim.id !== id);
  if (taken && isAtLeast(world.version, '7.0')) {
    throw badClaim('CMT-60004', `The local claim ${local} is mapped in this dialect already.`);
  }
  return local;
}

/** PUT /claim-dialects/{id}/claims/{claim-id}. */
export function replaceExternalClaim(world: World, dialectId: string, claimId: string, body: JsonObject): void {
  const stored = externalClaimAt(world, dialectId, claimId);
  if (textIn(body, 'claimURI') !== stored.uri) throw otherExternalClaim(stored.uri, dialectId);
  world.externalClaims.put({ ...stored, mappedTo: mappedLocalClaim(world, stored.dialectId, stored.id, body) });
}

/** The external claim with this id, or 404 CMT-50018; 404 CMT-50016 when there is no such dialect. */
function externalClaimAt(world: World, dialectId: string, claimId: string): ExternalClaimRecord {
  dialectAt(world, dialectId);
  const found = world.externalClaims.get(`${unpadded(dialectId)}/${unpadded(claimId)}`);
  if (!found) throw noSuchExternalClaim(claimId, dialectId);
  return found;
}

/** The same for a GET, which tells a dialect without claims apart: 404 CMT-50017. */
export function claimToShow(world: World, dialectId: string, claimId: string): ExternalClaimRecord {
  if (world.externalClaims.findAll('dialect', unpadded(dialectId)).length === 0) throw dialectWithoutClaims(dialectId);
  return externalClaimAt(world, dialectId, claimId);
}

/** An external claim as GET shows it; the read-only `properties` came with 7.1. */
export function shownExternalClaim(world: World, claim: ExternalClaimRecord): JsonObject {
  return {
    id: encodedName(claim.uri),
    claimURI: claim.uri,
    claimDialectURI: dialectAt(world, claim.dialectId).uri,
    mappedLocalClaimURI: claim.mappedTo,
    ...(isAtLeast(world.version, '7.1') ? { properties: [] } : {}),
  };
}
