import { isObject, type Json, type JsonObject } from '../../../model/json';
import { patternOf } from '../../../model/path';
import { mapAt } from '../../../compare/canonical';
import { normalisePem } from '../certificate';
import { splitCallbacks } from './callbacks';

/** Patterns and what is done to the value there, in order; each step is idempotent. */
const STEPS: readonly [pattern: string, change: (value: Json) => Json][] = [
  ['inboundProtocolConfiguration', unwrapProtocols],
  ['inboundProtocolConfiguration.oidc.callbackURLs', (value) => (Array.isArray(value) ? splitCallbacks(value) : value)],
  ['inboundProtocolConfiguration.oidc.idToken.encryption', encryption],
  ['inboundProtocolConfiguration.oidc.hybridFlow', hybridFlow],
  ['inboundProtocolConfiguration.oidc.accessToken', accessToken],
  ['inboundProtocolConfiguration.oidc.refreshToken', withoutZeroLifetimes],
  ['inboundProtocolConfiguration.oidc.idToken', withoutZeroLifetimes],
  ['inboundProtocolConfiguration.saml.attributeProfile', attributeProfile],
  ['inboundProtocolConfiguration.saml.singleLogoutProfile', singleLogoutProfile],
  ['inboundProtocolConfiguration.saml.singleSignOnProfile.assertion.nameIdFormat', nameIdFormat],
  ['inboundProtocolConfiguration.saml', withDefaultConsumer],
  ['advancedConfigurations.certificate', certificate],
  ['advancedConfigurations', withoutUntrusted],
  ['advancedConfigurations.attestationMetaData.androidAttestationServiceCredentials', asText],
  ['authenticationSequence', sequence],
  ['claimConfiguration', claimConfiguration],
  ['provisioningConfigurations', provisioning],
];

/**
 * An application in file vocabulary: wire forms unwrapped, computed values dropped (reference, 2.1.4 and quirks 4 to 9, 11).
 */
export function normaliseApplication(value: JsonObject): JsonObject {
  const withoutBlanks = dropEmptyTexts(value) as JsonObject;
  const result = STEPS.reduce<Json>(
    (node, [pattern, change]) => mapAt(node, patternOf(pattern), change),
    withoutBlanks,
  );
  return withLogoutUrl(result as JsonObject);
}

/** This API answers `""` for "not set" (clientId, issuer, logout URLs, algorithms …). */
function dropEmptyTexts(node: Json): Json {
  if (Array.isArray(node)) {
    const items = node.filter((item) => item !== '').map(dropEmptyTexts);
    return items.length === node.length && items.every((item, index) => item === node[index]) ? node : items;
  }
  if (!isObject(node)) return node;
  const fields = Object.keys(node);
  const kept = fields.map((field) => dropEmptyTexts(node[field] ?? null));
  if (fields.every((field, index) => kept[index] === node[field] && kept[index] !== '')) return node;
  const entries = fields.map((field, index): [string, Json] => [field, kept[index] ?? null]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== ''));
}

/** A blank logout URL is stored as `.*` (quirk 9). */
function withLogoutUrl(value: JsonObject): JsonObject {
  if (value.logoutReturnUrl !== '.*') return value;
  const { logoutReturnUrl: _blank, ...rest } = value;
  return rest;
}

/** SAML is wrapped on the wire (quirk 4); servers before 6.0 list an unused passive STS without a reply address. */
function unwrapProtocols(value: Json): Json {
  if (!isObject(value)) return value;
  const { passiveSts, ...rest } = value;
  const result: JsonObject = { ...rest };
  if (isObject(result.saml) && isObject(result.saml.manualConfiguration))
    result.saml = unwrapSaml(result.saml.manualConfiguration);
  if (isObject(passiveSts) && passiveSts.replyTo !== undefined) result.passiveSts = passiveSts;
  return result;
}

/** Server-owned fields are gone before the wrapper is, so this one is still there. */
function unwrapSaml(configuration: JsonObject): JsonObject {
  const { singleSignOnProfile: profile } = configuration;
  if (!isObject(profile)) return configuration;
  const { attributeConsumingServiceIndex: _index, ...rest } = profile;
  return { ...configuration, singleSignOnProfile: rest };
}

/** Algorithm and method mean nothing, and are not kept, while encryption is off. */
function encryption(value: Json): Json {
  return isObject(value) && value.enabled !== true ? { enabled: false } : value;
}

/** The same holds for the response type of a hybrid flow that is off. */
function hybridFlow(value: Json): Json {
  return isObject(value) && value.enable !== true ? { enable: false } : value;
}

/** A lifetime of 0 counts as not set: the server takes its default instead (real server, 6.0). */
function withoutZeroLifetimes(value: Json): Json {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([field, inner]) => inner !== 0 || !field.endsWith('ExpiryInSeconds'));
  return Object.fromEntries(kept.filter(([field, inner]) => inner !== 0 || field !== 'expiryInSeconds'));
}

/** Tokens that are bound to nothing have no binding to validate, and none that ends: neither is kept (real server, 6.0). */
function accessToken(value: Json): Json {
  const token = withoutZeroLifetimes(value);
  if (!isObject(token) || (token.bindingType !== undefined && token.bindingType !== 'None')) return token;
  return { ...token, revokeTokensWhenIDPSessionTerminated: false, validateTokenBinding: false };
}

/** Attributes are not always included where there are none (real server, 6.0). */
function attributeProfile(value: Json): Json {
  return isObject(value) && value.enabled !== true ? { ...value, alwaysIncludeAttributesInResponse: false } : value;
}

/** Addresses and method of a logout that is off are not kept, nor are those to return to (real server, 6.0). */
function singleLogoutProfile(value: Json): Json {
  if (!isObject(value)) return value;
  const { idpInitiatedSingleLogout: initiated } = value;
  const isStartedHere = isObject(initiated) && initiated.enabled === true;
  const idpInitiatedSingleLogout = isStartedHere ? initiated : { enabled: false };
  return value.enabled === false
    ? { enabled: false, idpInitiatedSingleLogout }
    : { ...value, idpInitiatedSingleLogout };
}

/** Older applications keep name id formats with slashes (reference, 2.1.10). */
function nameIdFormat(value: Json): Json {
  return typeof value === 'string' && value.startsWith('urn/') ? value.replaceAll('/', ':') : value;
}

/** The server takes the first address when none is named as default. */
function withDefaultConsumer(value: Json): Json {
  if (!isObject(value) || value.defaultAssertionConsumerUrl !== undefined) return value;
  const first = Array.isArray(value.assertionConsumerUrls) ? value.assertionConsumerUrls[0] : undefined;
  return first === undefined ? value : { ...value, defaultAssertionConsumerUrl: first };
}

function certificate(value: Json): Json {
  if (!isObject(value)) return value;
  if (value.value === undefined) return null;
  return value.type === 'PEM' && typeof value.value === 'string'
    ? { ...value, value: normalisePem(value.value) }
    : value;
}

/** An app for phones that is trusted for nothing and has no name is none. */
function withoutUntrusted(value: Json): Json {
  if (!isObject(value) || !isObject(value.trustedAppConfiguration)) return value;
  const { trustedAppConfiguration: trusted, ...rest } = value;
  const says = Object.values(trusted).some((inner) => inner !== false && !(Array.isArray(inner) && inner.length === 0));
  return says ? value : rest;
}

/** The service account key is JSON on the wire and one secret text in files. */
function asText(value: Json): Json {
  return isObject(value) ? JSON.stringify(value) : value;
}

/**
 * The steps of a DEFAULT sequence are the tenant's, not the application's (quirk 5); what credentials in a request are
 * taken is the application's own in either type (real server, 6.0).
 */
function sequence(value: Json): Json {
  if (!isObject(value)) return value;
  const { requestPathAuthenticators = [] } = value;
  if (value.type === 'DEFAULT') return { type: 'DEFAULT', requestPathAuthenticators };
  const { script, ...rest } = Array.isArray(value.steps) ? value : withoutStepIds(value);
  const text = typeof script === 'string' ? script.replaceAll('\r\n', '\n') : '';
  return text.trim() === '' ? rest : { ...rest, script: text };
}

function withoutStepIds(value: JsonObject): JsonObject {
  const { subjectStepId: _subject, attributeStepId: _attribute, ...rest } = value;
  return rest;
}

/** In the LOCAL dialect a mapping of a claim to itself is made by the server from the requested claims (quirk 8). */
function claimConfiguration(value: Json): Json {
  if (!isObject(value) || value.dialect === 'CUSTOM' || !Array.isArray(value.claimMappings)) return value;
  return { ...value, claimMappings: value.claimMappings.filter((mapping) => !mapsToItself(mapping)) };
}

/**
 * Neither a user store nor the proxy mode: that is no provisioning, however the server shows it. In proxy mode nothing is
 * stored here, and the server does not show a user store (real server, 6.0).
 */
function provisioning(value: Json): Json {
  if (!isObject(value) || !isObject(value.inboundProvisioning)) return value;
  const { inboundProvisioning: inbound, ...rest } = value;
  if (inbound.proxyMode === true) return { ...rest, inboundProvisioning: { proxyMode: true } };
  return inbound.provisioningUserstoreDomain === undefined ? rest : value;
}

function mapsToItself(mapping: Json): boolean {
  return isObject(mapping) && isObject(mapping.localClaim) && mapping.applicationClaim === mapping.localClaim.uri;
}
