import http from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { Listener, type Handler } from '../../src/sandbox/http/listener';
import { send } from '../../src/sandbox/http/send';

const listener = new Listener(undefined);
let port: number;

const echo: Handler = ({ method, url, headers, body, params }, response) => {
  const type = headers['content-type'] ?? null;
  send(response, { status: 200, body: { method, url, type, body: body.toString('utf8'), params: { ...params } } });
};

beforeAll(async () => {
  listener.route('GET', '/things/:id', echo);
  listener.route('POST', '/things', echo);
  listener.route('GET', '/empty', (_request, response) => send(response, { status: 204 }));
  listener.route('GET', '/defect', () => {
    throw new Error('a defect');
  });
  port = await listener.listen('127.0.0.1', 0);
});
afterAll(() => listener.close());

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;

test('a handler gets the method, the path with query, the parameters and the whole body', async () => {
  expect(await (await fetch(url('/things/a%20b?x=1'))).json()).toEqual({
    method: 'GET',
    url: '/things/a%20b?x=1',
    type: null,
    body: '',
    params: { id: 'a b' },
  });
  const body = 'Boat '.repeat(100_000);
  expect(await (await fetch(url('/things'), { method: 'POST', body })).json()).toMatchObject({ body });
});

test('a body without a length is read too', async () => {
  const sent = http.request(url('/things'), { method: 'POST' });
  sent.write('two ');
  sent.end('parts');
  const [answer] = (await once(sent, 'response')) as [http.IncomingMessage];
  const chunks = await answer.toArray();
  expect(JSON.parse(Buffer.concat(chunks as Buffer[]).toString('utf8'))).toMatchObject({ body: 'two parts' });
});

test.each(['boats', '', ';', 'text/plain'])(
  'a body of the type "%s" is handed on as it is, and so is its type',
  async (type) => {
    const sent = http.request(url('/things'), { method: 'POST', headers: { 'content-type': type } });
    sent.end('boats');
    const [answer] = (await once(sent, 'response')) as [http.IncomingMessage];
    const chunks = await answer.toArray();
    expect(JSON.parse(Buffer.concat(chunks as Buffer[]).toString('utf8'))).toMatchObject({ body: 'boats', type });
  },
);

test('HEAD is GET without a body', async () => {
  const answer = await fetch(url('/things/7'), { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0);
});

test('an answer without a body has neither type nor length', async () => {
  const { status, headers } = await fetch(url('/empty'));
  expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([204, null, null]);
});

test.each([
  ['/things/%zz', 400],
  ['/defect', 500],
])('%s is %d', async (path, status) => {
  expect((await fetch(url(path))).status).toBe(status);
});

test('what no route takes, path or method, goes to the handler for all else', async () => {
  const other = new Listener(undefined);
  other.route('GET', '/things', echo);
  other.setOtherwise((_request, response) => send(response, { status: 404 }));
  const base = `http://127.0.0.1:${await other.listen('127.0.0.1', 0)}`;
  const statuses = ['/nowhere', '/things/7', '/', '/Things'].map(async (path) => (await fetch(base + path)).status);
  expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404]);
  expect((await fetch(`${base}/things`, { method: 'DELETE' })).status).toBe(404);
  expect((await fetch(`${base}/things/`)).status).toBe(200);
  await other.close();
});

test('a body that is far too long is refused', async () => {
  const body = Buffer.alloc(33 * 1024 * 1024);
  const answer = await fetch(url('/things'), { method: 'POST', body });
  expect([answer.status, await answer.text()]).toEqual([413, '']);
});

test('a port that is taken is an error of the system', async () => {
  await expect(new Listener(undefined).listen('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing ends connections that are open', async () => {
  const other = new Listener(undefined);
  const socket = connect(await other.listen('127.0.0.1', 0), '127.0.0.1');
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  await other.close();
  await ended;
  expect(socket.destroyed).toBe(true);
});
