import net from 'node:net';
import { giveJson, listen, startServer } from './fake-server';
import { errorOf, setUp, told } from './setting';

test('a server that takes the connection and never answers meets the read timeout', async () => {
  const server = await startServer(() => undefined);
  const { transport } = await setUp({ url: server.url, readTimeoutMs: 40 });
  const error = told(await errorOf(transport.send({ method: 'POST', path: ['x'], repeatable: true })));
  expect(error.code).toBe('read-timeout');
  expect(error.message).toContain(`POST /x → ${server.url} sent nothing for 0.04 s.`);
  expect(server.received).toHaveLength(4);
});

test('a server that stops in the middle of an answer meets the read timeout', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"a":');
  });
  const { transport } = await setUp({ url: server.url, readTimeoutMs: 40 });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('read-timeout');
});

test('a slow answer that keeps coming is waited for', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const parts = ['{', '"a"', ':', '1', '}'];
    const timer = setInterval(() => {
      const part = parts.shift();
      if (part !== undefined) return response.write(part);
      clearInterval(timer);
      return response.end();
    }, 100);
  });
  const { transport } = await setUp({ url: server.url, readTimeoutMs: 350 });
  expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ a: 1 });
});

test('a server that takes the connection and never speaks TLS meets the connect timeout', async () => {
  const { port } = await listen(net.createServer(() => undefined));
  const { transport, slept } = await setUp({ url: `https://127.0.0.1:${port}`, connectTimeoutMs: 40 });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('connect-timeout');
  expect(error.message).toContain(`no connection to https://127.0.0.1:${port} within 0.04 s.`);
  expect(slept).toEqual([]);
});

test('a POST whose answer does not come is of unknown outcome', async () => {
  const server = await startServer(() => undefined);
  const { transport } = await setUp({ url: server.url, readTimeoutMs: 40 });
  const error = told(await errorOf(transport.send({ method: 'POST', path: ['x'] })));
  expect(error.code).toBe('outcome-unknown');
  expect(server.received).toHaveLength(1);
});

test('an interruption ends requests in flight and queued ones', async () => {
  const server = await startServer(() => undefined);
  const controller = new AbortController();
  const { transport } = await setUp({ url: server.url, concurrency: 1 }, { signal: controller.signal });
  const inFlight = errorOf(transport.send({ method: 'PATCH', path: ['x'] }));
  const queued = errorOf(transport.send({ method: 'GET', path: ['y'] }));
  while (server.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  expect(told(await inFlight)).toMatchObject({
    code: 'interrupted',
    message: 'prod: PATCH /x → interrupted; whether the server carried it out is unknown.',
  });
  expect(told(await queued)).toMatchObject({ code: 'interrupted', message: 'prod: GET /y → interrupted.' });
  expect(server.received).toHaveLength(1);
});

test('an interruption ends the wait before a repetition', async () => {
  const server = await startServer((_request, response) => giveJson(response, {}, 502));
  const controller = new AbortController();
  const sleep = (): Promise<void> => {
    controller.abort();
    return new Promise(() => undefined);
  };
  const { transport } = await setUp({ url: server.url }, { signal: controller.signal, sleep });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('interrupted');
});

test('an interruption ends the wait that Retry-After asks for', async () => {
  const server = await startServer((_request, response) => giveJson(response, {}, 429, { 'retry-after': '60' }));
  const controller = new AbortController();
  const sleep = (): Promise<void> => {
    setImmediate(() => controller.abort());
    return new Promise(() => undefined);
  };
  const { transport } = await setUp({ url: server.url }, { signal: controller.signal, sleep });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('interrupted');
});

test('an interruption in the middle of an answer is reported as such', async () => {
  const controller = new AbortController();
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{', () => setTimeout(() => controller.abort(), 5));
  });
  const { transport } = await setUp({ url: server.url }, { signal: controller.signal });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('interrupted');
});

test('nothing is sent after an interruption', async () => {
  const server = await startServer((_request, response) => giveJson(response, {}));
  const { transport } = await setUp({ url: server.url }, { signal: AbortSignal.abort() });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('interrupted');
  expect(server.received).toHaveLength(0);
});

test('closing ends what is under way and the kept connections', async () => {
  const server = await startServer((request, response) => {
    if (request.url.endsWith('/quick')) giveJson(response, {});
  });
  const { transport } = await setUp({ url: server.url });
  await transport.send({ method: 'GET', path: ['quick'] });
  const pending = errorOf(transport.send({ method: 'GET', path: ['slow'] }));
  while (server.received.length < 2) await new Promise((resolve) => setImmediate(resolve));
  transport.close();
  expect(told(await pending).code).toBe('transport-closed');
  const sockets = [...server.connections];
  for (const socket of sockets) {
    if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  }
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('transport-closed');
});

test('many requests listening for an interruption cause no warning', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): number => warnings.push(warning);
  process.on('warning', listener);
  const server = await startServer((_request, response) => giveJson(response, {}));
  const { transport } = await setUp({ url: server.url, concurrency: 30 }, { signal: new AbortController().signal });
  await Promise.all(Array.from({ length: 60 }, () => transport.send({ method: 'GET', path: ['x'] })));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});
