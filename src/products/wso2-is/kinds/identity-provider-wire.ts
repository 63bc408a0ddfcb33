import type { Json, JsonObject } from '../../../model/json';
import { isMask } from '../../../model/kind';
import { withAlwaysSent } from '../always-sent';
import { endpointSecrets, SAML_METADATA } from '../authenticators';
import { encodePem } from '../certificate';
import { defined, filledText, filledTexts, objectOf, objectsOf, pick } from '../json-fields';
import { elementId, type ElementFields } from './identity-provider-normalise';

/** An element of the same list on the server, as it was read, to take from it what is not known here. */
type ReadElement = JsonObject | undefined;

/**
 * One authenticator or connector in a list (POST, PUT of the list). `isDefault` is left out: the default id beside the
 * list says it (reference, 2.2.4). Properties are always sent: the server fails over an absent list of them.
 */
function listElement(element: JsonObject, fields: ElementFields, read: ReadElement): JsonObject {
  return {
    [fields.id]: elementId(element, fields),
    isEnabled: element.isEnabled === true,
    ...pick(element, ['blockingEnabled', 'rulesEnabled']),
    ...settings(element, read),
  };
}

/** One authenticator or connector in a PUT of its own: id and name are in the path. */
export function singleElement(element: JsonObject, read: ReadElement): JsonObject {
  return withAlwaysSent('singleElement', {
    ...pick(element, ['isEnabled', 'isDefault', 'blockingEnabled', 'rulesEnabled']),
    ...settings(element, read),
  });
}

/** The list with its default, which must be there even when there is none (quirk 15). */
export function elementList(
  elements: readonly JsonObject[],
  fields: ElementFields,
  readOf: (element: JsonObject) => ReadElement,
): JsonObject {
  const chosen = elements.find((element) => element.isDefault === true);
  return {
    [fields.default]: chosen ? elementId(chosen, fields) : '',
    [fields.list]: elements.map((element) => listElement(element, fields, readOf(element))),
  };
}

/** A user-defined authenticator has an endpoint and must not have properties; all others are the other way round. */
function settings(element: JsonObject, read: ReadElement): JsonObject {
  const endpoint = objectOf(element.endpoint);
  return endpoint
    ? { definedBy: 'USER', endpoint: encodeEndpoint(endpoint) }
    : { properties: encodeProperties(element.properties, read?.properties) };
}

/**
 * Properties replace what is stored, so all of them are sent. A value that is not known here is taken from the server;
 * a mask is no value: without a known one the property is left out, which keeps it from 7.3 (quirk 16).
 */
function encodeProperties(properties: Json | undefined, read: Json | undefined): JsonObject[] {
  const stored = new Map(objectsOf(read).map((property) => [property.key, property.value]));
  return objectsOf(properties).flatMap(({ key, value }) => {
    const known = [value, stored.get(key)].find((candidate) => typeof candidate === 'string' && !isMask(candidate));
    return typeof key === 'string' && typeof known === 'string' ? [{ key, value: encodeValue(key, known) }] : [];
  });
}

/** SAML metadata travels as base64 of the document (IDP-60026). */
function encodeValue(key: string, value: string): string {
  return key === SAML_METADATA && value.startsWith('<') ? Buffer.from(value, 'utf8').toString('base64') : value;
}

/**
 * Credentials of the endpoint are sent when they are complete; without a secret they would replace it by nothing.
 * A PUT without credentials keeps those that the server has.
 */
function encodeEndpoint(endpoint: JsonObject): JsonObject {
  const authentication = objectOf(endpoint.authentication) ?? {};
  const properties = objectOf(authentication.properties);
  const needed = endpointSecrets(filledText(authentication, 'type') ?? '');
  const complete = properties !== undefined && needed.every((name) => filledText(properties, name) !== undefined);
  return {
    ...pick(endpoint, ['uri']),
    authentication: defined({ type: authentication.type, properties: complete ? properties : undefined }),
    ...pick(endpoint, ['allowedHeaders', 'allowedParameters']),
  };
}

/** Claims as POST and PUT want them: an unset claim is `{"uri": ""}` (quirk 17). */
export function encodeClaims(claims: JsonObject | undefined): JsonObject {
  const uri = (value: Json | undefined): JsonObject => ({ uri: filledText(objectOf(value), 'uri') ?? '' });
  return withAlwaysSent('identityProviderClaims', {
    userIdClaim: uri(claims?.userIdClaim),
    roleClaim: uri(claims?.roleClaim),
    ...pick(claims, ['mappings', 'provisioningClaims']),
  });
}

export function encodeRoles(roles: JsonObject | undefined): JsonObject {
  return withAlwaysSent('identityProviderRoles', pick(roles, ['mappings', 'outboundProvisioningRoles']));
}

/** Groups that the server has keep the id that it gave them. */
export function encodeGroups(groups: Json | undefined, read: Json | undefined): JsonObject[] {
  const ids = new Map(objectsOf(read).map((group) => [group.name, group.id]));
  return objectsOf(groups).map((group) => defined({ name: group.name, id: ids.get(group.name) }));
}

/** PUT wants both fields, and a list that is not empty even when it is (quirk 17). */
export function encodeAssociation(association: JsonObject | undefined): JsonObject {
  const attributes = filledTexts(association?.lookupAttribute);
  return { isEnabled: association?.isEnabled === true, lookupAttribute: attributes.length > 0 ? attributes : [''] };
}

/** Where several are given the server takes one of them, so one is sent (reference, 2.2.3). */
export function encodeCertificate(certificate: JsonObject | undefined): JsonObject | undefined {
  const address = pick(certificate, ['jwksUri', 'samlMetadataUri']);
  if (Object.keys(address).length > 0) return address;
  const certificates = filledTexts(certificate?.certificates).map(encodePem);
  return certificates.length > 0 ? { certificates } : undefined;
}
