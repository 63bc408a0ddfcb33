import { channel } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Version } from '../versions';
import type { Received } from './listener';
import type { Answer } from './route';
import { bodyOf, contentType } from './send';

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
  constructor(private readonly version: Version) {}

  /** Reports an answer as it leaves. */
  answered(request: Received, answer: Answer): void {
    if (!isWanted()) return;
    const hasContent = answer.text !== undefined || answer.body !== undefined;
    const headers = { ...lowered(answer.headers), ...(hasContent ? { 'content-type': contentType(answer) } : {}) };
    const body = isToken(request) ? '' : bodyOf(answer).toString('utf8');
    report({ ...this.received(request), status: answer.status, headers, body, fault: false });
  }

  /** Reports a request that a fault strikes: its answer, if it gets one, says nothing about the product. */
  fault(request: Received): void {
    if (isWanted()) report({ ...this.received(request), status: 0, headers: {}, body: '', fault: true });
  }

  private received(request: Received): Pick<Exchange, 'version' | 'method' | 'url' | 'requestType' | 'requestBody'> {
    return {
      version: this.version,
      method: request.method,
      url: request.url,
      requestType: request.headers['content-type'],
      requestBody: isToken(request) ? '' : request.body.toString('utf8'),
    };
  }
}

function lowered(headers: Answer['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function isToken(request: Received): boolean {
  return /\/oauth2\/token(\?|$)/.test(request.url);
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
