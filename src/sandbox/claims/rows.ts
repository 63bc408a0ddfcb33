import { hashOfPair, hashOrder } from '../java-hash';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { LOCAL_DIALECT } from './record';

/*
 * Up to 7.0 all claims are rows of one table, and a list of claims is in the order of a hash table by their numbers
 * (classes of framework 5.25.92 and 7.0.80; measured on 6.x, recorded on 7.0). Later servers keep those that they ship
 * with elsewhere; their order is not established.
 */

/** The number of the next claim; a number is never given again. */
export function nextClaimRow(world: World): number {
  world.claimRows += 1;
  return world.claimRows;
}

interface Row {
  readonly row: number;
  readonly uri: string;
}

/** Claims of one dialect as a list has them. */
export function inRowOrder<T extends Row>(world: World, claims: readonly T[]): T[] {
  if (isAtLeast(world.version, '7.1')) return [...claims];
  // The database finds them by the index of their URIs.
  const found = [...claims].sort((left, right) => (left.uri < right.uri ? -1 : 1));
  return hashOrder(found, ({ row }) => row);
}

/**
 * The claims that a server ships with, in the order in which its first start stores them: that of the hash table of its
 * configuration, the local ones first.
 */
export function asStored<T extends { readonly dialect: string; readonly uri: string }>(
  world: World,
  claims: readonly T[],
): readonly T[] {
  if (isAtLeast(world.version, '7.1')) return claims;
  return hashOrder(claims, ({ uri, dialect }) => hashOfPair(uri, dialect));
}

/**
 * True for a local claim that is stored. 7.0 keeps `role`, which it no longer serves: claims can be mapped to it, and no
 * other claim can have its URI (asked of the product's code of that level).
 */
export function isStoredLocalClaim(world: World, uri: string): boolean {
  if (world.version === '7.0' && uri === `${LOCAL_DIALECT}/role`) return true;
  return world.localClaims.find('uri', uri) !== undefined;
}
