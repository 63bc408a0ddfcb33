import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

/*
 * Requests to a real server. Nothing of src/ is used here, so that a fault of the tool's own HTTP client cannot hide
 * behind the same fault in its test.
 */

/** A server that runs the product's own management code. */
export interface RealServer {
  readonly url: string;
  /** Path of the PEM file of the certificate to trust. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
  /** What an environment file declares for it. */
  readonly version: '6.0' | '7.0';
  /** Its process, where it was started by this project. */
  readonly pid?: number;
  /** Path of what it served before the first write, where it was started by this project. */
  readonly fresh?: string;
}

/** The answer of a server; the body is parsed where it is JSON, else it is text. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

const agents = new Map<string, https.Agent>();

function agentOf({ url, ca }: RealServer): https.Agent {
  const agent = agents.get(url) ?? new https.Agent({ keepAlive: true, ca: readFileSync(ca) });
  agents.set(url, agent);
  return agent;
}

/**
 * Sends a request as the administrator.
 *
 * @param where a path from the root (`/t/a.example/api/server/v1/applications`), or without a leading slash one of the
 *   management API (`applications?limit=5`)
 * @param body a string or bytes are sent as they are, anything else as JSON; undefined sends no body
 * @param headers replace those that are sent otherwise
 */
export function request(
  server: RealServer,
  method: Method,
  where: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const sent = {
    authorization: `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`,
    accept: 'application/json',
    ...(payload && { 'content-type': 'application/json', 'content-length': String(payload.length) }),
    ...headers,
  };
  const address = new URL(where.startsWith('/') ? where : `/api/server/v1/${where}`, server.url);
  return new Promise((resolve, reject) => {
    const outgoing = https.request(address, { method, headers: sent, agent: agentOf(server) }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { statusCode = 0, headers: received } = incoming;
        resolve({ status: statusCode, headers: received, body: parsed(text, received['content-type']) });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(payload);
  });
}

function parsed(text: string, type = ''): unknown {
  if (text === '' || !/json/i.test(type)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The body of a GET that has to succeed. */
export async function read(server: RealServer, where: string): Promise<unknown> {
  const { status, body } = await request(server, 'GET', where);
  if (status !== 200) throw new Error(`GET ${where} on ${server.url}: ${status} ${JSON.stringify(body)}`);
  return body;
}
