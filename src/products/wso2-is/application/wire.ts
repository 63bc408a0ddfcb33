import { isObject, type Json, type JsonObject } from '../../../model/json';
import { isMask } from '../../../model/kind';
import { withAlwaysSent } from '../always-sent';
import { encodePem } from '../certificate';
import { joinCallbacks } from './callbacks';
import { computedClaims } from './defaults';

/** Only in answers: sending them is refused (reference, 2.1.3). */
const ANSWER_ONLY = ['state', 'clientSecretExpiresAt', 'multipleClientSecretsConfigured', 'issuer'];

/**
 * Body of a PUT (or of the first creation) of the OIDC protocol. PUT is a full replace and must repeat the deployed
 * client id and secret (quirk 3), so what is deployed and unknown to us is sent back as it is.
 */
export function wireOidc(desired: JsonObject, deployed?: JsonObject, live: JsonObject = {}): JsonObject {
  const kept = deployed ? without(deployed, ANSWER_ONLY) : {};
  const body = withAlwaysSent('oidc', deployed ? overlay(kept, desired, live) : desired);
  if (Array.isArray(desired.callbackURLs))
    body.callbackURLs = joinCallbacks(desired.callbackURLs, deployed?.callbackURLs);
  for (const field of ['clientId', 'clientSecret']) {
    if (kept[field] !== undefined) body[field] = kept[field] ?? '';
    if (isMask(body[field])) delete body[field];
  }
  return body;
}

/** SAML is wrapped on the wire; the random service index of a deployed configuration is kept (quirk 4). */
export function wireSaml(desired: JsonObject, deployed?: JsonObject, live: JsonObject = {}): JsonObject {
  const body = deployed ? overlay(deployed, desired, live) : desired;
  return { manualConfiguration: body };
}

/**
 * Deployed fields with the desired ones laid over them. A field that is ours (canonical live has it) and gone from
 * desired is left out, which a full replace takes as its default; fields that only the server knows stay.
 */
function overlay(deployed: JsonObject, desired: JsonObject, live: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [field, value] of Object.entries({ ...deployed, ...desired })) {
    const wanted = desired[field];
    const ours = live[field];
    if (isObject(value) && isObject(deployed[field])) {
      result[field] = overlay(deployed[field], isObject(wanted) ? wanted : {}, isObject(ours) ? ours : {});
    } else if (wanted !== undefined) result[field] = wanted;
    else if (ours === undefined) result[field] = value;
  }
  return result;
}

/** Requested claims need a mapping once there are mappings (quirk 8): in the LOCAL dialect each maps to itself. */
export function wireClaims(claims: JsonObject): JsonObject {
  const mappings = Array.isArray(claims.claimMappings) ? claims.claimMappings : [];
  if (claims.dialect === 'CUSTOM') return claims;
  if (mappings.length === 0) return without(claims, ['claimMappings']);
  const mapped = new Set(mappings.filter(isObject).map((mapping) => mapping.applicationClaim));
  const own = (Array.isArray(claims.requestedClaims) ? claims.requestedClaims : [])
    .filter(isObject)
    .map((requested) => (isObject(requested.claim) ? requested.claim.uri : undefined))
    .filter((uri): uri is string => typeof uri === 'string' && !mapped.has(uri))
    .map((uri) => ({ applicationClaim: uri, localClaim: { uri } }));
  return { ...claims, claimMappings: [...mappings, ...own] };
}

/** Claims that the server computes for a LOCAL-dialect application would become explicit if they were sent (quirk 6). */
export function withoutComputedClaims(claims: JsonObject, version: string): JsonObject {
  if (claims.dialect === 'CUSTOM') return claims;
  const stripped: JsonObject = { ...claims };
  for (const [part, uri] of Object.entries(computedClaims(version))) {
    const block = claims[part];
    if (isObject(block) && isObject(block.claim) && block.claim.uri === uri) stripped[part] = without(block, ['claim']);
  }
  return stripped;
}

/**
 * Claims of a PATCH, which merges: a claim that is gone has to be blanked, and so has the role claim where the server is to
 * compute it, since that one cannot be sent (quirk 6). The computed subject claim is an existing one and is sent.
 */
export function withBlankClaims(claims: JsonObject, version: string): JsonObject {
  const changed: JsonObject = { ...claims };
  const computedRole = claims.dialect === 'CUSTOM' ? undefined : computedClaims(version).role;
  for (const part of ['subject', 'role']) {
    const block = claims[part];
    if (!isObject(block) || block.claim === undefined) continue;
    const isComputed = part === 'role' && isObject(block.claim) && block.claim.uri === computedRole;
    if (isComputed || !isObject(block.claim)) changed[part] = { ...block, claim: { uri: '' } };
  }
  return changed;
}

/** What an app for phones that is trusted for nothing looks like; there is no way to send that there is none. */
const UNTRUSTED: JsonObject = {
  isFIDOTrustedApp: false,
  isConsentGranted: false,
  androidPackageName: '',
  androidThumbprints: [],
  appleAppId: '',
};

/**
 * Blocks whose file form differs from the wire: certificate as base64 of PEM, service account key as JSON, and what is
 * gone from a trusted app blanked.
 */
export function wirePatch(field: string, value: JsonObject): JsonObject {
  if (field !== 'advancedConfigurations') return value;
  const wired: JsonObject = { ...value };
  if ('certificate' in wired) wired.certificate = wireCertificate(wired.certificate);
  if (isObject(wired.attestationMetaData)) wired.attestationMetaData = wireAttestation(wired.attestationMetaData);
  const { trustedAppConfiguration: trusted } = wired;
  if (trusted !== undefined) wired.trustedAppConfiguration = { ...UNTRUSTED, ...(isObject(trusted) ? trusted : {}) };
  return wired;
}

function wireCertificate(certificate: Json | undefined): Json {
  if (!isObject(certificate)) return { type: 'PEM', value: '' };
  return certificate.type === 'PEM' ? { ...certificate, value: encodePem(String(certificate.value)) } : certificate;
}

function wireAttestation(block: JsonObject): JsonObject {
  const credentials = block.androidAttestationServiceCredentials;
  if (typeof credentials !== 'string' || credentials === '') return block;
  return { ...block, androidAttestationServiceCredentials: JSON.parse(credentials) as Json };
}

function without(value: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}
