import type { JsonObject } from '../../model/json';
import { flagIn, objectsIn, textIn } from '../fields';
import { decodedName } from '../identifiers';
import { isAtLeast, type Version } from '../versions';
import type { World } from '../world';
import { sentProperties, shownProperties } from './authenticators';
import { catalogued, confidentialKeys, CONNECTORS } from './catalogue';
import { badProvider, noSuchConnector } from './failures';
import type { ConnectorRecord, IdentityProviderRecord, KeyedValue } from './record';

/** What stands for a secret that is not told. */
export const MASK = '********';

export interface ConnectorSet {
  readonly connectors: readonly ConnectorRecord[];
  readonly defaultConnectorId: string;
}

/** The list form of POST and of PUT …/outbound-connectors. */
export function sentConnectors(
  world: World,
  body: JsonObject | undefined,
  stored: readonly ConnectorRecord[],
): ConnectorSet {
  const connectors = objectsIn(body, 'connectors').map((each) => {
    const id = textIn(each, 'connectorId') ?? '';
    return sentConnector(world.version, id, each, stored);
  });
  const defaultConnectorId = textIn(body, 'defaultConnectorId') ?? '';
  if (defaultConnectorId !== '' && !connectors.some((connector) => connector.id === defaultConnectorId)) {
    throw badProvider('IDP-60029', 'The default connector is not among the connectors.');
  }
  return { connectors, defaultConnectorId };
}

function sentConnector(
  version: Version,
  id: string,
  body: JsonObject,
  stored: readonly ConnectorRecord[],
): ConnectorRecord {
  const name = decodedName(id);
  if (name === undefined) throw noSuchConnector(id);
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

/** PUT of a single connector; it has to bring properties, an empty list is none (reference §2.2.5). */
export function replacedConnector(
  world: World,
  provider: IdentityProviderRecord,
  id: string,
  body: JsonObject,
): ConnectorSet {
  const known = provider.connectors.some((connector) => connector.id === id);
  if (!known && !catalogued(CONNECTORS, id)) throw noSuchConnector(id);
  if (objectsIn(body, 'properties').length === 0) throw badProvider('IDP-60029', 'A connector needs properties.');
  const replaced = sentConnector(world.version, id, body, provider.connectors);
  const connectors = known
    ? provider.connectors.map((each) => (each.id === id ? replaced : each))
    : [...provider.connectors, replaced];
  return { connectors, defaultConnectorId: chosenDefault(provider, id, flagIn(body, 'isDefault')) };
}

function chosenDefault(provider: IdentityProviderRecord, id: string, isDefault: boolean | undefined): string {
  if (isDefault === true) return id;
  return isDefault === false && provider.defaultConnectorId === id ? '' : provider.defaultConnectorId;
}

/** The list form of GET: no properties in it. */
export function shownConnectors(world: World, provider: IdentityProviderRecord): JsonObject {
  const self = world.link(`/identity-providers/${provider.id}/provisioning/outbound-connectors`);
  return {
    defaultConnectorId: provider.defaultConnectorId,
    connectors: provider.connectors.map((each) => ({
      connectorId: each.id,
      name: each.name,
      isEnabled: each.isEnabled,
      self: `${self}/${each.id}`,
    })),
  };
}

/** The single form of GET: secrets in clear up to 7.2, masked from 7.3 (reference §5, quirk 16). */
export function shownConnector(world: World, provider: IdentityProviderRecord, id: string): JsonObject {
  const found = provider.connectors.find((connector) => connector.id === id);
  if (!found) throw noSuchConnector(id);
  const masked = isAtLeast(world.version, '7.3') ? confidentialKeys(CONNECTORS, found.name) : new Set<string>();
  const properties = found.properties.map((property) =>
    masked.has(property.key) ? { ...property, value: MASK } : property,
  );
  return {
    connectorId: found.id,
    name: found.name,
    isEnabled: found.isEnabled,
    isDefault: provider.defaultConnectorId === id,
    blockingEnabled: found.blockingEnabled,
    rulesEnabled: found.rulesEnabled,
    properties: shownProperties(world, properties),
  };
}
