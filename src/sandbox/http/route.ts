import type { Json } from '../../model/json';
import type { Caller } from '../access/gatekeeper';
import type { Shape } from '../shapes';
import type { Gate } from '../versions';

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the server answers; without a body the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: Json;
  /** The body as JSON text, in place of `body`, where its parts are at hand as text. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as a route sees it. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body as the route's shape read it; an empty object for routes without one. */
  readonly body: Json;
  readonly caller: Caller;
}

/** Under which path the product mounts the API; it also decides the look of 401 and 403 answers. */
export type Mount = '/api/server/v1' | '/scim2/v2';

/** One operation of the REST API; `since` and `until` say in which versions it exists. */
export interface Route extends Gate {
  readonly verb: Verb;
  readonly mount?: Mount;
  /** Path under the mount, parameters as `:name`. */
  readonly path: string;
  /** One of these scopes is needed. */
  readonly scopes: readonly string[];
  readonly body?: Shape;
  answer(call: Call): Answer;
}

/** A path or query parameter that the route's path guarantees. */
export function parameter(call: Call, name: string): string {
  return call.params[name] ?? '';
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
