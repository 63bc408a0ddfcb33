import { isObject, type Json, type JsonObject } from '../../model/json';
import type { ApplicationRecord } from '../applications/record';
import { defaultSequence } from '../applications/login-sequence';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn } from '../fields';
import type { World } from '../world';
import { sentAssociation, sentClaims, sentGroups, sentJit, sentRoles } from './attributes';
import { refuseTakenNames, sentAuthenticators } from './authenticators';
import { patchedCertificates, sentCertificates } from './certificates';
import { sentConnectors } from './connectors';
import { badPatch, badProvider, noSuchProvider, nothingToPatch, providerExists, providerInUse } from './failures';
import type { IdentityProviderRecord } from './record';

const TEXTS = ['description', 'templateId', 'image', 'homeRealmIdentifier', 'alias', 'idpIssuerName'];
const PATCHABLE_TEXTS = new Set(['description', 'image', 'homeRealmIdentifier', 'alias', 'idpIssuerName']);
const PATCHABLE_FLAGS = new Set(['isEnabled', 'isPrimary', 'isFederationHub']);
const RESERVED_NAME = 'SSO';
const RESIDENT_NAME = 'LOCAL';

/** The identity provider with this id, or 404 IDP-60002. */
export function providerAt(world: World, id: string): IdentityProviderRecord {
  const found = world.identityProviders.get(id);
  if (!found) throw noSuchProvider(id);
  return found;
}

/** POST /identity-providers: enabled, and never primary whatever was sent (reference §5, quirk 14). */
export function createProvider(world: World, body: JsonObject): IdentityProviderRecord {
  const name = textIn(body, 'name') ?? '';
  refuseName(world, name);
  const provisioning = objectIn(body, 'provisioning');
  const provider: IdentityProviderRecord = {
    id: world.identifiers.uuid(),
    name,
    isEnabled: true,
    isPrimary: false,
    isFederationHub: flagIn(body, 'isFederationHub') ?? false,
    texts: present(Object.fromEntries(TEXTS.map((field) => [field, textIn(body, field) || undefined]))),
    certificate: sentCertificates(objectIn(body, 'certificate')),
    ...sentClaims(objectIn(body, 'claims')),
    roles: sentRoles(objectIn(body, 'roles')),
    groups: sentGroups(world, listIn(body, 'groups') ?? [], []),
    ...sentAuthenticators(objectIn(body, 'federatedAuthenticators')),
    ...sentConnectors(world, objectIn(provisioning, 'outboundConnectors'), []),
    jit: sentJit(world, objectIn(provisioning, 'jit')),
    implicitAssociation: sentAssociation(objectIn(body, 'implicitAssociation')),
  };
  refuseTakenNames(world, provider.id, provider);
  world.identityProviders.put(provider);
  return provider;
}

function refuseName(world: World, name: string): void {
  if (isBlank(name)) throw badPatch('The name of an identity provider cannot be blank.');
  if (name === RESERVED_NAME)
    throw badProvider('IDP-60025', `The name ${name} is reserved for the organization login.`);
  refuseTakenName(world, name);
}

/** Names are unique, and the resident identity provider has one too. */
export function refuseTakenName(world: World, name: string): void {
  if (name === RESIDENT_NAME || world.identityProviders.find('name', name)) throw providerExists(name);
}

/** PATCH /identity-providers/{id}: an array of operations, all of them or none (reference §2.2.3). */
export function patchProvider(world: World, id: string, operations: Json): IdentityProviderRecord {
  const stored = providerAt(world, id);
  const list = Array.isArray(operations) ? operations.filter(isObject) : [];
  const patched = list.reduce((provider, operation) => patchedOnce(world, provider, operation), stored);
  putChanged(world, stored, patched);
  return patched;
}

/**
 * Stores an identity provider that has changed. Applications refer to it and not to its name, so one that logs in
 * through it or provisions to it has its new name at once.
 */
export function putChanged(world: World, stored: IdentityProviderRecord, changed: IdentityProviderRecord): void {
  refuseDisabledInUse(world, stored, changed);
  world.identityProviders.put(changed);
  if (changed.name === stored.name) return;
  for (const application of world.applications.findAll('identityProvider', stored.name)) {
    world.applications.put(withRenamed(application, stored.name, changed.name));
  }
}

/** What applications log in through cannot be switched off: 500, as for the identity provider as a whole (§2.2.3). */
function refuseDisabledInUse(world: World, stored: IdentityProviderRecord, changed: IdentityProviderRecord): void {
  if (stored.isEnabled && !changed.isEnabled) refuseUsed(world, stored, 'IDP-65005');
  const wasEnabled = new Set(stored.authenticators.filter((each) => each.isEnabled).map((each) => each.name));
  const disabled = changed.authenticators.filter((each) => !each.isEnabled && wasEnabled.has(each.name));
  if (disabled.length === 0) return;
  const names = new Set(disabled.map((each) => each.name));
  const isUsed = world.applications
    .findAll('identityProvider', stored.name)
    .flatMap((application) => application.sequence.steps.flatMap((step) => step.options))
    .some((option) => option.idp === stored.name && names.has(option.authenticator));
  if (isUsed) throw providerInUse('IDP-65005', stored.name);
}

function withRenamed(application: ApplicationRecord, from: string, to: string): ApplicationRecord {
  const steps = application.sequence.steps.map((step) => ({
    ...step,
    options: step.options.map((option) => (option.idp === from ? { ...option, idp: to } : option)),
  }));
  const { outboundProvisioningIdps } = application.provisioning;
  const targets = objectsIn(application.provisioning, 'outboundProvisioningIdps').map((target) =>
    target.idp === from ? { ...target, idp: to } : target,
  );
  return {
    ...application,
    sequence: { ...application.sequence, steps },
    provisioning: {
      ...application.provisioning,
      ...(outboundProvisioningIdps === undefined ? {} : { outboundProvisioningIdps: targets }),
    },
  };
}

function patchedOnce(world: World, provider: IdentityProviderRecord, body: JsonObject): IdentityProviderRecord {
  const operation = textIn(body, 'operation') ?? '';
  const path = textIn(body, 'path') ?? '';
  const value = textIn(body, 'value');
  const certificate = patchedCertificates(provider.certificate, operation, path, value);
  if (certificate) return { ...provider, certificate };
  const field = path.replace(/^\//, '');
  if (field === 'name') return renamed(world, provider, operation, value);
  if (PATCHABLE_FLAGS.has(field)) return { ...provider, [field]: patchedFlag(field, operation, value) };
  if (PATCHABLE_TEXTS.has(field)) return { ...provider, texts: patchedText(provider.texts, operation, field, value) };
  throw badPatch(`The path ${path} cannot be patched.`);
}

function renamed(
  world: World,
  provider: IdentityProviderRecord,
  operation: string,
  value: string | undefined,
): IdentityProviderRecord {
  if (operation !== 'REPLACE') throw badPatch('The name can only be replaced.');
  if (value !== provider.name) refuseName(world, value ?? '');
  return { ...provider, name: value ?? '' };
}

function patchedFlag(field: string, operation: string, value: string | undefined): boolean {
  if (operation === 'REMOVE') throw badPatch(`${field} cannot be removed.`);
  if (value !== 'true' && value !== 'false') throw badPatch(`${field} is true or false.`);
  return value === 'true';
}

function patchedText(texts: JsonObject, operation: string, field: string, value: string | undefined): JsonObject {
  if (operation !== 'REMOVE' && value === undefined) throw badPatch(`A value is needed for /${field}.`);
  const exists = texts[field] !== undefined;
  // Only the issuer name is particular about which operation it is (reference §2.2.3).
  if (field === 'idpIssuerName' && operation === 'ADD' && exists) throw badPatch('There is an issuer name already.');
  if (field === 'idpIssuerName' && operation === 'REPLACE' && !exists) throw nothingToPatch(`/${field}`);
  return present({ ...texts, [field]: operation === 'REMOVE' || value === '' ? undefined : value });
}

/** Refuses with 500 when an application logs in through the identity provider or provisions to it. */
function refuseUsed(world: World, provider: IdentityProviderRecord, code: 'IDP-65004' | 'IDP-65005'): void {
  if (world.applications.find('identityProvider', provider.name)) throw providerInUse(code, provider.name);
}

/** DELETE /identity-providers/{id}; `force` also takes it out of the applications that use it. */
export function deleteProvider(world: World, id: string, force: boolean): void {
  const provider = providerAt(world, id);
  if (!force) refuseUsed(world, provider, 'IDP-65004');
  for (const application of world.applications.findAll('identityProvider', provider.name)) {
    world.applications.put(withoutProvider(application, provider.name));
  }
  world.identityProviders.remove(id);
}

function withoutProvider(application: ApplicationRecord, name: string): ApplicationRecord {
  const steps = application.sequence.steps
    .map((step) => ({ ...step, options: step.options.filter((option) => option.idp !== name) }))
    .filter((step) => step.options.length > 0)
    .map((step, index) => ({ ...step, id: index + 1 }));
  const outbound = objectsIn(application.provisioning, 'outboundProvisioningIdps').filter(
    (each) => textIn(each, 'idp') !== name,
  );
  return {
    ...application,
    sequence:
      steps.length > 0 ? { ...application.sequence, steps, subjectStepId: 1, attributeStepId: 1 } : defaultSequence,
    provisioning: { ...application.provisioning, outboundProvisioningIdps: outbound },
  };
}
