import type { JsonObject } from '../../model/json';
import type { FileFormat } from '../exported-files/formats';
import { ApiFailure, bulkFailure, type FailedItem } from '../failures';
import { asObject, isBlank, objectsIn, textIn, without } from '../fields';
import { encodedName } from '../identifiers';
import { strictBody } from '../strict-body';
import { existsIn } from '../versions';
import type { World } from '../world';
import {
  createDialect,
  createExternalClaim,
  deleteDialect,
  dialectAt,
  renameDialect,
  replaceExternalClaim,
  shownDialect,
  shownExternalClaim,
} from './dialects';
import { badClaim, localDialectImport } from './failures';
import { claimKind, EXTERNAL_KIND } from './file-shape';
import { createLocalClaim, deleteLocalClaim, replaceLocalClaim, shownLocalClaim } from './local-claims';
import { localClaimModel } from './models';
import { LOCAL_DIALECT_ID, type DialectRecord } from './record';

/** What an export writes: the dialect and all of its claims as GET shows them. */
export function dialectFileContents(world: World, dialect: DialectRecord, format: FileFormat): JsonObject {
  const isLocal = dialect.id === LOCAL_DIALECT_ID;
  const claims = isLocal
    ? [...world.localClaims.all()].map((claim) => shownLocalClaim(world, claim))
    : world.externalClaims.findAll('dialect', dialect.id).map((claim) => shownExternalClaim(world, claim));
  const kind: JsonObject = format === 'json' ? { type: claimKind(isLocal) } : {};
  return { ...shownDialect(world, dialect), claims: claims.map((claim) => ({ ...kind, ...claim })) };
}

/** The name of the file: the URI with everything else than letters and digits as one `_`. */
export function dialectFileName(dialect: DialectRecord): string {
  return dialect.uri.replace(/\W+/g, '_').slice(0, 255);
}

/** POST /claim-dialects/import: a new dialect with its claims, as far as they can be made (reference §2.3.4). */
export function importDialect(world: World, file: JsonObject): string {
  const id = textIn(file, 'id') ?? '';
  if (id === LOCAL_DIALECT_ID) throw localDialectImport();
  const dialect = createDialect(world, { dialectURI: textIn(file, 'dialectURI') ?? '' });
  createClaims(world, dialect.id, externalClaims(file));
  return dialect.id;
}

/**
 * PUT /claim-dialects/import: merges. With `preserveClaims` it is the opposite of what it says: local claims that are
 * not in the file are deleted, and an external dialect is made anew (reference §5, quirk 21). Every claim is tried;
 * what fails is told at the end.
 */
export function updateDialect(world: World, file: JsonObject, preserveClaims: boolean): string {
  const id = textIn(file, 'id') ?? '';
  if (id === LOCAL_DIALECT_ID) {
    updateLocalClaims(world, localClaims(file), preserveClaims);
    return id;
  }
  const dialectURI = textIn(file, 'dialectURI') ?? dialectAt(world, id).uri;
  const renamed = dialectAt(world, renameDialect(world, id, { dialectURI }));
  updateExternalClaims(world, renamed, externalClaims(file), preserveClaims);
  return renamed.id;
}

function updateLocalClaims(world: World, claims: readonly JsonObject[], preserveClaims: boolean): void {
  const failed = claims.flatMap((claim) => failureOf(claim, () => writeLocalClaim(world, claim)));
  if (preserveClaims) {
    const named = new Set(claims.map((claim) => textIn(claim, 'claimURI')));
    const obsolete = [...world.localClaims.all()].filter((claim) => !named.has(claim.uri));
    failed.push(...obsolete.flatMap(({ id, uri }) => failureOf({ claimURI: uri }, () => deleteLocalClaim(world, id))));
  }
  refuseFailures('CMT-50051', failed, claims.length);
}

function writeLocalClaim(world: World, claim: JsonObject): void {
  const uri = textIn(claim, 'claimURI') ?? '';
  if (isBlank(uri)) throw badClaim('CMT-50029', 'A claim in the file has no URI.');
  const body = requestIn(world, claim);
  const id = encodedName(uri);
  if (world.localClaims.get(id)) replaceLocalClaim(world, id, body);
  else createLocalClaim(world, body);
}

function updateExternalClaims(
  world: World,
  { id, uri }: DialectRecord,
  claims: readonly JsonObject[],
  preserveClaims: boolean,
): void {
  if (preserveClaims) {
    deleteDialect(world, id);
    createClaims(world, createDialect(world, { dialectURI: uri }).id, claims);
    return;
  }
  const failed = claims.flatMap((claim) => failureOf(claim, () => writeExternalClaim(world, id, claim)));
  refuseFailures('CMT-50050', failed, claims.length);
}

function writeExternalClaim(world: World, dialectId: string, claim: JsonObject): void {
  const uri = textIn(claim, 'claimURI') ?? '';
  if (isBlank(uri)) throw badClaim('CMT-50032', 'A claim in the file has no URI.');
  const id = encodedName(uri);
  if (world.externalClaims.get(`${dialectId}/${id}`)) replaceExternalClaim(world, dialectId, id, claim);
  else createExternalClaim(world, dialectId, claim);
}

function createClaims(world: World, dialectId: string, claims: readonly JsonObject[]): void {
  const failed = claims.flatMap((claim) => failureOf(claim, () => void createExternalClaim(world, dialectId, claim)));
  refuseFailures('CMT-50049', failed, claims.length);
}

function refuseFailures(code: string, failed: readonly FailedItem[], total: number): void {
  if (failed.length === 0) return;
  const description = `${failed.length} out of ${total} claims of the file failed.`;
  throw bulkFailure(code, 'Claims of the file failed.', description, failed);
}

function failureOf(claim: JsonObject, work: () => void): FailedItem[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const { code, message, description } = error;
    return [{ claimURI: textIn(claim, 'claimURI') ?? null, code, message, description }];
  }
}

/** A claim belongs to the dialect that its kind fits; JSON files say the kind. */
function localClaims(file: JsonObject): JsonObject[] {
  return objectsIn(file, 'claims').filter((claim) => textIn(claim, 'type') !== EXTERNAL_KIND);
}

function externalClaims(file: JsonObject): JsonObject[] {
  return objectsIn(file, 'claims').filter((claim) => textIn(claim, 'mappedLocalClaimURI') !== undefined);
}

/** The request that a claim of a file stands for: fields that only answers have are left out. */
function requestIn(world: World, claim: JsonObject): JsonObject {
  const isKnown = (field: string): boolean => {
    const known = Object.hasOwn(localClaimModel.fields, field) ? localClaimModel.fields[field] : undefined;
    return known !== undefined && existsIn(world.version, known);
  };
  const unknown = Object.keys(claim).filter((field) => !isKnown(field));
  return asObject(strictBody(localClaimModel, without(claim, ...unknown), world.version));
}
