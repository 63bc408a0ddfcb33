import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { startServer, giveJson, type FakeServer } from './fake-server';
import { errorOf, setUp, told } from './setting';

const answering = (body: unknown = { ok: true }) => startServer((_request, response) => giveJson(response, body));

test('puts a request below /t/{tenant} and encodes every path segment', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url, tenant: 'ac me.com' });
  await transport.send({ method: 'GET', path: ['api', 'a/b c?d#e', '%2e%2e', 'é+'] });
  expect(server.received[0]?.url).toBe('/t/ac%20me.com/api/a%2Fb%20c%3Fd%23e/%252e%252e/%C3%A9%2B');
});

test('keeps the path prefix of the address and bears a slash at its end', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: `${server.url}/prefix/is//` });
  await transport.send({ method: 'GET', path: ['api'] });
  expect(server.received[0]?.url).toBe('/prefix/is/t/carbon.super/api');
});

test('encodes query values once and leaves out undefined ones', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['x'], query: { filter: 'name eq a+b&c', limit: 5, none: undefined } });
  expect(server.received[0]?.url).toBe('/t/carbon.super/x?filter=name%20eq%20a%2Bb%26c&limit=5');
});

test.each(['', '.', '..'])('refuses the path segment “%s” and sends nothing', async (segment) => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url });
  const error = await errorOf(transport.send({ method: 'DELETE', path: ['applications', segment] }));
  expect(told(error)).toMatchObject({ code: 'path-invalid', environment: 'prod' });
  expect(server.received).toHaveLength(0);
});

test('refuses a segment that is half a character', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['\ud800'] }))).code).toBe('path-invalid');
});

test.each(['ftp://is', 'not an address', 'https://user:pass-9876@is', 'https://is/?a=b'])(
  'refuses the address %s without showing credentials',
  async (url) => {
    const error = await errorOf(setUp({ url }));
    expect(told(error).code).toBe('url-invalid');
    expect(error.message).not.toContain('pass-9876');
  },
);

test('refuses limits that are no whole numbers above 0', async () => {
  expect(told(await errorOf(setUp({ url: 'http://127.0.0.1', concurrency: 0 }))).code).toBe('connection-invalid');
});

test('sends a JSON body and returns status, headers and JSON of the answer', async () => {
  const server = await startServer((_request, response) =>
    giveJson(response, { id: 'a' }, 201, { location: 'https://is/x/a', 'set-cookie': 'secret=1' }),
  );
  const { transport } = await setUp({ url: server.url });
  const answer = await transport.send({ method: 'POST', path: ['x'], body: { name: 'ü' }, headers: { 'X-Test': '1' } });
  expect(server.received[0]).toMatchObject({ method: 'POST', body: '{"name":"ü"}' });
  expect(server.received[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'x-test': '1',
    'user-agent': 'liftlock',
  });
  expect(answer).toMatchObject({ status: 201, body: { id: 'a' }, headers: { location: 'https://is/x/a' } });
  expect(answer.headers).not.toHaveProperty('set-cookie');
});

test('returns no body for an empty answer', async () => {
  const server = await startServer((_request, response) => response.writeHead(204).end());
  const { transport } = await setUp({ url: server.url });
  expect(await transport.send({ method: 'DELETE', path: ['x'] })).toMatchObject({ status: 204, body: undefined });
});

test('does not let a request override the credentials', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['x'], headers: { AUTHORIZATION: 'Bearer stolen' } });
  expect(server.received[0]?.headers.authorization).toMatch(/^Basic /);
});

test('uses one kept connection for requests one after another', async () => {
  const server = await answering();
  const { transport } = await setUp({ url: server.url });
  for (let index = 0; index < 5; index += 1) await transport.send({ method: 'GET', path: ['x'] });
  expect(server.connections.size).toBe(1);
});

/** Answers only when as many requests wait as `atOnce` says, all of them, and tells how many that ever were. */
async function holding(atOnce: number): Promise<{ server: FakeServer; most: () => number }> {
  const waiting: ServerResponse[] = [];
  let most = 0;
  const server = await startServer((_request, response) => {
    if (waiting.push(response) !== atOnce) return;
    // Time for one too many to come.
    setTimeout(() => {
      most = Math.max(most, waiting.length);
      for (const held of waiting.splice(0)) giveJson(held, {});
    }, 20);
  });
  return { server, most: () => most };
}

test('opens no more connections than its concurrency', async () => {
  const { server, most } = await holding(3);
  const { transport } = await setUp({ url: server.url, concurrency: 3 });
  await Promise.all(Array.from({ length: 12 }, () => transport.send({ method: 'GET', path: ['x'] })));
  expect([most(), server.connections.size]).toEqual([3, 3]);
});

test('runs eight requests at a time by default', async () => {
  const { server, most } = await holding(8);
  const { transport } = await setUp({ url: server.url });
  await Promise.all(Array.from({ length: 32 }, () => transport.send({ method: 'GET', path: ['x'] })));
  expect(most()).toBe(8);
});

test('counts requests, retries and bytes', async () => {
  const server = await startServer((_request, response, count) => giveJson(response, {}, count === 1 ? 502 : 200));
  const { transport } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['x'] });
  expect(transport.statistics).toEqual({ requests: 2, retries: 1, bytes: 4 });
});

test('unpacks compressed answers', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync('{"packed":true}'));
  });
  const { transport } = await setUp({ url: server.url });
  expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ packed: true });
});

test('does not load axios or the proxy agent before a transport is made', async () => {
  const refuse = (name: string) => () => {
    throw new Error(`${name} was loaded`);
  };
  jest.isolateModules(() => {
    jest.doMock('axios', refuse('axios'));
    jest.doMock('https-proxy-agent', refuse('https-proxy-agent'));
    const loaded = jest.requireActual<{ createTransport: unknown }>('../../src/transport/transport');
    expect(typeof loaded.createTransport).toBe('function');
    jest.dontMock('axios');
    jest.dontMock('https-proxy-agent');
  });
});
