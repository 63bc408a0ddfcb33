import type { FaultMatch } from './rule';

/** Where the tenant and the API stand in front of what a resource pattern describes (reference §1.1). */
const MOUNT = /^(?:\/t\/[^/]+)?(?:\/api\/server\/v1|\/scim2\/v2|\/scim2)?(?=\/|$)/;
/** Items that a list gives when the request does not say how many (reference §1.4). */
const USUAL_LIMIT = 30;

/**
 * The test that a match stands for, given method and path with query.
 * @throws {SyntaxError} for a path that is no regular expression.
 */
export function matcherOf(match: FaultMatch): (method: string, url: string) => boolean {
  const { method, path, resource, page } = match;
  const methods = method === undefined ? undefined : [method].flat().map((each) => each.toUpperCase());
  const searched = path === undefined ? undefined : new RegExp(path);
  const pattern = resource === undefined ? undefined : resourcePattern(resource);
  return (sent, url) =>
    (!methods || methods.includes(sent)) &&
    (!searched || searched.test(url)) &&
    (!pattern || pattern.test(resourceOf(url))) &&
    (page === undefined || pageOf(url) === page);
}

/** `/applications/*` as a regular expression: `*` is one segment, `**` any number of them, none included. */
function resourcePattern(resource: string): RegExp {
  const source = resource
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map((segment) => (segment === '**' ? '(?:/[^/]+)*' : `/${segmentPattern(segment)}`))
    .join('');
  return new RegExp(`^${source}/?$`);
}

function segmentPattern(segment: string): string {
  if (segment === '*') return '[^/]+';
  return segment
    .split('*')
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('[^/]*');
}

function resourceOf(url: string): string {
  return (url.split('?')[0] ?? '').replace(MOUNT, '');
}

function pageOf(url: string): number {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const limit = Number(query.get('limit') ?? USUAL_LIMIT);
  return Math.floor(Number(query.get('offset') ?? 0) / Math.max(limit, 1)) + 1;
}
