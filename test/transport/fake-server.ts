import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import https, { type ServerOptions } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

interface Received {
  readonly method: string;
  /** Path and query as they came over the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly socket: Socket;
}

export type Handler = (request: Received, response: ServerResponse, count: number) => void;

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  /** Requests received, token requests left out. */
  readonly received: Received[];
  readonly tokenRequests: Received[];
  /** Connections opened. */
  readonly connections: Set<Socket>;
}

const open = new Set<{ server: NetServer; connections: Set<Socket> }>();

/** A server on a free loopback port. Answers the token endpoint itself unless `onToken` is given. */
export async function startServer(
  handler: Handler,
  options: { tls?: ServerOptions; onToken?: Handler } = {},
): Promise<FakeServer> {
  const received: Received[] = [];
  const tokenRequests: Received[] = [];
  const onToken = options.onToken ?? ((_request, response, count) => giveToken(response, `token-${count}`));
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const entry = { method, url, headers, socket, body: Buffer.concat(chunks).toString('utf8') };
      const isToken = url.endsWith('/oauth2/token');
      const list = isToken ? tokenRequests : received;
      list.push(entry);
      (isToken ? onToken : handler)(entry, response, list.length);
    });
  };
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  const { port, connections } = await listen(server);
  return { url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, received, tokenRequests, connections };
}

/** Listens on a free loopback port; `stopServers` closes it. */
export async function listen(server: NetServer): Promise<{ port: number; connections: Set<Socket> }> {
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.add({ server, connections });
  return { port: (server.address() as AddressInfo).port, connections };
}

export async function stopServers(): Promise<void> {
  for (const entry of [...open]) {
    open.delete(entry);
    for (const socket of entry.connections) socket.destroy();
    await new Promise((resolve) => entry.server.close(resolve));
  }
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = http.createServer();
  const { port } = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function giveJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

export function giveToken(response: ServerResponse, token: string, rest: object = { expires_in: 3600 }): void {
  giveJson(response, { access_token: token, token_type: 'Bearer', ...rest });
}
