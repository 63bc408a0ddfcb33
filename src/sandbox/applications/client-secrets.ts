import type { JsonObject } from '../../model/json';
import { asObject, flagIn, numberIn, objectsIn, present, textIn, without } from '../fields';
import { ApiFailure } from '../failures';
import { created, noContent, ok, parameter, type Call, type Route } from '../http/route';
import { derivedUuid } from '../identifiers';
import { long, model } from '../shapes';
import type { World } from '../world';
import { noSuchProtocol } from './failures';
import type { ApplicationRecord } from './record';
import { isPast, refuseBadExpiry, secondsNow } from './secret-expiry';
import { applicationAt, withProtocol } from './writing';

const PATH = '/applications/:id/inbound-protocols/oidc/secrets';
const NEXT = { since: 'next' } as const;

/** How many secrets a client may have, that with which it was created included; the product as it is packaged. */
const LIMIT = 2;

const creationModel = model({ expiresAt: long });

/** The secrets of an OIDC client, of which only the newest line keeps several (reference §2.1.1). */
export function clientSecretRoutes(world: World): Route[] {
  const scopes = (verb: string): string[] => [`internal_application_mgt_client_secret_${verb}`];
  const find = (call: Call): JsonObject => found(secretsOf(configurationOf(application(world, call))), call);
  return [
    {
      ...NEXT,
      verb: 'GET',
      path: PATH,
      scopes: scopes('view'),
      answer: (call) => {
        const list = secretsOf(configurationOf(application(world, call)));
        return ok({ count: list.length, list: list.reverse().map((secret) => shown(world, secret)) });
      },
    },
    {
      ...NEXT,
      verb: 'POST',
      path: PATH,
      scopes: scopes('create'),
      body: creationModel,
      bodyOptional: true,
      answer: (call) => {
        const secret = add(world, application(world, call), asObject(call.body));
        return created(
          world.location(`/applications/${parameter(call, 'id')}${SECRETS}/${textIn(secret, 'secretId')}`),
          {
            ...secret,
            latest: true,
          },
        );
      },
    },
    {
      ...NEXT,
      verb: 'GET',
      path: `${PATH}/:secretId`,
      scopes: scopes('view'),
      answer: (call) => ok(shown(world, find(call))),
    },
    {
      ...NEXT,
      verb: 'DELETE',
      path: `${PATH}/:secretId`,
      scopes: scopes('delete'),
      answer: (call) => {
        remove(world, application(world, call), find(call));
        return noContent;
      },
    },
  ];
}

const SECRETS = '/inbound-protocols/oidc/secrets';

function application(world: World, call: Call): ApplicationRecord {
  return applicationAt(world, parameter(call, 'id'));
}

function configurationOf({ inbound }: ApplicationRecord): JsonObject {
  if (!inbound.oidc) throw noSuchProtocol('oidc');
  return inbound.oidc;
}

/** All secrets, oldest first. A client that never got a second one has only that of its configuration. */
function secretsOf(configuration: JsonObject): JsonObject[] {
  const kept = objectsIn(configuration, 'secrets');
  const secretValue = textIn(configuration, 'clientSecret') ?? '';
  const only = {
    secretId: derivedUuid(`${textIn(configuration, 'clientId')}/${secretValue}`),
    secretValue,
    expiresAt: numberIn(configuration, 'clientSecretExpiresAt') ?? 0,
    createdAt: STARTED,
  };
  const secrets = kept.length > 0 ? kept : [only];
  return secrets.map((secret, index) => ({
    ...secret,
    status: isExpired(secret) ? 'EXPIRED' : 'ACTIVE',
    latest: index === secrets.length - 1,
  }));
}

function isExpired(secret: JsonObject): boolean {
  return isPast(numberIn(secret, 'expiresAt') ?? 0);
}

/** Nobody noted when a client that never got a second secret was created. */
const STARTED = secondsNow();

function shown(world: World, secret: JsonObject): JsonObject {
  return world.settings.hashedSecrets ? without(secret, 'secretValue') : secret;
}

function found(secrets: readonly JsonObject[], call: Call): JsonObject {
  const id = parameter(call, 'secretId');
  const secret = secrets.find((each) => textIn(each, 'secretId') === id);
  if (!secret) {
    const description = `The client secret ${id} does not exist for this application.`;
    throw new ApiFailure(404, 'OAUTH-60010', 'Client secret not found.', description);
  }
  return secret;
}

function add(world: World, record: ApplicationRecord, body: JsonObject): JsonObject {
  const configuration = configurationOf(record);
  const secrets = secretsOf(configuration);
  const expiresAt = numberIn(body, 'expiresAt') ?? 0;
  refuseBadExpiry(expiresAt);
  if (secrets.length >= LIMIT) throw conflict('OAUTH-60011', `Maximum number of client secrets reached: ${LIMIT}.`);
  const secret = {
    secretId: world.identifiers.uuid(),
    secretValue: world.identifiers.clientSecret(),
    expiresAt,
    createdAt: secondsNow(),
    status: 'ACTIVE',
  };
  keep(world, record, [...secrets, secret]);
  return secret;
}

function remove(world: World, record: ApplicationRecord, secret: JsonObject): void {
  const id = textIn(secret, 'secretId');
  if (flagIn(secret, 'latest')) {
    throw conflict('OAUTH-60006', `The client secret ${id} cannot be deleted as it is the latest secret.`);
  }
  keep(
    world,
    record,
    secretsOf(configurationOf(record)).filter((each) => textIn(each, 'secretId') !== id),
  );
}

/** Stores the secrets; the newest one is that of the configuration. */
function keep(world: World, record: ApplicationRecord, secrets: readonly JsonObject[]): void {
  const newest = secrets.at(-1);
  const configuration = present({
    ...configurationOf(record),
    clientSecret: textIn(newest, 'secretValue'),
    clientSecretExpiresAt: numberIn(newest, 'expiresAt') || undefined,
    secrets: secrets.map((secret) => without(secret, 'status', 'latest')),
  });
  world.applications.put(withProtocol(record, 'oidc', { configuration }));
}

function conflict(code: 'OAUTH-60006' | 'OAUTH-60011', description: string): ApiFailure {
  return new ApiFailure(409, code, 'Client secrets cannot be changed that way.', description);
}
