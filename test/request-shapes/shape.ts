import { XMLParser } from 'fast-xml-parser';
import { parse as parseYaml } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../src/model/json';
import type { Exchange } from '../../src/sandbox/http/exchanges';
import { pathTemplate } from '../differential/path-template';

/** A request as a test sent it: an example of its shape. */
export interface Example {
  readonly method: string;
  /** Below `/api/server/v1`, with ids and the query. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
}

/** The parts of a request that make its shape: method, path without ids, names in the query, fields of the body. */
export interface Shape {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly fields: readonly string[];
}

/** The collections whose answers a real server's own code gives. */
const SERVED = /^\/(applications|identity-providers|claim-dialects|oidc\/scopes)(\/|\?|$)/;
const NEWER = /\/(authorized-apis|share|authenticators|groups)(\/|\?|$)/;

/** The request of an exchange, or nothing where a real server of 6.x has no such path. */
export function exampleOf({ method, url, requestType, requestBody }: Exchange): Example | undefined {
  const path = /^(?:\/t\/[^/]+)?\/api\/server\/v1(\/.*)$/.exec(url)?.[1];
  if (path === undefined || !SERVED.test(path) || NEWER.test(path)) return undefined;
  return {
    method,
    path,
    ...(requestType === undefined ? {} : { type: requestType }),
    ...(requestBody === '' ? {} : { body: requestBody }),
  };
}

/** The shape of a request. */
export function shapeOf({ method, path, type = '', body = '' }: Example): Shape {
  const query = [...new URLSearchParams(path.split('?')[1] ?? '').keys()];
  return { method, path: pathTemplate(path), query: [...new Set(query)].sort(), fields: fieldsOf(body, type) };
}

/** A shape in one line. */
export function lineOf({ method, path, query, fields }: Shape): string {
  return [`${method} ${path}`, query.join('&'), fields.join(' ')].join(' | ');
}

function fieldsOf(body: string, type: string): string[] {
  if (body === '') return [];
  const content = type.startsWith('multipart/') ? fileIn(body) : { text: body, isFile: false };
  const value = read(content.text);
  const paths = value === undefined ? ['(unreadable)'] : [...new Set(pathsIn(value, content.isFile ? 'file' : ''))];
  return paths.sort();
}

/** The file in a form; what stands around it is the same in every form. */
function fileIn(body: string): { readonly text: string; readonly isFile: boolean } {
  const start = body.indexOf('\r\n\r\n');
  const end = body.lastIndexOf('\r\n--', body.lastIndexOf('--') - 2);
  return { text: body.slice(start + 4, end === -1 ? undefined : end), isFile: true };
}

const xml = new XMLParser({ ignoreAttributes: true, processEntities: false });

function read(text: string): Json | undefined {
  for (const reader of [
    JSON.parse,
    (each: string): unknown => (each.startsWith('<') ? xml.parse(each) : parseYaml(each)),
  ]) {
    try {
      const value = reader(text) as Json;
      if (typeof value === 'object') return value;
    } catch {
      // The next reader may know the format.
    }
  }
  return undefined;
}

/** Paths of fields with `[]` for indices; of operations on paths, the paths too. */
function pathsIn(value: Json, at: string): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${at}[]`] : value.flatMap((each) => pathsIn(each, `${at}[]`));
  if (!isObject(value)) return [at];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${at}{}`];
  const operation = operationOf(value);
  const inner = entries.flatMap(([name, each]) => pathsIn(each, at === '' ? name : `${at}.${name}`));
  return operation === undefined ? inner : [`${operation}`, ...inner];
}

function operationOf({ operation, path }: JsonObject): string | undefined {
  return typeof operation === 'string' && typeof path === 'string'
    ? `${operation}(${path.replace(/\d+$/, 'n')})`
    : undefined;
}
