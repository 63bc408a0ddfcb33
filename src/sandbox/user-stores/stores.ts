import { isObject, type Json, type JsonObject } from '../../model/json';
import { mapClaim, mappedClaims } from '../claims/store-mappings';
import { isBlank, listIn, objectsIn, textIn } from '../fields';
import { decodedName, encodedName } from '../identifiers';
import type { World } from '../world';
import {
  badUserStore,
  missingMandatoryProperty,
  noSuchUserStore,
  noUserStoreToUpdate,
  userStoreExists,
} from './failures';
import type { StoreProperty, UserStoreRecord } from './record';
import { isSecretProperty, storeTypeNamed, storeTypeWithId, type StoreType } from './types';

/** What secrets look like on GET; sent on an update it keeps the stored value (reference §5, quirk 16). */
const SECRET_MARK = 'ENCRYPTED PROPERTY';
const UNIQUE_ID = 'UniqueID';
const CLASS = 'Class';
const EXPRESSION = /[$#]\{[^}]*\}/;

/** The store with this id, deployed; otherwise 404 SUS-60003. */
export function userStoreAt(world: World, id: string): UserStoreRecord {
  const found = world.userStores.get(id.replace(/=+$/, ''));
  if (!found || !world.isDeployed(found)) throw noSuchUserStore(id);
  return found;
}

/** POST /userstores (reference §2.4): the store is there after a while, not at once. */
export function createUserStore(world: World, body: JsonObject): UserStoreRecord {
  refuseExpressions(body);
  const type = storeTypeWithId(textIn(body, 'typeId') ?? '');
  if (!type) throw badUserStore('SUS-60015', 'There is no user store type with this id.');
  const name = textIn(body, 'name') ?? '';
  refuseName(world, name);
  const sent = sentProperties(body);
  refuseMissingProperties(type, sent);
  const record: UserStoreRecord = {
    id: encodedName(name),
    name,
    typeName: type.typeName,
    description: textIn(body, 'description') ?? '',
    properties: storedProperties(world, type, sent),
    deployedAt: Date.now() + world.userStoreDelayMs,
  };
  const mappings = checkedMappings(world, body);
  world.userStores.put(record);
  for (const mapping of mappings) mapClaim(world, name, mapping);
  return record;
}

function refuseName(world: World, name: string): void {
  if (isBlank(name)) throw badUserStore('SUS-60008', 'A user store needs a domain name.');
  if (/^FEDERATED/i.test(name)) throw badUserStore('SUS-65001', 'Domain names with FEDERATED in front are reserved.');
  if (name.includes('_')) throw badUserStore('SUS-65001', 'A domain name cannot have an underscore.');
  if (name.toUpperCase() === 'PRIMARY' || world.userStores.find('domain', name.toUpperCase())) {
    throw userStoreExists(name);
  }
}

/** Expressions of the server's template language are refused in names, descriptions and values. */
function refuseExpressions(body: JsonObject): void {
  const values = objectsIn(body, 'properties')
    .filter((each) => textIn(each, 'name') !== 'password')
    .map((each) => textIn(each, 'value'));
  if ([textIn(body, 'name'), textIn(body, 'description'), ...values].some((text) => EXPRESSION.test(text ?? ''))) {
    throw badUserStore('SUS-60004', 'Expressions are not allowed in values.');
  }
}

function sentProperties(body: JsonObject): StoreProperty[] {
  return objectsIn(body, 'properties').map((each) => ({
    name: textIn(each, 'name') ?? '',
    value: textIn(each, 'value') ?? '',
  }));
}

function refuseMissingProperties(type: StoreType, sent: readonly StoreProperty[]): void {
  const given = new Set(sent.filter((each) => each.value !== '').map((each) => each.name));
  const missing = type.mandatory.find((each) => !given.has(each.name));
  if (missing) throw missingMandatoryProperty(missing.name);
}

/** What was sent, the defaults of the type, and two properties that the server adds each time. */
function storedProperties(world: World, type: StoreType, sent: readonly StoreProperty[]): StoreProperty[] {
  const own = sent.filter(({ name }) => name !== UNIQUE_ID && name !== CLASS);
  const given = new Set(own.map((each) => each.name.toLowerCase()));
  const defaults = [...type.optional, ...type.advanced]
    .filter((each) => !given.has(each.name.toLowerCase()))
    .map((each) => ({ name: each.name, value: each.defaultValue }));
  return [
    ...own,
    ...defaults,
    { name: UNIQUE_ID, value: world.identifiers.uuid() },
    { name: CLASS, value: type.className },
  ];
}

/** The claims of a request; all of them have to exist. */
function checkedMappings(world: World, body: JsonObject): JsonObject[] {
  const mappings = objectsIn(body, 'claimAttributeMappings');
  refuseUnknownClaims(world, mappings);
  return mappings;
}

function refuseUnknownClaims(world: World, mappings: readonly JsonObject[]): void {
  const unknown = mappings.find((each) => !world.localClaims.find('uri', textIn(each, 'claimURI') ?? ''));
  if (unknown) throw badUserStore('CMT-50019', `There is no local claim ${textIn(unknown, 'claimURI')}.`);
}

/** PUT /userstores/{id}: name and type stay, secrets that come as their mark stay too. */
export function replaceUserStore(world: World, id: string, body: JsonObject): UserStoreRecord {
  refuseExpressions(body);
  const name = textIn(body, 'name') ?? '';
  const stored = world.userStores.get(id);
  if (!stored) throw noUserStoreToUpdate(id);
  if (isBlank(name)) throw badUserStore('SUS-60008', 'A user store needs a domain name.');
  if (decodedName(id) !== name) throw badUserStore('SUS-60009', 'The domain name is not the one of the path.');
  const type = storeTypeWithId(textIn(body, 'typeId') ?? '');
  if (type?.typeName !== stored.typeName) throw badUserStore('SUS-65004', 'The type cannot be changed.');
  const mappings = checkedMappings(world, body);
  const sent = sentProperties(body).map((each) => keptSecret(stored, type, each));
  const replaced = {
    ...stored,
    description: textIn(body, 'description') ?? '',
    properties: storedProperties(world, type, sent),
  };
  world.userStores.put(replaced);
  for (const mapping of mappings) mapClaim(world, name, mapping);
  return replaced;
}

function keptSecret(stored: UserStoreRecord, type: StoreType | undefined, sent: StoreProperty): StoreProperty {
  if (sent.value !== SECRET_MARK || !isSecretProperty(type, sent.name)) return sent;
  return stored.properties.find((each) => each.name === sent.name) ?? sent;
}

/** PATCH /userstores/{id}: REPLACE of the description and of properties; other operations are ignored. */
export function patchUserStore(world: World, id: string, operations: Json): UserStoreRecord | undefined {
  const replacements = (Array.isArray(operations) ? operations : [])
    .filter(isObject)
    .filter((each) => textIn(each, 'operation') === 'REPLACE');
  if (replacements.some((each) => EXPRESSION.test(textIn(each, 'value') ?? ''))) {
    throw badUserStore('SUS-60004', 'Expressions are not allowed in values.');
  }
  if (replacements.length === 0) return undefined;
  const patched = replacements.reduce<UserStoreRecord>(patchedOnce, userStoreAt(world, id));
  const uniqueId = { name: UNIQUE_ID, value: world.identifiers.uuid() };
  const properties = patched.properties.map((each) => (each.name === UNIQUE_ID ? uniqueId : each));
  const record = { ...patched, properties };
  world.userStores.put(record);
  return record;
}

function patchedOnce(stored: UserStoreRecord, operation: JsonObject): UserStoreRecord {
  const path = textIn(operation, 'path') ?? '';
  const value = textIn(operation, 'value') ?? '';
  if (path === '/description') return { ...stored, description: value };
  const name = /^\/properties\/([^/]+)/.exec(path)?.[1];
  if (name === undefined) throw badUserStore('SUS-60004', `The path ${path} cannot be replaced.`);
  const type = storeTypeNamed(stored.typeName);
  const isThere = stored.properties.some((each) => each.name === name);
  const isKnown = [...(type?.optional ?? []), ...(type?.advanced ?? [])].some((each) => each.name === name);
  if (!isThere && !isKnown) throw badUserStore('SUS-60004', `There is no property ${name}.`);
  const changed = keptSecret(stored, type, { name, value });
  const properties = isThere
    ? stored.properties.map((each) => (each.name === name ? changed : each))
    : [...stored.properties, changed];
  return { ...stored, properties };
}

/** PATCH /userstores/{id}/attribute-mappings: what is named is set, the rest stays. */
export function patchMappings(world: World, id: string, body: Json): void {
  const { name } = userStoreAt(world, id);
  const mappings = listIn({ body }, 'body')?.filter(isObject) ?? [];
  refuseUnknownClaims(world, mappings);
  for (const mapping of mappings) mapClaim(world, name, mapping);
}

/** A store as GET shows it: no id in it, secrets as their mark. */
export function shownUserStore(world: World, store: UserStoreRecord): JsonObject {
  const type = storeTypeNamed(store.typeName);
  return {
    typeName: store.typeName,
    typeId: encodedName(store.typeName),
    name: store.name,
    description: store.description,
    className: type?.className ?? '',
    isLocal: type?.isLocal ?? false,
    properties: shownProperties(store),
    claimAttributeMappings: mappedClaims(world, store.name),
  };
}

/** The properties of a store with its secrets as their mark. */
export function shownProperties(store: UserStoreRecord): JsonObject[] {
  const type = storeTypeNamed(store.typeName);
  return store.properties.map(({ name, value }) => ({
    name,
    value: isSecretProperty(type, name) ? SECRET_MARK : value,
  }));
}

/** False when the property `disabled`, `Disabled` in files, says so. */
export function isEnabled(store: UserStoreRecord): boolean {
  return !store.properties.some(({ name, value }) => name.toLowerCase() === 'disabled' && value === 'true');
}
