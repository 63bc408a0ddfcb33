import type { JsonObject } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import { flagIn, isBlank, objectIn, objectsIn, textIn, without } from '../fields';
import { ApiFailure, uncaughtException } from '../failures';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { changedAdvanced, changedProvisioning } from './advanced';
import { changedClaims, noClaims } from './claim-configuration';
import {
  applicationExists,
  badApplication,
  forbiddenChange,
  missingPrivilege,
  noSuchApplication,
  reservedName,
  unsupportedProperty,
} from './failures';
import { changedSequence, changesScript, defaultSequence } from './login-sequence';
import { offered, sentProtocols } from './protocols';
import type { ApplicationRecord } from './record';

const RESIDENT = 'wso2carbon-local-sp';

const SYSTEM_PORTALS = new Set(['Console', 'My Account']);
const PLAIN_FIELDS = [
  'description',
  'imageUrl',
  'accessUrl',
  'logoutReturnUrl',
  'templateId',
  'templateVersion',
  'applicationVersion',
  'applicationEnabled',
  'isManagementApp',
];
const TRIMMED_FIELDS = new Set(['imageUrl', 'accessUrl']);

/** The application with this id, or 404 APP-60006. */
export function applicationAt(world: World, id: string): ApplicationRecord {
  const found = world.applications.get(id);
  if (!found) throw noSuchApplication(id);
  return found;
}

/** An application that holds nothing but its name. */
export function bareApplication(world: World, id: string, name: string, system = false): ApplicationRecord {
  return {
    id,
    name,
    texts: { applicationVersion: isAtLeast(world.version, '7.2') ? 'v2.0.0' : 'v1.0.0' },
    system,
    allowedAudience: 'ORGANIZATION',
    claims: noClaims,
    sequence: defaultSequence,
    advanced: {},
    provisioning: {},
    inbound: {},
    authorizedApis: [],
  };
}

/**
 * POST /applications (reference §2.1.5): all parts are checked before anything is stored.
 * `logoutReturnUrl` is accepted and dropped (quirk 9).
 */
export function createApplication(world: World, body: JsonObject, caller: Caller): ApplicationRecord {
  const name = (textIn(body, 'name') ?? '').trim();
  refuseNewName(world, name);
  const bare = bareApplication(world, world.identifiers.uuid(), name);
  let application = changedApplication(world, bare, without(body, 'logoutReturnUrl'), caller);
  for (const { protocol, configuration } of sentProtocols(objectIn(body, 'inboundProtocolConfiguration'))) {
    application = withProtocol(
      application,
      protocol.path,
      offered(world, protocol).store(world, configuration, undefined),
    );
  }
  refuseConsentPage(application, body);
  world.applications.put(application);
  return application;
}

/** An external consent page does not go with SAML (reference §2.1.5). */
export function refuseConsentPage({ inbound }: ApplicationRecord, body: JsonObject): void {
  if (inbound.saml && flagIn(objectIn(body, 'advancedConfigurations'), 'useExternalConsentPage') === true) {
    throw unsupportedProperty('An external consent page cannot be used by a SAML application.');
  }
}

/** A name that a new application may not have: blank, taken, or of the product's own. */
export function refuseNewName(world: World, name: string): void {
  if (isBlank(name)) throw badApplication('The name of an application cannot be blank.');
  if (name === RESIDENT || (world.applications.find('name', name) && !SYSTEM_PORTALS.has(name)))
    throw applicationExists(name);
  if (SYSTEM_PORTALS.has(name)) throw reservedName('APP-60515', name);
}

/** PATCH /applications/{id} (reference §2.1.5): only what is sent changes; system applications are read-only. */
export function patchApplication(world: World, id: string, body: JsonObject, caller: Caller): void {
  const stored = applicationAt(world, id);
  if (!isOpenToConsole(world, stored, body)) refuseSystem(stored);
  const renamed = textIn(body, 'name');
  if (renamed !== undefined) refuseRename(world, stored, renamed.trim());
  const changed = changedApplication(world, stored, body, caller);
  refuseConsentPage(changed, body);
  world.applications.put({ ...changed, name: renamed === undefined ? stored.name : renamed.trim() });
}

/** The application with this id for whatever changes it as a whole, its protocols included; not those of the system. */
export function changeableApplication(world: World, id: string): ApplicationRecord {
  const found = applicationAt(world, id);
  refuseSystem(found);
  return found;
}

/** 403 for what the product itself consists of (reference §2.1.8). */
export function refuseSystem({ system, name }: ApplicationRecord): void {
  if (system) throw forbiddenChange(`The system application '${name}' cannot be changed.`);
}

const CONSOLE_FIELDS = new Set(['name', 'associatedRoles', 'authenticationSequence']);

/** The newest servers let roles and login of the Console be changed, if nothing else is (reference §2.1.8). */
function isOpenToConsole(world: World, { name }: ApplicationRecord, body: JsonObject): boolean {
  const fields = Object.keys(body);
  const allowed = name === 'Console' && body.name === name && fields.every((field) => CONSOLE_FIELDS.has(field));
  return isAtLeast(world.version, 'next') && allowed && fields.length > 1;
}

function refuseRename(world: World, stored: ApplicationRecord, name: string): void {
  if (name === stored.name) return;
  if (isBlank(name)) throw badApplication('The name of an application cannot be blank.');
  if (name === RESIDENT) throw forbiddenChange('The name of the resident application cannot be taken.');
  if (SYSTEM_PORTALS.has(name)) throw reservedName('APP-60516', name);
  if (world.applications.find('name', name)) throw applicationExists(name);
}

function changedApplication(
  world: World,
  stored: ApplicationRecord,
  body: JsonObject,
  caller: Caller,
): ApplicationRecord {
  refuseScript(world, stored, body, caller);
  if (body.enhancedOrgAuthenticationEnabled === true) {
    throw new ApiFailure(
      400,
      'APP-60521',
      'Unsupported feature.',
      'Enhanced organization authentication is not enabled.',
    );
  }
  const [claims, sequence, advanced, provisioning] = [
    'claimConfiguration',
    'authenticationSequence',
    'advancedConfigurations',
    'provisioningConfigurations',
  ].map((block) => objectIn(body, block));
  const changed: ApplicationRecord = {
    ...stored,
    texts: { ...stored.texts, ...plainFields(body) },
    allowedAudience: changedAudience(world, stored, objectIn(body, 'associatedRoles')),
    claims: claims ? changedClaims(world, stored.claims, claims) : stored.claims,
    sequence: sequence ? changedSequence(world, stored.sequence, sequence) : stored.sequence,
    advanced: advanced ? changedAdvanced(world, stored.advanced, advanced) : stored.advanced,
    provisioning: provisioning ? changedProvisioning(world, stored.provisioning, provisioning) : stored.provisioning,
  };
  refuseHiddenAddress(changed);
  return changed;
}

/** Users cannot discover what has no address (reference §2.1.5). */
export function refuseHiddenAddress({ advanced, texts }: ApplicationRecord): void {
  if (flagIn(advanced, 'discoverableByEndUsers') === true && isBlank(textIn(texts, 'accessUrl')))
    throw badApplication('A discoverable application needs an accessUrl.');
}

function plainFields(body: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const field of PLAIN_FIELDS) {
    const value = body[field];
    if (value === undefined) continue;
    fields[field] = typeof value === 'string' && TRIMMED_FIELDS.has(field) ? value.trim() : value;
  }
  // A blank logout address is stored as the pattern that allows any (quirk 9).
  if (isBlank(textIn(fields, 'logoutReturnUrl')) && fields.logoutReturnUrl !== undefined) fields.logoutReturnUrl = '.*';
  return fields;
}

/** From 7.2 a script needs a scope of its own, and without it the whole request is refused (reference §5, quirk 39). */
function refuseScript(world: World, stored: ApplicationRecord, body: JsonObject, caller: Caller): void {
  const sequence = objectIn(body, 'authenticationSequence');
  if (!sequence || !isAtLeast(world.version, '7.2') || !changesScript(stored.sequence, sequence)) return;
  if (!caller.scopes.has('internal_application_script_update'))
    throw missingPrivilege('change an authentication script');
}

function changedAudience(
  world: World,
  stored: ApplicationRecord,
  sent: JsonObject | undefined,
): ApplicationRecord['allowedAudience'] {
  if (!sent) return stored.allowedAudience;
  // 7.0 does not expect an audience without a list of roles; 7.1 takes it as no roles (7.0 measured, A1).
  if (!Array.isArray(sent.roles) && !isAtLeast(world.version, '7.1')) throw uncaughtException();
  const audience = textIn(sent, 'allowedAudience') === 'APPLICATION' ? 'APPLICATION' : 'ORGANIZATION';
  const roles = objectsIn(sent, 'roles').map((role) => textIn(role, 'id') ?? '');
  if (roles.length > 0 && audience === 'ORGANIZATION') {
    throw forbiddenChange('Roles cannot be associated while the role audience of the application is ORGANIZATION.');
  }
  const foreign = roles.find((id) => world.roles.get(id)?.audience !== stored.id);
  if (foreign !== undefined) throw badApplication(`The role ${foreign} is no role of this application.`);
  return audience;
}

/** The application with one protocol configured or replaced. */
export function withProtocol(
  application: ApplicationRecord,
  path: string,
  stored: { configuration: JsonObject; certificate?: string },
): ApplicationRecord {
  const advanced =
    stored.certificate === undefined
      ? application.advanced
      : { ...application.advanced, certificate: { type: 'PEM', value: stored.certificate } };
  return { ...application, advanced, inbound: { ...application.inbound, [path]: stored.configuration } };
}

/** The application without the configuration of one protocol. */
export function withoutProtocol(application: ApplicationRecord, path: string): ApplicationRecord {
  const inbound = Object.fromEntries(Object.entries(application.inbound).filter(([name]) => name !== path));
  return { ...application, inbound };
}

/** DELETE /applications/{id}: unknown ids are fine, system applications are not; the application's roles go along. */
export function deleteApplication(world: World, id: string): void {
  const stored = world.applications.get(id);
  if (!stored) return;
  if (stored.system) throw forbiddenChange(`The system application '${stored.name}' cannot be deleted.`);
  for (const role of world.roles.findAll('audience', id)) world.roles.remove(role.id);
  world.applications.remove(id);
}
