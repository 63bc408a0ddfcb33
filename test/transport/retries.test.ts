import type { ServerResponse } from 'node:http';
import type { HttpMethod, HttpResponse } from '../../src/transport/transport';
import { closedPort, giveJson, startServer, stopServers, type Handler } from './fake-server';
import { errorOf, setUp, told } from './setting';

const cut = (response: ServerResponse): void => {
  response.socket?.destroy();
};
const halfAnswer = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"half":');
  setTimeout(() => response.socket?.destroy(), 5);
};
const busy =
  (status: number): ((response: ServerResponse) => void) =>
  (response) =>
    giveJson(response, { code: 'BUSY', message: 'Busy' }, status);

/** Troubles the first `times` requests, answers the others. */
const after =
  (times: number, trouble: (response: ServerResponse) => void): Handler =>
  (_request, response, count) =>
    count <= times ? trouble(response) : giveJson(response, { count });

const troubles: [string, (response: ServerResponse) => void][] = [
  ['a cut connection', cut],
  ['a cut answer', halfAnswer],
  ['502', busy(502)],
  ['503', busy(503)],
  ['504', busy(504)],
  ['429', busy(429)],
];

describe.each(['GET', 'PUT', 'DELETE'] as HttpMethod[])('%s', (method) => {
  test.each(troubles)('is repeated after %s', async (_name, trouble) => {
    const server = await startServer(after(2, trouble));
    const { transport, slept } = await setUp({ url: server.url });
    expect((await transport.send({ method, path: ['x'] })).body).toEqual({ count: 3 });
    expect(slept).toEqual([250, 500]);
  });
});

test('a repeatable POST is repeated after a cut connection', async () => {
  const server = await startServer(after(1, cut));
  const { transport } = await setUp({ url: server.url });
  expect((await transport.send({ method: 'POST', path: ['x'], repeatable: true })).body).toEqual({ count: 2 });
});

test('gives up after four tries with what the server said last', async () => {
  const server = await startServer((_request, response) => giveJson(response, { code: 'SE-1', message: 'Down' }, 502));
  const { transport } = await setUp({ url: server.url });
  expect((await errorOf(transport.send({ method: 'GET', path: ['x'] }))).message).toContain('502 SE-1 Down.');
  expect(server.received).toHaveLength(4);
});

test('gives up after four cut connections', async () => {
  const server = await startServer((_request, response) => cut(response));
  const { transport } = await setUp({ url: server.url });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('connection-lost');
  expect(error.message).toContain(`prod: GET /x → ${server.url} closed the connection`);
  expect(server.received).toHaveLength(4);
});

test('reports an answer that is cut every time', async () => {
  const server = await startServer((_request, response) => halfAnswer(response));
  const { transport } = await setUp({ url: server.url });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('answer-cut');
  expect(server.received).toHaveLength(4);
});

test('notices a JSON text that ends in the middle although the connection ended in order', async () => {
  const server = await startServer((_request, response, count) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(count === 1 ? '{"items":[1,2' : '{"items":[]}');
  });
  const { transport } = await setUp({ url: server.url });
  expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ items: [] });
});

test.each([400, 404, 409, 500, 501])('does not repeat after %i', async (status) => {
  const server = await startServer((_request, response) => giveJson(response, { code: 'X', message: 'No' }, status));
  const { transport } = await setUp({ url: server.url });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe(`http-${status}`);
  expect(server.received).toHaveLength(1);
});

test('draws the wait at random up to a bound that doubles', async () => {
  const server = await startServer(after(3, busy(502)));
  const { transport, slept } = await setUp({ url: server.url }, { random: () => 0.5 });
  await transport.send({ method: 'GET', path: ['x'] });
  expect(slept).toEqual([125, 250, 500]);
});

test('logs each repetition with its reason', async () => {
  const server = await startServer(after(1, cut));
  const { transport, events } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['x'] });
  expect(events).toEqual([
    expect.objectContaining({ type: 'fault', fault: 'connection-lost', try: 1 }),
    { type: 'retry', method: 'GET', path: '/x', reason: 'connection-lost', delayMs: 250, try: 1 },
    expect.objectContaining({ type: 'answer', status: 200, try: 2 }),
  ]);
});

describe.each(['POST', 'PATCH'] as HttpMethod[])('%s that may have arrived', (method) => {
  const unknown: [string, (response: ServerResponse) => void][] = [
    ['a cut connection', cut],
    ['a cut answer', halfAnswer],
    ['502', busy(502)],
    ['504', busy(504)],
  ];

  test.each(unknown)('is not sent again after %s, and the doubt is reported', async (_name, trouble) => {
    const server = await startServer(after(1, trouble));
    const { transport } = await setUp({ url: server.url });
    const error = told(await errorOf(transport.send({ method, path: ['x'], body: {} })));
    expect(error).toMatchObject({ code: 'outcome-unknown', environment: 'prod' });
    expect(error.message).toContain('unknown');
    expect(error.hint).toContain('liftlock plan prod');
    expect(server.received).toHaveLength(1);
  });

  test.each([...unknown, ['503', busy(503)] as const])(
    'is looked up after %s and not sent again if found',
    async (_name, trouble) => {
      const server = await startServer(after(1, trouble));
      const { transport } = await setUp({ url: server.url });
      const found: HttpResponse = { status: 201, headers: {}, body: { id: 'found' } };
      expect(await transport.send({ method, path: ['x'], body: {}, arrived: async () => found })).toEqual(found);
      expect(server.received).toHaveLength(1);
    },
  );

  test.each([...unknown, ['503', busy(503)] as const])(
    'is sent again after %s if the look-up finds nothing',
    async (_name, trouble) => {
      const server = await startServer(after(1, trouble));
      const { transport } = await setUp({ url: server.url });
      const answer = await transport.send({ method, path: ['x'], body: {}, arrived: async () => undefined });
      expect(answer.body).toEqual({ count: 2 });
    },
  );
});

test('a look-up may use the same transport even with a concurrency of one', async () => {
  const server = await startServer((request, response) =>
    request.method === 'POST' ? cut(response) : giveJson(response, { id: 'a' }),
  );
  const { transport } = await setUp({ url: server.url, concurrency: 1 });
  const answer = await transport.send({
    method: 'POST',
    path: ['x'],
    arrived: () => transport.send({ method: 'GET', path: ['x'] }),
  });
  expect(answer.body).toEqual({ id: 'a' });
});

test('a look-up that fails leaves the outcome unknown and says why', async () => {
  const server = await startServer((request, response) =>
    request.method === 'POST' ? cut(response) : giveJson(response, { code: 'X', message: 'Broken' }, 500),
  );
  const { transport } = await setUp({ url: server.url });
  const arrived = (): Promise<HttpResponse> => transport.send({ method: 'GET', path: ['y'] });
  const error = told(await errorOf(transport.send({ method: 'POST', path: ['x'], arrived })));
  expect(error.code).toBe('outcome-unknown');
  expect(error.message).toContain('Looking it up failed as well: prod: GET /y → 500 X Broken.');
});

test('a POST that is lost every time is looked up after the last try as well', async () => {
  const server = await startServer((_request, response) => cut(response));
  const { transport } = await setUp({ url: server.url });
  let looked = 0;
  const arrived = async (): Promise<undefined> => {
    looked += 1;
  };
  expect(told(await errorOf(transport.send({ method: 'POST', path: ['x'], arrived }))).code).toBe('connection-lost');
  expect([looked, server.received.length]).toEqual([4, 4]);
});

test.each([429, 503])(
  'a POST without a look-up is repeated after %i, which says that it was not done',
  async (status) => {
    const server = await startServer(after(1, busy(status)));
    const { transport } = await setUp({ url: server.url });
    expect((await transport.send({ method: 'POST', path: ['x'] })).body).toEqual({ count: 2 });
  },
);

test('a POST is not looked up after 429', async () => {
  const server = await startServer(after(1, busy(429)));
  const { transport } = await setUp({ url: server.url });
  const arrived = jest.fn(async () => undefined);
  await transport.send({ method: 'POST', path: ['x'], arrived });
  expect(arrived).not.toHaveBeenCalled();
});

test('fails at once when the server refuses the first connection', async () => {
  const port = await closedPort();
  const { transport, slept } = await setUp({ url: `http://127.0.0.1:${port}` });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['applications'] })));
  expect(error).toMatchObject({
    code: 'connection-refused',
    environment: 'prod',
    message: `prod: GET /applications → http://127.0.0.1:${port} refused the connection.`,
  });
  expect(error.hint).toContain('Is the server running');
  expect(slept).toEqual([]);
});

test('fails at once when the host name is unknown', async () => {
  const { transport, slept } = await setUp({ url: 'http://liftlock.invalid' });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('host-unknown');
  expect(error.message).toContain('http://liftlock.invalid has no address');
  expect(slept).toEqual([]);
});

test('repeats even a POST when a server that has answered before refuses a connection', async () => {
  const server = await startServer((_request, response) => {
    response.setHeader('connection', 'close');
    giveJson(response, {});
  });
  const { transport, slept } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['x'] });
  await stopServers();
  expect(told(await errorOf(transport.send({ method: 'POST', path: ['x'] }))).code).toBe('connection-refused');
  expect(slept).toHaveLength(3);
});
