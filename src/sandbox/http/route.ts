import type { Json } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import type { Shape } from '../shapes';
import type { Gate } from '../versions';
import type { UploadedFile } from './multipart';

export type Verb = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the server answers; with neither a body nor a text the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** What goes out as it is instead of a JSON body, such as an exported file. */
  readonly text?: string | Buffer;
  /** The content type; `application/json` for a body and `text/plain` for a text unless told otherwise. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as a route sees it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body as the route's shape read it; an empty object for routes without one. */
  readonly body: Json;
  /** The request headers under their lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it was sent. */
  readonly raw: Buffer;
  /** The parts of a form by their field names; empty for routes that take no form. */
  readonly files: Readonly<Record<string, UploadedFile | undefined>>;
  readonly caller: Caller;
}

/** Under which path the product mounts the API; it also decides the look of 401 and 403 answers. */
export type Mount = '/api/server/v1' | '/scim2' | '/scim2/v2';

/** One operation of the REST API; `since` and `until` say in which versions it exists. */
export interface Route extends Gate {
  readonly verb: Verb;
  readonly mount?: Mount;
  /** Path under the mount, parameters as `:name`. */
  readonly path: string;
  /** One of these scopes is needed. */
  readonly scopes: readonly string[];
  readonly body?: Shape;
  /** A request whose body is empty or null is taken as one with an empty object; other routes fail over it. */
  readonly bodyOptional?: boolean;
  /** The request is a multipart/form-data form, whose parts arrive in `call.files`; any other type is 415. */
  readonly takesForm?: boolean;
  /** The answer is a file, whose type the Accept header chooses; other routes answer JSON or nothing. */
  readonly answersFile?: boolean;
  answer(call: Call): Answer;
}

/** A path or query parameter that the route's path guarantees. */
export function parameter(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** A flag in the query: `true` in any case is true, everything else is not, as Java reads it. */
export function flagged(call: Pick<Call, 'query'>, name: string): boolean {
  return call.query[name]?.toLowerCase() === 'true';
}

/** 200 with a body. */
export function ok(body?: Json): Answer {
  return { status: 200, body };
}

/** 201 with a Location and, where the API sends one, a body. */
export function created(location: string, body?: Json): Answer {
  return { status: 201, headers: { Location: location }, body };
}

/** 204. */
export const noContent: Answer = { status: 204 };
