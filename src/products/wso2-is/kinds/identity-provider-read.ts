import { isObject, type Json, type JsonObject } from '../../../model/json';
import { formatPath } from '../../../model/path';
import { readAllPages } from '../../../transport/pages';
import type { Listed, Live, Server } from '../../product';
import { isShipped, type Family } from '../authenticators';
import { computedId, nameOfId } from '../claim-ids';
import { defined, filledText, objectOf, objectsOf } from '../json-fields';
import { malformed } from '../malformed';
import { AUTHENTICATOR, CONNECTOR, type ElementFields } from './identity-provider-normalise';
import { IDENTITY_PROVIDERS } from './identity-provider-write';

/** The organization login of the product (reference, 2.2.1). */
export const RESERVED_NAME = 'SSO';

/** All identity providers; the resident one (id `LOCAL`) is in no list (reference, 2.2.1). */
export async function listIdentityProviders(server: Server): Promise<Listed[]> {
  const request = { method: 'GET', path: IDENTITY_PROVIDERS } as const;
  const items = await readAllPages(server.transport, request, { arrayField: 'identityProviders', limit: 100 });
  return items.map((item) => listed(item, server));
}

function listed(item: JsonObject, server: Server): Listed {
  const [id, key] = [filledText(item, 'id'), filledText(item, 'name')];
  if (id === undefined || key === undefined) throw malformed(server, 'an identity provider without id or name');
  return key === RESERVED_NAME ? { id, key, protectedBecause: 'built into the product' } : { id, key };
}

interface ElementKind {
  readonly family: Family;
  readonly fields: ElementFields;
  readonly block: readonly string[];
  readonly path: readonly string[];
  readonly meta: string;
}

const AUTHENTICATORS: ElementKind = {
  family: 'authenticator',
  fields: AUTHENTICATOR,
  block: ['federatedAuthenticators'],
  path: ['federated-authenticators'],
  meta: 'federated-authenticators',
};

const CONNECTORS: ElementKind = {
  family: 'connector',
  fields: CONNECTOR,
  block: ['provisioning', 'outboundConnectors'],
  path: ['provisioning', 'outbound-connectors'],
  meta: 'outbound-provisioning-connectors',
};

/** One request, and one more for each authenticator and each connector, whose settings only come singly (2.2.2). */
export async function readIdentityProvider(server: Server, { id }: Listed): Promise<Live | undefined> {
  const answer = await server.transport.send({ method: 'GET', path: [...IDENTITY_PROVIDERS, id], accept: [404] });
  if (answer.status === 404) return undefined;
  const detail = answer.body;
  if (!isObject(detail)) throw malformed(server, 'an identity provider that is not a JSON object');
  const provisioning = objectOf(detail.provisioning);
  const [authenticators, connectors] = await Promise.all([
    readElements(server, id, AUTHENTICATORS, objectOf(detail.federatedAuthenticators)),
    readElements(server, id, CONNECTORS, objectOf(provisioning?.outboundConnectors)),
  ]);
  const value = defined({
    ...detail,
    federatedAuthenticators: authenticators?.block,
    provisioning: provisioning && defined({ ...provisioning, outboundConnectors: connectors?.block }),
  });
  return { id, value, confidential: [...(authenticators?.confidential ?? []), ...(connectors?.confidential ?? [])] };
}

async function readElements(
  server: Server,
  id: string,
  kind: ElementKind,
  block: JsonObject | undefined,
): Promise<{ block: JsonObject; confidential: string[] } | undefined> {
  if (!block) return undefined;
  const { fields } = kind;
  const read = await Promise.all(
    objectsOf(block[fields.list]).map(async (item) => {
      const elementId = filledText(item, fields.id);
      if (elementId === undefined) throw malformed(server, `an ${kind.family} without ${fields.id}`);
      const element = await readElement(server, [...IDENTITY_PROVIDERS, id, ...kind.path, elementId]);
      const name = filledText(item, 'name') ?? nameOfId(elementId) ?? elementId;
      const names = await confidentialProperties(server, kind, name, element);
      return { element: { ...item, ...element }, confidential: names.map((key) => valuePath(kind, name, key)) };
    }),
  );
  return {
    block: { ...block, [fields.list]: read.map(({ element }) => element) },
    confidential: read.flatMap(({ confidential }) => confidential),
  };
}

async function readElement(server: Server, path: readonly string[]): Promise<JsonObject> {
  const { body } = await server.transport.send({ method: 'GET', path });
  if (!isObject(body)) throw malformed(server, 'an authenticator or connector that is not a JSON object');
  return body;
}

/** For an authenticator or connector that does not ship with the product: which properties it calls confidential. */
async function confidentialProperties(
  server: Server,
  { family, meta }: ElementKind,
  name: string,
  element: JsonObject,
): Promise<readonly string[]> {
  if (isShipped(family, name) || objectsOf(element.properties).length === 0) return [];
  return server.once(`meta/${meta}/${name}`, async () => {
    const path = [...IDENTITY_PROVIDERS, 'meta', meta, computedId(name)];
    const { body, status } = await server.transport.send({ method: 'GET', path, accept: [404] });
    return status === 404 || !isObject(body) ? [] : confidentialKeys(body.properties);
  });
}

function confidentialKeys(properties: Json | undefined): string[] {
  return objectsOf(properties).flatMap((property) => [
    ...(property.isConfidential === true && typeof property.key === 'string' ? [property.key] : []),
    ...confidentialKeys(property.subProperties),
  ]);
}

function valuePath({ block, fields }: ElementKind, name: string, key: string): string {
  return formatPath([
    ...block.map((field) => ({ field })),
    { field: fields.list },
    { item: name },
    { field: 'properties' },
    { item: key },
    { field: 'value' },
  ]);
}
