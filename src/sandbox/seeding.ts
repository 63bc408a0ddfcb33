import type { Json } from '../model/json';
import type { Caller } from './access/gatekeeper';
import { encodedName } from './identifiers';
import { performed } from './http/perform';
import type { Answer, Mount, Route, Verb } from './http/route';
import { visibleValue } from './strict-body';
import { existsIn, type Gate } from './versions';
import type { World } from './world';

/**
 * One request that a seed makes; its gate says which versions it is for. References in braces stand for ids: see
 * `referenceKinds`.
 */
export interface SeedRequest extends Gate {
  readonly verb: Exclude<Verb, 'GET'>;
  readonly mount?: Mount;
  readonly path: string;
  readonly body?: Json;
}

/** Requests that bring an empty server into a state, in order, and the seed of the ids that it gives out. */
export interface Seed {
  readonly random?: number;
  readonly requests: readonly SeedRequest[];
}

/** What `{kind:name}` in a path, or as a whole text in a body, is the id of. */
const referenceKinds: Readonly<Record<string, (world: World, name: string) => string | undefined>> = {
  application: (world, name) => world.applications.find('name', name)?.id,
  'identity-provider': (world, name) => world.identityProviders.find('name', name)?.id,
  role: (world, name) => world.roles.find('name', name)?.id,
  'api-resource': (world, name) => world.apiResources.find('identifier', name)?.id,
  encoded: (_world, name) => encodedName(name),
};

const REFERENCE = /\{(application|identity-provider|role|api-resource|encoded):([^}]+)\}/g;
const WHOLE_REFERENCE = new RegExp(`^${REFERENCE.source}$`);

/**
 * Replays a seed through the operations of the REST API; a refused request is an error in the seed. On an older server
 * it does what that server can: fields that its version does not know are left out.
 */
export function plant(world: World, routes: readonly Route[], seed: Seed, caller: Caller): void {
  for (const request of seed.requests.filter((each) => existsIn(world.version, each))) {
    const answer = answerTo(world, routes, request, caller);
    if (answer.status >= 300) {
      throw new Error(`The seed request ${request.verb} ${request.path} was refused: ${JSON.stringify(answer.body)}`);
    }
  }
}

function answerTo(world: World, routes: readonly Route[], request: SeedRequest, caller: Caller): Answer {
  const path = request.path.replace(REFERENCE, (reference) => resolved(world, reference));
  const mount = request.mount ?? '/api/server/v1';
  const found = routeFor(routes, request.verb, mount, path);
  if (!found) throw new Error(`The seed asks for ${request.verb} ${request.path}, which this version does not have.`);
  const body = request.body ?? null;
  const known = found.route.body ? visibleValue(world.version, found.route.body, body) : body;
  const sent = { query: {}, headers: {}, files: {}, raw: Buffer.alloc(0) };
  return performed(world, found.route, { ...sent, params: found.params, caller }, withIds(world, known));
}

function resolved(world: World, reference: string): string {
  const [, kind = '', name = ''] = WHOLE_REFERENCE.exec(reference) ?? [];
  const id = referenceKinds[kind]?.(world, name);
  if (id === undefined) throw new Error(`The seed refers to ${reference}, which is not there.`);
  return id;
}

function withIds(world: World, value: Json): Json {
  if (typeof value === 'string') return WHOLE_REFERENCE.test(value) ? resolved(world, value) : value;
  if (Array.isArray(value)) return value.map((item) => withIds(world, item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([field, item]) => [field, withIds(world, item)]));
}

function routeFor(
  routes: readonly Route[],
  verb: Verb,
  mount: Mount,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  const segments = path.split('/');
  const matches = routes.flatMap((route) => {
    if (route.verb !== verb || (route.mount ?? '/api/server/v1') !== mount) return [];
    const params = matched(route.path.split('/'), segments);
    return params ? [{ route, params }] : [];
  });
  // As in any router, the path with fewer parameters wins.
  return matches.sort((left, right) => Object.keys(left.params).length - Object.keys(right.params).length)[0];
}

function matched(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}
