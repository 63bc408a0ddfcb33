import type { Artifact, ArtifactName } from '../model/artifact';
import type { Json, JsonObject } from '../model/json';
import type { Caller } from './access/gatekeeper';
import { flagIn, objectIn, objectsIn, textIn, without } from './fields';
import type { Answer, Route } from './http/route';
import { encodedName } from './identifiers';
import type { Registry } from './registry';
import { nextSequence } from './roles/api-resources';
import type { ApiScope } from './roles/record';
import { answerTo, type SeedRequest } from './seeding';
import { ROOT_ORGANIZATION, type World } from './world';

/** One artifact of a copy: the requests that make it, in which `{id}` stands for its id. */
export interface CopiedArtifact extends ArtifactName {
  /** Its id on the server that is copied, which the copy keeps; without one the sandbox chooses. */
  readonly id?: string;
  /** The product's own, whose name no request may take. */
  readonly isReserved: boolean;
  /** Requests cannot change it (reference §2.1.8). */
  readonly isReadOnly: boolean;
  readonly requests: readonly SeedRequest[];
}

/** What another server has, as far as it is known. */
export interface Copy {
  /** Nothing of what the product ships with is there unless the copy has it. */
  readonly isWhole: boolean;
  readonly artifacts: readonly CopiedArtifact[];
  /** User stores (by key), API resources and roles (by the value that a GET shows). */
  readonly referents: readonly Artifact[];
  /** Kinds of referents of which nobody knows whether these are all. */
  readonly uncertain: readonly string[];
}

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
  const mentioned = copy.artifacts.flatMap(({ requests }) => requests.flatMap(({ body }) => storesIn(body ?? null)));
  // Claims may be mapped to a store that is gone: it is there while they are planted.
  addStores(world, [...known, ...mentioned]);
  putApiResources(world, copy);
  const refusals = copy.artifacts.flatMap((artifact) => plantArtifact(world, routes, artifact, caller));
  putRoles(world, copy);
  if (!copy.uncertain.includes('user-store')) {
    world.userStores.length = 0;
    addStores(world, known);
  }
  return refusals;
}

function namesOf(copy: Copy, kind: string): string[] {
  return copy.referents.filter((referent) => referent.kind === kind).map(({ key }) => key);
}

function forgetShipped(world: World, copy: Copy): void {
  const dialects = new Set(copy.artifacts.filter(({ kind }) => kind === 'claim-dialect').map(({ key }) => key));
  for (const { id, uri } of [...world.dialects.all()]) if (!dialects.has(uri)) world.dialects.remove(id);
  world.externalClaims.clear();
  world.localClaims.clear();
  world.identityProviders.clear();
  world.applications.clear();
  for (const role of [...world.roles.all()]) if (role.audienceType === 'application') world.roles.remove(role.id);
  if (!copy.uncertain.includes('api-resource')) world.apiResources.clear();
  if (!copy.uncertain.includes('role')) world.roles.clear();
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

function addStores(world: World, names: readonly string[]): void {
  for (const name of names) if (!world.hasUserStore(name)) world.userStores.push(name);
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

/** Applications bring roles of their own along; the copied ones take their places, with their ids. */
function putRoles(world: World, copy: Copy): void {
  for (const { kind, value } of copy.referents) {
    if (kind !== 'role') continue;
    const sent = objectIn(value, 'audience');
    const audience = textIn(sent, 'value') ?? ROOT_ORGANIZATION;
    const displayName = textIn(value, 'displayName') ?? '';
    const own = world.roles.find('key', `${audience}/${displayName}`);
    if (own) world.roles.remove(own.id);
    const audienceType = textIn(sent, 'type')?.toLowerCase() === 'application' ? 'application' : 'organization';
    const id = textIn(value, 'id') ?? world.identifiers.uuid();
    world.roles.put({ id, displayName, audience, audienceType, permissions: own?.permissions ?? [] });
  }
}

function plantArtifact(
  world: World,
  routes: readonly Route[],
  artifact: CopiedArtifact,
  caller: Caller,
): readonly Refusal[] {
  if (artifact.kind === 'claim-dialect' && world.dialects.get(artifact.id ?? encodedName(artifact.key))) return [];
  forgetClaim(world, artifact);
  const send = (request: SeedRequest): Answer | string => answered(world, routes, request, caller);
  const [first, ...rest] = artifact.requests;
  if (!first) return [];
  const planted = create(artifact, standIn(artifact, first), send);
  if (planted.id === undefined) return planted.refusals;
  const id = adopt(world, artifact, planted.id);
  const after = [...planted.rest, ...rest].map((request) => ({ request, answer: send(withId(request, id)) }));
  if (artifact.isReadOnly) makeReadOnly(world, id);
  return [
    ...planted.refusals,
    ...after.flatMap(({ request, answer }) => refusalOf(artifact, answer, Object.keys(asMap(request.body)).join(', '))),
  ];
}

/** Files may hold claims that ship with the product: the file's form counts. */
function forgetClaim(world: World, { kind, key }: CopiedArtifact): void {
  if (kind === 'local-claim') world.localClaims.remove(encodedName(key));
  if (kind !== 'external-claim') return;
  const [dialect = '', uri = ''] = key.split(' ');
  world.externalClaims.remove(`${encodedName(dialect)}/${encodedName(uri)}`);
}

interface Planted {
  /** Undefined when it could not be made at all. */
  readonly id?: string;
  /** Parts to be set afterwards, because it was refused with them. */
  readonly rest: readonly SeedRequest[];
  readonly refusals: readonly Refusal[];
}

/** Parts of an application that can name what is not there; PATCH can set each by itself. */
const PARTS = ['claimConfiguration', 'authenticationSequence', 'provisioningConfigurations', 'advancedConfigurations'];

function create(
  artifact: CopiedArtifact,
  request: SeedRequest,
  send: (request: SeedRequest) => Answer | string,
): Planted {
  const answer = send(request);
  const refusals = refusalOf(artifact, answer);
  if (typeof answer !== 'string' && answer.status < 300) return { id: createdId(answer), rest: [], refusals: [] };
  if (artifact.kind !== 'application') return { rest: [], refusals };
  const body = asMap(request.body);
  const bare = send({ ...request, body: without(body, ...PARTS) });
  if (typeof bare === 'string' || bare.status >= 300) return { rest: [], refusals };
  const rest = PARTS.filter((part) => body[part] !== undefined).map((part): SeedRequest => ({
    verb: 'PATCH',
    path: '/applications/{id}',
    body: { [part]: body[part] ?? null },
  }));
  return { id: createdId(bare), rest, refusals: [] };
}

function asMap(body: Json | undefined): JsonObject {
  return objectIn({ body: body ?? null }, 'body') ?? {};
}

function createdId(answer: Answer): string | undefined {
  const last = answer.headers?.Location?.split('/').at(-1);
  return last === undefined ? undefined : decodeURIComponent(last);
}

/** A name that no request may take is given afterwards. */
function standIn({ isReserved, key }: CopiedArtifact, request: SeedRequest): SeedRequest {
  const isNamed = textIn(asMap(request.body), 'name') === key;
  return isReserved && isNamed ? { ...request, body: { ...asMap(request.body), name: `${key} (reserved)` } } : request;
}

/** Gives what was just made its id and name on the other server. */
function adopt(world: World, { kind, key, id, isReserved }: CopiedArtifact, made: string): string {
  const wanted = id ?? made;
  const name = isReserved ? { name: key } : {};
  const move = <T extends { readonly id: string }>(registry: Registry<T>): void => {
    const record = registry.get(made);
    if (!record) return;
    registry.remove(made);
    registry.put({ ...record, ...name, id: wanted });
  };
  if (kind === 'application') move(world.applications);
  else if (kind === 'identity-provider') move(world.identityProviders);
  else return made;
  return wanted;
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

/** The answer, or why there was none. */
function answered(world: World, routes: readonly Route[], request: SeedRequest, caller: Caller): Answer | string {
  try {
    return answerTo(world, routes, request, caller);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refusalOf({ kind, key }: ArtifactName, answer: Answer | string, what = ''): Refusal[] {
  if (typeof answer !== 'string' && answer.status < 300) return [];
  const reason = typeof answer === 'string' ? answer : reasonOf(answer);
  const about = what === '' ? '' : ` ${what}`;
  return [{ kind, key, why: `the sandbox refuses${about}: ${reason}` }];
}

function reasonOf({ status, body }: Answer): string {
  const told = asMap(body);
  const text = textIn(told, 'description') ?? textIn(told, 'detail') ?? `status ${status}`;
  const code = textIn(told, 'code');
  return code === undefined ? text : `${text} (${code})`;
}
