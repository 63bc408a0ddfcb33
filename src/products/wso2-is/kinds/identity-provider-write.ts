import { equalJson, isObject, type Json, type JsonObject } from '../../../model/json';
import { compareVersions } from '../../../model/kind';
import { isField, parsePath, type Path } from '../../../model/path';
import type { Change, WriteRequest } from '../../product';
import { OIDC_AUTHENTICATOR } from '../authenticators';
import { defined, filledText, objectOf, objectsOf, pick } from '../json-fields';
import { API } from '../paths';
import {
  AUTHENTICATOR,
  CONNECTOR,
  elementId,
  JIT_FIELDS,
  OPTIONAL_TEXTS,
  type ElementFields,
} from './identity-provider-normalise';
import { patchOperations } from './identity-provider-patch';
import { identityProviderFieldsSince, JIT_DEFAULTS } from './identity-provider-versions';
import {
  elementList,
  encodeAssociation,
  encodeCertificate,
  encodeClaims,
  encodeGroups,
  encodeRoles,
  singleElement,
} from './identity-provider-wire';

export const IDENTITY_PROVIDERS = [...API, 'identity-providers'] as const;
const ONE = [...IDENTITY_PROVIDERS, '{id}'] as const;
const CONNECTORS = ['provisioning', 'outbound-connectors'] as const;

/** POST, and what it refuses (`isEnabled`) or ignores: `isPrimary` (quirk 14), and the switches of connectors. */
export function createIdentityProvider({ desired }: Change): WriteRequest[] {
  const later = [
    ...(desired.isEnabled === false ? [{ operation: 'REPLACE', path: '/isEnabled', value: 'false' }] : []),
    ...(desired.isPrimary === true ? [{ operation: 'REPLACE', path: '/isPrimary', value: 'true' }] : []),
  ];
  const post: WriteRequest = { method: 'POST', path: IDENTITY_PROVIDERS, body: postBody(desired), creates: true };
  const connectors = objectsOf(objectOf(objectOf(desired.provisioning)?.outboundConnectors)?.connectors);
  const switches = connectorSwitches(connectors, () => undefined);
  return [post, ...switches, ...(later.length === 0 ? [] : [{ method: 'PATCH', path: ONE, body: later } as const])];
}

function postBody(desired: JsonObject): JsonObject {
  const provisioning = objectOf(desired.provisioning);
  const jit = objectOf(provisioning?.jit);
  const association = objectOf(desired.implicitAssociation);
  const parts = defined({
    jit: jit && !equalJson(jit, pick(JIT_DEFAULTS, Object.keys(jit))) ? pick(jit, JIT_FIELDS) : undefined,
    outboundConnectors: newElements(provisioning?.outboundConnectors, CONNECTOR),
  });
  return defined({
    name: desired.name,
    ...pick(desired, OPTIONAL_TEXTS),
    isFederationHub: desired.isFederationHub === true ? true : undefined,
    certificate: encodeCertificate(objectOf(desired.certificate)),
    federatedAuthenticators: newElements(desired.federatedAuthenticators, AUTHENTICATOR),
    claims: isObject(desired.claims) ? encodeClaims(desired.claims) : undefined,
    roles: isObject(desired.roles) ? encodeRoles(desired.roles) : undefined,
    groups: Array.isArray(desired.groups) ? encodeGroups(desired.groups, undefined) : undefined,
    provisioning: Object.keys(parts).length > 0 ? parts : undefined,
    implicitAssociation:
      association && (association.isEnabled === true || association.lookupAttribute !== undefined)
        ? encodeAssociation(association)
        : undefined,
  });
}

function newElements(block: Json | undefined, fields: ElementFields): JsonObject | undefined {
  const elements = objectsOf(objectOf(block)?.[fields.list]);
  return elements.length > 0 ? elementList(elements, fields, () => undefined) : undefined;
}

/**
 * Only the calls below which something differs (reference, 2.2.1). Sub-resources come before the PATCH, so that an
 * identity provider is enabled when it is complete; one that is disabled is disabled first.
 */
export function updateIdentityProvider(change: Change): WriteRequest[] {
  const { desired, current = {} } = change;
  const paths = change.differences.map((difference) => parsePath(difference.path));
  const touches = (...fields: string[]): boolean => paths.some((path) => overlaps(path, fields));
  const operations = patchOperations(desired, current, (field) => touches(field));
  const patch: WriteRequest[] = operations.length > 0 ? [{ method: 'PATCH', path: ONE, body: operations }] : [];
  const parts = subResources(change, touches, paths);
  return touches('isEnabled') && desired.isEnabled === false ? [...patch, ...parts] : [...parts, ...patch];
}

/** True when one of the two lies at or below the other. */
function overlaps(path: Path, fields: readonly string[]): boolean {
  return fields.every((field, index) => {
    const segment = path[index];
    return segment === undefined || (isField(segment) && segment.field === field);
  });
}

function subResources(
  change: Change,
  touches: (...fields: string[]) => boolean,
  paths: readonly Path[],
): WriteRequest[] {
  const { desired, current = {} } = change;
  const put = (path: readonly string[], body: Json): WriteRequest => ({ method: 'PUT', path: [...ONE, ...path], body });
  return [
    ...(touches('claims') ? [put(['claims'], encodeClaims(objectOf(desired.claims)))] : []),
    ...(touches('roles') ? [put(['roles'], encodeRoles(objectOf(desired.roles)))] : []),
    ...(touches('groups') ? [put(['groups'], encodeGroups(desired.groups, current.groups))] : []),
    ...elementRequests(change, ['federatedAuthenticators'], AUTHENTICATOR, paths),
    ...(touches('provisioning', 'jit') ? [put(['provisioning', 'jit'], jitBody(change))] : []),
    ...elementRequests(change, ['provisioning', 'outboundConnectors'], CONNECTOR, paths),
    ...(touches('implicitAssociation')
      ? [put(['implicit-association'], encodeAssociation(objectOf(desired.implicitAssociation)))]
      : []),
  ];
}

/** PUT replaces all of it; fields that a patched server has beyond its version go back as they came. */
function jitBody({ desired, current, version }: Change): JsonObject {
  const at = (value: JsonObject | undefined): JsonObject | undefined => objectOf(objectOf(value?.provisioning)?.jit);
  const newer = identityProviderFieldsSince
    .filter(({ path, since }) => path.startsWith('provisioning.jit.') && compareVersions(version, since) < 0)
    .map(({ path }) => path.slice('provisioning.jit.'.length));
  const had = at(current)?.accountLookupAttributeMappings;
  return {
    isEnabled: false,
    ...(Array.isArray(had) && had.length > 0 ? { accountLookupAttributeMappings: [] } : {}),
    ...pick(at(desired), JIT_FIELDS),
    ...pick(at(current), newer),
  };
}

/**
 * Authenticators or connectors: the list when one was added or removed, otherwise a PUT for each one that differs.
 * A new default comes before the old one, which then needs no PUT of its own if nothing else about it differs.
 */
function elementRequests(
  change: Change,
  block: readonly string[],
  fields: ElementFields,
  paths: readonly Path[],
): WriteRequest[] {
  const listPath = [...block, fields.list];
  const touched = paths.filter((path) => overlaps(path, block));
  if (touched.length === 0) return [];
  const at = (value: JsonObject | undefined): JsonObject[] => objectsOf(valueBelow(value, listPath));
  const [wanted, stored, read] = [at(change.desired), at(change.live), at(change.current)];
  const readOf = (element: JsonObject): JsonObject | undefined =>
    read.find((candidate) => elementId(candidate, fields) === elementId(element, fields));
  const subPath = block[0] === 'provisioning' ? CONNECTORS : ['federated-authenticators'];
  const wholeList: WriteRequest = {
    method: 'PUT',
    path: [...ONE, ...subPath],
    body: elementList(wanted, fields, readOf),
  };
  const names = (list: readonly JsonObject[]): string =>
    list
      .map((element) => elementId(element, fields))
      .sort()
      .join();
  const list = [wholeList, ...(fields === CONNECTOR ? connectorSwitches(wanted, readOf) : [])];
  if (names(wanted) !== names(stored)) return list;
  const changed = newDefaultFirst(wanted.filter((element) => isTouched(element, touched, listPath, wanted)));
  if (changed.some((element) => isRefusedSingly(singleElement(element, readOf(element)), element, fields))) return list;
  return changed.map((element) => singleRequest(element, subPath, fields, readOf));
}

type ReadOf = (element: JsonObject) => JsonObject | undefined;

function singleRequest(
  element: JsonObject,
  subPath: readonly string[],
  fields: ElementFields,
  readOf: ReadOf,
): WriteRequest {
  const path = [...ONE, ...subPath, elementId(element, fields)];
  return { method: 'PUT', path, body: singleElement(element, readOf(element)) };
}

/**
 * Whether a connector blocks and has rules is taken from a PUT of its own only; POST and the PUT of the list lose it
 * (recorded answers of 6.0, ServerIdpManagementService.updateOutboundConnectorConfig).
 */
function connectorSwitches(connectors: readonly JsonObject[], readOf: ReadOf): WriteRequest[] {
  return connectors
    .filter((connector) => connector.blockingEnabled === true || connector.rulesEnabled === true)
    .filter((connector) => !isRefusedSingly(singleElement(connector, readOf(connector)), connector, CONNECTOR))
    .map((connector) => singleRequest(connector, CONNECTORS, CONNECTOR, readOf));
}

function valueBelow(value: JsonObject | undefined, fields: readonly string[]): Json | undefined {
  return fields.reduce<Json | undefined>((node, field) => (isObject(node) ? node[field] : undefined), value);
}

function newDefaultFirst(elements: readonly JsonObject[]): JsonObject[] {
  return [...elements.filter((each) => each.isDefault === true), ...elements.filter((each) => each.isDefault !== true)];
}

/** Losing the default to another element is no change of its own: the server takes it away with the other's PUT. */
function isTouched(
  element: JsonObject,
  paths: readonly Path[],
  listPath: readonly string[],
  all: readonly JsonObject[],
): boolean {
  const below = paths.filter((path) => {
    const item = path[listPath.length];
    return item === undefined || (!isField(item) && item.item === filledText(element, 'name'));
  });
  const replacedDefault = element.isDefault !== true && all.some((other) => other.isDefault === true);
  return below.some((path) => {
    const field = path[listPath.length + 1];
    return !(replacedDefault && field !== undefined && isField(field) && field.field === 'isDefault');
  });
}

/**
 * True for what the PUT of a single element refuses although POST and the PUT of the list accept it, so that it may be
 * there and can only be updated by the list: a connector without properties (IDP-60029), and, quirk 18, an OIDC
 * authenticator with scopes in two places (IDP-60037) or without `openid` (IDP-60038).
 */
function isRefusedSingly(body: JsonObject, element: JsonObject, fields: ElementFields): boolean {
  const properties = new Map(objectsOf(body.properties).map((property) => [property.key, property.value]));
  if (fields === CONNECTOR) return properties.size === 0;
  if (element.name !== OIDC_AUTHENTICATOR) return false;
  const scopes = String(properties.get('Scopes') ?? '').trim();
  const inQuery = String(properties.get('commonAuthQueryParams') ?? '').includes('scope=');
  return scopes !== '' && (inQuery || !scopes.split(/\s+/).includes('openid'));
}

/** Without `force`: an identity provider that an application uses is not deleted (quirk 13). */
export function removeIdentityProvider(): WriteRequest[] {
  return [{ method: 'DELETE', path: ONE }];
}
