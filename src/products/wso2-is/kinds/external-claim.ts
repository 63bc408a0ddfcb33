import * as z from 'zod';
import type { JsonObject } from '../../../model/json';
import { filledText, pick } from '../json-fields';
import type { Change, Listed, ProductKind, Server } from '../../product';
import { dialectId, LOCAL_DIALECT } from '../claim-ids';
import {
  BUILT_IN,
  CLAIM_DIALECTS,
  loadDialects,
  loadLocalClaims,
  readArray,
  readEntry,
  required,
  systemClaimTest,
} from '../claim-lists';
import { isBuiltInDialect, isDefaultLocalClaim, isShippedMapping, isStandardAttribute } from '../standard-claims';

const FIELDS = ['claimDialectURI', 'claimURI', 'mappedLocalClaimURI'] as const;

/** Claims of the dialects other than the local one: reference, section 2.3. */
export const externalClaim: ProductKind = {
  name: 'external-claim',
  folder: 'external-claims',
  title: 'External claims',
  keyFields: ['claimDialectURI', 'claimURI'],
  schema: z.strictObject({
    claimDialectURI: z.string().min(1),
    claimURI: z.string().min(1).describe('Need not be a URL.'),
    mappedLocalClaimURI: z.string().min(1),
  }),
  lists: [],
  serverOwned: ['id', 'properties'],
  chosenByServer: [],
  immutable: [],
  secrets: [],
  defaults: [],
  fieldsSince: [],
  // Refused with 400 CMT-60004.
  unique: [{ what: 'mapped local claim', path: 'mappedLocalClaimURI', within: ['claimDialectURI'] }],
  references: [
    { path: 'claimDialectURI', kind: 'claim-dialect', mustExist: true },
    { path: 'mappedLocalClaimURI', kind: 'local-claim', mustExist: true },
  ],
  systemKeys: [],
  isSystem: (value, release) => isSystemMapping(value, (uri) => isDefaultLocalClaim(uri, release), release),
  normalise: (value) => pick(value, FIELDS),
  notCarried: [{ what: 'properties of external claims', why: 'the API shows them from 7.1 and refuses them on write' }],
  calls: {
    list: listExternalClaims,
    read: (server, listed) => readEntry(server, listed, claimsOf(listed)),
    create: (change) => [{ method: 'POST', path: claimsOf(change), body: body(change), creates: true }],
    update: (change) => [{ method: 'PUT', path: [...claimsOf(change), '{id}'], body: body(change) }],
    remove: (change) => [{ method: 'DELETE', path: [...claimsOf(change), '{id}'] }],
  },
};

/** The request is exactly these two fields; the dialect is in the path (reference, 2.3.2). */
function body({ desired }: Change): JsonObject {
  return pick(desired, ['claimURI', 'mappedLocalClaimURI']);
}

/** The path of the dialect's claims; the dialect's URI is the first half of the key. */
function claimsOf({ key }: Pick<Change, 'key'>): string[] {
  const [dialectURI = ''] = key.split(' ');
  return [...CLAIM_DIALECTS, dialectId(dialectURI), 'claims'];
}

/**
 * In a dialect of the product a claim is the product's own when it is one of the dialect's standard attributes and
 * mapped to a local claim of the product. In any other dialect, and mapped to a claim of one's own, it is custom.
 * 7.0 ships with a claim that is mapped to a local claim that is not there (recorded): it is the product's own, too.
 */
function isSystemMapping(
  value: JsonObject,
  isSystemClaim: (claimURI: string) => boolean,
  release: string | undefined,
): boolean {
  const [dialect = '', claim = '', mapped = ''] = FIELDS.map((field) => filledText(value, field));
  if (isShippedMapping(dialect, claim, mapped, release)) return true;
  if (!isBuiltInDialect(dialect, release) || !isSystemClaim(mapped)) return false;
  return isStandardAttribute(dialect, claim);
}

/** The dialects, the local claims (which of them are the product's own), and one request for each other dialect. */
async function listExternalClaims(server: Server): Promise<Listed[]> {
  const [dialects, localClaims] = await Promise.all([loadDialects(server), loadLocalClaims(server)]);
  const isSystemClaim = systemClaimTest(localClaims, server.version);
  const lists = await Promise.all(
    dialects
      .map((dialect) => ({ id: required(server, dialect, 'id'), uri: required(server, dialect, 'dialectURI') }))
      .filter(({ uri }) => uri !== LOCAL_DIALECT)
      .map(async ({ id, uri }) => ({ uri, claims: await readArray(server, [...CLAIM_DIALECTS, id, 'claims']) })),
  );
  return lists.flatMap(({ uri, claims }) =>
    claims.map((claim): Listed => {
      const value = { ...claim, claimDialectURI: uri };
      const id = required(server, claim, 'id');
      const key = `${uri} ${required(server, claim, 'claimURI')}`;
      return isSystemMapping(value, isSystemClaim, server.version)
        ? { id, key, value, protectedBecause: BUILT_IN }
        : { id, key, value };
    }),
  );
}
