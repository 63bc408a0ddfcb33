import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectIn, objectsIn, present, textIn } from '../fields';
import { uncaughtException } from '../failures';
import { decodedBase64, decodedId, encodedName } from '../identifiers';
import { hashOfText, hashOrder } from '../java-hash';
import { visibleFields } from '../strict-body';
import { isAtLeast, type Version } from '../versions';
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
  scopesInTwoPlaces,
  scopesWithoutOpenId,
  takenAuthenticatorName,
  UncodedFailure,
} from './failures';
import { shownAuthenticatorModel } from './models';
import {
  hasRepeatedKeys,
  refuseManyProperties,
  refuseRepeatedKeys,
  sentProperties,
  shownProperties,
} from './properties';
import type { AuthenticatorRecord, IdentityProviderRecord, KeyedValue } from './record';
import { firstOfEach } from './rows';

const METADATA_MODE = 'Metadata File Configuration';

/** The authenticators of an identity provider and which of them is the default. */
export interface AuthenticatorSet {
  readonly authenticators: readonly AuthenticatorRecord[];
  readonly defaultAuthenticatorId?: string;
}

/** The list form of POST and of PUT …/federated-authenticators (reference §2.2.3, §2.2.4). */
export function sentAuthenticators(version: Version, body: JsonObject | undefined): AuthenticatorSet {
  if (body && listIn(body, 'authenticators') === undefined) throw uncaughtException();
  const sent = objectsIn(body, 'authenticators').map((each) => {
    const authenticator = sentAuthenticator(version, textIn(each, 'authenticatorId') ?? '', each);
    refuseRepeatedKeys(each);
    return authenticator;
  });
  const authenticators = firstOfEach(sent, ({ id }) => id);
  const defaultAuthenticatorId = chosenDefault(body);
  refuseDisabledDefault(version, authenticators, defaultAuthenticatorId);
  refuseMixedSet(authenticators);
  return { authenticators, defaultAuthenticatorId };
}

/** The default is compared with the ids as they were sent; a blank one that is no id stands for none. */
function chosenDefault(body: JsonObject | undefined): string | undefined {
  const chosen = textIn(body, 'defaultAuthenticatorId');
  const isListed = objectsIn(body, 'authenticators').some((each) => textIn(each, 'authenticatorId') === chosen);
  if (chosen === undefined || (isBlank(chosen) && !isListed)) return undefined;
  if (!isListed) throw badProvider('IDP-60027', 'The default authenticator is not among the authenticators.');
  return encodedName(decodedId(chosen) ?? '');
}

/** 6.0 to 7.0 take a default that is not enabled. */
function refuseDisabledDefault(
  version: Version,
  authenticators: readonly AuthenticatorRecord[],
  defaultId: string | undefined,
): void {
  const chosen = authenticators.find((authenticator) => authenticator.id === defaultId);
  if (chosen && !chosen.isEnabled && isAtLeast(version, '7.1')) {
    throw badProvider('IDP-60028', 'The default authenticator is not enabled.');
  }
}

/** A user-defined authenticator has to be alone. */
function refuseMixedSet(authenticators: readonly AuthenticatorRecord[]): void {
  if (authenticators.length > 1 && authenticators.some((authenticator) => authenticator.definedBy === 'USER')) {
    const description = 'An identity provider has at most one user-defined authenticator and no other beside it.';
    throw badProvider('IDP-60041', description, 'Multiple authenticators found.');
  }
}

/** The name in an id; one that cannot be decoded breaks 6.0 to 7.0, and is refused after that. */
function decodedOrRefused(version: Version, id: string): string {
  const name = decodedId(id);
  if (name !== undefined) return name;
  if (!isAtLeast(version, '7.1')) throw uncaughtException();
  throw badProvider('IDP-60042', `The authenticator id ${id} cannot be decoded.`);
}

function sentAuthenticator(version: Version, id: string, body: JsonObject, stored?: JsonObject): AuthenticatorRecord {
  const name = decodedOrRefused(version, id);
  const definedBy = textIn(body, 'definedBy') === 'USER' ? 'USER' : 'SYSTEM';
  const properties = sentProperties(body);
  const endpoint = withStoredCredentials(objectIn(body, 'endpoint'), stored);
  if (definedBy === 'USER') refuseBadUserDefined(name, properties, endpoint);
  else if (endpoint) throw endpointOfSystem(name);
  refuseManyProperties(version, properties);
  if (name === 'SAMLSSOAuthenticator') refuseBadMetadata(version, properties);
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

function valueOf(properties: readonly KeyedValue[], key: string): string | undefined {
  return properties.find((property) => property.key === key)?.value;
}

function refuseBadMetadata(version: Version, properties: readonly KeyedValue[]): void {
  if (valueOf(properties, 'SelectMode') !== METADATA_MODE) return;
  const sent = valueOf(properties, 'meta_data_saml');
  if (isBlank(sent)) throw badMetadata();
  const metadata = decodedBase64(sent ?? '');
  if (metadata === undefined && !isAtLeast(version, '7.1')) throw uncaughtException();
  if (!/^\s*</.test(metadata ?? '')) throw badMetadata();
}

/**
 * PUT of a single authenticator. Up to 7.0 a key that comes twice breaks a constraint where the authenticator is new,
 * and otherwise the last one counts; from 7.1 the OIDC scope rules are checked here and nowhere else (reference §5,
 * quirk 18).
 */
export function replacedAuthenticator(
  version: Version,
  provider: IdentityProviderRecord,
  sentId: string,
  body: JsonObject,
): AuthenticatorSet {
  const isOld = !isAtLeast(version, '7.1');
  const id = encodedName(decodedOrRefused(version, sentId));
  if (isOld && listIn(body, 'properties') === undefined) throw uncaughtException();
  const known = provider.authenticators.find((authenticator) => authenticator.id === id);
  const definedBy = textIn(body, 'definedBy') ?? known?.definedBy ?? 'SYSTEM';
  if (!known && definedBy === 'SYSTEM' && !catalogued(AUTHENTICATORS, id)) throw noSuchAuthenticator(sentId);
  if (!isOld) refuseRepeatedKeys(body);
  else if (!known && hasRepeatedKeys(body)) throw new UncodedFailure(500);
  const replaced = sentAuthenticator(version, id, { ...body, definedBy }, known?.endpoint);
  if (!isOld && replaced.name === 'OpenIDConnectAuthenticator') refuseBadScopes(replaced.properties);
  const authenticators = known
    ? provider.authenticators.map((each) => (each.id === id ? replaced : each))
    : [...provider.authenticators, replaced];
  const kept = provider.defaultAuthenticatorId === id ? undefined : provider.defaultAuthenticatorId;
  const defaultAuthenticatorId = flagIn(body, 'isDefault') === true ? id : kept;
  refuseDisabledDefault(version, authenticators, defaultAuthenticatorId);
  refuseMixedSet(authenticators);
  return { authenticators, defaultAuthenticatorId };
}

function refuseBadScopes(properties: readonly KeyedValue[]): void {
  const scopes = valueOf(properties, 'Scopes');
  const inQuery = /(?:^|&)scope=/.test(valueOf(properties, 'commonAuthQueryParams') ?? '');
  if (scopes === undefined || isBlank(scopes)) return;
  if (inQuery) throw scopesInTwoPlaces();
  if (!scopes.split(/\s+/).includes('openid')) throw scopesWithoutOpenId();
}

/** The tags of an authenticator; without any there is no such list. */
function tagsOf(world: World, authenticator: AuthenticatorRecord): string[] | undefined {
  if (authenticator.definedBy === 'USER') return ['Custom'];
  const entry = catalogued(AUTHENTICATORS, authenticator.id);
  const tags = entry ? tagsIn(world.version, entry) : [];
  return tags.length > 0 ? tags : undefined;
}

/** The list form of GET: no properties in it (reference §2.2.2). */
export function shownAuthenticators(world: World, provider: IdentityProviderRecord): JsonObject {
  const self = world.link(`/identity-providers/${provider.id}/federated-authenticators`);
  const authenticators = hashOrder(provider.authenticators, ({ name }) => hashOfText(name)).map((each) =>
    visibleFields(
      world.version,
      shownAuthenticatorModel,
      present({
        authenticatorId: each.id,
        name: each.name,
        isEnabled: each.isEnabled,
        definedBy: each.definedBy,
        tags: tagsOf(world, each),
        self: `${self}/${each.id}`,
      }),
    ),
  );
  const isListed = provider.authenticators.some(({ id }) => id === provider.defaultAuthenticatorId);
  return isListed
    ? present({ defaultAuthenticatorId: provider.defaultAuthenticatorId, authenticators })
    : { authenticators };
}

/** The single form of GET: properties in clear, secrets too, in an order of their own; endpoint secrets never. */
export function shownAuthenticator(world: World, provider: IdentityProviderRecord, id: string): JsonObject {
  const name = provider.authenticators.length > 0 ? decodedOrRefused(world.version, id) : undefined;
  const found = provider.authenticators.find((authenticator) => authenticator.name === name);
  if (!found) throw noSuchAuthenticator(id);
  const authentication = objectIn(found.endpoint, 'authentication');
  const shown = present({
    authenticatorId: id,
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
      : { properties: shownProperties(found.properties) }),
  });
  return visibleFields(world.version, shownAuthenticatorModel, shown);
}
