import http from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { basic, sandboxed } from './api';

/* Requests that no proper client sends: they get the answer of the product, or of the web server it runs in. */

const server = sandboxed();
const LIST = '/api/server/v1/applications';
const AUTHORIZATION = `Authorization: ${basic('admin', 'admin')}`;

/** What comes back for a request that is written as it is, and whether the server ends the connection. */
async function written(...lines: string[]): Promise<string> {
  const { hostname, port } = new URL(server.api.sandbox.url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(lines.join('\r\n') + '\r\n\r\n');
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

const request = (line: string, ...headers: string[]): Promise<string> =>
  written(`${line} HTTP/1.1`, 'Host: boats', 'Connection: close', ...headers);

describe('a request that is no HTTP', () => {
  test.each([
    ['a verb that nobody knows', `SAIL ${LIST}`, [], 400],
    ['a length below nothing', `POST ${LIST}`, ['Content-Length: -1'], 400],
    ['a path of raw bytes', `GET ${LIST}/\xe9`, [], 400],
    ['an address that is far too long', `GET ${LIST}/${'a'.repeat(30_000)}`, [], 431],
  ])('%s is refused without a word, and the connection ends', async (_name, line, headers, status) => {
    const answer = await written(`${line} HTTP/1.1`, 'Host: boats', ...headers);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*\r\nConnection: close\r\n`));
    expect(answer).toMatch(/\r\n\r\n$/);
  });

  test('does not spoil the next one of a client that keeps its connection', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const get = async (path: string): Promise<number | undefined> => {
      const sent = http.get(server.api.sandbox.url + path, { agent, auth: 'admin:admin' });
      const [answer] = (await once(sent, 'response')) as [http.IncomingMessage];
      await answer.toArray();
      return answer.statusCode;
    };
    expect(await get(`${LIST}/${'a'.repeat(30_000)}`)).toBe(431);
    expect(await get(LIST)).toBe(200);
    agent.destroy();
  });
});

describe('a content type that is none', () => {
  const post = (type: string, ...headers: string[]): Promise<string> =>
    request(`POST ${LIST}`, `Content-Type: ${type}`, 'Content-Length: 2', ...headers, '', '{}');

  test.each(['boats', '', ';', 'application/json-patch+json', 'application/jsonp'])(
    '"%s" is refused like any other than JSON',
    async (type) => {
      const answer = await post(type, AUTHORIZATION);
      expect(answer).toMatch(/^HTTP\/1.1 415 /);
      expect(answer).toMatch(/\r\n\r\n$/);
    },
  );

  test('does not matter to somebody who may not come in', async () => {
    expect(await post('boats')).toMatch(/^HTTP\/1.1 401 [\s\S]*"code":401/);
  });

  test('does not matter where no body is looked at', async () => {
    const headers = [AUTHORIZATION, 'Content-Type: boats', 'Content-Length: 2', '', '{}'];
    expect(await request(`GET ${LIST}?limit=1`, ...headers)).toMatch(/^HTTP\/1.1 200 /);
  });
});

test.each(['QUERY', 'PROPFIND', 'TRACE'])('the verb %s is one that the path does not have', async (verb) => {
  expect(await request(`${verb} ${LIST}`, AUTHORIZATION)).toMatch(/^HTTP\/1.1 405 [\s\S]*\r\nAllow: DELETE,POST,GET/);
  expect(await request(`${verb} ${LIST}`)).toMatch(/^HTTP\/1.1 401 /);
});

test('a request line may name the whole address', async () => {
  expect(await request(`GET http://boats${LIST}?limit=1`, AUTHORIZATION)).toMatch(/^HTTP\/1.1 200 /);
  expect(await request('GET http://boats', AUTHORIZATION)).toMatch(/^HTTP\/1.1 404 /);
  expect(await request('OPTIONS *', AUTHORIZATION)).toMatch(/^HTTP\/1.1 404 /);
});

describe('a client that takes no JSON', () => {
  const statusFor = async (path: string, accept: string): Promise<number> =>
    (await server.api.send('GET', path, undefined, { accept })).status;

  test.each(['application/xml', 'text/*', 'boats'])('gets none: %s', async (accept) => {
    expect(await statusFor('/applications', accept)).toBe(406);
  });

  test.each([
    '*/*',
    '*',
    'application/*',
    'APPLICATION/JSON; charset=utf-8',
    'text/html, image/gif, *; q=.2, */*; q=.2',
    'application/xml, application/json;q=0.1',
    'text/html, application/json;q=0',
  ])('is not one that sends %s', async (accept) => {
    expect(await statusFor('/applications', accept)).toBe(200);
  });

  test('is asked first who it is', async () => {
    const answer = await server.api.as('').send('GET', '/applications', undefined, { accept: 'text/html' });
    expect(answer.status).toBe(401);
  });
});
