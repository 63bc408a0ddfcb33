import { isObject, type Json, type JsonObject } from '../../model/json';
import type { ApplicationRecord } from '../applications/record';
import { defaultSequence } from '../applications/login-sequence';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn } from '../fields';
import type { World } from '../world';
import { isAtLeast } from '../versions';
import { sentAssociation, sentGroups, sentJit } from './attributes';
import { refuseTakenNames, sentAuthenticators } from './authenticators';
import { patchedCertificates, sentCertificates } from './certificates';
import { sentClaims } from './claims';
import { sentConnectors } from './connectors';
import {
  badPatch,
  badProvider,
  noSuchProvider,
  nothingToPatch,
  providerExists,
  providerInUse,
  UncodedFailure,
} from './failures';
import { refuseUnknownOutboundRoles, sentRoles } from './local-roles';
import type { IdentityProviderRecord } from './record';
import { refuseUnstorable } from './storable';

const TEXTS = ['description', 'templateId', 'image', 'homeRealmIdentifier', 'alias', 'idpIssuerName'];
const PATCHABLE_TEXTS = new Set(['description', 'image', 'homeRealmIdentifier', 'alias', 'idpIssuerName']);
const PATCHABLE_FLAGS = new Set(['isEnabled', 'isPrimary', 'isFederationHub']);
const RESERVED_NAME = 'SSO';
const SHARED_PREFIX = 'SHARED_';
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
  const provisioning = objectIn(body, 'provisioning');
  const provider: IdentityProviderRecord = {
    id: world.identifiers.uuid(),
    name,
    isEnabled: true,
    isPrimary: false,
    isFederationHub: flagIn(body, 'isFederationHub') ?? false,
    texts: present(Object.fromEntries(TEXTS.map((field) => [field, sentText(body, field)]))),
    certificate: sentCertificates(objectIn(body, 'certificate')),
    ...sentAuthenticators(world.version, objectIn(body, 'federatedAuthenticators')),
    ...sentConnectors(world, objectIn(provisioning, 'outboundConnectors'), []),
    jit: sentJit(world, objectIn(provisioning, 'jit')),
    ...sentClaims(objectIn(body, 'claims'), world.version),
    roles: sentRoles(world, objectIn(body, 'roles')),
    groups: sentGroups(world, listIn(body, 'groups') ?? [], []),
    implicitAssociation: sentAssociation(objectIn(body, 'implicitAssociation')),
  };
  refuseName(world, name);
  refuseUnknownOutboundRoles(world, provider.roles);
  refuseUnstorable(world, undefined, provider);
  refuseTakenNames(world, provider.id, provider);
  world.identityProviders.put(provider);
  return provider;
}

/** An empty text is one, but for those that are kept among the properties. */
function sentText(body: JsonObject, field: string): string | undefined {
  const value = textIn(body, field);
  if (field === 'templateId') return isBlank(value) ? undefined : value;
  return field === 'idpIssuerName' && value === '' ? undefined : value;
}

/** Any name but an empty one; from 7.1 the one of the organization login is taken. */
function refuseName(world: World, name: string): void {
  if (name === '') throw new UncodedFailure(500);
  if (name === RESERVED_NAME && isAtLeast(world.version, '7.1'))
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
  refuseDisabledInUse(world, stored.name, changed);
  refuseUnstorable(world, stored, changed);
  world.identityProviders.put(changed);
  if (changed.name === stored.name) return;
  for (const application of world.applications.findAll('identityProvider', stored.name)) {
    world.applications.put(withRenamed(application, stored.name, changed.name));
  }
}

/**
 * Nothing of an identity provider that is off can be changed while an application refers to it, and neither can one
 * of its authenticators or connectors be off that an application uses (ApplicationIdentityProviderMgtListener). Those are
 * looked for under its new name, so one that is renamed passes (measured on 6.x).
 */
function refuseDisabledInUse(world: World, name: string, changed: IdentityProviderRecord): void {
  const users = world.applications.findAll('identityProvider', name);
  if (users.length === 0) return;
  const authenticators = namesOf(changed.authenticators.filter((each) => !each.isEnabled));
  const connectors = namesOf(changed.connectors.filter((each) => !each.isEnabled));
  const isRefused = users.some(
    (application) =>
      !changed.isEnabled ||
      optionsOf(application, changed.name).some(({ authenticator }) => authenticators.has(authenticator)) ||
      targetsOf(application, changed.name).some((target) => connectors.has(textIn(target, 'connector') ?? '')),
  );
  if (isRefused) throw new UncodedFailure(500);
}

function namesOf(parts: readonly { readonly name: string }[]): ReadonlySet<string> {
  return new Set(parts.map(({ name }) => name));
}

function optionsOf(application: ApplicationRecord, provider: string): { readonly authenticator: string }[] {
  return application.sequence.steps.flatMap((step) => step.options.filter((option) => option.idp === provider));
}

function targetsOf(application: ApplicationRecord, provider: string): JsonObject[] {
  return objectsIn(application.provisioning, 'outboundProvisioningIdps').filter(
    (target) => textIn(target, 'idp') === provider,
  );
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
  const field = /^\/(.+)/.exec(path)?.[1] ?? '';
  const isPatched = operation === 'REPLACE' || (operation === 'ADD' && field === 'idpIssuerName');
  if (!isPatched) throw badPatch(`The path ${path} cannot be patched by ${operation}.`);
  if (field === 'name') return renamed(world, provider, value);
  // As Boolean.parseBoolean reads it: every other text is false.
  if (PATCHABLE_FLAGS.has(field)) return { ...provider, [field]: value?.toLowerCase() === 'true' };
  if (PATCHABLE_TEXTS.has(field)) return { ...provider, texts: patchedText(provider.texts, field, operation, value) };
  throw badPatch(`The path ${path} cannot be patched.`);
}

/** An empty name is refused, and so is one with the prefix of shared providers; both without a code. */
function renamed(world: World, provider: IdentityProviderRecord, value: string | undefined): IdentityProviderRecord {
  const isShared = value?.startsWith(SHARED_PREFIX) === true && !provider.name.startsWith(SHARED_PREFIX);
  if (value === undefined || isShared) throw new UncodedFailure(500);
  if (value !== provider.name) refuseName(world, value);
  return { ...provider, name: value };
}

/**
 * The texts can be replaced, and taken out by a value that is null or missing. The issuer name is kept elsewhere: it
 * has to be there to be replaced, and not there to be added (reference §2.2.3).
 */
function patchedText(texts: JsonObject, field: string, operation: string, value: string | undefined): JsonObject {
  const exists = texts[field] !== undefined;
  if (field === 'idpIssuerName') {
    if (operation === 'ADD' && exists) throw badProvider('IDP-65005', 'There is an issuer name already.');
    if (operation === 'REPLACE' && !exists) throw nothingToPatch(`/${field}`);
  }
  return present({ ...texts, [field]: value });
}

/**
 * DELETE /identity-providers/{id}: an unknown id is fine unless `force` is asked for, which also takes the identity
 * provider out of the applications that use it.
 */
export function deleteProvider(world: World, id: string, force: boolean): void {
  const provider = world.identityProviders.get(id);
  if (!provider) {
    if (force) throw noSuchProvider(id);
    return;
  }
  const users = world.applications.findAll('identityProvider', provider.name);
  if (!force && users.length > 0) throw providerInUse(provider.name);
  for (const application of users) world.applications.put(withoutProvider(application, provider.name));
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
