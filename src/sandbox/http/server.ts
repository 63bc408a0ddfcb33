import type { Json } from '../../model/json';
import type { Gatekeeper } from '../access/gatekeeper';
import { tokenAnswer } from '../access/token-endpoint';
import { existsIn } from '../versions';
import type { World } from '../world';
import type { Listener, Received } from './listener';
import { denial, performed } from './perform';
import type { Pipeline } from './pipeline';
import type { Answer, Call, Mount, Route } from './route';
import type { Outcome } from './work';

const SUPER_TENANT = 'carbon.super';
const SERVER_MOUNT: Mount = '/api/server/v1';
const HEALTH = '/api/health-check/v1.0/health';
const NOT_FOUND: Answer = { status: 404 };

/** Puts the product's paths on a server: under /t/{tenant}, and bare for the super tenant (reference §1.1). */
export class ProductPaths {
  private readonly routes: readonly Route[];

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
      for (const prefix of ['', '/t/:tenant']) listener.route(route.verb, `${prefix}${url}`, handler);
    }
    for (const url of ['/oauth2/token', '/t/:tenant/oauth2/token']) {
      const handler = this.pipeline.handler((request) => this.inTenant(request, () => this.token(request)));
      listener.route('POST', url, handler);
    }
    const healthy = this.pipeline.handler(() => ({ answer: health() }));
    listener.route('GET', HEALTH, healthy);
    listener.setOtherwise(this.pipeline.handler((request) => this.unknown(request)));
  }

  private inTenant(request: Received, work: () => Outcome): Outcome {
    const tenant = request.params.tenant ?? SUPER_TENANT;
    return tenant === this.world.settings.tenant ? work() : { answer: NOT_FOUND };
  }

  private routed(route: Route, request: Received): Outcome {
    const isScim = route.mount !== undefined && route.mount !== SERVER_MOUNT;
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, isScim) };
    if (!route.scopes.some((scope) => caller.scopes.has(scope))) return { answer: denial(403, isScim), caller };
    if (route.body && !isJson(request)) return { answer: { status: 415 }, caller };
    const call: Call = { params: request.params, query: query(request), body: sentJson(request), caller };
    return { answer: performed(this.world, route, call), caller };
  }

  private token(request: Received): Outcome {
    const form = new URLSearchParams(request.body.toString('utf8'));
    return { answer: tokenAnswer(this.gatekeeper, request.headers.authorization, form) };
  }

  /** The valve in front of the APIs asks for credentials before anybody looks whether the path exists. */
  private unknown(request: Received): Outcome {
    const path = request.url.split('?')[0] ?? '';
    const guarded = /^(?:\/t\/[^/]+)?\/(api\/server|scim2)\//.exec(path)?.[1];
    if (guarded === undefined) return { answer: NOT_FOUND };
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, guarded === 'scim2') };
    return { answer: this.otherVerbs(path) ? { status: 405 } : NOT_FOUND, caller };
  }

  private otherVerbs(path: string): boolean {
    const bare = path.replace(/^\/t\/[^/]+/, '');
    return this.routes.some((route) => patternOf(`${route.mount ?? SERVER_MOUNT}${route.path}`).test(bare));
  }
}

function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', '\\.')))
    .join('/');
  return new RegExp(`^${source}/?$`);
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

function isJson(request: Received): boolean {
  return /^application\/(scim\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

/** The body as JSON; null, which no shape takes, when it is none. */
function sentJson(request: Received): Json {
  if (request.body.length === 0) return null;
  try {
    const body: Json = JSON.parse(request.body.toString('utf8'));
    return body;
  } catch {
    return null;
  }
}
