import type { JsonObject } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import { flagIn, isBlank, objectIn, objectsIn, textIn, without } from '../fields';
import { ApiFailure, uncaughtException } from '../failures';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { changedAdvanced, changedProvisioning, withReference } from './advanced';
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
import { refuseBadCertificate, refuseInvalid, refuseTooLong } from './validation';

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
  const name = sentName(world, body) ?? '';
  // From 7.0 on a taken name is told before the protocols are looked at.
  if (isAtLeast(world.version, '7.0')) refuseNewName(world, name);
  const bare = bareApplication(world, world.identifiers.uuid(), name);
  let application = changedApplication(world, bare, without(body, 'logoutReturnUrl'), caller);
  for (const { protocol, configuration } of sentProtocols(objectIn(body, 'inboundProtocolConfiguration'))) {
    const { failure, ...stored } = offered(world, protocol).store(world, configuration, undefined);
    if (failure) throw failure;
    application = withProtocol(application, protocol.path, stored);
  }
  // The product builds the whole application first, and looks at its name and at what it names afterwards.
  refuseNewName(world, name);
  refuseInvalid(world, application);
  refuseConsentPage(application, body);
  refuseTooLong(world, application);
  return keep(world, application);
}

/** The name in a request; since 7.0 without the blanks around it. */
function sentName(world: World, body: JsonObject): string | undefined {
  const name = textIn(body, 'name');
  return isAtLeast(world.version, '7.0') ? name?.trim() : name;
}

/** Stores an application; a certificate is kept beside it, under a number. */
export function keep(world: World, application: ApplicationRecord): ApplicationRecord {
  const isUpdated = world.applications.get(application.id) !== undefined;
  const advanced = withReference(world, { ...application.advanced, ...(isUpdated ? { isUpdated } : {}) });
  const kept = { ...application, advanced };
  world.applications.put(kept);
  return kept;
}

/** An external consent page does not go with SAML (reference §2.1.5). */
export function refuseConsentPage({ inbound }: ApplicationRecord, body: JsonObject): void {
  if (inbound.saml && flagIn(objectIn(body, 'advancedConfigurations'), 'useExternalConsentPage') === true) {
    throw unsupportedProperty('An external consent page cannot be used by a SAML application.');
  }
}

/** What the product takes for a name, unless it is configured otherwise (application.mgt 5.18.187 to 7.8.614). */
const NAME = /^[a-zA-Z0-9._-]+(?: [a-zA-Z0-9._-]+)*$/;

/** An application that is there from its file, without being listed. */
const DEFAULT_APPLICATION = 'default';

/** A name that a new application may not have: blank, taken, of the product's own, or with other signs than allowed. */
export function refuseNewName(world: World, name: string): void {
  if (isBlank(name)) throw badApplication('The name of an application cannot be blank.');
  const isReserved = SYSTEM_PORTALS.has(name) && isAtLeast(world.version, '7.0');
  if (isTaken(world, name) && !isReserved) throw applicationExists(name);
  if (isReserved) throw reservedName('APP-60515', name);
  refuseOddName(world, name);
}

function isTaken(world: World, name: string): boolean {
  const isFromFile = name === DEFAULT_APPLICATION && !isAtLeast(world.version, '7.1');
  return name === RESIDENT || isFromFile || world.applications.find('name', name) !== undefined;
}

/** A copy may have been made of a server that allows other names. */
function refuseOddName(world: World, name: string): void {
  // Of later releases the same is in the classes, but servers with other names are known.
  if (!world.isBeingFilled && !isAtLeast(world.version, '7.1') && !NAME.test(name))
    throw badApplication(`The name '${name}' has signs that are not allowed.`);
}

/** PATCH /applications/{id} (reference §2.1.5): only what is sent changes; system applications are read-only. */
export function patchApplication(world: World, id: string, body: JsonObject, caller: Caller): void {
  const stored = applicationAt(world, id);
  if (!isOpenToConsole(world, stored, body)) refuseSystem(stored);
  const name = sentName(world, body) ?? stored.name;
  const changed = { ...changedApplication(world, stored, body, caller), name };
  refuseInvalid(world, changed);
  refuseRename(world, stored, name);
  refuseBadCertificate(world, changed);
  refuseConsentPage(changed, body);
  refuseTooLong(world, changed);
  keep(world, changed);
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
  refuseOddName(world, name);
  if (name.toLowerCase() === RESIDENT) throw forbiddenChange('The name of the resident application cannot be taken.');
  if (SYSTEM_PORTALS.has(name) && isAtLeast(world.version, '7.0')) throw reservedName('APP-60516', name);
  if (isTaken(world, name)) throw applicationExists(name);
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
  return {
    ...stored,
    texts: { ...stored.texts, ...plainFields(world.version, body) },
    allowedAudience: changedAudience(world, stored, objectIn(body, 'associatedRoles')),
    claims: claims ? changedClaims(stored.claims, claims) : stored.claims,
    sequence: sequence ? changedSequence(stored.sequence, sequence) : stored.sequence,
    advanced: advanced ? changedAdvanced(world, stored.advanced, advanced) : stored.advanced,
    provisioning: provisioning ? changedProvisioning(world, stored.provisioning, provisioning) : stored.provisioning,
  };
}

function plainFields(version: Version, body: JsonObject): JsonObject {
  const fields: JsonObject = {};
  for (const field of PLAIN_FIELDS) {
    const value = body[field];
    if (value === undefined) continue;
    fields[field] = typeof value === 'string' ? storedText(version, field, value) : value;
  }
  // A blank logout address is stored as the pattern that allows any (quirk 9).
  if (isBlank(textIn(fields, 'logoutReturnUrl')) && fields.logoutReturnUrl !== undefined) fields.logoutReturnUrl = '.*';
  return fields;
}

/** A blank template counts as not set; addresses lose the blanks around them from 7.0 on. */
function storedText(version: Version, field: string, value: string): string {
  if (field === 'templateId' && isBlank(value)) return '';
  return TRIMMED_FIELDS.has(field) && isAtLeast(version, '7.0') ? value.trim() : value;
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
