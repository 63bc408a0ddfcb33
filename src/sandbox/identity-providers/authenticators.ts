import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, objectIn, objectsIn, textIn } from '../fields';
import { uncaughtException } from '../failures';
import { decodedName, encodedName, unpadded } from '../identifiers';
import { visibleFields } from '../strict-body';
import { unkeptOrder } from '../unkept-order';
import type { World } from '../world';
import { AUTHENTICATORS, catalogued, tagsIn } from './catalogue';
import {
  badMetadata,
  badPatch,
  badProvider,
  endpointOfSystem,
  missingCredential,
  missingEndpoint,
  noSuchAuthenticator,
  repeatedProperty,
  scopesInTwoPlaces,
  scopesWithoutOpenId,
  takenAuthenticatorName,
} from './failures';
import { shownAuthenticatorModel } from './models';
import type { AuthenticatorRecord, IdentityProviderRecord, KeyedValue } from './record';

const MAXIMUM_PROPERTIES = 100;
const METADATA_MODE = 'Metadata File Configuration';

/** The authenticators of an identity provider and which of them is the default. */
export interface AuthenticatorSet {
  readonly authenticators: readonly AuthenticatorRecord[];
  readonly defaultAuthenticatorId: string;
}

/** The list form of POST and of PUT …/federated-authenticators (reference §2.2.3, §2.2.4). */
export function sentAuthenticators(body: JsonObject | undefined): AuthenticatorSet {
  const authenticators = objectsIn(body, 'authenticators').map((each) =>
    sentAuthenticator(textIn(each, 'authenticatorId') ?? '', each),
  );
  const defaultAuthenticatorId = unpadded(textIn(body, 'defaultAuthenticatorId') ?? '');
  refuseRepeated(authenticators);
  refuseBadDefault(authenticators, defaultAuthenticatorId);
  refuseMixedSet(authenticators);
  return { authenticators, defaultAuthenticatorId };
}

/** The product's database has an authenticator only once in an identity provider, and nothing looks before that. */
function refuseRepeated(authenticators: readonly AuthenticatorRecord[]): void {
  if (new Set(authenticators.map(({ id }) => id)).size < authenticators.length) throw uncaughtException();
}

function refuseBadDefault(authenticators: readonly AuthenticatorRecord[], defaultId: string): void {
  if (defaultId === '') return;
  const chosen = authenticators.find((authenticator) => authenticator.id === defaultId);
  if (!chosen) throw badProvider('IDP-60027', 'The default authenticator is not among the authenticators.');
  if (!chosen.isEnabled) throw badProvider('IDP-60028', 'The default authenticator is not enabled.');
}

/** A user-defined authenticator has to be alone. */
function refuseMixedSet(authenticators: readonly AuthenticatorRecord[]): void {
  if (authenticators.length > 1 && authenticators.some((authenticator) => authenticator.definedBy === 'USER')) {
    const description = 'An identity provider has at most one user-defined authenticator and no other beside it.';
    throw badProvider('IDP-60041', description, 'Multiple authenticators found.');
  }
}

function sentAuthenticator(id: string, body: JsonObject, stored?: JsonObject): AuthenticatorRecord {
  const name = decodedName(id);
  if (name === undefined) throw badProvider('IDP-60042', `The authenticator id ${id} cannot be decoded.`);
  const definedBy = textIn(body, 'definedBy') === 'USER' ? 'USER' : 'SYSTEM';
  const properties = sentProperties(body);
  const endpoint = withStoredCredentials(objectIn(body, 'endpoint'), stored);
  if (definedBy === 'USER') refuseBadUserDefined(name, properties, endpoint);
  else if (endpoint) throw endpointOfSystem(name);
  refuseBadMetadata(properties);
  return {
    id: encodedName(name),
    name,
    isEnabled: flagIn(body, 'isEnabled') ?? false,
    definedBy,
    properties,
    ...(endpoint ? { endpoint } : {}),
  };
}

/** Nobody can send back credentials, which are never returned: sent without any, an endpoint keeps those that it has. */
function withStoredCredentials(
  endpoint: JsonObject | undefined,
  stored: JsonObject | undefined,
): JsonObject | undefined {
  const [sent, held] = [objectIn(endpoint, 'authentication'), objectIn(stored, 'authentication')];
  const properties = objectIn(held, 'properties');
  const isKept = sent && properties && !objectIn(sent, 'properties') && textIn(sent, 'type') === textIn(held, 'type');
  return isKept ? { ...endpoint, authentication: { ...sent, properties } } : endpoint;
}

function refuseBadUserDefined(name: string, properties: readonly KeyedValue[], endpoint: JsonObject | undefined): void {
  if (properties.length > 0) throw badProvider('IDP-60039', 'A user-defined authenticator has no properties.');
  if (!endpoint) throw missingEndpoint(name);
  const authentication = objectIn(endpoint, 'authentication');
  const type = textIn(authentication, 'type') ?? 'NONE';
  const given = objectIn(authentication, 'properties');
  for (const property of AUTHENTICATION_PROPERTIES[type] ?? []) {
    const value = textIn(given, property);
    if (value === undefined) throw missingCredential(property, type);
    if (isBlank(value)) throw badPatch(`The Property ${property} cannot be blank.`);
  }
}

/** What each way of authentication at an endpoint needs (reference §2.17: the same as for actions). */
const AUTHENTICATION_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  BASIC: ['username', 'password'],
  BEARER: ['accessToken'],
  API_KEY: ['header', 'value'],
  CLIENT_CREDENTIAL: ['clientId', 'clientSecret', 'tokenEndpoint'],
};

/** The names of user-defined authenticators are unique in the tenant, those that the product ships with included. */
export function refuseTakenNames(world: World, providerId: string, { authenticators }: AuthenticatorSet): void {
  const isTaken = ({ name, definedBy }: AuthenticatorRecord): boolean =>
    definedBy === 'USER' &&
    (AUTHENTICATORS.some((known) => known.name === name) ||
      world.identityProviders.findAll('userDefinedAuthenticator', name).some((provider) => provider.id !== providerId));
  const taken = authenticators.find(isTaken);
  if (taken) throw takenAuthenticatorName(taken.name);
}

/** Key/value properties of an authenticator or connector: each key once. */
export function sentProperties(body: JsonObject): KeyedValue[] {
  const properties = objectsIn(body, 'properties').map((each) => ({
    key: textIn(each, 'key') ?? '',
    value: textIn(each, 'value') ?? '',
  }));
  const keys = new Set(properties.map((property) => property.key));
  if (keys.size !== properties.length) throw repeatedProperty();
  if (properties.length > MAXIMUM_PROPERTIES) throw badProvider('IDP-60045', 'There are too many properties.');
  return properties;
}

function valueOf(properties: readonly KeyedValue[], key: string): string | undefined {
  return properties.find((property) => property.key === key)?.value;
}

function refuseBadMetadata(properties: readonly KeyedValue[]): void {
  if (valueOf(properties, 'SelectMode') !== METADATA_MODE) return;
  const metadata = Buffer.from(valueOf(properties, 'meta_data_saml') ?? '', 'base64').toString('utf8');
  if (!/^\s*</.test(metadata)) throw badMetadata();
}

/** PUT of a single authenticator; the OIDC scope rules are checked here and nowhere else (reference §5, quirk 18). */
export function replacedAuthenticator(
  provider: IdentityProviderRecord,
  sentId: string,
  body: JsonObject,
): AuthenticatorSet {
  const id = unpadded(sentId);
  const known = provider.authenticators.find((authenticator) => authenticator.id === id);
  if (decodedName(id) === undefined) throw badProvider('IDP-60042', `The authenticator id ${id} cannot be decoded.`);
  const definedBy = textIn(body, 'definedBy') ?? known?.definedBy ?? 'SYSTEM';
  if (!known && definedBy === 'SYSTEM' && !catalogued(AUTHENTICATORS, id)) throw noSuchAuthenticator(id);
  const replaced = sentAuthenticator(id, { ...body, definedBy }, known?.endpoint);
  if (replaced.name === 'OpenIDConnectAuthenticator') refuseBadScopes(replaced.properties);
  const authenticators = known
    ? provider.authenticators.map((each) => (each.id === id ? replaced : each))
    : [...provider.authenticators, replaced];
  const defaultAuthenticatorId = flagIn(body, 'isDefault') === true ? id : keptDefault(provider, id, body);
  refuseBadDefault(authenticators, defaultAuthenticatorId);
  refuseMixedSet(authenticators);
  return { authenticators, defaultAuthenticatorId };
}

function keptDefault(provider: IdentityProviderRecord, id: string, body: JsonObject): string {
  const unset = flagIn(body, 'isDefault') === false && provider.defaultAuthenticatorId === id;
  return unset ? '' : provider.defaultAuthenticatorId;
}

function refuseBadScopes(properties: readonly KeyedValue[]): void {
  const scopes = valueOf(properties, 'Scopes');
  const inQuery = /(?:^|&)scope=/.test(valueOf(properties, 'commonAuthQueryParams') ?? '');
  if (scopes === undefined || isBlank(scopes)) return;
  if (inQuery) throw scopesInTwoPlaces();
  if (!scopes.split(/\s+/).includes('openid')) throw scopesWithoutOpenId();
}

function tagsOf(world: World, authenticator: AuthenticatorRecord): string[] {
  if (authenticator.definedBy === 'USER') return ['Custom'];
  const entry = catalogued(AUTHENTICATORS, authenticator.id);
  return entry ? tagsIn(world.version, entry) : [];
}

/** The list form of GET: no properties in it (reference §2.2.2). */
export function shownAuthenticators(world: World, provider: IdentityProviderRecord): JsonObject {
  const self = world.link(`/identity-providers/${provider.id}/federated-authenticators`);
  return {
    defaultAuthenticatorId: provider.defaultAuthenticatorId,
    authenticators: provider.authenticators.map((each) =>
      visibleFields(world.version, shownAuthenticatorModel, {
        authenticatorId: each.id,
        name: each.name,
        isEnabled: each.isEnabled,
        definedBy: each.definedBy,
        tags: tagsOf(world, each),
        self: `${self}/${each.id}`,
      }),
    ),
  };
}

/** The single form of GET: properties in clear, secrets too, in an order of their own; endpoint secrets never. */
export function shownAuthenticator(world: World, provider: IdentityProviderRecord, id: string): JsonObject {
  const found = provider.authenticators.find((authenticator) => authenticator.id === unpadded(id));
  if (!found) throw noSuchAuthenticator(id);
  const authentication = objectIn(found.endpoint, 'authentication');
  return visibleFields(world.version, shownAuthenticatorModel, {
    authenticatorId: found.id,
    name: found.name,
    isEnabled: found.isEnabled,
    isDefault: provider.defaultAuthenticatorId === found.id,
    definedBy: found.definedBy,
    tags: tagsOf(world, found),
    ...(found.endpoint
      ? {
          endpoint: {
            uri: textIn(found.endpoint, 'uri') ?? '',
            authentication: { type: textIn(authentication, 'type') ?? 'NONE' },
          },
        }
      : { properties: shownProperties(world, found.properties) }),
  });
}

/** Properties in the order of the server's map. */
export function shownProperties(world: World, properties: readonly KeyedValue[]): JsonObject[] {
  return unkeptOrder(properties, world.identifiers.salt, (property) => property.key).map(({ key, value }) => ({
    key,
    value,
  }));
}
