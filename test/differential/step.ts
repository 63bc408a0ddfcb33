import type { Json } from '../../src/model/json';
import type { Version } from '../../src/sandbox/versions';

export type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What stands in a multipart form: a file that an import takes. */
export interface Upload {
  readonly upload: string;
  readonly fileName: string;
  readonly type: string;
}

/** A body that is sent as it is written here, whatever its media type says. */
export interface RawText {
  readonly raw: string;
}

/** One request of a sequence that is sent to two servers. `{NAME}` in path or body stands for what an answer was kept as. */
export interface Step {
  readonly name: string;
  readonly method: Method;
  /** Below `/api/server/v1`, with the query. */
  readonly path: string;
  readonly body?: Json | Upload | RawText;
  /** Goes before the media type of the body; empty sends none. */
  readonly mediaType?: string;
  readonly accept?: string;
  /** Goes before the administrator's; empty sends none. */
  readonly authorization?: string;
  /** Keeps the id of what was created, from the address that the answer gives. */
  readonly keep?: string;
  /** Keeps fields of the answer's body: name of what is kept to name of the field. */
  readonly keepFields?: Readonly<Record<string, string>>;
  /** The only release that the answer is compared with; all of them unless told otherwise. */
  readonly onlyFor?: Version;
}

type Rest = Omit<Step, 'name' | 'method' | 'path' | 'body'>;

export function get(name: string, path: string, rest: Rest = {}): Step {
  return { name, method: 'GET', path, ...rest };
}
export function post(name: string, path: string, body: Step['body'], keep?: string, rest: Rest = {}): Step {
  return { name, method: 'POST', path, body, keep, ...rest };
}
export function put(name: string, path: string, body: Step['body'], rest: Rest = {}): Step {
  return { name, method: 'PUT', path, body, ...rest };
}
export function patch(name: string, path: string, body: Step['body'], rest: Rest = {}): Step {
  return { name, method: 'PATCH', path, body, ...rest };
}
export function remove(name: string, path: string): Step {
  return { name, method: 'DELETE', path };
}

/** The same GET with each of the queries. */
export function queries(name: string, path: string, all: readonly string[]): Step[] {
  return all.map((query) => get(`${name} ${query}`, `${path}?${query}`));
}

/** The id that the product gives to claims, dialects, authenticators and connectors: the name in base64url. */
export function idOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}

/** A file for an import. */
export function upload(fileName: string, text: string, type = 'application/xml'): Upload {
  return { upload: text, fileName, type };
}
