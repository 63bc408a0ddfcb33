import { failure } from '../model/problem';
import type { Connection } from './connection';
import type { HttpRequest } from './messages';

/** The fixed addresses of one environment. */
export interface Address {
  /** `{url}/t/{tenant}`, without a slash at the end. */
  readonly base: string;
  readonly tokenUrl: URL;
}

/**
 * Where the requests of an environment go.
 * @throws {LiftlockError} `url-invalid` for an address that is not http(s), or that carries credentials, a query or a fragment.
 */
export function addressOf(connection: Connection): Address {
  const { environment, tenant } = connection;
  const server = readUrl(connection.url, environment, 'url');
  const base = `${server.origin}${server.pathname.replace(/\/+$/, '')}/t/${encodeSegment(tenant, environment, 'tenant')}`;
  const given = connection.auth.type === 'client-credentials' ? connection.auth.tokenUrl : undefined;
  const tokenUrl = given === undefined ? new URL(`${base}/oauth2/token`) : readUrl(given, environment, 'tokenUrl');
  return { base, tokenUrl };
}

/**
 * The full address of a request: every segment and every query value percent-encoded (a space is %20, a plus %2B).
 * @throws {LiftlockError} `path-invalid` for an empty segment, `.` or `..`, which would lead elsewhere.
 */
export function requestUrl(address: Address, request: HttpRequest, environment: string): URL {
  const path = request.path.map((segment) => `/${encodeSegment(segment, environment, 'path')}`).join('');
  const query = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeText(name, environment)}=${encodeText(String(value), environment)}`],
  );
  return new URL(`${address.base}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`);
}

/** The path below `/t/{tenant}` as it is shown to the user: encoded, without the query. */
export function shownPath(address: Address, url: URL): string {
  const prefix = new URL(address.base).pathname;
  return url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
}

function readUrl(text: string, environment: string, setting: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalidUrl(environment, `${setting} is not an http or https address`);
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidUrl(environment, `${setting} carries a user name or password`);
  }
  if (url.search !== '' || url.hash !== '') throw invalidUrl(environment, `${setting} carries a query or a fragment`);
  return url;
}

function invalidUrl(environment: string, reason: string): Error {
  return failure('url-invalid', `${environment}: ${reason}.`, {
    environment,
    hint: 'Write it like https://is.example.com:9443 in the environment file; credentials belong under auth.',
  });
}

function encodeSegment(segment: string, environment: string, what: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw failure('path-invalid', `${environment}: “${segment}” cannot be part of an address (${what}).`, {
      environment,
      hint: 'Nothing was sent. Check the name or id that the address is built from.',
    });
  }
  return encodeText(segment, environment);
}

function encodeText(text: string, environment: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw failure('path-invalid', `${environment}: a name holds half a character and cannot be sent.`, {
      environment,
      hint: 'Nothing was sent. Save the file that holds the name as UTF-8.',
    });
  }
}
