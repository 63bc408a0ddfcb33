import { failure } from '../../src/model/problem';
import type { Json, JsonObject } from '../../src/model/json';
import { readAllPages, SCIM_PAGING } from '../../src/transport/pages';
import { ServerError, type Transport } from '../../src/transport/transport';
import { giveJson, startServer } from './fake-server';
import { errorOf, setUp, told } from './setting';

type PageOf = (offset: number, limit: number, call: number) => Json | undefined;

interface Fake {
  readonly transport: Transport;
  readonly offsets: number[];
}

function listOf(page: PageOf): Fake {
  const offsets: number[] = [];
  const transport: Transport = {
    environment: 'prod',
    async send({ query }) {
      offsets.push(Number(query?.['offset']));
      return {
        status: 200,
        headers: {},
        body: page(Number(query?.['offset']), Number(query?.['limit']), offsets.length),
      };
    },
    close: () => undefined,
    statistics: { requests: 0, retries: 0, bytes: 0 },
    grantedScopes: async () => undefined,
  };
  return { transport, offsets };
}

const items = (from: number, count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${from + index}` }));

/** A server with `total` items that gives at most `most` of them per page. */
const honest =
  (total: number, most: number): PageOf =>
  (offset, limit) => {
    const count = Math.max(0, Math.min(limit, most, total - offset));
    return { totalResults: total, startIndex: offset + 1, count, applications: items(offset, count) };
  };

const read = (fake: Fake, limit?: number): Promise<JsonObject[]> =>
  readAllPages(
    fake.transport,
    { path: ['applications'], query: { filter: 'f' } },
    { arrayField: 'applications', limit },
  );

const page = (total: number, list: JsonObject[], rest: JsonObject = {}): Json => ({
  totalResults: total,
  count: list.length,
  applications: list,
  ...rest,
});

test('one page needs one request', async () => {
  const fake = listOf(honest(40, 100));
  expect(await read(fake)).toEqual(items(0, 40));
  expect(fake.offsets).toEqual([0]);
});

test.each([
  [250, 100, [0, 100, 200]],
  [200, 100, [0, 100]],
  [35, 15, [0, 15, 30]],
])(
  'reads all of %i items where the server gives %i per page, without a request too many',
  async (total, most, offsets) => {
    const fake = listOf(honest(total, most));
    expect(await read(fake)).toEqual(items(0, total));
    expect(fake.offsets.sort((a, b) => a - b)).toEqual(offsets);
  },
);

test('keeps the order and reads thousands of items', async () => {
  expect(await read(listOf(honest(10_000, 100)))).toEqual(items(0, 10_000));
});

test('keeps the query of the request', async () => {
  const server = await startServer((_request, response) => giveJson(response, page(0, [])));
  const { transport } = await setUp({ url: server.url });
  await readAllPages(transport, { path: ['x'], query: { filter: 'a b' } }, { arrayField: 'applications', limit: 7 });
  expect(server.received[0]?.url).toBe('/t/carbon.super/x?filter=a%20b&limit=7&offset=0');
});

test('fills the gap that a short page in the middle leaves', async () => {
  const short: PageOf = (offset, limit, call) =>
    call === 2 ? honest(30, 4)(offset, limit, call) : honest(30, 10)(offset, limit, call);
  expect(await read(listOf(short))).toEqual(items(0, 30));
});

test('an empty list with its field is empty', async () => {
  expect(await read(listOf(() => page(0, [])))).toEqual([]);
});

test('an empty list without its field is empty', async () => {
  expect(await read(listOf(() => ({ totalResults: 0, startIndex: 1, count: 0 })))).toEqual([]);
});

test.each<[string, Json | undefined]>([
  ['no body', undefined],
  ['a bare list', []],
  ['no total', { count: 0, applications: [] }],
  ['no field though the count is above 0', { totalResults: 2, startIndex: 1, count: 2 }],
  ['a field that is no list', { totalResults: 2, startIndex: 1, count: 2, applications: {} }],
  ['fewer items than announced', { totalResults: 2, startIndex: 1, count: 2, applications: [{ id: 'a' }] }],
])('%s is an error, not an empty list', async (_name, body) => {
  const error = told(await errorOf(read(listOf(() => body))));
  expect(error).toMatchObject({ code: 'list-malformed', environment: 'prod' });
  expect(error.message).toContain('prod: the list /applications cannot be read: page 1');
});

test('an empty first page of a list that is not empty is an error', async () => {
  expect(told(await errorOf(read(listOf(() => page(5, []))))).code).toBe('list-incomplete');
});

test('a list ends on an empty page, even one that a link promised: links are made from the total', async () => {
  const fake = listOf((offset) => ({
    ...(honest(20, 10)(offset, 100, 0) as JsonObject),
    totalResults: 31,
    links: offset < 30 ? [{ rel: 'next', href: '/x' }] : [],
  }));
  expect(await read(fake, 10)).toEqual(items(0, 20));
  // The last one asks whether the last item is the last one.
  expect(fake.offsets).toEqual([0, 10, 20, 19]);
});

test('a page that is empty although items follow is an error that names it', async () => {
  const error = told(
    await errorOf(read(listOf((offset) => (offset === 20 ? page(30, []) : honest(30, 10)(offset, 100, 0))))),
  );
  expect(error.code).toBe('list-incomplete');
  expect(error.message).toContain('page 3 is empty after 20 of 30 items. Nothing was assumed from it.');
});

test('a server that begins to answer with empty lists is found out', async () => {
  const fake = listOf((offset, _limit, call) => (call > 2 ? page(30, []) : honest(30, 10)(offset, 100, 0)));
  const error = told(await errorOf(read(fake)));
  expect(error).toMatchObject({ code: 'list-incomplete' });
  expect(error.message).toContain('page 3 is empty after 20 of 30 items');
});

/** WSO2 IS 6.0: the total counts an application once per inbound protocol, the list has it once. */
const countedPerProtocol =
  (applications: number, total: number): PageOf =>
  (offset, limit) => ({
    ...(honest(applications, limit)(offset, limit, 0) as JsonObject),
    totalResults: total,
    links: offset + limit < total ? [{ rel: 'next', href: '/x' }] : [],
  });

test.each([
  [1, 2, 100, [0]],
  [6, 9, 100, [0]],
  [6, 9, 3, [0, 3, 6, 5]],
  [6, 9, 4, [0, 4, 6, 5]],
  [300, 600, 100, [0, 100, 200, 300, 299]],
])('%i applications with a total of %i are all of them, by pages of %i', async (count, total, limit, offsets) => {
  const fake = listOf(countedPerProtocol(count, total));
  expect(await read(fake, limit)).toEqual(items(0, count));
  expect(fake.offsets).toEqual(offsets);
});

test('without links, a total that is too high costs an empty page and one for certainty', async () => {
  const fake = listOf((offset) => page(9, items(offset, Math.max(0, 6 - offset))));
  expect(await read(fake)).toEqual(items(0, 6));
  expect(fake.offsets).toEqual([0, 6, 5]);
});

test('an item that comes once per protocol on a page is returned once, without a second reading', async () => {
  const fake = listOf(() => page(3, [{ id: 'a' }, { id: 'a' }, { id: 'b' }], { links: [] }));
  expect(await read(fake)).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(fake.offsets).toEqual([0]);
});

test('a filtered list by pages of one item has pages that bring nothing new', async () => {
  const rows = ['a', 'a', 'a', 'b', 'b'].map((id) => ({ id }));
  const fake = listOf((offset, limit) => page(5, rows.slice(offset, offset + limit)));
  expect(await read(fake, 1)).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('a total that is too low does not cut a list short', async () => {
  const fake = listOf((offset, limit) => ({ ...(honest(25, 10)(offset, limit, 0) as JsonObject), totalResults: 3 }));
  expect(await read(fake, 10)).toEqual(items(0, 25));
  const linked = listOf((offset, limit) => ({
    ...(honest(20, 10)(offset, limit, 0) as JsonObject),
    totalResults: 10,
    links: offset === 0 ? [{ rel: 'next', href: '/x' }] : [],
  }));
  expect(await read(linked, 10)).toEqual(items(0, 20));
});

test('a server that brings the limit down gives all of its list, as its links say', async () => {
  const fake = listOf((offset) => ({
    ...(honest(70, 30)(offset, 100, 0) as JsonObject),
    links: offset + 30 < 70 ? [{ rel: 'next', href: '/x' }] : [],
  }));
  expect(await read(fake)).toEqual(items(0, 70));
  expect(fake.offsets).toEqual([0, 30, 60]);
});

test('a page with more items than it announces is whole', async () => {
  expect(await read(listOf(() => ({ totalResults: 2, count: 1, applications: items(0, 2) })))).toEqual(items(0, 2));
});

test('a page that a link promised and that fails makes the list fail', async () => {
  const fake = listOf((offset) => {
    if (offset > 0) throw failure('http-500', 'broken');
    return page(1, items(0, 1), { links: [{ rel: 'next', href: '/x' }] });
  });
  expect(told(await errorOf(read(fake))).message).toContain('page 2 (from item 2) failed');
});

test('SCIM pages are asked for by startIndex and count', async () => {
  const asked: unknown[] = [];
  const { transport } = listOf(() => undefined);
  const scim: Transport = {
    ...transport,
    async send({ query }) {
      asked.push(query);
      const start = Number(query?.['startIndex']);
      const list = items(start - 1, start === 1 ? 2 : 1);
      return {
        status: 200,
        headers: {},
        body: { totalResults: 3, startIndex: start, itemsPerPage: list.length, Resources: list },
      };
    },
  };
  const request = { path: ['Roles'], query: { excludedAttributes: 'users' } };
  const options = { arrayField: 'Resources', paging: SCIM_PAGING, limit: 2 };
  expect(await readAllPages(scim, request, options)).toEqual(items(0, 3));
  expect(asked).toEqual([
    { excludedAttributes: 'users', startIndex: 1, count: 2 },
    { excludedAttributes: 'users', startIndex: 3, count: 2 },
  ]);
});

test('a list that grows while it is read is read again', async () => {
  const fake = listOf((offset, limit, call) => honest(call === 1 ? 20 : 21, 10)(offset, limit, call));
  expect(await read(fake)).toEqual(items(0, 21));
});

test('a list that never stands still is an error', async () => {
  const error = told(await errorOf(read(listOf((offset, limit, call) => honest(20 + call, 10)(offset, limit, call)))));
  expect(error.code).toBe('list-unstable');
  expect(error.message).toContain('kept changing while it was read 4 times');
});

test('an item on two pages is returned once', async () => {
  const fake = listOf((offset) =>
    offset === 0 ? page(3, [{ id: 'a' }, { id: 'b' }]) : page(3, [{ id: 'b' }, { id: 'c' }]),
  );
  expect(await read(fake)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
});

test('a repeated item makes the list be read again, because another may have been missed', async () => {
  const fake = listOf((offset, _limit, call) => {
    if (offset === 0) return page(4, [{ id: 'a' }, { id: 'b' }]);
    return page(4, call === 2 ? [{ id: 'b' }, { id: 'c' }] : [{ id: 'c' }, { id: 'd' }]);
  });
  expect(await read(fake)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }]);
});

test('repetitions that the server counts are accepted when a second reading finds the same', async () => {
  const fake = listOf((offset) =>
    offset === 0 ? page(4, [{ id: 'a' }, { id: 'b' }]) : page(4, [{ id: 'b' }, { id: 'c' }]),
  );
  expect(await read(fake)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
});

test('a server that does not heed the offset is an error', async () => {
  const first = items(0, 10);
  expect(told(await errorOf(read(listOf(() => page(20, first, { startIndex: 1 }))))).message).toContain(
    'begins with item 1 where 11 was asked for',
  );
  const endless = listOf(() => page(20_000, first));
  const error = told(await errorOf(read(endless)));
  expect(error).toMatchObject({ code: 'list-incomplete' });
  expect(error.message).toContain('pages 2 to 6 only repeat earlier ones, as if the server did not heed the offset');
  expect(endless.offsets).toHaveLength(6);
});

test('the same page for ever is noticed also where its items have no id', async () => {
  const error = told(await errorOf(read(listOf(() => page(50, [{ name: 'a' }, { name: 'b' }])))));
  expect(error.code).toBe('list-incomplete');
});

test('a server that ignores the limit and gives all at once is asked once', async () => {
  const fake = listOf(() => page(150, items(0, 150)));
  expect(await read(fake)).toEqual(items(0, 150));
  expect(fake.offsets).toEqual([0]);
});

test('a page that fails makes the list fail, names the page and keeps the server’s words', async () => {
  const server = await startServer((request, response) => {
    const offset = Number(/offset=(\d+)/.exec(request.url)?.[1]);
    if (offset === 20) return giveJson(response, { code: 'SE-50000', message: 'Broken', traceId: 'tr-3' }, 500);
    return giveJson(response, honest(50, 10)(offset, 100, 0));
  });
  const { transport } = await setUp({ url: server.url });
  const error = await errorOf(readAllPages(transport, { path: ['applications'] }, { arrayField: 'applications' }));
  expect(told(error)).toMatchObject({
    code: 'http-500',
    environment: 'prod',
    message:
      'prod: GET /applications → 500 SE-50000 Broken. (trace tr-3) The list /applications could not be read: page 3 (from item 21) failed.',
  });
  expect(error.cause).toBeInstanceOf(ServerError);
});

test('no further pages are asked for after one has failed', async () => {
  const fake = listOf((offset, limit, call) => {
    if (offset === 100) throw failure('http-500', 'broken');
    return honest(100_000, 100)(offset, limit, call);
  });
  await errorOf(read(fake));
  expect(fake.offsets.length).toBeLessThan(20);
});

test('an interruption passes through as it is', async () => {
  const fake = listOf(() => {
    throw failure('interrupted', 'prod: interrupted.');
  });
  expect((await errorOf(read(fake))).message).toBe('prod: interrupted.');
});
