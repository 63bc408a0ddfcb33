import { isObject, type Json, type JsonObject } from '../../../model/json';
import type { Difference } from '../../../model/difference';
import { fieldAt, parsePath, type Path } from '../../../model/path';
import type { Change, WriteRequest } from '../../product';
import { withAlwaysSent } from '../always-sent';
import { API, SCIM } from '../paths';
import { wireClaims, wireOidc, wirePatch, wireSaml, withBlankClaims, withoutComputedClaims } from './wire';
import { apiRequests, authorizeAll } from './api-requests';
import { protocolRequests } from './protocol-requests';
import { newApplicationRoles, objectsIn, roleToken } from './references';

const APPLICATIONS = [...API, 'applications'] as const;
const ONE = [...APPLICATIONS, '{id}'] as const;

/** What POST drops or refuses and a later call has to set (reference, 2.1.5, quirk 9). */
const NOT_AT_CREATION = ['logoutReturnUrl', 'associatedRoles', 'authorizedAPIs'] as const;

/** Creates the whole application: one POST, then what POST does not take. */
export function createRequests(change: Change): WriteRequest[] {
  const body = withoutFields(change.desired, [
    ...NOT_AT_CREATION,
    'authenticationSequence',
    'claimConfiguration',
    'inboundProtocolConfiguration',
  ]);
  const {
    inboundProtocolConfiguration: protocols,
    authenticationSequence: sequence,
    claimConfiguration: claims,
  } = change.desired;
  if (isObject(sequence) && (sequence.type === 'USER_DEFINED' || sequence.requestPathAuthenticators !== undefined))
    body.authenticationSequence = withAlwaysSent('authenticationSequence', sequence);
  if (isObject(claims)) body.claimConfiguration = wireClaims(withoutComputedClaims(claims, change.version));
  if (isObject(protocols)) body.inboundProtocolConfiguration = wireProtocols(protocols);
  const advanced = isObject(body.advancedConfigurations)
    ? wirePatch('advancedConfigurations', body.advancedConfigurations)
    : undefined;
  if (advanced) body.advancedConfigurations = advanced;
  const audience = isObject(change.desired.associatedRoles)
    ? change.desired.associatedRoles.allowedAudience
    : undefined;
  if (audience === 'APPLICATION')
    body.associatedRoles = withAlwaysSent('associatedRoles', { allowedAudience: audience });
  return [
    { method: 'POST', path: APPLICATIONS, body, creates: true },
    ...logoutRequest(change),
    ...newApplicationRoles(change).map(createRole),
    ...authorizeAll(change),
  ];
}

function wireProtocols(protocols: JsonObject): JsonObject {
  const wired: JsonObject = { ...protocols };
  if (isObject(protocols.oidc)) wired.oidc = wireOidc(protocols.oidc);
  if (isObject(protocols.saml)) wired.saml = wireSaml(protocols.saml);
  return wired;
}

function logoutRequest(change: Change): WriteRequest[] {
  const url = change.desired.logoutReturnUrl;
  return url === undefined ? [] : [{ method: 'PATCH', path: ONE, body: { logoutReturnUrl: url } }];
}

/** A role whose audience is the application; the server associates it by that. */
function createRole(name: string): WriteRequest {
  const body = { displayName: name, audience: { type: 'application', value: '{id}' }, permissions: [] };
  return { method: 'POST', path: [...SCIM, 'Roles'], body };
}

/** The smallest calls for the differences: one PATCH for the application's own fields, a PUT per changed protocol. */
export function updateRequests(change: Change): WriteRequest[] {
  const changed = change.differences.map((difference) => ({ difference, path: parsePath(difference.path) }));
  const own = changed.filter(
    ({ path }) => !['inboundProtocolConfiguration', 'authorizedAPIs'].includes(fieldAt(path, 0)),
  );
  const protocols = changed
    .filter(({ path }) => fieldAt(path, 0) === 'inboundProtocolConfiguration')
    .map(({ path }) => path);
  const requests = protocolRequests(change, protocols);
  const first = requests.filter((request) => hasToGoFirst(change, request));
  return [
    ...scriptRemoval(
      change,
      own.map(({ difference }) => difference),
    ),
    ...first,
    ...patchRequests(
      change,
      own.map(({ path }) => path),
    ),
    ...requests.filter((request) => !first.includes(request)),
    ...newApplicationRoles(change)
      .filter((name) => !change.ids.has(roleToken(name)))
      .map(createRole),
    ...apiRequests(change),
  ];
}

/** No application has both SAML and a consent page of its own (reference, 2.1.5): what goes makes room for what comes. */
function hasToGoFirst({ desired }: Change, { method, path }: WriteRequest): boolean {
  const { advancedConfigurations: advanced } = desired;
  return (
    method === 'DELETE' && path.at(-1) === 'saml' && isObject(advanced) && advanced.useExternalConsentPage === true
  );
}

/** A blank script is ignored by PATCH: before 7.2 only a change to DEFAULT and back removes one (reference, 2.1.5). */
function scriptRemoval(change: Change, differences: readonly Difference[]): WriteRequest[] {
  const removed = differences.some(
    (difference) => difference.path === 'authenticationSequence.script' && difference.change === 'remove',
  );
  return removed ? [{ method: 'PATCH', path: ONE, body: { authenticationSequence: { type: 'DEFAULT' } } }] : [];
}

function patchRequests(change: Change, paths: readonly Path[]): WriteRequest[] {
  const fields = new Set(paths.map((path) => fieldAt(path, 0)));
  const body: JsonObject = {};
  for (const field of fields) {
    const part = patchField(
      field,
      change,
      paths.filter((path) => fieldAt(path, 0) === field),
    );
    if (part !== undefined) body[field] = part;
  }
  return Object.keys(body).length > 0 ? [{ method: 'PATCH', path: ONE, body }] : [];
}

function patchField(field: string, change: Change, paths: readonly Path[]): Json | undefined {
  const desired = change.desired[field];
  switch (field) {
    case 'authenticationSequence':
      return withAlwaysSent('authenticationSequence', isObject(desired) ? desired : { type: 'DEFAULT' });
    case 'claimConfiguration':
      return claimsPatch(isObject(desired) ? desired : {}, paths, change.version);
    case 'advancedConfigurations':
      return wirePatch(field, changedFields(desired, paths, 1));
    case 'provisioningConfigurations':
      return provisioningPatch(isObject(desired) ? desired : {}, paths);
    case 'associatedRoles':
      return rolesPatch(change);
    default:
      return desired ?? '';
  }
}

/** Dialect and claims are always rewritten; subject and role only where they changed (reference, 2.1.5, quirks 6 and 8). */
function claimsPatch(desired: JsonObject, paths: readonly Path[], version: string): JsonObject {
  const parts = new Set(paths.map((path) => fieldAt(path, 1)));
  const claims: JsonObject = {
    dialect: desired.dialect ?? 'LOCAL',
    claimMappings: desired.claimMappings ?? [],
    requestedClaims: desired.requestedClaims ?? [],
  };
  if (parts.has('subject'))
    claims.subject = changedFields(
      desired.subject,
      paths.filter((path) => fieldAt(path, 1) === 'subject'),
      2,
    );
  if (parts.has('role')) {
    const role = changedFields(
      desired.role,
      paths.filter((path) => fieldAt(path, 1) === 'role'),
      2,
    );
    claims.role = { ...role, mappings: isObject(desired.role) ? (desired.role.mappings ?? []) : [] };
  }
  return wireClaims(withBlankClaims(claims, version));
}

/** The targets are replaced, the inbound side is merged: what is gone from it has to be blanked (reference, 2.1.5). */
function provisioningPatch(desired: JsonObject, paths: readonly Path[]): JsonObject {
  const touched = (field: string): boolean => paths.some((path) => path.length === 1 || fieldAt(path, 1) === field);
  const inbound = isObject(desired.inboundProvisioning) ? desired.inboundProvisioning : {};
  return {
    ...(touched('inboundProvisioning')
      ? { inboundProvisioning: { proxyMode: false, provisioningUserstoreDomain: '', ...inbound } }
      : {}),
    ...(touched('outboundProvisioningIdps')
      ? { outboundProvisioningIdps: desired.outboundProvisioningIdps ?? [] }
      : {}),
  };
}

/** Roles travel by id: those that are associated, and those that exist and are wanted; new ones are created afterwards. */
function rolesPatch(change: Change): Json {
  const desired = isObject(change.desired.associatedRoles)
    ? change.desired.associatedRoles
    : { allowedAudience: 'ORGANIZATION' };
  const live = isObject(change.current?.associatedRoles) ? change.current.associatedRoles : {};
  const known = new Map(objectsIn(live.roles).map((role) => [String(role.name), String(role.id)]));
  const ids = objectsIn(desired.roles).map(
    (role) => known.get(String(role.name)) ?? change.ids.get(roleToken(String(role.name))),
  );
  const roles = ids.filter((id): id is string => id !== undefined).map((id) => ({ id }));
  const allowedAudience = desired.allowedAudience ?? 'ORGANIZATION';
  return withAlwaysSent('associatedRoles', {
    allowedAudience,
    ...(allowedAudience === 'APPLICATION' ? { roles } : {}),
  });
}

/** Desired values of the fields that changed at one depth; what is gone is cleared with an empty value. */
function changedFields(desired: Json | undefined, paths: readonly Path[], depth: number): JsonObject {
  const source = isObject(desired) ? desired : {};
  const fields = [...new Set(paths.map((path) => fieldAt(path, depth)))].filter((field) => field !== '');
  const names = fields.length > 0 ? fields : Object.keys(source);
  return Object.fromEntries(names.map((field) => [field, source[field] ?? '']));
}

export function removeRequests(): WriteRequest[] {
  return [{ method: 'DELETE', path: ONE }];
}

function withoutFields(value: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}
