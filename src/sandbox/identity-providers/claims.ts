import { isObject, type Json, type JsonObject } from '../../model/json';
import { isBlank, listIn, objectIn, objectsIn, textIn } from '../fields';
import { uncaughtException } from '../failures';
import { encodedName } from '../identifiers';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { badProvider, UncodedFailure } from './failures';
import type { IdentityProviderRecord } from './record';
import { inKeyOrder } from './rows';

/** What an identity provider says of claims. */
export type ClaimPart = Pick<
  IdentityProviderRecord,
  'userIdClaim' | 'roleClaim' | 'claimMappings' | 'provisioningClaims'
>;

type ProvisioningClaim = ClaimPart['provisioningClaims'][number];

/**
 * The claims of a request. POST checks nothing, PUT does (reference §2.2.5): see `refuseBadClaims`. Up to 6.1 the
 * product walks through `provisioningClaims` without looking whether they are there.
 */
export function sentClaims(body: JsonObject | undefined, version: Version): ClaimPart {
  if (body && listIn(body, 'provisioningClaims') === undefined && !isAtLeast(version, '7.0')) throw uncaughtException();
  const claimMappings = objectsIn(body, 'mappings').map((each) => ({
    idpClaim: textIn(each, 'idpClaim') ?? '',
    localClaim: neededUri(each, 'localClaim'),
  }));
  const wanted = objectsIn(body, 'provisioningClaims').map((each) => ({
    claim: neededUri(each, 'claim'),
    defaultValue: textIn(each, 'defaultValue') ?? '',
  }));
  refuseRepeatedClaim(claimMappings.length > 0 ? claimMappings.map(({ idpClaim }) => idpClaim) : claimsOf(wanted));
  return {
    userIdClaim: textIn(objectIn(body, 'userIdClaim'), 'uri'),
    roleClaim: textIn(objectIn(body, 'roleClaim'), 'uri'),
    claimMappings,
    provisioningClaims: claimMappings.length > 0 ? mappedOnly(wanted, claimMappings) : wanted,
  };
}

/** Nothing looks whether the object is there. */
function neededUri(part: JsonObject, field: string): string {
  const uri = textIn(objectIn(part, field), 'uri');
  if (uri === undefined) throw uncaughtException();
  return uri;
}

function claimsOf(claims: readonly ProvisioningClaim[]): string[] {
  return claims.map(({ claim }) => claim);
}

/** The database has each claim of an identity provider once. */
function refuseRepeatedClaim(claims: readonly string[]): void {
  const named = claims.filter((claim) => claim !== '');
  if (new Set(named).size < named.length) throw new UncodedFailure(500);
}

/** With mappings, a provisioning claim is a default of one of them; of several the last counts. */
function mappedOnly(wanted: readonly ProvisioningClaim[], mappings: ClaimPart['claimMappings']): ProvisioningClaim[] {
  const defaults = new Map(wanted.map((each) => [each.claim, each]));
  return mappings.flatMap(({ idpClaim }) => defaults.get(idpClaim) ?? []);
}

/** The checks of PUT /{id}/claims, in the product's order: the two claims first, then the mapped ones. */
export function refuseBadClaims(world: World, body: Json): void {
  const sent = isObject(body) ? body : {};
  const mappings = objectsIn(sent, 'mappings');
  const uriOf = (field: string): string => textIn(objectIn(sent, field), 'uri') ?? '';
  const isLocal = (uri: string): boolean => world.localClaims.find('uri', uri) !== undefined;
  const mapped = new Set(mappings.map((mapping) => textIn(mapping, 'idpClaim')));
  const isUsable = mappings.length > 0 ? (uri: string) => mapped.has(uri) : isLocal;
  const place = mappings.length > 0 ? 'not mapped' : 'no local claim';
  const [userCode, roleCode] = mappings.length > 0 ? ['IDP-60030', 'IDP-60031'] : ['IDP-60033', 'IDP-60034'];
  const [user, role] = [uriOf('userIdClaim'), uriOf('roleClaim')];
  if (!isBlank(user) && !isUsable(user)) throw badProvider(userCode, `The user id claim ${user} is ${place}.`);
  if (!isBlank(role) && !isUsable(role)) throw badProvider(roleCode, `The role claim ${role} is ${place}.`);
  const unknown = mappings.map((mapping) => neededUri(mapping, 'localClaim')).find((uri) => !isLocal(uri));
  if (unknown !== undefined) throw badProvider('IDP-60032', `There is no local claim ${unknown}.`);
}

/**
 * The claims of a GET: `{}` for an unset user id or role claim (reference §5, quirk 17). From 6.0 to 7.0 an unknown claim
 * of the local dialect is found here and nowhere before: the identity provider is stored, and every answer that would
 * show its claims is 400, that of its creation too (measured on the code of 6.1 and 7.0).
 */
export function shownClaims(world: World, claims: ClaimPart): JsonObject {
  refuseUnknownClaims(world, claims);
  const isMapped = claims.claimMappings.length > 0;
  return {
    userIdClaim: describedClaim(world, claims.userIdClaim),
    roleClaim: describedClaim(world, claims.roleClaim),
    mappings: inKeyOrder(claims.claimMappings, (each) => each.idpClaim)
      .filter((each) => !isBlank(each.idpClaim))
      .map((each) => ({ idpClaim: each.idpClaim, localClaim: describedClaim(world, each.localClaim) })),
    provisioningClaims: inKeyOrder(claims.provisioningClaims, (each) => each.claim)
      .filter((each) => !isBlank(each.defaultValue))
      .map((each) => ({
        claim: isMapped ? { uri: each.claim } : describedClaim(world, each.claim),
        defaultValue: each.defaultValue,
      })),
  };
}

function refuseUnknownClaims(world: World, { claimMappings, provisioningClaims }: ClaimPart): void {
  if (!isAtLeast(world.version, '6.0') || isAtLeast(world.version, '7.1')) return;
  // Without mappings, the claims of provisioning are those of the local dialect.
  const local =
    claimMappings.length > 0
      ? claimMappings.map((each) => each.localClaim)
      : provisioningClaims.map((each) => each.claim);
  const unknown = local.find((uri) => !world.localClaims.find('uri', uri));
  if (unknown !== undefined) {
    throw badProvider('IDP-60024', `Invalid claim uri ${unknown} provided in claim config.`, 'Invalid claim uri.');
  }
}

/** A claim of the local dialect comes with its id and display name, any other with its URI alone. */
function describedClaim(world: World, uri: string | undefined): JsonObject {
  if (uri === undefined) return {};
  const local = world.localClaims.find('uri', uri);
  return local ? { id: encodedName(uri), uri, displayName: textIn(local.fields, 'displayName') ?? '' } : { uri };
}
