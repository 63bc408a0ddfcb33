import type { JsonObject } from '../../model/json';
import { localAuthenticator } from '../applications/authenticator-routes';
import { isRequestPath, localAuthenticators } from '../applications/login-sequence';
import { ApiFailure, uncaughtException } from '../failures';
import { asObject, without } from '../fields';
import { ok, parameter, type Call, type Route } from '../http/route';
import { decodedId } from '../identifiers';
import { flag, listOf, model, oneOf, required, text } from '../shapes';
import type { World } from '../world';
import { patchedConfigs, patchedCors } from './changes';
import { shownScim, withScim } from './scim';

const VIEW = ['internal_config_view'];
const UPDATE = ['internal_config_update'];
const SCIM = '/configs/provisioning/inbound/scim';

const operation = { operation: required(oneOf('ADD', 'REMOVE', 'REPLACE')), path: required(text) };
const configsPatch = { ...listOf(model({ ...operation, value: text })), nullIsEmpty: true };
const corsPatch = { ...listOf(model({ ...operation, value: required(text) })), nullIsEmpty: true };
const scimModel = model({ provisioningUserstore: text, enableProxyMode: flag });

/**
 * The settings of the server, as REST classes 1.2.6 have them (measured on 6.x and read on 7.0); the contract of later
 * releases has more, which is not established. It names the scopes, too.
 */
export function serverConfigRoutes(world: World): Route[] {
  return [...settings(world), ...corsSettings(world), ...scim(world), ...authenticators(world)];
}

function settings(world: World): Route[] {
  return [
    { verb: 'GET', path: '/configs', scopes: VIEW, answer: () => ok(shownConfigs(world)) },
    {
      verb: 'PATCH',
      path: '/configs',
      scopes: UPDATE,
      body: configsPatch,
      answer: (call) => {
        world.configs = operations(call).reduce(patchedConfigs, world.configs);
        return ok();
      },
    },
    {
      verb: 'GET',
      path: '/configs/home-realm-identifiers',
      scopes: VIEW,
      answer: () => ok([...world.configs.homeRealmIdentifiers]),
    },
  ];
}

function corsSettings(world: World): Route[] {
  return [
    { verb: 'GET', path: '/configs/cors', scopes: VIEW, answer: () => ok(shownCors(world)) },
    {
      verb: 'PATCH',
      path: '/configs/cors',
      scopes: UPDATE,
      body: corsPatch,
      answer: (call) => {
        for (const each of operations(call)) {
          world.configs = { ...world.configs, cors: patchedCors(world.configs.cors, each) };
        }
        return ok();
      },
    },
  ];
}

function scim(world: World): Route[] {
  return [
    { verb: 'GET', path: SCIM, scopes: VIEW, answer: () => ok(shownScim(world.resident)) },
    {
      verb: 'PUT',
      path: SCIM,
      scopes: UPDATE,
      body: scimModel,
      bodyOptional: true,
      answer: (call) => {
        world.resident = withScim(world.resident, asObject(call.body));
        return ok();
      },
    },
  ];
}

function authenticators(world: World): Route[] {
  return [
    {
      verb: 'GET',
      path: '/configs/authenticators',
      scopes: VIEW,
      answer: ({ query: { type } }) =>
        ok(configuredAuthenticators(world).filter((each) => type === undefined || each['type'] === type)),
    },
    {
      verb: 'GET',
      path: '/configs/authenticators/:id',
      scopes: VIEW,
      answer: (call) => ok(authenticatorAt(world, parameter(call, 'id'))),
    },
  ];
}

function operations({ body }: Call): JsonObject[] {
  return (Array.isArray(body) ? body : []).map(asObject);
}

function shownConfigs(world: World): JsonObject {
  const { homeRealmIdentifiers, idleSessionTimeoutPeriod, rememberMePeriod } = world.configs;
  return {
    homeRealmIdentifiers: [...homeRealmIdentifiers],
    realmConfig: { adminUser: 'admin', adminRole: 'Internal/admin', everyoneRole: 'Internal/everyone' },
    idleSessionTimeoutPeriod,
    rememberMePeriod,
    provisioning: { inbound: { scim: shownScim(world.resident) } },
    authenticators: configuredAuthenticators(world),
    cors: shownCors(world),
  };
}

function shownCors({ configs: { cors } }: World): JsonObject {
  return {
    ...cors,
    supportedMethods: [...cors.supportedMethods],
    supportedHeaders: [...cors.supportedHeaders],
    exposedHeaders: [...cors.exposedHeaders],
  };
}

/** Those of the server itself; the ones that read the credentials in a request come last and are told apart here. */
function configuredAuthenticators(world: World): JsonObject[] {
  const shown = localAuthenticators(world).map((name): JsonObject => {
    const type = isRequestPath(name) ? 'REQUEST_PATH' : 'LOCAL';
    return { ...without(localAuthenticator(world, name), 'tags'), type };
  });
  return ['LOCAL', 'REQUEST_PATH'].flatMap((type) => shown.filter((each) => each['type'] === type));
}

function authenticatorAt(world: World, id: string): JsonObject {
  if (decodedId(id) === undefined) throw uncaughtException();
  const found = configuredAuthenticators(world).find((each) => each['id'] === id);
  if (!found) throw new ApiFailure(404, 'CNF-60002', 'Resource not found.', `There is no authenticator ${id}.`);
  return { ...without(found, 'self'), properties: [] };
}
