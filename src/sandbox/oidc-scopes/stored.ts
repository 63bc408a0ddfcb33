import type { JsonObject } from '../../model/json';
import type { ExternalClaimRecord } from '../claims/record';
import { present } from '../fields';
import { encodedName } from '../identifiers';
import { hashOfText, hashOrder } from '../java-hash';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import type { OidcScopeRecord } from './record';

const OIDC_DIALECT = encodedName('http://wso2.org/oidc/claim');

/*
 * Up to 7.0 a server answers from what its start read from the configuration, until a scope is written to or the server
 * starts again; from then on it answers from the database, in another order and without claims that the OIDC dialect does
 * not have, such as `sub` (classes of OAuth 6.11.23; measured on 6.x and 7.0). Of later releases only the former is
 * established.
 */

/** All scopes in the order of the list. */
export function listedScopes(world: World): readonly OidcScopeRecord[] {
  const scopes = [...world.oidcScopes.all()];
  return isFromDatabase(world) ? hashOrder(scopes, ({ id }) => hashOfText(id)) : scopes;
}

/** A scope as GET shows it. */
export function shownScope(world: World, scope: OidcScopeRecord): JsonObject {
  const { id, displayName, description } = scope;
  return present({ name: id, displayName, description, claims: claimsOf(world, scope) });
}

function isFromDatabase(world: World): boolean {
  return !world.servesConfiguredScopes && !isAtLeast(world.version, '7.1');
}

/** Up to 6.1 the claims are in the order of a hash table, on 7.0 in that of their rows. */
function claimsOf(world: World, { claims }: OidcScopeRecord): string[] {
  if (!isFromDatabase(world)) return [...claims];
  const rows = claims.flatMap((name) => oidcClaim(world, name) ?? []);
  const ordered = isAtLeast(world.version, '7.0')
    ? rows.sort((left, right) => left.row - right.row)
    : hashOrder(rows, ({ uri }) => hashOfText(uri));
  return ordered.map(({ uri }) => uri);
}

/** The claims out of a request that a scope will have; up to 7.0 those that the OIDC dialect does not have are dropped. */
export function storedClaims(world: World, names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)];
  if (isAtLeast(world.version, '7.1')) return hashOrder(distinct, hashOfText);
  return distinct.filter((name) => oidcClaim(world, name) !== undefined);
}

function oidcClaim(world: World, name: string): ExternalClaimRecord | undefined {
  return world.externalClaims.get(`${OIDC_DIALECT}/${encodedName(name)}`);
}
