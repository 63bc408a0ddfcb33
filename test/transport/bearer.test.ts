import { writeFile } from 'node:fs/promises';
import { fileWith } from './certificates';
import { giveJson, startServer, type FakeServer, type Handler } from './fake-server';
import { allTextOf, errorOf, setUp, told } from './setting';

const ok: Handler = (_request, response) => giveJson(response, {});
const accepting =
  (...tokens: string[]): Handler =>
  (request, response) =>
    tokens.some((token) => request.headers.authorization === `Bearer ${token}`)
      ? giveJson(response, {})
      : giveJson(response, { code: 401, message: 'Unauthorized', traceId: 'tr-401' }, 401);

const bearers = (server: FakeServer): (string | undefined)[] =>
  server.received.map(({ headers }) => headers.authorization);

describe('a bearer token', () => {
  const node = (script: string, ...rest: string[]): { type: 'bearer'; command: string[] } => ({
    type: 'bearer',
    command: [process.execPath, '-e', script, ...rest],
  });

  test('comes from a file, without the line end', async () => {
    const server = await startServer(accepting('file-token'));
    const file = await fileWith('file-token\n');
    const { transport } = await setUp({ url: server.url, auth: { type: 'bearer', file } });
    await transport.send({ method: 'GET', path: ['x'] });
    expect(server.received).toHaveLength(1);
  });

  test('is read again once after a 401', async () => {
    const server = await startServer(accepting('new-token'));
    const file = await fileWith('old-token');
    const { transport } = await setUp({ url: server.url, auth: { type: 'bearer', file } });
    await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    await writeFile(file, 'new-token');
    await transport.send({ method: 'GET', path: ['x'] });
    expect(bearers(server)).toEqual(['Bearer old-token', 'Bearer old-token', 'Bearer new-token']);
  });

  test('comes from a command that is run once and without a shell', async () => {
    const server = await startServer(accepting('a;b$(c)'));
    const { transport } = await setUp({ url: server.url, auth: node('console.log(process.argv[1])', 'a;b$(c)') });
    await transport.send({ method: 'GET', path: ['x'] });
    await transport.send({ method: 'GET', path: ['x'] });
    expect(server.received).toHaveLength(2);
  });

  test('command that fails is named without its arguments and output', async () => {
    const server = await startServer(ok);
    const auth = node(
      'console.log("printed-secret"); console.error("printed-secret"); process.exit(3)',
      'argument-secret',
    );
    const { transport } = await setUp({ url: server.url, auth });
    const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    expect(told(error)).toMatchObject({
      code: 'token-command-failed',
      message: `prod: the token command ${process.execPath} ended with exit code 3.`,
    });
    expect(allTextOf(error)).not.toMatch(/printed-secret|argument-secret/);
  });

  test('command that does not exist is named', async () => {
    const { transport } = await setUp({
      url: 'http://127.0.0.1:1',
      auth: { type: 'bearer', command: ['/no/such/command'] },
    });
    expect((await errorOf(transport.send({ method: 'GET', path: ['x'] }))).message).toBe(
      'prod: the token command /no/such/command was not found.',
    );
  });

  test('command that is interrupted ends at once', async () => {
    const controller = new AbortController();
    const { transport } = await setUp(
      { url: 'http://127.0.0.1:1', auth: node('setTimeout(() => {}, 60000)') },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 20);
    expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('interrupted');
  });

  test.each([
    ['nothing', '  \n'],
    ['several words', 'not a token'],
    ['a header injection', 'token\r\nX-Evil: 1'],
  ])('that is %s is refused without being shown', async (_name, text) => {
    const file = await fileWith(text);
    const { transport } = await setUp({ url: 'http://127.0.0.1:1', auth: { type: 'bearer', file } });
    const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    expect(told(error).code).toBe('token-unusable');
    expect(error.message).not.toContain('X-Evil');
  });

  test('file that cannot be read is named', async () => {
    const { transport } = await setUp({ url: 'http://127.0.0.1:1', auth: { type: 'bearer', file: '/no/such/file' } });
    expect((await errorOf(transport.send({ method: 'GET', path: ['x'] }))).message).toBe(
      'prod: the token file /no/such/file cannot be read (ENOENT).',
    );
  });

  test('needs either a command or a file', async () => {
    expect(told(await errorOf(setUp({ url: 'http://127.0.0.1:1', auth: { type: 'bearer' } }))).code).toBe(
      'auth-invalid',
    );
  });
});
