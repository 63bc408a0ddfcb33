import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { TLSSocket } from 'node:tls';
import { chooseProxy } from '../../src/transport/proxy';
import { networkVariables } from '../../src/transport/variables';
import { authority, fileWith, issued, type Pem } from './certificates';
import { closedPort, giveJson, listen, startServer } from './fake-server';
import { allTextOf, errorOf, setUp, told } from './setting';

const chosen = (target: string, variables: NodeJS.ProcessEnv, setting?: string | false): string | undefined =>
  chooseProxy(new URL(target), setting, networkVariables(variables), 'prod')?.href;

describe('the choice of the proxy', () => {
  test('follows HTTPS_PROXY for https and HTTP_PROXY for http, in either case', () => {
    const variables = { HTTPS_PROXY: 'http://s:1', http_proxy: 'http://p:2' };
    expect(chosen('https://is', variables)).toBe('http://s:1/');
    expect(chosen('http://is', variables)).toBe('http://p:2/');
  });

  test('falls back to ALL_PROXY and takes an address without a scheme', () => {
    expect(chosen('https://is', { ALL_PROXY: 'proxy:3128' })).toBe('http://proxy:3128/');
  });

  test('is none when the environment says false', () => {
    expect(chosen('https://is', { HTTPS_PROXY: 'http://s:1' }, false)).toBeUndefined();
  });

  test('prefers the environment’s own proxy, for loopback as well', () => {
    expect(chosen('https://127.0.0.1', { HTTPS_PROXY: 'http://s:1', NO_PROXY: '*' }, 'http://own:9')).toBe(
      'http://own:9/',
    );
  });

  test.each(['https://localhost', 'https://a.localhost', 'https://127.1.2.3', 'https://[::1]:9443'])(
    'never sends loopback %s to a proxy of the variables',
    (target) => expect(chosen(target, { HTTPS_PROXY: 'http://s:1' })).toBeUndefined(),
  );

  test.each([
    ['*', 'https://is.example.com'],
    ['is.example.com', 'https://is.example.com:9443'],
    ['example.com', 'https://is.example.com'],
    ['.example.com', 'https://is.example.com'],
    ['*.example.com', 'https://IS.Example.com'],
    ['a, is.example.com:9443', 'https://is.example.com:9443'],
    ['is.example.com:443', 'https://is.example.com'],
    ['10.0.0.7', 'https://10.0.0.7'],
    ['[fd00::1]:9443', 'https://[fd00::1]:9443'],
    ['fd00::1', 'https://[fd00::1]'],
  ])('NO_PROXY=%s exempts %s', (noProxy, target) => {
    expect(chosen(target, { HTTPS_PROXY: 'http://s:1', NO_PROXY: noProxy })).toBeUndefined();
  });

  test.each([
    ['example.com', 'https://badexample.com'],
    ['is.example.com:9443', 'https://is.example.com'],
    ['0.0.7', 'https://10.0.0.7'],
    ['', 'https://is.example.com'],
  ])('NO_PROXY=%s does not exempt %s', (noProxy, target) => {
    expect(chosen(target, { HTTPS_PROXY: 'http://s:1', NO_PROXY: noProxy })).toBe('http://s:1/');
  });

  test.each(['socks5://user:proxy-pass@p:1', 'http://user:proxy-pass%@p:1', 'http://['])(
    'refuses %s without showing it',
    async (proxy) => {
      const error = await errorOf(Promise.resolve().then(() => chosen('https://is', {}, proxy)));
      expect(told(error).code).toBe('proxy-invalid');
      expect(allTextOf(error)).not.toContain('proxy-pass');
    },
  );
});

describe('through a proxy', () => {
  let ca: Pem;
  let leaf: Pem;
  let caFile: string;

  beforeAll(async () => {
    ca = await authority();
    leaf = await issued(ca);
    caFile = await fileWith(ca.cert);
  });

  interface FakeProxy {
    readonly port: number;
    readonly seen: { line: string; headers: http.IncomingHttpHeaders; certificate?: object }[];
  }

  /** Tunnels every CONNECT to the port given, or answers with a status of its own. */
  async function startProxy(target: number, refusal?: number, tls?: https.ServerOptions): Promise<FakeProxy> {
    const seen: FakeProxy['seen'] = [];
    const server = tls ? https.createServer({ ...tls }) : http.createServer();
    server.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate() : undefined;
      seen.push({ line: `CONNECT ${request.url}`, headers: request.headers, certificate });
      if (refusal !== undefined) return socket.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 2\r\n\r\n{}`);
      const upstream = net.connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      return socket.on('error', () => upstream.destroy());
    });
    server.on('request', (request: http.IncomingMessage, response: http.ServerResponse) => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers });
      giveJson(response, { proxied: true });
    });
    return { port: (await listen(server)).port, seen };
  }

  test('https goes by CONNECT, verified end to end, on kept connections', async () => {
    const server = await startServer((_request, response) => giveJson(response, { ok: true }), { tls: leaf });
    const proxy = await startProxy(server.port);
    const { transport } = await setUp({
      url: server.url,
      tls: { ca: caFile },
      proxy: `http://127.0.0.1:${proxy.port}`,
    });
    await transport.send({ method: 'GET', path: ['x'] });
    expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ ok: true });
    expect(proxy.seen.map(({ line }) => line)).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  });

  test('the proxy of the variables is used', async () => {
    const leafByName = await issued(ca, { host: 'is.example.com' });
    const server = await startServer((_request, response) => giveJson(response, { ok: true }), { tls: leafByName });
    const proxy = await startProxy(server.port);
    const { transport } = await setUp(
      { url: 'https://is.example.com', tls: { ca: caFile } },
      { variables: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } },
    );
    expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ ok: true });
    expect(proxy.seen[0]?.line).toBe('CONNECT is.example.com:443');
  });

  test('the certificate inside the tunnel must match the server, not the proxy', async () => {
    const server = await startServer((_request, response) => giveJson(response, {}), { tls: leaf });
    const proxy = await startProxy(server.port);
    const { transport } = await setUp({
      url: 'https://10.1.2.3:9443',
      tls: { ca: caFile },
      proxy: `http://127.0.0.1:${proxy.port}`,
    });
    expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('certificate-refused');
    expect(server.received).toHaveLength(0);
  });

  test('an untrusted certificate inside the tunnel is refused', async () => {
    const server = await startServer((_request, response) => giveJson(response, {}), { tls: leaf });
    const proxy = await startProxy(server.port);
    const { transport } = await setUp({ url: server.url, proxy: `http://127.0.0.1:${proxy.port}` });
    expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('certificate-refused');
  });

  test('the credentials of the proxy go to the proxy only', async () => {
    const server = await startServer((_request, response) => giveJson(response, {}), { tls: leaf });
    const proxy = await startProxy(server.port);
    const address = `http://bob:proxy%20pass@127.0.0.1:${proxy.port}`;
    const { transport } = await setUp({ url: server.url, tls: { ca: caFile }, proxy: address });
    await transport.send({ method: 'GET', path: ['x'] });
    const expected = `Basic ${Buffer.from('bob:proxy pass').toString('base64')}`;
    expect(proxy.seen[0]?.headers['proxy-authorization']).toBe(expected);
    expect(proxy.seen[0]?.headers.authorization).toBeUndefined();
    expect(server.received[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  test('http goes to the proxy with the full address', async () => {
    const proxy = await startProxy(0);
    const { transport } = await setUp({
      url: 'http://is.example.com:9763',
      proxy: `http://bob:secret-pass@127.0.0.1:${proxy.port}`,
    });
    expect((await transport.send({ method: 'GET', path: ['x'], query: { a: 1 } })).body).toEqual({ proxied: true });
    expect(proxy.seen[0]?.line).toBe('GET http://is.example.com:9763/t/carbon.super/x?a=1');
    expect(proxy.seen[0]?.headers.host).toBe('is.example.com:9763');
    expect(proxy.seen[0]?.headers['proxy-authorization']).toMatch(/^Basic /);
  });

  const targets = ['https://is.example.com', 'http://is.example.com'];

  test('a proxy that speaks TLS is used', async () => {
    const server = await startServer((_request, response) => giveJson(response, { ok: true }), { tls: leaf });
    const proxy = await startProxy(server.port, undefined, leaf);
    for (const [url, body] of [
      [server.url, { ok: true }],
      ['http://is.example.com', { proxied: true }],
    ] as const) {
      const { transport } = await setUp({ url, tls: { ca: caFile }, proxy: `https://127.0.0.1:${proxy.port}` });
      expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual(body);
    }
  });

  describe.each(targets)('for %s, before anything is sent to a proxy that speaks TLS,', (url) => {
    const refusedBy = async (certificate: Pem): Promise<void> => {
      const proxy = await startProxy(0, undefined, certificate);
      const { transport } = await setUp({ url, tls: { ca: caFile }, proxy: `https://127.0.0.1:${proxy.port}` });
      const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
      expect(error.code).toBe('certificate-refused');
      expect(proxy.seen).toEqual([]);
    };

    test('a certificate of an unknown authority is refused', async () => {
      await refusedBy(await issued(await authority('Other CA')));
    });

    test('a certificate for another name is refused', async () => {
      await refusedBy(await issued(ca, { host: 'other.example.com' }));
    });
  });

  test('the client certificate is for the server only', async () => {
    const client = await issued(ca, { host: 'client' });
    const asking = { ...leaf, ca: ca.cert, requestCert: true, rejectUnauthorized: false };
    const server = await startServer((_request, response) => giveJson(response, {}), {
      tls: { ...asking, rejectUnauthorized: true },
    });
    const proxy = await startProxy(server.port, undefined, asking);
    const tls = { ca: caFile, certificate: await fileWith(client.cert), key: await fileWith(client.key) };
    const { transport } = await setUp({ url: server.url, tls, proxy: `https://127.0.0.1:${proxy.port}` });
    expect((await transport.send({ method: 'GET', path: ['x'] })).status).toBe(200);
    expect(proxy.seen.map(({ certificate }) => certificate)).toEqual([{}]);
  });

  test.each([404, 407, 502])('a refusal of the proxy (%i) is not taken for the server’s answer', async (status) => {
    const proxy = await startProxy(0, status);
    const { transport } = await setUp({
      url: 'https://is.example.com',
      proxy: `http://bob:secret-pass@127.0.0.1:${proxy.port}`,
    });
    const error = await errorOf(transport.send({ method: 'GET', path: ['x'], accept: [404] }));
    expect(told(error)).toMatchObject({
      code: 'proxy-failed',
      message: `prod: GET /x → the proxy http://127.0.0.1:${proxy.port} did not connect to is.example.com: it answered ${status}.`,
    });
    expect(allTextOf(error)).not.toContain('secret-pass');
  });

  test('a proxy that is not there is named', async () => {
    const port = await closedPort();
    const { transport } = await setUp({ url: 'https://is.example.com', proxy: `http://127.0.0.1:${port}` });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error.code).toBe('connection-refused');
    expect(error.message).toContain(`the proxy http://127.0.0.1:${port} (for https://is.example.com) refused`);
  });

  test('a proxy that never answers meets the connect timeout, and its connection is closed', async () => {
    const silent = net.createServer(() => undefined);
    const { port, connections } = await listen(silent);
    const { transport } = await setUp({
      url: 'https://is.example.com',
      proxy: `http://127.0.0.1:${port}`,
      connectTimeoutMs: 40,
    });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error.code).toBe('connect-timeout');
    expect(error.message).toContain(`through the proxy http://127.0.0.1:${port}`);
    const [socket] = connections;
    socket?.resume();
    if (socket && !socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
  });

  test('a proxy that hangs up is named', async () => {
    const { port } = await listen(net.createServer((socket) => socket.end()));
    const { transport } = await setUp({ url: 'https://is.example.com', proxy: `http://127.0.0.1:${port}` });
    expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('proxy-failed');
  });
});
