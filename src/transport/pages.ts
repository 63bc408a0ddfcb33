import { equalJson, isObject, type Json, type JsonObject } from '../model/json';
import { failure, LiftlockError } from '../model/problem';
import type { HttpRequest, Transport } from './messages';

const MOST_REREADS = 3;

/**
 * Pages in a row that repeat what was read before. A filtered list of WSO2 IS 6.0 and 6.1 holds an application once per
 * inbound protocol, so a few are possible with a very small limit; with more of them the server does not heed the offset.
 */
const MOST_REPEATING_PAGES = 5;

/** How a page is asked for, and the field of the answer that says how many items it holds. */
export interface Paging {
  readonly query: (offset: number, limit: number) => Readonly<Record<string, number>>;
  readonly countField: string;
}

const BY_OFFSET: Paging = { query: (offset, limit) => ({ limit, offset }), countField: 'count' };

/** Pages as SCIM has them, counted from 1 (RFC 7644, 3.4.2.4). */
export const SCIM_PAGING: Paging = {
  query: (offset, limit) => ({ startIndex: offset + 1, count: limit }),
  countField: 'itemsPerPage',
};

export interface PageOptions {
  /** The field of the answer that holds the items. */
  readonly arrayField: string;
  /** Items asked for per page; the server may give fewer. Default 100. */
  readonly limit?: number;
  /** Default: by limit and offset. */
  readonly paging?: Paging;
}

export type ListRequest = Pick<HttpRequest, 'path' | 'query' | 'headers'> & { readonly method?: 'GET' };

interface Page {
  readonly total: number;
  readonly items: readonly JsonObject[];
  /** Whether the links of the page promise another one; undefined when the page has no links. */
  readonly promisesNext?: boolean;
}

interface Reading {
  readonly items: readonly JsonObject[];
  /** Neither did the total change from page to page, nor did an item come again on a later page. */
  readonly isSteady: boolean;
}

/**
 * Reads a list that the server gives in pages as `{totalResults, startIndex, count, links, <arrayField>}` (WSO2:
 * applications, identity providers …) or as a SCIM list. All of it or an error, never a part.
 *
 * The total is a hint and no proof: WSO2 IS 6.0 and 6.1 count an application once per inbound protocol but list it once
 * (the count joins SP_INBOUND_AUTH, the unfiltered list does not; with a filter both join it, and the application comes
 * once per protocol). So a list ends with its last page (see `isLast`) or with an empty page (see `confirmEnd`), and an
 * item that comes again (same `id`) is returned once. A list that changes while it is read is read again, up to three times, until two
 * readings agree.
 * @throws {LiftlockError} with the code of the failed request, naming the page; `list-incomplete`, `list-malformed` or `list-unstable`.
 */
export async function readAllPages(
  transport: Transport,
  request: ListRequest,
  options: PageOptions,
): Promise<JsonObject[]> {
  const list = new PagedList(transport, request, options);
  let before: Reading | undefined;
  for (let rereads = 0; rereads <= MOST_REREADS; rereads += 1) {
    const reading = await list.readOnce();
    if (reading.isSteady || (before && sameItems(before, reading))) return [...reading.items];
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
  private readonly paging: Paging;

  constructor(
    private readonly transport: Transport,
    private readonly request: ListRequest,
    private readonly options: PageOptions,
  ) {
    this.limit = options.limit ?? 100;
    this.paging = options.paging ?? BY_OFFSET;
  }

  /**
   * One reading from start to end, page after page: as the total proves nothing, only the page before tells whether
   * there is another one, and a page asked for ahead would often be one request too many.
   */
  async readOnce(): Promise<Reading> {
    const seen = new Set<Json>();
    const items: JsonObject[] = [];
    let received = 0;
    let repeating = 0;
    let isSteady = true;
    let total: number | undefined;
    let last: JsonObject | undefined;
    for (let number = 1; ; number += 1) {
      const page = await this.page(received, number);
      total ??= page.total;
      const { fresh, repeated } = splitBySeen(page.items, seen);
      items.push(...fresh);
      received += page.items.length;
      if (page.total !== total || repeated) isSteady = false;
      if (page.items.length === 0 && received < total && isSteady) await this.confirmEnd(last, received, number);
      last = page.items.at(-1) ?? last;
      repeating = page.items.length > 0 && fresh.length === 0 ? repeating + 1 : 0;
      if (repeating === MOST_REPEATING_PAGES) throw this.unheededOffset(number);
      if (this.isLast(page, received)) return { items, isSteady };
    }
  }

  problem(code: string, what: string, hint: string): LiftlockError {
    const { environment } = this.transport;
    const at = environment === undefined ? '' : `${environment}: `;
    return failure(code, `${at}the list ${this.name} ${what}. Nothing was assumed from it.`, { environment, hint });
  }

  private get name(): string {
    return `/${this.request.path.map((segment) => encodeURIComponent(segment)).join('/')}`;
  }

  /**
   * Whether the list ends with this page, `received` items being read with it. Safe without another request when
   * - the page is empty, or
   * - its links promise no further page and it is shorter than was asked for: the servers bring the limit down to their
   *   own maximum before they count and link (`validateAndGetLimit`, `createLinks` of REST API 1.2.6), so a page that is
   *   short for that reason has a link to the next; or
   * - nothing promises a further page and as many items came as the total says. More than that prove the total wrong,
   *   and then only a page that is short of the limit ends the list.
   */
  private isLast({ items, total, promisesNext }: Page, received: number): boolean {
    if (items.length === 0) return true;
    if (promisesNext === true) return false;
    const isShort = items.length < this.limit;
    if (promisesNext === false && isShort) return true;
    return received === total || (received > total && isShort);
  }

  /**
   * Makes sure that an empty page before the total is the end, as no total proves it: asked from its last item on, the
   * list gives that item and nothing else. A server that has begun to answer with empty lists does not.
   */
  private async confirmEnd(last: JsonObject | undefined, received: number, number: number): Promise<void> {
    if (last === undefined) return;
    const { items, total } = await this.page(received - 1, number);
    const [first, ...more] = items;
    if (first !== undefined && more.length === 0 && equalJson(identityOf(first), identityOf(last))) return;
    throw this.incomplete(`page ${number} is empty after ${received} of ${total} items`);
  }

  private async page(offset: number, number: number): Promise<Page> {
    const page = this.readPage(await this.fetch(offset, number), number, offset);
    if (offset === 0 && page.items.length === 0 && page.total > 0) {
      throw this.incomplete(`its first page is empty, but the total is ${page.total}`);
    }
    return page;
  }

  private async fetch(offset: number, number: number): Promise<Json | undefined> {
    const { path, headers, query } = this.request;
    const page = this.paging.query(offset, this.limit);
    try {
      return (await this.transport.send({ method: 'GET', path, headers, query: { ...query, ...page } })).body;
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
    const { totalResults: total, startIndex, links } = body;
    const count = body[this.paging.countField];
    if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) throw malformed('has no totalResults');
    // The list of identity providers leaves the field out when it is empty, as SCIM lists do.
    const items = body[this.options.arrayField] ?? [];
    if (!Array.isArray(items) || !items.every(isObject))
      throw malformed(`has no list of objects in ${this.options.arrayField}`);
    if (typeof count === 'number' && count > items.length) {
      throw malformed(`announces ${count} items in ${this.options.arrayField} and has ${items.length}`);
    }
    if (items.length > 0 && typeof startIndex === 'number' && startIndex !== offset + 1) {
      throw malformed(`begins with item ${startIndex} where ${offset + 1} was asked for`);
    }
    return { total, items, ...(Array.isArray(links) ? { promisesNext: links.some(isNextLink) } : {}) };
  }

  private incomplete(why: string): LiftlockError {
    return this.problem(
      'list-incomplete',
      `is incomplete: ${why}`,
      'Try again; if it goes on, look at the server’s log.',
    );
  }

  private unheededOffset(number: number): LiftlockError {
    return this.incomplete(
      `pages ${number - MOST_REPEATING_PAGES + 1} to ${number} only repeat earlier ones, as if the server did not heed the offset`,
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

function identityOf(item: JsonObject): Json {
  return item['id'] ?? JSON.stringify(item);
}

function isNextLink(link: Json): boolean {
  return isObject(link) && link.rel === 'next';
}

/** The items that were not seen on an earlier page nor before on this one, and whether one of an earlier page came again. */
function splitBySeen(items: readonly JsonObject[], seen: Set<Json>): { fresh: JsonObject[]; repeated: boolean } {
  const identities = items.map(identityOf);
  const repeated = identities.some((identity) => seen.has(identity));
  const fresh = items.filter((_item, index) => {
    const identity = identities[index] ?? index;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  return { fresh, repeated };
}

function sameItems(left: Reading, right: Reading): boolean {
  return equalJson(
    left.items.map((item) => item['id'] ?? item),
    right.items.map((item) => item['id'] ?? item),
  );
}
