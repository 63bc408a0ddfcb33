import { gzipSync } from 'node:zlib';
import net from 'node:net';
import { ServerError } from '../../src/transport/transport';
import { giveJson, listen, startServer } from './fake-server';
import { allTextOf, errorOf, PASSWORD, setUp, told } from './setting';

async function failWith(status: number, body: unknown, headers: Record<string, string> = {}): Promise<ServerError> {
  const server = await startServer((_request, response) => giveJson(response, body, status, headers));
  const { transport } = await setUp({ url: server.url });
  const error = await errorOf(transport.send({ method: 'POST', path: ['applications'], body: {} }));
  if (!(error instanceof ServerError)) throw error;
  return error;
}

test('shows the server’s code, message, description and trace id', async () => {
  const error = await failWith(409, {
    code: 'APP-60007',
    message: 'Application already exists.',
    description: 'Application with name: Travel exists.',
    traceId: '9a1b2c3d',
  });
  expect(error).toMatchObject({
    status: 409,
    method: 'POST',
    path: '/applications',
    serverCode: 'APP-60007',
    serverMessage: 'Application already exists.',
    description: 'Application with name: Travel exists.',
    traceId: '9a1b2c3d',
  });
  expect(told(error)).toMatchObject({
    code: 'http-409',
    environment: 'prod',
    message:
      'prod: POST /applications → 409 APP-60007 Application already exists. Application with name: Travel exists. (trace 9a1b2c3d)',
  });
});

test('understands a numeric code', async () => {
  const error = await failWith(403, { code: 403, message: 'Forbidden', description: 'Operation is not permitted.' });
  expect(error.serverCode).toBe('403');
  expect(error.message).toBe('prod: POST /applications → 403 Forbidden. Operation is not permitted.');
});

test('understands SCIM errors', async () => {
  expect((await failWith(400, { schemas: [], status: 400, detail: 'Bad role' })).message).toContain('400 Bad role.');
});

test('takes the trace id from a header when the body has none', async () => {
  expect((await failWith(400, { code: 'X', message: 'No' }, { activityid: 'tr-1' })).message).toContain('(trace tr-1)');
});

test('strips control characters and bounds the length of what the server says', async () => {
  const error = await failWith(400, {
    code: 'X',
    message: '\u001b]0;owned\u0007red\u202egreen\r\nnext',
    description: 'd'.repeat(5000),
  });
  expect(error.message).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u202a-\u202e]*$/);
  expect(error.message.length).toBeLessThan(1200);
});

test('hides the credentials and given secrets where the server repeats them', async () => {
  const server = await startServer((_request, response) =>
    giveJson(
      response,
      {
        code: 'X',
        message: `bad ${PASSWORD}`,
        description: 'ClientSecret s3cr3t-value/1 and s3cr3t-value%2F1 refused',
      },
      400,
    ),
  );
  const { transport, events } = await setUp({ url: server.url }, { secrets: ['s3cr3t-value/1'] });
  const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
  expect(error.message).toContain('bad ***. ClientSecret *** and *** refused');
  expect(allTextOf(error) + JSON.stringify(events)).not.toMatch(/pass-word-1234|s3cr3t/);
});

test('hides a secret in the first words of a page, also one that looks like a tag', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Refused: open<b>sesame, pass-word-1234</h1>');
  });
  const { transport } = await setUp({ url: server.url }, { secrets: ['open<b>sesame'] });
  const { message } = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
  expect(message).toBe('prod: GET /x → 500 Refused: ***, ***');
});

test('returns an accepted error status to the caller', async () => {
  const server = await startServer((_request, response) => giveJson(response, { code: 'APP-60006' }, 404));
  const { transport } = await setUp({ url: server.url });
  expect(await transport.send({ method: 'GET', path: ['x'], accept: [404] })).toMatchObject({
    status: 404,
    body: { code: 'APP-60006' },
  });
});

test('does not take an HTML page for an accepted 404', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not here</html>');
  });
  const { transport } = await setUp({ url: server.url });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'], accept: [404] }))).code).toBe(
    'answer-not-json',
  );
});

test('names content type, status and beginning of an HTML page instead of JSON', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<html><head><style>p{}</style><script>steal()</script></head><body>\n<h1>Sign in</h1> ${'please '.repeat(50)}</body>`,
    );
  });
  const { transport } = await setUp({ url: server.url });
  const { code, message, hint } = told(await errorOf(transport.send({ method: 'GET', path: ['applications'] })));
  expect(code).toBe('answer-not-json');
  expect(message).toMatch(
    /^prod: GET \/applications → 200, .*text\/html; charset=utf-8 instead of JSON: “Sign in please [a-z ]*…”\.$/,
  );
  expect(message).not.toMatch(/steal|<|\n/);
  expect(hint).toContain('login page');
});

test('shows the first words of an HTML error page', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(500, { 'content-type': 'text/html' }).end('<html><body><h1>HTTP Status 500</h1></body></html>');
  });
  const { transport } = await setUp({ url: server.url });
  expect((await errorOf(transport.send({ method: 'GET', path: ['x'] }))).message).toBe(
    'prod: GET /x → 500 HTTP Status 500',
  );
});

test('reports broken JSON without quoting it', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"clientSecret": "abcdefgh", oops}');
  });
  const { transport } = await setUp({ url: server.url });
  const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
  expect(told(error).code).toBe('answer-invalid');
  expect(allTextOf(error)).not.toContain('abcdefgh');
});

test('does not follow a redirect and names its target without the query', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(302, { location: '/login?session=abcdefgh' }).end();
  });
  const { transport } = await setUp({ url: server.url });
  const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
  expect(told(error).code).toBe('redirected');
  expect(error.message).toContain(`${server.url}/login instead`);
  expect(allTextOf(error)).not.toContain('abcdefgh');
  expect(server.received).toHaveLength(1);
});

test('stops reading an answer that is too large, and does not ask again', async () => {
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const write = (): boolean => response.write(`"${'x'.repeat(65_536)}"`);
    response.on('drain', () => response.destroyed || write());
    write();
    response.on('error', () => undefined);
  });
  const { transport } = await setUp({ url: server.url, maxResponseBytes: 1_048_576 });
  const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
  expect(told(error)).toMatchObject({ code: 'answer-too-large' });
  expect(error.message).toContain('larger than 1 MiB');
  expect(server.received).toHaveLength(1);
});

test('bounds the unpacked size of a compressed answer', async () => {
  const bomb = gzipSync(Buffer.alloc(4_000_000, 0x20));
  const server = await startServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
  });
  const { transport } = await setUp({ url: server.url, maxResponseBytes: 1_000_000 });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('answer-too-large');
});

test('reports something that is not HTTP', async () => {
  const { port } = await listen(net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
  const { transport } = await setUp({ url: `http://127.0.0.1:${port}` });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('answer-not-http');
});

test('logs method, path, status, duration, try and trace id, and nothing else', async () => {
  const server = await startServer((_request, response) => giveJson(response, {}, 200, { activityid: 'tr-9' }));
  const { transport, events } = await setUp({ url: server.url });
  await transport.send({ method: 'POST', path: ['x'], query: { code: 'abcdefgh' }, body: { secret: 'hidden-value' } });
  expect(events).toEqual([
    { type: 'answer', method: 'POST', path: '/x', status: 200, durationMs: 0, try: 1, traceId: 'tr-9' },
  ]);
});
