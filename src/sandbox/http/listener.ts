import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { ServerCertificate } from '../certificate';
import { Router } from './router';

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
/** Longer than any client of ours leaves a connection idle, so that none is closed under a request. */
const KEEP_ALIVE_MS = 72_000;

/**
 * A server of node's own `http`: what a body is worth is decided route by route, so nothing is asked of a framework
 * but finding the route, and loading one takes longer than starting all sandboxes.
 */
export class Listener {
  private readonly routes = new Router<Handler>();
  private otherwise: Handler = (_request, response) => void response.writeHead(404).end();
  private readonly server: Server;

  constructor(certificate: ServerCertificate | undefined) {
    const listen = (incoming: IncomingMessage, response: ServerResponse): void => void this.take(incoming, response);
    this.server = certificate
      ? createHttpsServer({ key: certificate.key, cert: certificate.certificate }, listen)
      : createHttpServer(listen);
    this.server.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  route(method: string, path: string, handler: Handler): void {
    this.routes.add(method, path, handler);
  }

  /** Who answers requests that no route takes. */
  setOtherwise(handler: Handler): void {
    this.otherwise = handler;
  }

  /** Starts to listen; the port that it came to. Rejects with the error of the system, such as EADDRINUSE. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host, port }, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Ends, connections that are open included. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = incoming;
    try {
      const body = await bodyOf(incoming);
      if (body === undefined) return void response.writeHead(413, { connection: 'close' }).end();
      const query = url.indexOf('?');
      const found = this.routes.find(method === 'HEAD' ? 'GET' : method, query < 0 ? url : url.slice(0, query));
      const handler = found?.value ?? this.otherwise;
      await handler({ method, url, headers, body, params: found?.params ?? {} }, response);
    } catch {
      if (response.headersSent || incoming.destroyed) response.destroy();
      else response.writeHead(500).end();
    }
  }
}

const EMPTY = Buffer.alloc(0);

/**
 * The whole body; undefined when it is longer than anything that is meant. It is read to its end all the same: a client
 * that is still sending does not listen for an answer.
 */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const { headers } = incoming;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return EMPTY;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  if (length > BODY_LIMIT) return undefined;
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
