import type * as Axios from 'axios';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Readable } from 'node:stream';
import { Fault } from './fault';
import type { Route } from './routes';
import { Watch, type TimeLimits } from './watch';

/** One request, ready to go out. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One answer as it came in. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: number;
}

export interface WireLimits extends TimeLimits {
  readonly maxResponseBytes: number;
}

/**
 * Sends one request once.
 * @throws {Fault} when there is no complete answer. An answer with an error status counts even if its body is cut or too large.
 */
export type Wire = (request: WireRequest, route: Route) => Promise<WireAnswer>;

/** Loads axios and returns the function that puts requests on the wire. Redirects are not followed. */
export async function createWire(limits: WireLimits, signal: AbortSignal): Promise<Wire> {
  const { default: axios } = module.require('axios') as typeof Axios;
  const send = axios.getAdapter('http');
  // The adapter is called without the merging of settings that comes before it: it takes longer than the rest of axios.
  const settings = axios.mergeConfig(axios.defaults as Axios.AxiosRequestConfig, {
    proxy: false,
    maxRedirects: 0,
    responseType: 'stream',
    validateStatus: () => true,
  });

  async function exchange(request: WireRequest, route: Route, watch: Watch): Promise<WireAnswer> {
    const answer = await send({
      ...settings,
      method: request.method,
      url: request.url.href,
      headers: axios.AxiosHeaders.from(request.headers),
      data: request.body,
      transport: {
        request(options: RequestOptions, listener: (message: IncomingMessage) => void): ClientRequest {
          const outgoing = route.request(options, request.url, listener);
          watch.attach(outgoing);
          return outgoing;
        },
      },
    });
    watch.checkOrigin();
    const { status } = answer;
    const headers = plainHeaders(answer.headers);
    try {
      return { status, headers, ...(await readBody(answer.data as Readable, limits.maxResponseBytes, watch)) };
    } catch (error) {
      if (status < 400) throw error;
      return { status, headers, text: '', bytes: 0 };
    }
  }

  return (request, route) =>
    new Promise((resolve, reject) => {
      // Settles at once when the watch gives up, whether or not axios notices.
      const watch = new Watch(limits, signal, reject);
      exchange(request, route, watch)
        .then(resolve, (error: unknown) => reject(watch.explain(error)))
        .finally(() => watch.stop());
    });
}

async function readBody(body: Readable, most: number, watch: Watch): Promise<{ text: string; bytes: number }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    watch.progress();
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > most) throw new Fault('answer-too-large', 'answering');
    chunks.push(chunk);
  }
  return {
    text: Buffer.concat(chunks)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
    bytes,
  };
}

/** Lower-case names, repeated headers joined; cookies are secrets and nobody needs them. */
function plainHeaders(headers: object): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers) as [string, unknown][]) {
    if (name.toLowerCase() === 'set-cookie') continue;
    if (typeof value === 'string') result[name.toLowerCase()] = value;
    else if (Array.isArray(value)) result[name.toLowerCase()] = value.join(', ');
  }
  return result;
}
