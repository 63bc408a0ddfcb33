import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../../src/sandbox/sandbox';

export interface Reply {
  readonly status: number;
  readonly body: Json;
  readonly location: string;
  readonly headers: Headers;
}

/** A client of one sandbox; paths are under /api/server/v1 unless they name a mount or are absolute. */
export class Api {
  constructor(
    readonly sandbox: RunningSandbox,
    private readonly authorization = basic('admin', 'admin'),
  ) {}

  as(authorization: string): Api {
    return new Api(this.sandbox, authorization);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const type: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' };
    const auth: Record<string, string> = this.authorization === '' ? {} : { authorization: this.authorization };
    const response = await fetch(this.address(path), { method, body: sent, headers: { ...type, ...auth, ...headers } });
    const text = await response.text();
    return {
      status: response.status,
      body: text !== '' && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
      location: response.headers.get('location') ?? '',
      headers: response.headers,
    };
  }

  private address(path: string): string {
    if (path.startsWith('http')) return path;
    const mounted = /^\/(t|api|scim2|oauth2|sandbox)\//.test(path) || path === '/';
    return `${this.sandbox.url}${mounted ? '' : '/api/server/v1'}${path}`;
  }

  get(path: string): Promise<Reply> {
    return this.send('GET', path);
  }
  post(path: string, body: unknown): Promise<Reply> {
    return this.send('POST', path, body);
  }
  put(path: string, body: unknown): Promise<Reply> {
    return this.send('PUT', path, body);
  }
  patch(path: string, body: unknown): Promise<Reply> {
    return this.send('PATCH', path, body);
  }
  delete(path: string): Promise<Reply> {
    return this.send('DELETE', path);
  }

  /** The body of a GET that has to succeed. */
  async read(path: string): Promise<JsonObject> {
    const reply = await this.get(path);
    expect(reply.status).toBe(200);
    return object(reply.body);
  }

  /** The list that a GET has to answer. */
  async readList(path: string): Promise<JsonObject[]> {
    const reply = await this.get(path);
    expect(reply.status).toBe(200);
    return objects(reply.body);
  }

  /** Creates something that has to be accepted; its path. */
  async create(path: string, body: unknown): Promise<string> {
    const reply = await this.post(path, body);
    expect(reply).toMatchObject({ status: 201 });
    return new URL(reply.location).pathname;
  }

  async token(clientId: string, secret: string, scope: string): Promise<Reply> {
    const headers = { authorization: basic(clientId, secret), 'content-type': 'application/x-www-form-urlencoded' };
    return this.send(
      'POST',
      '/oauth2/token',
      `grant_type=client_credentials&scope=${encodeURIComponent(scope)}`,
      headers,
    );
  }
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

export function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error(`Not an object: ${JSON.stringify(value)}`);
  return value;
}

export function objects(value: Json | undefined): JsonObject[] {
  if (!Array.isArray(value)) throw new Error(`Not a list: ${JSON.stringify(value)}`);
  return value.map(object);
}

/** Starts a sandbox for a test file, empties it before each test and stops it at the end. */
export function sandboxed(options: SandboxOptions = {}): { api: Api } {
  const holder: { api?: Api } = {};
  beforeAll(async () => {
    holder.api = new Api(await startSandbox(options));
  });
  beforeEach(() => {
    holder.api?.sandbox.reset();
    holder.api?.sandbox.faults.clear();
    holder.api?.sandbox.journal.clear();
  });
  afterAll(() => holder.api?.sandbox.close());
  return {
    get api() {
      if (!holder.api) throw new Error('The sandbox is not running.');
      return holder.api;
    },
  };
}
