import type { ArtifactName } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import type { Caller } from './access/gatekeeper';
import { flagIn, objectIn, objectsIn, textIn, without } from './fields';
import type { CopiedArtifact, Copy } from './copied';
import { forgetClaim, forgetClaims, isShippedAlike, keepClaimOrder } from './copied-claims';
import { addRoles, putRoles, rolesIn, tellsRoles } from './copied-roles';
import { addUserStores, keepUserStores } from './copied-user-stores';
import type { Route } from './http/route';
import { encodedName } from './identifiers';
import type { Registry } from './registry';
import { nextSequence } from './roles/api-resources';
import type { ApiScope } from './roles/record';
import { plant, type SeedRequest } from './seeding';
import type { World } from './world';

/** Something that could not be planted as it is on the other server. */
export interface Refusal extends ArtifactName {
  readonly why: string;
}

/**
 * Plants a copy into an empty or freshly shipped world through the operations of the REST API. What exists on the other
 * server is a fact, even where a request could not make it today: such an artifact is planted as far as possible and named.
 */
export function plantCopy(world: World, routes: readonly Route[], copy: Copy, caller: Caller): Refusal[] {
  if (copy.isWhole) forgetShipped(world, copy);
  const known = namesOf(copy, 'user-store');
  const bodies = copy.artifacts.flatMap(({ requests }) => requests.map(({ body }) => body ?? null));
  const mentioned = bodies.flatMap(storesIn);
  // Whatever an application of the other server logs in with is installed there.
  world.addedAuthenticators = [...new Set(bodies.flatMap(authenticatorsIn))];
  // Claims may be mapped to a store that is gone: it is there while they are planted.
  addUserStores(world, [...known, ...mentioned]);
  putApiResources(world, copy);
  // Applications and identity providers name roles of the organization; those of an application come with it.
  putRoles(world, copy, 'organization');
  if (!tellsRoles(world, copy)) addRoles(world, [...new Set(bodies.flatMap(rolesIn))]);
  // Lists of applications begin with the newest one, which is to be the last that is made here, too.
  const refusals = oldestFirst(copy.artifacts).flatMap((artifact) => plantArtifact(world, routes, artifact, caller));
  putRoles(world, copy, 'application');
  if (copy.isWhole) keepClaimOrder(world, copy);
  if (!copy.uncertain.includes('user-store')) keepUserStores(world, known);
  return refusals;
}

function oldestFirst(artifacts: Copy['artifacts']): Copy['artifacts'] {
  const applications = artifacts.filter(({ kind }) => kind === 'application').toReversed();
  return artifacts.map((artifact) => (artifact.kind === 'application' ? (applications.shift() ?? artifact) : artifact));
}

function namesOf(copy: Copy, kind: string): string[] {
  return copy.referents.filter((referent) => referent.kind === kind).map(({ key }) => key);
}

function forgetShipped(world: World, copy: Copy): void {
  const dialects = new Set(copy.artifacts.filter(({ kind }) => kind === 'claim-dialect').map(({ key }) => key));
  for (const { id, uri } of [...world.dialects.all()]) if (!dialects.has(uri)) world.dialects.remove(id);
  forgetClaims(world, copy);
  world.identityProviders.clear();
  world.applications.clear();
  for (const role of [...world.roles.all()]) if (role.audienceType === 'application') world.roles.remove(role.id);
  if (!copy.uncertain.includes('api-resource')) world.apiResources.clear();
  if (tellsRoles(world, copy)) world.roles.clear();
}

const STORE_FIELDS = new Set(['userstore', 'provisioningUserstoreDomain']);

/** User stores that a request body names. */
function storesIn(body: Json): string[] {
  if (Array.isArray(body)) return body.flatMap(storesIn);
  if (body === null || typeof body !== 'object') return [];
  return Object.entries(body).flatMap(([field, value]) =>
    STORE_FIELDS.has(field) && typeof value === 'string' && value !== '' ? [value] : storesIn(value),
  );
}

/** Local authenticators that the login steps in a request body name. */
function authenticatorsIn(body: Json): string[] {
  if (Array.isArray(body)) return body.flatMap(authenticatorsIn);
  if (body === null || typeof body !== 'object') return [];
  const { idp, authenticator } = body;
  const own = idp === 'LOCAL' && typeof authenticator === 'string' ? [authenticator] : [];
  return [...own, ...Object.values(body).flatMap(authenticatorsIn)];
}

function putApiResources(world: World, copy: Copy): void {
  for (const { kind, key, value } of copy.referents) {
    if (kind !== 'api-resource' || world.apiResources.find('identifier', key)) continue;
    world.apiResources.put({
      id: textIn(value, 'id') ?? world.identifiers.uuid(),
      sequence: nextSequence(world),
      name: textIn(value, 'name') ?? key,
      identifier: key,
      description: textIn(value, 'description'),
      type: textIn(value, 'type') ?? 'BUSINESS',
      requiresAuthorization: flagIn(value, 'requiresAuthorization') ?? true,
      scopes: objectsIn(value, 'scopes').map((scope) => copiedScope(world, scope)),
    });
  }
}

function copiedScope(world: World, scope: JsonObject): ApiScope {
  const name = textIn(scope, 'name') ?? '';
  return {
    id: textIn(scope, 'id') ?? world.identifiers.uuid(),
    name,
    displayName: textIn(scope, 'displayName') ?? name,
    description: textIn(scope, 'description'),
  };
}

function plantArtifact(
  world: World,
  routes: readonly Route[],
  artifact: CopiedArtifact,
  caller: Caller,
): readonly Refusal[] {
  if (artifact.kind === 'claim-dialect' && world.dialects.get(artifact.id ?? encodedName(artifact.key))) return [];
  if (isShippedAlike(world, artifact)) return [];
  forgetClaim(world, artifact);
  const send = (request: SeedRequest): string | undefined => refusedBy(world, routes, request, caller);
  const [first, ...rest] = artifact.requests;
  if (!first) return [];
  const made = create(artifact, standIn(artifact, first), send);
  if (!made.isThere) return made.refusals;
  const id = adopt(world, artifact, textIn(asMap(standIn(artifact, first).body), 'name') ?? artifact.key);
  const later = [...made.rest, ...rest].map((request) => ({ request, refused: send(withId(request, id)) }));
  if (artifact.isReadOnly) makeReadOnly(world, id);
  return later.flatMap(({ request, refused }) => refusalOf(artifact, refused, fieldsOf(request)));
}

interface Made {
  readonly isThere: boolean;
  /** Parts to be set afterwards, because it was refused with them. */
  readonly rest: readonly SeedRequest[];
  readonly refusals: readonly Refusal[];
}

/** Parts of an application that can name what is not there; PATCH can set each by itself. */
const PARTS = ['claimConfiguration', 'authenticationSequence', 'provisioningConfigurations', 'advancedConfigurations'];

function create(
  artifact: CopiedArtifact,
  request: SeedRequest,
  send: (request: SeedRequest) => string | undefined,
): Made {
  const refused = send(request);
  if (refused === undefined) return { isThere: true, rest: [], refusals: [] };
  const failed = { isThere: false, rest: [], refusals: refusalOf(artifact, refused) };
  if (artifact.kind !== 'application') return failed;
  const body = asMap(request.body);
  if (send({ ...request, body: without(body, ...PARTS) }) !== undefined) return failed;
  const rest = PARTS.filter((part) => body[part] !== undefined).map((part): SeedRequest => ({
    verb: 'PATCH',
    path: '/applications/{id}',
    body: { [part]: body[part] ?? null },
  }));
  return { isThere: true, rest, refusals: [] };
}

function asMap(body: Json | undefined): JsonObject {
  return objectIn({ body: body ?? null }, 'body') ?? {};
}

function fieldsOf({ body }: SeedRequest): string {
  return Object.keys(asMap(body)).join(', ');
}

/** A name that no request may take is given afterwards. */
function standIn({ isReserved, key }: CopiedArtifact, request: SeedRequest): SeedRequest {
  const isNamed = textIn(asMap(request.body), 'name') === key;
  return isReserved && isNamed ? { ...request, body: { ...asMap(request.body), name: `${key} (reserved)` } } : request;
}

/** Gives what was just made under a name its id and name on the other server; the id that it has from now on. */
function adopt(world: World, { kind, key, id, isReserved }: CopiedArtifact, madeAs: string): string {
  const name = isReserved ? { name: key } : {};
  const move = <T extends { readonly id: string }>(registry: Registry<T>): string => {
    const record = registry.find('name', madeAs);
    if (!record) return '';
    registry.remove(record.id);
    registry.put({ ...record, ...name, id: id ?? record.id });
    return id ?? record.id;
  };
  if (kind === 'application') return move(world.applications);
  return kind === 'identity-provider' ? move(world.identityProviders) : encodedName(key);
}

function makeReadOnly(world: World, id: string): void {
  const record = world.applications.get(id);
  if (record) world.applications.put({ ...record, system: true });
}

function withId(request: SeedRequest, id: string): SeedRequest {
  const path = request.path.replaceAll('{id}', encodeURIComponent(id));
  return { ...request, path, ...(request.body === undefined ? {} : { body: bodyWithId(request.body, id) }) };
}

function bodyWithId(body: Json, id: string): Json {
  if (body === '{id}') return id;
  if (Array.isArray(body)) return body.map((item) => bodyWithId(item, id));
  if (body === null || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, bodyWithId(value, id)]));
}

/** Why a request is refused; undefined when it was done. */
function refusedBy(world: World, routes: readonly Route[], request: SeedRequest, caller: Caller): string | undefined {
  try {
    plant(world, routes, { requests: [request] }, caller);
    return undefined;
  } catch (error) {
    return reasonIn(error instanceof Error ? error.message : String(error));
  }
}

/** Planting tells a refusal as a text that ends with the body of the answer. */
function reasonIn(message: string): string {
  const body = bodyIn(message.slice(message.indexOf('was refused: ') + 'was refused: '.length));
  const text = textIn(body, 'description') ?? textIn(body, 'detail') ?? message;
  const code = textIn(body, 'code');
  return code === undefined ? text : `${text} (${code})`;
}

function bodyIn(text: string): JsonObject {
  try {
    const body: Json = JSON.parse(text);
    return asMap(body);
  } catch {
    return {};
  }
}

function refusalOf({ kind, key }: ArtifactName, reason: string | undefined, what = ''): Refusal[] {
  if (reason === undefined) return [];
  return [{ kind, key, why: `the sandbox refuses${what === '' ? '' : ` ${what}`}: ${reason}` }];
}
