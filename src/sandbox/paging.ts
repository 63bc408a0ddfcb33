import type { JsonObject } from '../model/json';
import { MissingResource } from './failures';
import type { Call } from './http/route';
import { isInteger } from './integers';
import { isAtLeast } from './versions';
import type { World } from './world';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/**
 * A whole number in the query; undefined when absent or empty. JAX-RS takes one that cannot be an Integer for a path
 * that is not there (recorded answers of 6.0 and 7.0), SCIM has a failure of its own.
 */
export function wholeParameter(
  call: Call,
  name: string,
  failure: () => Error = () => new MissingResource(),
): number | undefined {
  const value = call.query[name];
  if (value === undefined || value === '') return undefined;
  if (!/^[-+]?\d+$/.test(value) || !isInteger(Number(value))) throw failure();
  return Number(value);
}

/** limit and offset of a list: the limit is clamped without an error, a negative offset counts as 0 (reference §1.4). */
export function pageOf(world: World, call: Call, defaultLimit: number): Page {
  const limit = wholeParameter(call, 'limit') ?? defaultLimit;
  const offset = wholeParameter(call, 'offset') ?? 0;
  return { limit: Math.min(limit, world.settings.maximumItemsPerPage), offset: Math.max(offset, 0) };
}

/** The frame around a page of items: totals and relative links to the neighbouring pages (reference §1.4). */
export function pageFrame(
  world: World,
  call: Call,
  path: string,
  page: Page,
  total: number,
  count: number,
): JsonObject {
  const links: JsonObject[] = [];
  const href = (offset: number, limit: number): string => {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) });
    // The format of 6.x knows of nothing else (Util of the REST classes 1.2.6).
    if (!isAtLeast(world.version, '7.0')) return `${world.link(path)}?${query}`;
    for (const name of ['filter', 'attributes', 'requiredAttributes', 'excludeSystemPortals']) {
      const value = call.query[name];
      if (value !== undefined) query.set(name, value);
    }
    return `${world.link(path)}?${query}`;
  };
  const { offset, limit } = page;
  // By the limit and not by the items: where a total is too high, links go on after the last item (recorded on 6.0).
  if (limit > 0 && offset + limit < total) links.push({ href: href(offset + limit, limit), rel: 'next' });
  if (limit > 0 && offset >= limit) links.push({ href: href(previousOffset(page, total), limit), rel: 'previous' });
  else if (offset > 0) links.push({ href: href(0, offset), rel: 'previous' });
  return { totalResults: total, startIndex: page.offset + 1, count, links };
}

/** As many pages back as it takes to come to one that has something (Util of the REST classes 1.2.6). */
function previousOffset({ offset, limit }: Page, total: number): number {
  const beyond = Math.max(0, offset - limit - total + 1);
  return offset - limit * (1 + Math.ceil(beyond / limit));
}

/** One page out of a list. */
export function pageIn<T>(records: readonly T[], page: Page): { items: readonly T[]; total: number } {
  return { items: records.slice(page.offset, page.offset + page.limit), total: records.length };
}

/** One page out of the records that match, skipping without building a list. */
export function slice<T>(
  records: Iterable<T>,
  page: Page,
  matches: (record: T) => boolean,
): { items: T[]; total: number } {
  const items: T[] = [];
  let total = 0;
  for (const record of records) {
    if (!matches(record)) continue;
    if (total >= page.offset && items.length < page.limit) items.push(record);
    total += 1;
  }
  return { items, total };
}
