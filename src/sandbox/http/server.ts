import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Json } from '../../model/json';
import type { Caller, Gatekeeper } from '../access/gatekeeper';
import { tokenAnswer } from '../access/token-endpoint';
import type { ServerCertificate } from '../certificate';
import { unreadableBody } from '../failures';
import { existsIn } from '../versions';
import type { World } from '../world';
import { formParts, type UploadedFile } from './multipart';
import { denial, isScimRoute, performed } from './perform';
import type { Outcome, Pipeline } from './pipeline';
import type { Answer, Call, Mount, Route } from './route';

const SUPER_TENANT = 'carbon.super';
const BODY_LIMIT = 32 * 1024 * 1024;
const LONGEST_ID = 4096;
const SERVER_MOUNT: Mount = '/api/server/v1';
const HEALTH = '/api/health-check/v1.0/health';
const NOT_FOUND: Answer = { status: 404 };

/** A fastify server that takes any body as it comes: what it is worth is decided route by route. */
export function bareServer(certificate: ServerCertificate | undefined): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: LONGEST_ID },
    serverFactory: (handler) =>
      certificate
        ? createHttpsServer({ key: certificate.key, cert: certificate.certificate }, handler)
        : createHttpServer(handler),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return app;
}

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

  register(app: FastifyInstance): void {
    for (const route of this.routes) {
      const url = `${route.mount ?? SERVER_MOUNT}${route.path}`;
      const handler = this.pipeline.handler((request) => this.inTenant(request, () => this.routed(route, request)));
      for (const prefix of ['', '/t/:tenant']) app.route({ method: route.verb, url: `${prefix}${url}`, handler });
    }
    for (const url of ['/oauth2/token', '/t/:tenant/oauth2/token']) {
      app.post(
        url,
        this.pipeline.handler((request) => this.inTenant(request, () => this.token(request))),
      );
    }
    app.get(
      HEALTH,
      this.pipeline.handler(() => ({ answer: health() })),
    );
    app.setNotFoundHandler(this.pipeline.handler((request) => this.unknown(request)));
  }

  private inTenant(request: FastifyRequest, work: () => Outcome): Outcome {
    const tenant = params(request).tenant ?? SUPER_TENANT;
    return tenant === this.world.settings.tenant ? work() : { answer: NOT_FOUND };
  }

  private routed(route: Route, request: FastifyRequest): Outcome {
    const isScim = isScimRoute(route);
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, isScim) };
    if (!route.scopes.some((scope) => caller.scopes.has(scope))) return { answer: denial(403, isScim), caller };
    const bodyLeftOut = route.bodyOptional === true && rawBody(request).length === 0;
    if (route.body && !bodyLeftOut && !isJson(request)) return { answer: { status: 415 }, caller };
    if (route.takesForm && !isForm(request)) return { answer: { status: 415 }, caller };
    return { answer: performed(this.world, route, this.call(route, request, caller)), caller };
  }

  private call(route: Route, request: FastifyRequest, caller: Caller): Call {
    const raw = rawBody(request);
    return {
      params: params(request),
      query: query(request),
      headers: textEntries(request.headers),
      body: route.takesForm || (route.bodyOptional && raw.length === 0) ? {} : sentJson(request),
      raw,
      files: route.takesForm ? sentFiles(request) : {},
      caller,
    };
  }

  private token(request: FastifyRequest): Outcome {
    const form = new URLSearchParams(rawBody(request).toString('utf8'));
    return { answer: tokenAnswer(this.gatekeeper, request.headers.authorization, form) };
  }

  /**
   * The valve in front of the APIs asks for credentials before anybody looks whether the path exists; OPTIONS, which
   * browsers send without any, passes it. OPTIONS and a verb that the path does not have are answered with those that
   * it has (RFC 9110 §9.3.7, §15.5.6).
   */
  private unknown(request: FastifyRequest): Outcome {
    const path = request.url.split('?')[0] ?? '';
    const guarded = /^(?:\/t\/[^/]+)?\/(api\/server|scim2)\//.exec(path)?.[1];
    if (guarded === undefined) return { answer: NOT_FOUND };
    const allowed = this.verbsOf(path);
    const headers = { Allow: allowed.join(', ') };
    if (request.method === 'OPTIONS') return { answer: allowed.length > 0 ? { status: 200, headers } : NOT_FOUND };
    const caller = this.gatekeeper.caller(request.headers.authorization);
    if (!caller) return { answer: denial(401, guarded === 'scim2') };
    return { answer: allowed.length > 0 ? { status: 405, headers } : NOT_FOUND, caller };
  }

  /** The verbs that a path has, those that every resource has included; none for an unknown path. */
  private verbsOf(path: string): string[] {
    const bare = path.replace(/^\/t\/[^/]+/, '');
    const matching = this.routes.filter((route) => patternOf(`${route.mount ?? SERVER_MOUNT}${route.path}`).test(bare));
    const verbs: string[] = matching.map((route) => route.verb);
    if (verbs.length === 0) return [];
    return [...new Set([...verbs, ...(verbs.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])];
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

function params(request: FastifyRequest): Record<string, string> {
  return textEntries(request.params);
}

/** Query parameters; of one that is given several times the first counts. */
function query(request: FastifyRequest): Record<string, string> {
  return textEntries(request.query);
}

function textEntries(values: unknown): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const [name, value] of Object.entries(values ?? {})) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string') entries[name] = first;
  }
  return entries;
}

function isJson(request: FastifyRequest): boolean {
  return /^application\/(scim\+)?json\b/i.test(request.headers['content-type'] ?? '');
}

function isForm(request: FastifyRequest): boolean {
  return /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
}

/** The parts of the form by field name; a form that breaks the rules of multipart is an unreadable body. */
function sentFiles(request: FastifyRequest): Record<string, UploadedFile> {
  const parts = formParts(request.headers['content-type'] ?? '', rawBody(request));
  if (!parts) throw unreadableBody();
  return Object.fromEntries(parts.map((part) => [part.field, part]));
}

function rawBody(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The body as JSON; null, which no shape takes, when it is none. */
function sentJson(request: FastifyRequest): Json {
  try {
    const body: Json = JSON.parse(rawBody(request).toString('utf8'));
    return body;
  } catch {
    return null;
  }
}
