import http from 'node:http';
import https from 'node:https';
import { readFileSync } from 'node:fs';
import { isObject, type Json } from '../../src/model/json';
import type { Step, Upload, RawText } from './step';

/** Where to send requests: a real server or a sandbox. */
export interface Address {
  readonly url: string;
  /** Path of the PEM file that vouches for the server. */
  readonly ca?: string;
  readonly user: string;
  readonly password: string;
}

/** An answer, its headers reduced to those that say something about the product. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the JSON holds, or the text. */
  readonly body: Json;
}

/** A request as it goes out: ids are filled in. */
export type Request = Pick<Step, 'method' | 'path' | 'body' | 'mediaType' | 'accept' | 'authorization'>;

const COMPARED_HEADERS = ['content-type', 'location', 'allow', 'content-disposition'];
const BOUNDARY = 'liftlock-differential';

/** Sends requests to one server over connections that stay open. `close` ends them. */
export class Server {
  private readonly agent: http.Agent | https.Agent;
  private readonly ca: string | undefined;

  constructor(readonly address: Address) {
    this.ca = address.ca === undefined ? undefined : readFileSync(address.ca, 'utf8');
    const { Agent } = this.ca === undefined ? http : https;
    this.agent = new Agent({ keepAlive: true, maxSockets: 4 });
  }

  /** Sends one request; rejects when the connection fails or nothing comes for a minute. */
  async send(request: Request): Promise<Answer> {
    const { text, type } = payload(request);
    const { user, password } = this.address;
    const authorization = request.authorization ?? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const headers: Record<string, string> = { accept: request.accept ?? 'application/json' };
    if (authorization !== '') headers['authorization'] = authorization;
    if (type !== '') headers['content-type'] = type;
    if (text !== undefined) headers['content-length'] = String(Buffer.byteLength(text));
    return this.exchange(request, headers, text);
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(request: Request, headers: Record<string, string>, text: string | undefined): Promise<Answer> {
    const url = new URL(`/api/server/v1${request.path}`, this.address.url);
    const options = { method: request.method, headers, agent: this.agent, ca: this.ca, timeout: 60_000 };
    return new Promise((resolve, reject) => {
      const sent = (this.ca === undefined ? http : https).request(url, options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve(answerOf(response, Buffer.concat(parts).toString('utf8'))));
      });
      sent.on('timeout', () => sent.destroy(new Error(`${request.method} ${request.path}: no answer in 60 seconds`)));
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

function answerOf(response: http.IncomingMessage, text: string): Answer {
  const headers = COMPARED_HEADERS.flatMap((name) => {
    const value = response.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(headers), body: parsed(text) };
}

function parsed(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function isUpload(body: Step['body']): body is Upload {
  return isObject(body) && typeof body['upload'] === 'string' && typeof body['fileName'] === 'string';
}

function isRawText(body: Step['body']): body is RawText {
  return isObject(body) && typeof body['raw'] === 'string' && Object.keys(body).length === 1;
}

function payload({ body, mediaType }: Request): { readonly text?: string; readonly type: string } {
  if (body === undefined) return { type: mediaType ?? '' };
  if (isUpload(body)) return { text: form(body), type: `multipart/form-data; boundary=${BOUNDARY}` };
  const text = isRawText(body) ? body.raw : JSON.stringify(body);
  return { text, type: mediaType ?? 'application/json' };
}

function form({ upload, fileName, type }: Upload): string {
  const head = `Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: ${type}`;
  return `--${BOUNDARY}\r\n${head}\r\n\r\n${upload}\r\n--${BOUNDARY}--\r\n`;
}
