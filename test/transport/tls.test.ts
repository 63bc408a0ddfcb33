import { authority, encrypted, fileWith, issued, type Pem } from './certificates';
import { giveJson, startServer, type FakeServer } from './fake-server';
import { errorOf, setUp, told } from './setting';

let ca: Pem;
let leaf: Pem;
let caFile: string;

beforeAll(async () => {
  ca = await authority();
  leaf = await issued(ca);
  caFile = await fileWith(ca.cert);
});

const serve = (tls: object = leaf): Promise<FakeServer> =>
  startServer((_request, response) => giveJson(response, { ok: true }), { tls });

test('trusts a private authority given by file', async () => {
  const server = await serve();
  const { transport } = await setUp({ url: server.url, tls: { ca: caFile } });
  expect((await transport.send({ method: 'GET', path: ['x'] })).body).toEqual({ ok: true });
});

test('uses one kept connection for requests one after another', async () => {
  const server = await serve();
  const { transport } = await setUp({ url: server.url, tls: { ca: caFile } });
  for (let count = 0; count < 4; count += 1) await transport.send({ method: 'GET', path: ['x'] });
  expect(server.connections.size).toBe(1);
});

test('refuses a certificate of an unknown authority, once, and says how to trust it', async () => {
  const server = await serve();
  const { transport, slept } = await setUp({ url: server.url });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error).toMatchObject({ code: 'certificate-refused', environment: 'prod' });
  expect(error.message).toContain(`prod: GET /x → the certificate of ${server.url} is not trusted: unable to verify`);
  expect(error.hint).toContain('tls.ca');
  expect(slept).toEqual([]);
  expect(server.received).toHaveLength(0);
});

test('refuses a certificate for another name', async () => {
  const server = await serve(await issued(ca, { host: 'other.example.com' }));
  const { transport } = await setUp({ url: server.url, tls: { ca: caFile } });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('certificate-refused');
  expect(error.hint).toContain('host name in url');
});

test('refuses an expired certificate', async () => {
  const server = await serve(
    await issued(ca, { ip: '127.0.0.1', from: new Date('2020-01-01'), to: new Date('2020-02-01') }),
  );
  const { transport } = await setUp({ url: server.url, tls: { ca: caFile } });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.message).toContain('CERT_HAS_EXPIRED');
  expect(error.hint).toContain('renewed');
});

test('a refused certificate is not retried even by a transport that has been answered before', async () => {
  const server = await serve();
  const plain = await startServer((_request, response) => giveJson(response, {}));
  const auth = {
    type: 'client-credentials',
    clientId: 'a',
    clientSecret: 'b',
    tokenUrl: `${plain.url}/oauth2/token`,
  } as const;
  const { transport, slept } = await setUp({ url: server.url, auth });
  expect(told(await errorOf(transport.send({ method: 'GET', path: ['x'] }))).code).toBe('certificate-refused');
  expect(slept).toEqual([]);
});

// That NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing takes a process of its own: test/e2e/bad-servers.test.ts.

test('a given authority comes on top of those of NODE_EXTRA_CA_CERTS', async () => {
  const other = await authority('Other CA');
  const server = await serve();
  const { transport } = await setUp(
    { url: server.url, tls: { ca: await fileWith(other.cert) } },
    { variables: { NODE_EXTRA_CA_CERTS: caFile } },
  );
  expect((await transport.send({ method: 'GET', path: ['x'] })).status).toBe(200);
});

test('says that a plain http port does not speak TLS', async () => {
  const server = await startServer((_request, response) => giveJson(response, {}));
  const { transport } = await setUp({ url: server.url.replace('http:', 'https:') });
  const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
  expect(error.code).toBe('tls-failed');
  expect(error.hint).toContain('check scheme and port');
});

describe('a client certificate', () => {
  let client: Pem;
  let certificate: string;
  const demanding = (): Promise<FakeServer> =>
    serve({ ...leaf, ca: ca.cert, requestCert: true, rejectUnauthorized: true });

  beforeAll(async () => {
    client = await issued(ca, { host: 'client' });
    certificate = await fileWith(client.cert);
  });

  test('is presented', async () => {
    const server = await demanding();
    const { transport } = await setUp({
      url: server.url,
      tls: { ca: caFile, certificate, key: await fileWith(client.key) },
    });
    expect((await transport.send({ method: 'GET', path: ['x'] })).status).toBe(200);
  });

  test('with a protected key is presented', async () => {
    const server = await demanding();
    const key = await fileWith(encrypted(client.key, 'key-phrase-1'));
    const { transport } = await setUp({
      url: server.url,
      tls: { ca: caFile, certificate, key, passphrase: 'key-phrase-1' },
    });
    expect((await transport.send({ method: 'GET', path: ['x'] })).status).toBe(200);
  });

  test('that is missing is asked for', async () => {
    const server = await demanding();
    const { transport } = await setUp({ url: server.url, tls: { ca: caFile } });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error.code).toBe('tls-failed');
    expect(error.hint).toContain('client certificate');
  });

  test.each([
    ['without a passphrase', undefined, 'is protected by a passphrase, and none is given'],
    ['with a wrong passphrase', 'wrong-phrase', 'does not open with the given passphrase'],
  ])('with a protected key %s is refused by name', async (_name, passphrase, reason) => {
    const key = await fileWith(encrypted(client.key, 'key-phrase-1'));
    const error = await errorOf(setUp({ url: 'https://127.0.0.1', tls: { certificate, key, passphrase } }));
    expect(told(error)).toMatchObject({ code: 'tls-passphrase', message: `prod: the key ${key} ${reason}.` });
    expect(error.message).not.toContain('wrong-phrase');
  });

  test('with the key of another is refused', async () => {
    const key = await fileWith(leaf.key);
    expect(told(await errorOf(setUp({ url: 'https://127.0.0.1', tls: { certificate, key } }))).code).toBe(
      'tls-key-mismatch',
    );
  });

  test('without its key is refused', async () => {
    expect(told(await errorOf(setUp({ url: 'https://127.0.0.1', tls: { certificate } }))).code).toBe('tls-incomplete');
  });
});

test('names a file that cannot be read', async () => {
  const error = told(await errorOf(setUp({ url: 'https://127.0.0.1', tls: { ca: '/no/such/ca.pem' } })));
  expect(error).toMatchObject({
    code: 'tls-file-unreadable',
    message: 'prod: the file /no/such/ca.pem cannot be read (ENOENT).',
  });
});

test.each(['', 'nothing of the kind', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
  'names a file without a usable certificate (%#)',
  async (text) => {
    const file = await fileWith(text);
    const error = told(await errorOf(setUp({ url: 'https://127.0.0.1', tls: { ca: file } })));
    expect(error.code).toBe('tls-file-invalid');
    expect(error.message).toContain(file);
  },
);
