import * as z from 'zod';
import { isObject, type Json, type JsonObject } from '../../../model/json';
import { isMask } from '../../../model/kind';
import { failure } from '../../../model/problem';
import type { Change, Listed, Live, ProductKind, Server, WriteRequest } from '../../product';
import { defined, filledText, objectsOf, sortedBy } from '../json-fields';
import { API } from '../paths';
import { IMPORTED_AUTHENTICATORS, RESIDENT } from '../resident';

const FILE = [...API, 'identity-providers', RESIDENT] as const;

const property = z.strictObject({ name: z.string().min(1), value: z.string().optional() });

const schema = z.strictObject({
  identityProviderName: z.literal(RESIDENT).describe('There is one, and this is its name'),
  homeRealmId: z.string().describe('Home realm, such as the host name of the server').optional(),
  idpProperties: z
    .array(property)
    .describe('Settings of login, account recovery and sessions; those that are not named stay as they are')
    .optional(),
  federatedAuthenticatorConfigs: z
    .array(z.strictObject({ name: z.enum(IMPORTED_AUTHENTICATORS), properties: z.array(property).optional() }))
    .describe('SAML and passive STS as this server speaks them; what is not named stays as it is')
    .optional(),
});

/** Names of properties that hold a secret; the product marks some of them itself (reference, 2.2.6). */
const SECRET = /^__secret__|secret|password|private.?key/i;
const PROPERTIES = 'idpProperties';
const AUTHENTICATORS = 'federatedAuthenticatorConfigs';

/**
 * The resident identity provider: what a server says of itself. Only the file API of 7.0 and later has it (reference,
 * 2.2.6), in the product's internal vocabulary. It is on every server, protected, and its settings are merged by name.
 */
export const residentIdentityProvider: ProductKind = {
  name: 'resident-identity-provider',
  folder: 'resident-identity-provider',
  title: 'Resident identity provider',
  keyFields: ['identityProviderName'],
  since: '7.0',
  permanent: true,
  schema,
  lists: [
    { path: PROPERTIES, identity: ['name'] },
    { path: AUTHENTICATORS, identity: ['name'] },
    { path: `${AUTHENTICATORS}[].properties`, identity: ['name'] },
  ],
  serverOwned: [],
  // What a file does not name stays: an import never takes a setting away.
  chosenByServer: [
    'homeRealmId',
    PROPERTIES,
    `${PROPERTIES}[]`,
    `${PROPERTIES}[].value`,
    AUTHENTICATORS,
    `${AUTHENTICATORS}[]`,
    `${AUTHENTICATORS}[].properties`,
    `${AUTHENTICATORS}[].properties[]`,
    `${AUTHENTICATORS}[].properties[].value`,
  ],
  immutable: [],
  secrets: [
    { path: `${PROPERTIES}[].value`, names: SECRET },
    { path: `${AUTHENTICATORS}[].properties[].value`, names: SECRET },
  ],
  defaults: [],
  fieldsSince: [],
  references: [],
  systemKeys: [{ key: RESIDENT }],
  normalise,
  notCarried: [
    { what: 'taking a setting away', why: 'an import only adds and changes settings; those that are not named stay' },
    {
      what: 'authenticators besides SAML and passive STS',
      why: 'an import leaves them alone: the server makes them from its own configuration files',
    },
    { what: 'certificate, alias and enabled state', why: 'they belong to the server itself' },
  ],
  calls: {
    list: () => Promise.resolve([{ id: RESIDENT, key: RESIDENT }]),
    read,
    // It is there already, and stays.
    create: () => [],
    update,
    remove: () => [],
  },
};

function normalise(value: JsonObject): JsonObject {
  const authenticators = objectsOf(value[AUTHENTICATORS])
    .filter((each) => IMPORTED_AUTHENTICATORS.includes(filledText(each, 'name') ?? ''))
    .map((each) => defined({ name: each['name'], properties: properties(each['properties']) }));
  return defined({
    identityProviderName: value['identityProviderName'],
    homeRealmId: filledText(value, 'homeRealmId'),
    [PROPERTIES]: properties(value[PROPERTIES]),
    [AUTHENTICATORS]: sortedBy(authenticators, (each) => String(each['name'])),
  });
}

function properties(list: Json | undefined): Json[] {
  const kept = objectsOf(list).map((each) =>
    defined({ name: each['name'], value: isMask(each['value']) ? undefined : textOf(each['value']) }),
  );
  return sortedBy(kept, (each) => String(each['name']));
}

/** The file says numbers and switches as texts; a foreign one may not. */
function textOf(value: Json | undefined): Json | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : (value ?? undefined);
}

/** With secrets, which stay in memory: the whole is sent back on an update, and a mask must never be. */
async function read(server: Server, { id }: Listed): Promise<Live> {
  const path = [...FILE, 'export'];
  const { body } = await server.transport.send({ method: 'GET', path, query: { excludeSecrets: false } });
  const value = typeof body === 'string' ? parsed(body) : body;
  if (isObject(value) && value['identityProviderName'] === RESIDENT) return { id, value };
  throw failure('answer-malformed', `${server.environment}: the export of the resident identity provider is not one`, {
    environment: server.environment,
    hint: 'Check url and the version of the server.',
  });
}

function parsed(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return null;
  }
}

/** All that the server has with what changed, so that it is the same whether the server merges or replaces. */
function update({ current = {}, desired }: Change): WriteRequest[] {
  const wanted = new Map(objectsOf(desired[AUTHENTICATORS]).map((each) => [each['name'], each]));
  const authenticators = objectsOf(current[AUTHENTICATORS]).map((each) => {
    const own = wanted.get(each['name'] ?? null);
    return own ? { ...each, properties: merged(each['properties'], own['properties']) } : withoutMasks(each);
  });
  const contents: JsonObject = {
    ...current,
    ...defined({ homeRealmId: desired['homeRealmId'] }),
    [PROPERTIES]: merged(current[PROPERTIES], desired[PROPERTIES]),
    [AUTHENTICATORS]: authenticators,
  };
  const file = { name: `${RESIDENT}.json`, contentType: 'application/json', text: JSON.stringify(contents) };
  return [{ method: 'PUT', path: [...FILE, 'import'], file }];
}

function withoutMasks(authenticator: JsonObject): JsonObject {
  return { ...authenticator, properties: merged(authenticator['properties'], undefined) };
}

/** Properties by name: the server's own with the desired values, then new ones. Masked values are left out. */
function merged(current: Json | undefined, desired: Json | undefined): Json[] {
  const wanted = new Map(objectsOf(desired).map((each) => [each['name'], each]));
  const known = objectsOf(current).map((each) => ({ ...each, ...wanted.get(each['name'] ?? null) }));
  const names = new Set(known.map((each): Json | undefined => (each as JsonObject)['name']));
  const fresh = objectsOf(desired).filter((each) => !names.has(each['name']));
  return [...known, ...fresh].filter((each) => !isMask((each as JsonObject)['value']));
}
