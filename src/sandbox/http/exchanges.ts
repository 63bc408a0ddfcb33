import { channel } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Version } from '../versions';

/** One request as it was received and its answer as it was sent. It holds whatever secrets the bodies hold. */
export interface Exchange {
  readonly version: Version;
  readonly method: string;
  /** Path with query, as it was sent. */
  readonly url: string;
  readonly requestType?: string;
  readonly requestBody: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A fault on purpose made the answer, or cut it short: it says nothing about the product. */
  readonly fault: boolean;
}

/**
 * Every exchange of every sandbox of this process is published on this channel of node:diagnostics_channel; nothing is
 * gathered while nobody subscribes.
 */
export const EXCHANGES = 'liftlock.sandbox.exchange';

/**
 * Names a folder: sandboxes of a process without a subscriber then append their exchanges to PID.jsonl in it, a JSON line
 * each. It is off by default and meant for tests, since the lines hold secrets.
 */
export const TRAFFIC_FOLDER = 'LIFTLOCK_SANDBOX_TRAFFIC';

const exchanges = channel(EXCHANGES);

/** Tells about the exchanges of one sandbox. The bodies of token requests, all credentials, stay out. */
export class ExchangeReporter {
  private readonly spoilt = new WeakSet<FastifyRequest>();

  constructor(private readonly version: Version) {}

  /** Reports every answer of a server as it leaves. */
  attach(app: FastifyInstance): void {
    app.addHook('onSend', (request, reply, payload, done) => {
      if (isWanted() && !this.spoilt.has(request)) report(this.exchange(request, reply, payload));
      done();
    });
  }

  /** Reports a request that a fault is about to strike; its answer, if it gets one, is not reported. */
  fault(request: FastifyRequest): void {
    if (!isWanted()) return;
    this.spoilt.add(request);
    report({ ...this.received(request), status: 0, headers: {}, body: '', fault: true });
  }

  private exchange(request: FastifyRequest, reply: FastifyReply, payload: unknown): Exchange {
    const headers = Object.entries(reply.getHeaders()).map(([name, value]): [string, string] => [name, String(value)]);
    return {
      ...this.received(request),
      status: reply.statusCode,
      headers: Object.fromEntries(headers),
      body: isToken(request) ? '' : textOf(payload),
      fault: false,
    };
  }

  private received(
    request: FastifyRequest,
  ): Pick<Exchange, 'version' | 'method' | 'url' | 'requestType' | 'requestBody'> {
    return {
      version: this.version,
      method: request.method,
      url: request.url,
      requestType: request.headers['content-type'],
      requestBody: isToken(request) ? '' : textOf(request.body),
    };
  }
}

function isToken(request: FastifyRequest): boolean {
  return /\/oauth2\/token(\?|$)/.test(request.url);
}

function textOf(body: unknown): string {
  if (Buffer.isBuffer(body)) return body.toString('utf8');
  return typeof body === 'string' ? body : '';
}

function isWanted(): boolean {
  return exchanges.hasSubscribers || process.env[TRAFFIC_FOLDER] !== undefined;
}

function report(exchange: Exchange): void {
  if (exchanges.hasSubscribers) return exchanges.publish(exchange);
  const folder = process.env[TRAFFIC_FOLDER];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${JSON.stringify(exchange)}\n`, { mode: 0o600 });
}
