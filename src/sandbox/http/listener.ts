import {
  createServer as createHttpServer,
  STATUS_CODES,
  type IncomingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type * as Https from 'node:https';
import type { Socket } from 'node:net';
import type * as Fastify from 'fastify';
import type { ServerCertificate } from '../certificate';
import { PathTree } from './path-tree';

/** One request, its body read to the end. */
export interface Received {
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly params: Readonly<Record<string, string>>;
}

/** Answers a request. A handler that throws is a defect; the client sees a bare 500. */
export type Handler = (request: Received, response: ServerResponse) => void | Promise<void>;

const BODY_LIMIT = 32 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);

/** The paths have no schemas of fastify's; without its compilers it is loaded in half the time. */
const NO_SCHEMAS = { buildValidator: () => noSchema, buildSerializer: () => noSchema };

function noSchema(): never {
  throw new Error('a path of the sandbox has a schema of fastify');
}

/** A fastify server that takes any body as it comes, and leaves the answer to the handler, faults included. */
export class Listener {
  private readonly app: Fastify.FastifyInstance;
  /** Handlers by path and method. Fastify takes its time for every route, so it has one for all of them. */
  private readonly paths = new PathTree<Map<string, Handler>>();
  private otherwise: Handler | undefined;

  /** @param routedBy - The path, with query, that decides which handler gets a request for another one. */
  constructor(
    certificate: ServerCertificate | undefined,
    private readonly routedBy: (url: string) => string = (url) => url,
  ) {
    const { fastify } = module.require('fastify') as typeof Fastify;
    this.app = fastify({
      bodyLimit: BODY_LIMIT,
      forceCloseConnections: true,
      exposeHeadRoutes: false,
      schemaController: { compilersFactory: NO_SCHEMAS },
      frameworkErrors: (_error, _request, reply) => refuse(reply, 400),
      clientErrorHandler: hangUp,
      serverFactory: (handler) => {
        if (!certificate) return createHttpServer(handler);
        const https = module.require('node:https') as typeof Https;
        return https.createServer({ key: certificate.key, cert: certificate.certificate }, handler);
      },
    });
    this.app.removeAllContentTypeParsers();
    this.app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    // Whether a type will do is the product's to say, after it has looked who asks; fastify would answer for it.
    this.app.addHook('onRequest', (request, _reply, done) => {
      if (request.method !== 'GET') request.headers = { 'content-type': 'application/octet-stream' };
      done();
    });
    this.app.setErrorHandler<Fastify.FastifyError>((error, _request, reply) => refuse(reply, error.statusCode ?? 400));
  }

  /** HEAD is GET without a body, unless it has a handler of its own. */
  route(method: string, path: string, handler: Handler): void {
    const handlers = this.paths.at(path, () => new Map<string, Handler>());
    if (method === 'GET' && !handlers.has('HEAD')) handlers.set('HEAD', handler);
    handlers.set(method, handler);
  }

  /** Who answers requests that no route takes. */
  setOtherwise(handler: Handler): void {
    this.otherwise = handler;
  }

  /** Starts to listen; the port that it came to. Rejects with the error of the system, such as EADDRINUSE. */
  async listen(host: string, port: number): Promise<number> {
    this.app.setNotFoundHandler((request, reply) => this.answer(request, reply));
    await this.app.listen({ host, port });
    const address = this.app.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  private async answer(request: Fastify.FastifyRequest, reply: Fastify.FastifyReply): Promise<void> {
    const { method, body } = request;
    const { headers } = request.raw;
    const url = withoutOrigin(request.url);
    const [path = ''] = this.routedBy(url).split('?', 1);
    // JAX-RS chooses among the paths that have the verb: a PATCH of /templates is one of the thing with this id.
    const found = this.paths.find(path, (handlers) => handlers.has(method));
    const handler = found?.value.get(method) ?? this.otherwise;
    reply.hijack();
    try {
      if (!handler) throw new Error(`no handler for ${method} ${path}`);
      const params = found?.params ?? {};
      await handler({ method, url, headers, body: Buffer.isBuffer(body) ? body : EMPTY, params }, reply.raw);
    } catch {
      if (reply.raw.headersSent || request.raw.destroyed) reply.raw.destroy();
      else reply.raw.writeHead(500).end();
    }
  }

  /** Ends, connections that are open included. */
  async close(): Promise<void> {
    await this.app.close();
  }
}

/** A client may name the whole address in its request line, as if to a proxy (RFC 9112 §3.2.2). */
function withoutOrigin(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
}

/** What the web server refuses, nothing of the product sees: a path that cannot be decoded, a body without end. */
function refuse(reply: Fastify.FastifyReply, status: number): void {
  reply.hijack();
  reply.raw.writeHead(status, status === 413 ? { Connection: 'close' } : {}).end();
}

const TOO_LARGE: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413 };

/** Whoever speaks no HTTP is told so and that it was the last word, lest a client sends its next request here. */
function hangUp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = TOO_LARGE[error.code ?? ''] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
