import { applicationClient } from '../access/application-clients';
import type { Caller, Gatekeeper } from '../access/gatekeeper';
import { tokenAnswer, type ClientLookup } from '../access/token-endpoint';
import { unreadableBody } from '../failures';
import { existsIn } from '../versions';
import type { World } from '../world';
import { takesJson } from './accepted';
import { sentJson } from './sent-json';
import type { Listener, Received } from './listener';
import { formParts, type UploadedFile } from './multipart';
import { PathTree } from './path-tree';
import { denial, isScimRoute, performed } from './perform';
import type { Pipeline } from './pipeline';
import type { Answer, Call, Mount, Route } from './route';
import type { Outcome } from './work';

const SUPER_TENANT = 'carbon.super';
const SERVER_MOUNT: Mount = '/api/server/v1';
const HEALTH = '/api/health-check/v1.0/health';
const NOT_FOUND: Answer = { status: 404 };

/** JAX-RS names the verbs of all server APIs together, whichever path was asked about (recorded answers of 6.0 and 7.0). */
const ALL_VERBS = 'DELETE,POST,GET,PUT,PATCH,OPTIONS,HEAD';

/** What stands in front of a path that is there for every tenant. */
const TENANT = /^\/t\/([^/?]+)(?=\/(?:api\/server|scim2|oauth2)\/)/;

/** The path of a tenant as it is for the super tenant. */
export function withoutTenant(url: string): string {
  return url.replace(TENANT, '');
}

/** Puts the product's paths on a server: under /t/{tenant}, and bare for the super tenant (reference §1.1). */
export class ProductPaths {
  private readonly routes: readonly Route[];
  private readonly verbs = new PathTree<string[]>();
  private readonly roots = new Set<string>();

  constructor(
    private readonly world: World,
    routes: readonly Route[],
    private readonly gatekeeper: Gatekeeper,
    private readonly pipeline: Pipeline,
  ) {
    this.routes = routes.filter((route) => existsIn(world.version, route));
  }

  register(listener: Listener): void {
    for (const route of this.routes) {
      const url = `${route.mount ?? SERVER_MOUNT}${route.path}`;
      const handler = this.pipeline.handler((request) => this.inTenant(request, () => this.routed(route, request)));
      listener.route(route.verb, url, handler);
      this.verbs.at(url, () => []).push(route.verb);
      if (url.startsWith(SERVER_MOUNT)) this.roots.add(rootOf(url));
    }
    const token = this.pipeline.handler((request) => this.inTenant(request, () => this.token(request)));
    listener.route('POST', '/oauth2/token', token);
    const healthy = this.pipeline.handler(() => ({ answer: health() }));
    listener.route('GET', HEALTH, healthy);
    listener.setOtherwise(this.pipeline.handler((request) => this.unknown(request)));
  }

  private inTenant(request: Received, work: () => Outcome): Outcome {
    const tenant = TENANT.exec(request.url)?.[1] ?? SUPER_TENANT;
    return tenant === this.world.settings.tenant ? work() : { answer: NOT_FOUND };
  }

  private routed(route: Route, request: Received): Outcome {
    const isScim = isScimRoute(route);
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, isScim) };
    if (!route.scopes.some((scope) => caller.scopes.has(scope))) return { answer: denial(403, isScim), caller };
    if (route.body && !isJson(request)) return { answer: { status: 415 }, caller };
    if (route.takesForm && !isForm(request)) return { answer: { status: 415 }, caller };
    if (!route.answersFile && !takesJson(request.headers.accept)) return { answer: { status: 406 }, caller };
    const sent = route.body ? sentJson(request.body) : null;
    return { answer: performed(this.world, route, this.call(route, request, caller), sent), caller };
  }

  private call(route: Route, request: Received, caller: Caller): Omit<Call, 'body'> {
    const raw = request.body;
    return {
      params: request.params,
      query: query(request),
      headers: textHeaders(request),
      raw,
      files: route.takesForm ? sentFiles(request) : {},
      caller,
    };
  }

  private token(request: Received): Outcome {
    const form = new URLSearchParams(request.body.toString('utf8'));
    const { gatekeeper, world } = this;
    const lookup: ClientLookup = (id, secret) => gatekeeper.client(id, secret) ?? applicationClient(world, id, secret);
    return { answer: tokenAnswer(gatekeeper, lookup, request.headers.authorization, form) };
  }

  /**
   * The valve in front of the APIs asks for credentials before anybody looks whether the path exists; OPTIONS, which
   * browsers send without any, passes it.
   */
  private unknown(request: Received): Outcome {
    const path = request.url.split('?')[0] ?? '';
    const guarded = /^(?:\/t\/[^/]+)?\/(api\/server|scim2)\//.exec(path)?.[1];
    if (guarded === undefined) return { answer: NOT_FOUND };
    const { isThere, headers } = this.place(path);
    if (request.method === 'OPTIONS') return { answer: { status: isThere ? 200 : 404, headers } };
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, guarded === 'scim2') };
    return { answer: { status: isThere ? 405 : 404, headers }, caller };
  }

  /** Whether a path is one of the product's, and the verbs that answers about it name. */
  private place(path: string): { isThere: boolean; headers: Record<string, string> } {
    const known = withoutTenant(path);
    const verbs = this.verbs.find(known)?.value ?? [];
    const isThere = verbs.length > 0;
    if (known.startsWith(SERVER_MOUNT)) {
      return { isThere, headers: this.roots.has(rootOf(known)) ? { Allow: ALL_VERBS } : {} };
    }
    const own = [...new Set([...verbs, ...(verbs.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])];
    return { isThere, headers: isThere ? { Allow: own.join(', ') } : {} };
  }
}

/** The first part of a path below the mount of the server APIs, by which JAX-RS finds the API. */
function rootOf(path: string): string {
  return path.slice(SERVER_MOUNT.length).split('/', 2).join('/');
}

function health(): Answer {
  const health = [{ key: 'jdbc/WSO2CarbonDB.active.connection.count', value: '1' }];
  return { status: 200, body: { health } };
}

/** Query parameters; of one that is given several times the first counts. */
function query(request: Received): Record<string, string> {
  const at = request.url.indexOf('?');
  const entries: Record<string, string> = {};
  if (at < 0) return entries;
  for (const [name, value] of new URLSearchParams(request.url.slice(at + 1))) {
    if (!Object.hasOwn(entries, name)) entries[name] = value;
  }
  return entries;
}

/** True for JSON, and for the ranges that it is in, which JAX-RS takes as types too. */
function isJson(request: Received): boolean {
  return /^(?:application\/(?:(?:scim\+)?json|\*)|\*\/\*)\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

function isForm(request: Received): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}

/** The parts of the form by field name; a form that breaks the rules of multipart is an unreadable body. */
function sentFiles(request: Received): Record<string, UploadedFile> {
  const parts = formParts(request.headers['content-type'] ?? '', request.body);
  if (!parts) throw unreadableBody();
  return Object.fromEntries(parts.map((part) => [part.field, part]));
}

/** Header fields by lower-case name; of one that is given several times the first counts. */
function textHeaders({ headers }: Received): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, string>;
}
