import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, objectsIn, present, textIn } from '../fields';
import { ApiFailure, uncaughtException } from '../failures';
import { unkeptOrder } from '../unkept-order';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { badApplication } from './failures';
import type { ClaimMapping, ClaimSettings } from './record';

const USER_ID = 'http://wso2.org/claims/userid';
const USERNAME = 'http://wso2.org/claims/username';
const ROLE = 'http://wso2.org/claims/role';

export const noClaims: ClaimSettings = { dialect: 'LOCAL', mappings: [], subject: {}, role: {} };

/**
 * What a claimConfiguration in POST or PATCH makes of the stored one: dialect and mappings are always rewritten,
 * subject is merged, role is replaced in its mappings (reference §2.1.5).
 */
export function changedClaims(stored: ClaimSettings, body: JsonObject): ClaimSettings {
  const dialect = textIn(body, 'dialect') === 'CUSTOM' ? 'CUSTOM' : 'LOCAL';
  return {
    dialect,
    mappings: rewrittenMappings(body),
    subject: mergedSubject(stored.subject, objectIn(body, 'subject')),
    role: replacedRole(stored.role, objectIn(body, 'role')),
  };
}

function rewrittenMappings(body: JsonObject): ClaimMapping[] {
  const requests = objectsIn(body, 'requestedClaims').map((request) => ({
    uri: textIn(objectIn(request, 'claim'), 'uri') ?? '',
    mandatory: flagIn(request, 'mandatory') ?? false,
  }));
  if (body.claimMappings === undefined) {
    return requests.map(({ uri, mandatory }) => ({
      applicationClaim: uri,
      localClaim: uri,
      requested: true,
      mandatory,
    }));
  }
  const mappings = new Map<string, ClaimMapping>();
  for (const mapping of objectsIn(body, 'claimMappings')) {
    const applicationClaim = textIn(mapping, 'applicationClaim') ?? '';
    if (mappings.has(applicationClaim)) throw uncaughtException();
    const localClaim = textIn(objectIn(mapping, 'localClaim'), 'uri') ?? '';
    mappings.set(applicationClaim, { applicationClaim, localClaim, requested: false, mandatory: false });
  }
  // A request for a claim that has no mapping is dropped without a word (reference §5, quirk 8).
  for (const { uri, mandatory } of requests) {
    const mapping = mappings.get(uri);
    if (mapping) mappings.set(uri, { ...mapping, requested: true, mandatory });
  }
  return [...mappings.values()];
}

function mergedSubject(stored: JsonObject, sent: JsonObject | undefined): JsonObject {
  if (!sent) return stored;
  const uri = textIn(objectIn(sent, 'claim'), 'uri');
  const merged = { ...stored, ...sent, ...(uri === undefined ? {} : { claim: { uri } }) };
  if (flagIn(merged, 'mappedLocalSubjectMandatory') === true && flagIn(merged, 'useMappedLocalSubject') !== true) {
    throw new ApiFailure(
      400,
      'APP-60513',
      'Invalid subject configuration.',
      'A mandatory mapped local subject needs the mapped local subject to be in use.',
    );
  }
  return merged;
}

function replacedRole(stored: JsonObject, sent: JsonObject | undefined): JsonObject {
  if (!sent) return stored;
  const uri = textIn(objectIn(sent, 'claim'), 'uri');
  return {
    ...stored,
    ...(uri === undefined ? {} : { claim: { uri } }),
    ...(sent.includeUserDomain === undefined ? {} : { includeUserDomain: sent.includeUserDomain }),
    mappings: objectsIn(sent, 'mappings'),
  };
}

/** Local claims have to exist; that is also why a synthesised role claim cannot be sent back (reference §5, quirk 6). */
export function refuseUnknownClaims(world: World, claims: ClaimSettings): void {
  const uris = claims.mappings.map((mapping) => mapping.localClaim);
  const chosen = [claims.subject, claims.role].map((part) => textIn(objectIn(part, 'claim'), 'uri') ?? '');
  if (claims.dialect === 'LOCAL') uris.push(...chosen);
  else refuseForeignClaims(claims, chosen);
  const unknown = uris.find((uri) => !isBlank(uri) && !world.localClaims.find('uri', uri));
  if (unknown !== undefined) throw badApplication(`The local claim ${unknown} is not available in the server.`);
}

/** With a dialect of its own an application knows the claims of its mappings only (asked of the product's code of 6.0). */
function refuseForeignClaims({ mappings }: ClaimSettings, chosen: readonly string[]): void {
  const isMapped = (uri: string): boolean => mappings.some(({ applicationClaim }) => applicationClaim === uri);
  const foreign = chosen.find((uri) => !isBlank(uri) && !isMapped(uri));
  if (foreign !== undefined) throw badApplication(`The application claim ${foreign} is not defined.`);
}

/** The claimConfiguration of a GET, with what the product computes for LOCAL dialect applications (reference §2.1.4). */
export function shownClaims(world: World, claims: ClaimSettings): JsonObject {
  const ordered = unkeptOrder(claims.mappings, world.identifiers.salt, (mapping) => mapping.applicationClaim);
  return {
    dialect: claims.dialect,
    claimMappings: ordered.map((each) => ({
      applicationClaim: each.applicationClaim,
      localClaim: { uri: each.localClaim },
    })),
    requestedClaims: ordered
      .filter((each) => each.requested)
      .map((each) => ({ claim: { uri: each.applicationClaim }, mandatory: each.mandatory })),
    subject: shownSubject(world.version, claims),
    role: shownRole(claims),
  };
}

function shownSubject(version: Version, { dialect, subject }: ClaimSettings): JsonObject {
  const computed = dialect === 'LOCAL' ? defaultSubject(version) : undefined;
  return present({
    claim: shownClaim(subject, computed),
    includeUserDomain: flagIn(subject, 'includeUserDomain') ?? false,
    includeTenantDomain: flagIn(subject, 'includeTenantDomain') ?? false,
    useMappedLocalSubject: flagIn(subject, 'useMappedLocalSubject') ?? false,
    mappedLocalSubjectMandatory: flagIn(subject, 'mappedLocalSubjectMandatory') ?? false,
  });
}

/** Recent versions mark new applications to use the user id as subject (reference §4, defaults that changed). */
function defaultSubject(version: Version): string {
  return isAtLeast(version, '7.0') ? USER_ID : USERNAME;
}

function shownRole({ dialect, role }: ClaimSettings): JsonObject {
  return present({
    claim: shownClaim(role, dialect === 'LOCAL' ? ROLE : undefined),
    includeUserDomain: flagIn(role, 'includeUserDomain') ?? true,
    mappings: role.mappings === undefined || objectsIn(role, 'mappings').length === 0 ? undefined : role.mappings,
  });
}

function shownClaim(part: JsonObject, computed: string | undefined): JsonObject | undefined {
  const stored = textIn(objectIn(part, 'claim'), 'uri');
  const uri = isBlank(stored) ? computed : stored;
  return uri === undefined ? undefined : { uri };
}
