import type { JsonObject } from '../../model/json';
import { encodedName } from '../identifiers';
import { ok, parameter, type Call, type Route } from '../http/route';
import { visibleFields } from '../strict-body';
import { isAtLeast } from '../versions';
import type { World } from '../world';
import { AUTHENTICATORS, catalogued, CONNECTORS, metaProperties, tagsIn, type CatalogueEntry } from './catalogue';
import { noSuchAuthenticator, noSuchConnector } from './failures';
import { shownAuthenticatorModel } from './models';

const AUTHENTICATOR_PATH = '/identity-providers/meta/federated-authenticators';
const CONNECTOR_PATH = '/identity-providers/meta/outbound-provisioning-connectors';
const VIEW = ['internal_idp_view'];

/** The meta endpoints say which properties exist and which of them are confidential (reference §2.2.4). */
export function catalogueRoutes(world: World): Route[] {
  return [...authenticatorRoutes(world), ...connectorRoutes(world)];
}

function authenticatorRoutes(world: World): Route[] {
  const described = (entry: CatalogueEntry): JsonObject =>
    visibleFields(world.version, shownAuthenticatorModel, {
      authenticatorId: encodedName(entry.name),
      name: entry.name,
      tags: tagsIn(world.version, entry),
      definedBy: 'SYSTEM',
    });
  const find = (call: Call): CatalogueEntry => {
    const entry = catalogued(AUTHENTICATORS, parameter(call, 'id'));
    if (!entry) throw noSuchAuthenticator(parameter(call, 'id'));
    return entry;
  };
  return [
    {
      verb: 'GET',
      path: AUTHENTICATOR_PATH,
      scopes: VIEW,
      answer: () =>
        ok(
          AUTHENTICATORS.map((entry) => ({
            ...described(entry),
            self: world.link(`${AUTHENTICATOR_PATH}/${encodedName(entry.name)}`),
          })),
        ),
    },
    {
      verb: 'GET',
      path: `${AUTHENTICATOR_PATH}/:id`,
      scopes: VIEW,
      answer: (call) => {
        if (isUnknown(world, AUTHENTICATORS, call)) return ok();
        const entry = find(call);
        return ok({ ...described(entry), displayName: entry.displayName, properties: metaProperties(entry) });
      },
    },
  ];
}

/** Up to 7.0 what is not in the catalogue is answered with 200 and nothing (measured on 6.x and 7.0). */
function isUnknown(world: World, catalogue: readonly CatalogueEntry[], call: Call): boolean {
  return !isAtLeast(world.version, '7.1') && !catalogued(catalogue, parameter(call, 'id'));
}

function connectorRoutes(world: World): Route[] {
  const described = ({ name }: CatalogueEntry): JsonObject => ({ connectorId: encodedName(name), name });
  const find = (call: Call): CatalogueEntry => {
    const entry = catalogued(CONNECTORS, parameter(call, 'id'));
    if (!entry) throw noSuchConnector(parameter(call, 'id'));
    return entry;
  };
  return [
    {
      verb: 'GET',
      path: CONNECTOR_PATH,
      scopes: VIEW,
      answer: () =>
        ok(
          CONNECTORS.map((entry) => ({
            ...described(entry),
            self: world.link(`${CONNECTOR_PATH}/${encodedName(entry.name)}`),
          })),
        ),
    },
    {
      verb: 'GET',
      path: `${CONNECTOR_PATH}/:id`,
      scopes: VIEW,
      answer: (call) => {
        if (isUnknown(world, CONNECTORS, call)) return ok();
        const entry = find(call);
        const { displayName } = entry;
        const switches = { blockingEnabled: false, rulesEnabled: false };
        return ok({ ...described(entry), displayName, ...switches, properties: metaProperties(entry) });
      },
    },
  ];
}
