import { isObject } from '../model/json';
import { LOCAL_DIALECT } from './claims/record';
import type { CopiedArtifact, Copy } from './copied';
import { encodedName } from './identifiers';
import type { World } from './world';

function recordId(key: string): string {
  const [dialect = '', uri = ''] = key.split(' ');
  return `${encodedName(dialect)}/${encodedName(uri)}`;
}

/** All local claims, and the external ones that the copy does not have. */
export function forgetClaims(world: World, copy: Copy): void {
  const copied = copy.artifacts.filter(({ kind }) => kind === 'external-claim').map(({ key }) => recordId(key));
  const kept = new Set(copied);
  for (const { id } of [...world.externalClaims.all()]) if (!kept.has(id)) world.externalClaims.remove(id);
  world.localClaims.clear();
}

/**
 * True for an external claim that a release ships with as it is in the copy. It need not be made, and some of them no
 * request could make: two that stand for one local claim, or a name outside of the dialect.
 */
export function isShippedAlike(world: World, { kind, key, requests }: CopiedArtifact): boolean {
  if (kind !== 'external-claim') return false;
  const body = requests[0]?.body;
  const shipped = world.externalClaims.get(recordId(key));
  return shipped !== undefined && isObject(body) && body.mappedLocalClaimURI === shipped.mappedTo;
}

/** Files may hold claims that ship with the product: the file's form counts. */
export function forgetClaim(world: World, { kind, key }: CopiedArtifact): void {
  if (kind === 'local-claim') world.localClaims.remove(encodedName(key));
  if (kind !== 'external-claim') return;
  world.externalClaims.remove(recordId(key));
}

/**
 * Numbers the claims of each dialect so that its list has the order of the copied one: what numbers they have on the
 * other server is not told by it.
 */
export function keepClaimOrder(world: World, { artifacts }: Copy): void {
  const counts = new Map<string, number>();
  const nextRow = (dialect: string): number => {
    const row = (counts.get(dialect) ?? 0) + 1;
    counts.set(dialect, row);
    return row;
  };
  for (const { kind, key } of artifacts) {
    const [local, external] = [world.localClaims.get(encodedName(key)), world.externalClaims.get(recordId(key))];
    if (kind === 'local-claim' && local) world.localClaims.put({ ...local, row: nextRow(LOCAL_DIALECT) });
    if (kind === 'external-claim' && external) {
      world.externalClaims.put({ ...external, row: nextRow(external.dialectId) });
    }
  }
}
