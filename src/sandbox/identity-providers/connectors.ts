import type { JsonObject } from '../../model/json';
import { flagIn, isBlank, listIn, objectsIn, present, textIn, without } from '../fields';
import { uncaughtException } from '../failures';
import { decodedId } from '../identifiers';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { refuseRepeatedKeys, sentProperties, shownProperties } from './properties';
import { catalogued, confidentialKeys, CONNECTORS } from './catalogue';
import { badProvider, noSuchConnector } from './failures';
import type { ConnectorRecord, IdentityProviderRecord, KeyedValue } from './record';
import { firstOfEach, inKeyOrder } from './rows';

/** What stands for a secret that is not told. */
export const MASK = '********';

export interface ConnectorSet {
  readonly connectors: readonly ConnectorRecord[];
  readonly defaultConnectorId?: string;
}

/** The list form of POST and of PUT …/outbound-connectors. */
export function sentConnectors(
  world: World,
  body: JsonObject | undefined,
  stored: readonly ConnectorRecord[],
): ConnectorSet {
  if (body && listIn(body, 'connectors') === undefined) throw uncaughtException();
  const sent = objectsIn(body, 'connectors').map((each) => {
    // Whether it blocks and has rules is taken from the single form only.
    const switches = without(each, 'blockingEnabled', 'rulesEnabled');
    const connector = sentConnector(world.version, textIn(each, 'connectorId') ?? '', switches, stored);
    refuseRepeatedKeys(each);
    return connector;
  });
  const connectors = firstOfEach(sent, ({ id }) => id);
  const defaultConnectorId = textIn(body, 'defaultConnectorId');
  if (isBlank(defaultConnectorId)) return { connectors, defaultConnectorId: undefined };
  if (!objectsIn(body, 'connectors').some((each) => textIn(each, 'connectorId') === defaultConnectorId)) {
    throw badProvider('IDP-60028', 'The default connector is not among the connectors.');
  }
  return { connectors, defaultConnectorId };
}

function sentConnector(
  version: Version,
  id: string,
  body: JsonObject,
  stored: readonly ConnectorRecord[],
): ConnectorRecord {
  const name = decodedId(id);
  if (name === undefined) throw uncaughtException();
  const before = stored.find((connector) => connector.id === id);
  return {
    id,
    name,
    isEnabled: flagIn(body, 'isEnabled') ?? false,
    blockingEnabled: flagIn(body, 'blockingEnabled') ?? false,
    rulesEnabled: flagIn(body, 'rulesEnabled') ?? false,
    properties: keptSecrets(version, name, sentProperties(body), before),
  };
}

/** From 7.3 a confidential property that is not sent keeps its value; the mask itself would be stored (§2.2.4). */
function keptSecrets(
  version: Version,
  name: string,
  sent: KeyedValue[],
  before: ConnectorRecord | undefined,
): KeyedValue[] {
  if (!before || !isAtLeast(version, '7.3')) return sent;
  const secrets = confidentialKeys(CONNECTORS, name);
  const given = new Set(sent.map((property) => property.key));
  return [...sent, ...before.properties.filter((property) => secrets.has(property.key) && !given.has(property.key))];
}

/** From 7.1 on an empty list of properties counts as not sent (reference §2.2.5). */
function lacksProperties(version: Version, body: JsonObject): boolean {
  const properties = listIn(body, 'properties');
  return properties === undefined || (isAtLeast(version, '7.1') && properties.length === 0);
}

/** PUT of a single connector; it has to bring properties. */
export function replacedConnector(
  world: World,
  provider: IdentityProviderRecord,
  id: string,
  body: JsonObject,
): ConnectorSet {
  const known = provider.connectors.some((connector) => connector.id === id);
  if (decodedId(id) === undefined) throw uncaughtException();
  if (lacksProperties(world.version, body)) throw badProvider('IDP-60029', 'A connector needs properties.');
  if (!known && !catalogued(CONNECTORS, id)) throw noSuchConnector(id);
  const replaced = sentConnector(world.version, id, body, provider.connectors);
  const connectors = known
    ? provider.connectors.map((each) => (each.id === id ? replaced : each))
    : [...provider.connectors, replaced];
  const kept = provider.defaultConnectorId === id ? undefined : provider.defaultConnectorId;
  return { connectors, defaultConnectorId: flagIn(body, 'isDefault') === true ? id : kept };
}

/** The list form of GET: no properties in it. */
export function shownConnectors(world: World, provider: IdentityProviderRecord): JsonObject {
  const self = world.link(`/identity-providers/${provider.id}/provisioning/outbound-connectors`);
  const connectors = inKeyOrder(provider.connectors, (each) => each.name).map((each) => ({
    connectorId: each.id,
    name: each.name,
    isEnabled: each.isEnabled,
    self: `${self}/${each.id}`,
  }));
  const { defaultConnectorId } = provider;
  return isBlank(defaultConnectorId) ? { connectors } : present({ defaultConnectorId, connectors });
}

/** The single form of GET: secrets in clear up to 7.2, masked from 7.3 (reference §5, quirk 16). */
export function shownConnector(world: World, provider: IdentityProviderRecord, id: string): JsonObject {
  const found = provider.connectors.find((connector) => connector.name === nameIn(provider, id));
  if (!found) throw noSuchConnector(id);
  const masked = isAtLeast(world.version, '7.3') ? confidentialKeys(CONNECTORS, found.name) : new Set<string>();
  const properties = found.properties.map((property) =>
    masked.has(property.key) ? { ...property, value: MASK } : property,
  );
  return {
    connectorId: id,
    name: found.name,
    isEnabled: found.isEnabled,
    isDefault: provider.defaultConnectorId === found.id,
    blockingEnabled: found.blockingEnabled,
    rulesEnabled: found.rulesEnabled,
    properties: shownProperties(properties),
  };
}

/** The name in an id from a path, which is only read when there is something to compare it with. */
function nameIn(provider: IdentityProviderRecord, id: string): string | undefined {
  const name = decodedId(id);
  if (name === undefined && provider.connectors.length > 0) throw uncaughtException();
  return name;
}
