import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import { failure, LiftlockError } from '../model/problem';
import type { HttpRequest, Transport } from './messages';

/** Pages asked for at the same time; the transport bounds the requests in flight as well. */
const AHEAD = 8;
const MOST_REREADS = 3;

export interface PageOptions {
  /** The field of the answer that holds the items. */
  readonly arrayField: string;
  /** Items asked for per page; the server may give fewer. Default 100. */
  readonly limit?: number;
}

export type ListRequest = Pick<HttpRequest, 'path' | 'query' | 'headers'> & { readonly method?: 'GET' };

interface Page {
  readonly total: number;
  readonly items: readonly JsonObject[];
}

/** `undefined`: the list changed while it was read. */
type Reading = Page | undefined;

/**
 * Reads a list that the server gives in pages by `limit` and `offset` as `{totalResults, startIndex, count, <arrayField>}`
 * (WSO2: applications, identity providers …). All of it or an error, never a part. A list that changes while it is read
 * is read again, up to three times. Items that come twice (same `id`) are returned once.
 * @throws {LiftlockError} with the code of the failed request, naming the page; `list-incomplete`, `list-malformed` or `list-unstable`.
 */
export async function readAllPages(
  transport: Transport,
  request: ListRequest,
  options: PageOptions,
): Promise<JsonObject[]> {
  const list = new PagedList(transport, request, options);
  let before: Reading;
  for (let rereads = 0; rereads <= MOST_REREADS; rereads += 1) {
    const reading = await list.readOnce();
    if (reading !== undefined) {
      if (reading.items.length === reading.total) return [...reading.items];
      // Fewer different items than promised: something moved between two pages, or the server counts repetitions.
      // It is the latter when a second reading finds the very same.
      if (reading.items.length < reading.total && before !== undefined && sameItems(before, reading))
        return [...reading.items];
    }
    before = reading;
  }
  throw list.problem(
    'list-unstable',
    `kept changing while it was read ${MOST_REREADS + 1} times`,
    'Try again when nobody is changing the server.',
  );
}

class PagedList {
  private readonly limit: number;

  constructor(
    private readonly transport: Transport,
    private readonly request: ListRequest,
    private readonly options: PageOptions,
  ) {
    this.limit = options.limit ?? 100;
  }

  /** One reading from start to end. */
  async readOnce(): Promise<Reading> {
    const first = await this.page(0, 1);
    const { total } = first;
    if (first.items.length >= total) return { total, items: merged([first.items]) ?? [] };
    const size = first.items.length;
    const pages = [first.items];
    let next = 1;
    let changed = false;
    const work = async (): Promise<void> => {
      while (next * size < total && !changed) {
        const index = next;
        next += 1;
        const items = await this.stretch(index * size, Math.min((index + 1) * size, total), index + 1, total);
        if (items === undefined) changed = true;
        else pages[index] = items;
      }
    };
    const workers = Array.from({ length: AHEAD }, () =>
      work().catch((error: unknown) => {
        changed = true; // No further pages.
        throw error;
      }),
    );
    await Promise.all(workers);
    const items = changed ? undefined : merged(pages);
    return items && { total, items };
  }

  problem(code: string, what: string, hint: string): LiftlockError {
    const { environment } = this.transport;
    const at = environment === undefined ? '' : `${environment}: `;
    return failure(code, `${at}the list ${this.name} ${what}. Nothing was assumed from it.`, { environment, hint });
  }

  private get name(): string {
    return `/${this.request.path.map((segment) => encodeURIComponent(segment)).join('/')}`;
  }

  /** The items from `start` to `end`, in as many requests as the server needs; undefined when the total has changed. */
  private async stretch(start: number, end: number, number: number, total: number): Promise<JsonObject[] | undefined> {
    const items: JsonObject[] = [];
    while (start + items.length < end) {
      const page = await this.page(start + items.length, number);
      if (page.total !== total) return undefined;
      if (page.items.length === 0) throw this.emptyPage(number, start + items.length, total);
      items.push(...page.items);
    }
    return items;
  }

  private async page(offset: number, number: number): Promise<Page> {
    const body = await this.fetch(offset, number);
    const page = this.readPage(body, number, offset);
    if (offset === 0 && page.items.length === 0 && page.total > 0) throw this.emptyPage(number, offset, page.total);
    return page;
  }

  private async fetch(offset: number, number: number): Promise<Json | undefined> {
    const { path, headers, query } = this.request;
    try {
      return (
        await this.transport.send({ method: 'GET', path, headers, query: { ...query, limit: this.limit, offset } })
      ).body;
    } catch (error) {
      if (!(error instanceof LiftlockError)) throw error;
      throw this.failedPage(error, number, offset);
    }
  }

  private readPage(body: Json | undefined, number: number, offset: number): Page {
    const malformed = (what: string): LiftlockError =>
      this.problem(
        'list-malformed',
        `cannot be read: page ${number} ${what}`,
        'Check url and the version of the server.',
      );
    if (!isObject(body)) throw malformed('is not a JSON object');
    const { totalResults: total, startIndex, count } = body;
    if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) throw malformed('has no totalResults');
    const items = body[this.options.arrayField] ?? [];
    if (!Array.isArray(items) || !items.every(isObject))
      throw malformed(`has no list of objects in ${this.options.arrayField}`);
    // The list of identity providers leaves the field out when it is empty.
    if (typeof count === 'number' && count !== items.length) {
      throw malformed(`announces ${count} items in ${this.options.arrayField} and has ${items.length}`);
    }
    if (items.length > 0 && typeof startIndex === 'number' && startIndex !== offset + 1) {
      throw malformed(`begins with item ${startIndex} where ${offset + 1} was asked for`);
    }
    return { total, items };
  }

  private emptyPage(number: number, offset: number, total: number): LiftlockError {
    return this.problem(
      'list-incomplete',
      `is incomplete: page ${number} is empty after ${offset} of ${total} items`,
      'Try again; if it goes on, look at the server’s log.',
    );
  }

  /** The same problems, with the page they happened on; an interruption needs no such explanation. */
  private failedPage(error: LiftlockError, number: number, offset: number): LiftlockError {
    if (error.problems.some(({ code }) => code === 'interrupted')) return error;
    const where = `The list ${this.name} could not be read: page ${number} (from item ${offset + 1}) failed.`;
    const problems = error.problems.map((problem) => ({ ...problem, message: `${problem.message} ${where}` }));
    return new LiftlockError(problems, error.exitCode, { cause: error });
  }
}

/**
 * All items once, in order; undefined when a later page brings nothing new: the list has moved, or the server does not
 * heed the offset.
 */
function merged(pages: readonly (readonly JsonObject[])[]): JsonObject[] | undefined {
  const seen = new Set<Json>();
  const items: JsonObject[] = [];
  for (const page of pages) {
    const before = items.length;
    for (const item of page) {
      const { id } = item;
      if (id !== undefined && seen.has(id)) continue;
      if (id !== undefined) seen.add(id);
      items.push(item);
    }
    if (items.length === before && before > 0) return undefined;
  }
  return items;
}

function sameItems(left: Page, right: Page): boolean {
  return equalJson(
    left.items.map((item) => item['id'] ?? item),
    right.items.map((item) => item['id'] ?? item),
  );
}
