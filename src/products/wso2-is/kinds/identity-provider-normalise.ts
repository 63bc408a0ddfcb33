import { isObject, type Json, type JsonObject } from '../../../model/json';
import { isMask } from '../../../model/kind';
import { SAML_METADATA } from '../authenticators';
import { normalisePem } from '../certificate';
import { computedId, nameOfId } from '../claim-ids';
import { defined, filledText, filledTexts, objectOf, objectsOf, pick, sortedBy } from '../json-fields';

/** Texts that are left out of an answer when they are empty. */
export const OPTIONAL_TEXTS = [
  'description',
  'image',
  'homeRealmIdentifier',
  'alias',
  'idpIssuerName',
  'templateId',
] as const;

export const AUTHENTICATOR = {
  id: 'authenticatorId',
  list: 'authenticators',
  default: 'defaultAuthenticatorId',
} as const;
export const CONNECTOR = { id: 'connectorId', list: 'connectors', default: 'defaultConnectorId' } as const;
export type ElementFields = typeof AUTHENTICATOR | typeof CONNECTOR;

/**
 * Brings an identity provider into the vocabulary of files: PEM instead of base64, elements by name instead of id,
 * `isDefault` instead of an id, no empty texts, lists that the server does not order in order of identity.
 * Fields that no file can hold are dropped. Idempotent.
 */
export function normaliseIdentityProvider(value: JsonObject): JsonObject {
  const provisioning = objectOf(value.provisioning);
  return defined({
    ...pick(value, ['name', 'isEnabled', 'isPrimary', 'isFederationHub']),
    ...filledTextsOf(value, OPTIONAL_TEXTS),
    certificate: normaliseCertificate(objectOf(value.certificate)),
    federatedAuthenticators: normaliseElements(objectOf(value.federatedAuthenticators), AUTHENTICATOR),
    claims: normaliseClaims(objectOf(value.claims)),
    roles: normaliseRoles(objectOf(value.roles)),
    groups: sortedBy(objectsOf(value.groups), nameOf).map((group) => pick(group, ['name'])),
    provisioning: defined({
      jit: normaliseJit(objectOf(provisioning?.jit)),
      outboundConnectors: normaliseElements(objectOf(provisioning?.outboundConnectors), CONNECTOR),
    }),
    implicitAssociation: normaliseAssociation(objectOf(value.implicitAssociation)),
  });
}

const nameOf = (element: JsonObject): string => filledText(element, 'name') ?? '';

function filledTextsOf(map: JsonObject, fields: readonly string[]): JsonObject {
  return defined(Object.fromEntries(fields.map((field) => [field, filledText(map, field)])));
}

/** The certificates of one wire entry: base64 of PEM or PEM itself, one certificate or several (reference, 2.2.2). */
export function pemTexts(entry: string): string[] {
  const text = entry.includes('-----BEGIN') ? entry : Buffer.from(entry, 'base64').toString('utf8');
  const blocks = text.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g);
  return (blocks ?? [entry]).map(normalisePem);
}

/** Order and repetition of certificates mean nothing, and the server refuses a certificate that it has (quirk 42). */
function normaliseCertificate(certificate: JsonObject | undefined): JsonObject | undefined {
  if (!certificate) return undefined;
  const certificates = [...new Set(filledTexts(certificate.certificates).flatMap(pemTexts))].filter(
    (text) => text !== '',
  );
  return {
    certificates: sortedBy(certificates, (text) => text),
    ...filledTextsOf(certificate, ['jwksUri', 'samlMetadataUri']),
  };
}

function normaliseElements(block: JsonObject | undefined, fields: ElementFields): JsonObject | undefined {
  if (!block) return undefined;
  const elements = objectsOf(block[fields.list]).map((element) => normaliseElement(element, fields));
  const defaultId = filledText(block, fields.default);
  if (defaultId === undefined) return { [fields.list]: sortedBy(elements, nameOf) };
  const marked = elements.map((element) => ({ ...element, isDefault: elementId(element, fields) === defaultId }));
  const known = marked.some((element) => element.isDefault);
  return defined({ [fields.default]: known ? undefined : defaultId, [fields.list]: sortedBy(marked, nameOf) });
}

/** The id of an element in file vocabulary: given, or computed from its name (reference, 2.2.1). */
export function elementId(element: JsonObject, fields: ElementFields): string {
  return filledText(element, fields.id) ?? computedId(nameOf(element));
}

/** The name says which element it is; the id is dropped where it can be computed from the name. */
function normaliseElement(element: JsonObject, fields: ElementFields): JsonObject {
  const id = filledText(element, fields.id);
  const name = filledText(element, 'name') ?? (id === undefined ? undefined : nameOfId(id));
  return defined({
    name,
    [fields.id]: id === undefined || (name !== undefined && computedId(name) === id) ? undefined : id,
    ...pick(element, ['isEnabled', 'isDefault', 'definedBy', 'blockingEnabled', 'rulesEnabled']),
    properties: normaliseProperties(element.properties),
    endpoint: normaliseEndpoint(objectOf(element.endpoint)),
  });
}

function normaliseProperties(properties: Json | undefined): JsonObject[] {
  const list = objectsOf(properties).map((property) => ({
    ...pick(property, ['key']),
    ...defined({ value: propertyValue(property) }),
  }));
  return sortedBy(list, (property) => filledText(property, 'key') ?? '');
}

/**
 * Values are texts on the wire; a SAML metadata document stands in the file as the document, not as its base64.
 * A mask says that there is a value, not which: it is left out, and that means "the one of the server" (quirk 16).
 */
function propertyValue({ key, value }: JsonObject): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value !== 'string' || isMask(value)) return undefined;
  return key === SAML_METADATA ? metadataDocument(value) : value;
}

function metadataDocument(value: string): string {
  const decoded = /^\s*</.test(value) ? value : Buffer.from(value, 'base64').toString('utf8');
  return /^\s*</.test(decoded) ? decoded.replaceAll('\r\n', '\n').trim() : value;
}

function normaliseEndpoint(endpoint: JsonObject | undefined): JsonObject | undefined {
  if (!endpoint) return undefined;
  const authentication = objectOf(endpoint.authentication);
  return defined({
    uri: endpoint.uri,
    authentication: defined({
      type: authentication?.type,
      properties: authentication && withoutMasks(objectOf(authentication.properties)),
    }),
    allowedHeaders: endpoint.allowedHeaders,
    allowedParameters: endpoint.allowedParameters,
  });
}

function withoutMasks(properties: JsonObject | undefined): JsonObject | undefined {
  return properties && Object.fromEntries(Object.entries(properties).filter(([, value]) => !isMask(value)));
}

/** An unset claim is `{}` on GET and `{"uri": ""}` on PUT: here it is absent (quirk 17). */
function normaliseClaims(claims: JsonObject | undefined): JsonObject | undefined {
  if (!claims) return undefined;
  const uriOf = (claim: Json | undefined): JsonObject => filledTextsOf(objectOf(claim) ?? {}, ['uri']);
  const mappings = objectsOf(claims.mappings).map((mapping) => ({
    ...pick(mapping, ['idpClaim']),
    localClaim: uriOf(mapping.localClaim),
  }));
  const provisioning = objectsOf(claims.provisioningClaims)
    // The server forgets entries without a default value (reference, 2.2.5).
    .filter((entry) => filledText(entry, 'defaultValue') !== undefined)
    .map((entry) => ({ claim: uriOf(entry.claim), ...pick(entry, ['defaultValue']) }));
  return {
    userIdClaim: uriOf(claims.userIdClaim),
    roleClaim: uriOf(claims.roleClaim),
    mappings: sortedBy(mappings, (mapping) => filledText(mapping, 'idpClaim') ?? ''),
    provisioningClaims: sortedBy(provisioning, (entry) => filledText(objectOf(entry.claim), 'uri') ?? ''),
  };
}

function normaliseRoles(roles: JsonObject | undefined): JsonObject | undefined {
  if (!roles) return undefined;
  const mappings = objectsOf(roles.mappings).map((mapping) => ({
    ...pick(mapping, ['idpRole']),
    ...defined({ localRole: typeof mapping.localRole === 'string' ? mapping.localRole : undefined }),
  }));
  return {
    mappings: sortedBy(mappings, (mapping) => `${filledText(mapping, 'idpRole')}/${filledText(mapping, 'localRole')}`),
    outboundProvisioningRoles: sortedBy(filledTexts(roles.outboundProvisioningRoles), (role) => role),
  };
}

/** Fields of just-in-time provisioning, all that any version has. */
export const JIT_FIELDS = [
  'isEnabled',
  'scheme',
  'userstore',
  'associateLocalUser',
  'attributeSyncMethod',
  'skipJITForLookupFailure',
  'accountLookupAttributeMappings',
  'idpGroupSyncMethod',
] as const;

function normaliseJit(jit: JsonObject | undefined): JsonObject | undefined {
  if (!jit) return undefined;
  // The server forgets how users are asked once it makes none (real server, 6.0).
  const fields = jit.isEnabled === true ? JIT_FIELDS : JIT_FIELDS.filter((field) => field !== 'scheme');
  const kept = Object.entries(pick(jit, fields)).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(kept),
    accountLookupAttributeMappings: objectsOf(jit.accountLookupAttributeMappings).map((mapping) =>
      pick(mapping, ['localAttribute', 'federatedAttribute']),
    ),
  };
}

/** An empty list is `[]` on GET and `[""]` on PUT: here it is absent (quirk 17). */
function normaliseAssociation(association: JsonObject | undefined): JsonObject | undefined {
  if (!isObject(association)) return undefined;
  return { ...pick(association, ['isEnabled']), lookupAttribute: filledTexts(association.lookupAttribute) };
}
