import type { Json } from '../model/json';
import type { FaultKind } from './fault';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A file that is uploaded. */
export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
}

/** One request below `/t/{tenant}`. */
export interface HttpRequest {
  readonly method: HttpMethod;
  /** Path segments, unencoded; the transport encodes each. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: Json;
  /** A file in place of a body, sent as the part `file` of a form (multipart/form-data, RFC 7578). */
  readonly file?: UploadedFile;
  readonly headers?: Readonly<Record<string, string>>;
  /** Doing it twice is the same as doing it once. Default: true for GET, PUT and DELETE, false for POST and PATCH. */
  readonly repeatable?: boolean;
  /**
   * For a request that is not repeatable and whose fate is unknown: looks up whether the server did it.
   * An answer stands for the lost one, and nothing is sent again; undefined means that it was not done and is safe to send again.
   */
  readonly arrived?: () => Promise<HttpResponse | undefined>;
  /** Statuses besides 2xx that the caller handles itself, such as 404. */
  readonly accept?: readonly number[];
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; cookies are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the answer had no body. */
  readonly body: Json | undefined;
}

export interface TransportStatistics {
  /** Requests put on the wire, every try counted, token requests not. */
  readonly requests: number;
  readonly retries: number;
  /** Bytes of the answers' bodies after decompression. */
  readonly bytes: number;
}

export interface Transport {
  readonly environment?: string;
  /**
   * Sends one request, with all the waiting, repeating and renewing that is needed.
   * @throws {ServerError} for a status that is neither 2xx nor accepted; a LiftlockError for everything else that went wrong.
   */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all connections; requests still under way fail. */
  close(): void;
  readonly statistics: TransportStatistics;
  /** The scopes the server granted, fetching a token where needed; undefined when the credentials have none (basic, bearer). */
  grantedScopes(): Promise<readonly string[] | undefined>;
}

/** What happened, for a log: never headers, bodies, query values or tokens. */
export type TransportEvent =
  | {
      readonly type: 'answer';
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly durationMs: number;
      readonly try: number;
      readonly traceId?: string;
    }
  | {
      readonly type: 'fault';
      readonly method: string;
      readonly path: string;
      readonly fault: FaultKind;
      readonly durationMs: number;
      readonly try: number;
    }
  | {
      readonly type: 'retry';
      readonly method: string;
      readonly path: string;
      readonly reason: string;
      readonly delayMs: number;
      readonly try: number;
    }
  /** The number of requests allowed in flight has changed, or all of them wait for `waitMs`. */
  | { readonly type: 'pace'; readonly limit: number; readonly waitMs?: number };

/** What a transport needs from its surroundings; time and chance can be replaced in tests. */
export interface TransportOptions {
  /** Scopes to ask for (client credentials only): the read scopes for everything but apply. */
  readonly scopes: readonly string[];
  /** The environment variables that decide about proxies, such as `process.env`. Default: none. */
  readonly variables?: NodeJS.ProcessEnv;
  /** Aborting it ends everything under way with a LiftlockError of code `interrupted`. */
  readonly signal?: AbortSignal;
  readonly log?: (event: TransportEvent) => void;
  /** More values that must never appear in an error or an event, such as the secrets that will be sent. */
  readonly secrets?: readonly string[];
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
}
