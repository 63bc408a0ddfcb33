import { giveJson, giveToken, startServer, type FakeServer, type Handler } from './fake-server';
import { allTextOf, errorOf, PASSWORD, setUp, told } from './setting';

const SECRET = 'client secret:+/ü';
const client = { type: 'client-credentials', clientId: 'id with:colon', clientSecret: SECRET } as const;
const READ = ['internal_application_mgt_view', 'internal_idp_view'];

const ok: Handler = (_request, response) => giveJson(response, {});
const accepting =
  (...tokens: string[]): Handler =>
  (request, response) =>
    tokens.some((token) => request.headers.authorization === `Bearer ${token}`)
      ? giveJson(response, {})
      : giveJson(response, { code: 401, message: 'Unauthorized', traceId: 'tr-401' }, 401);

const bearers = (server: FakeServer): (string | undefined)[] =>
  server.received.map(({ headers }) => headers.authorization);

describe('client credentials', () => {
  test('asks the tenant’s token endpoint for the given scopes with form-encoded credentials', async () => {
    const server = await startServer(ok);
    const { transport } = await setUp({ url: server.url, tenant: 'acme.com', auth: client }, { scopes: READ });
    await transport.send({ method: 'GET', path: ['x'] });
    const [asked] = server.tokenRequests;
    expect(asked?.url).toBe('/t/acme.com/oauth2/token');
    expect(asked?.body).toBe('grant_type=client_credentials&scope=internal_application_mgt_view+internal_idp_view');
    expect(asked?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const pair = Buffer.from(asked?.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
    expect(pair).toBe('id+with%3Acolon:client+secret%3A%2B%2F%C3%BC');
    expect(bearers(server)).toEqual(['Bearer token-1']);
  });

  test('uses the given token endpoint', async () => {
    const other = await startServer(ok);
    const server = await startServer(ok);
    const auth = { ...client, tokenUrl: `${other.url}/elsewhere/oauth2/token` };
    const { transport } = await setUp({ url: server.url, auth });
    await transport.send({ method: 'GET', path: ['x'] });
    expect([other.tokenRequests.length, server.tokenRequests.length]).toEqual([1, 0]);
  });

  test('asks for nothing before the first request and once for many at the same time', async () => {
    const server = await startServer(ok);
    const { transport } = await setUp({ url: server.url, auth: client });
    expect(server.tokenRequests).toHaveLength(0);
    await Promise.all(Array.from({ length: 20 }, () => transport.send({ method: 'GET', path: ['x'] })));
    expect(server.tokenRequests).toHaveLength(1);
  });

  test('works with a concurrency of one', async () => {
    const server = await startServer(ok);
    const { transport } = await setUp({ url: server.url, auth: client, concurrency: 1 });
    await transport.send({ method: 'GET', path: ['x'] });
    expect(server.received).toHaveLength(1);
  });

  test.each([
    [3600, 3569, 3571],
    [100, 89, 91],
  ])('renews a token of %i s between %i s and %i s', async (lifetime, before, due) => {
    const server = await startServer(ok, {
      onToken: (_request, response, count) => giveToken(response, `token-${count}`, { expires_in: lifetime }),
    });
    const { transport, clock } = await setUp({ url: server.url, auth: client });
    const began = clock.now;
    for (const seconds of [0, before, due]) {
      clock.now = began + seconds * 1000;
      await transport.send({ method: 'GET', path: ['x'] });
    }
    expect(bearers(server)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('renews the token once after a 401, even for a POST', async () => {
    const server = await startServer(accepting('token-2'));
    const { transport } = await setUp({ url: server.url, auth: client });
    await transport.send({ method: 'POST', path: ['x'], body: {} });
    expect(bearers(server)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  test('renews once for many requests that are rejected together', async () => {
    const server = await startServer(accepting('token-2'));
    const { transport } = await setUp({ url: server.url, auth: client });
    await Promise.all(Array.from({ length: 8 }, () => transport.send({ method: 'GET', path: ['x'] })));
    expect(server.tokenRequests).toHaveLength(2);
  });

  test('a second 401 is final and shows the trace id', async () => {
    const server = await startServer(accepting('none'));
    const { transport } = await setUp({ url: server.url, auth: client });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error).toMatchObject({ code: 'http-401', environment: 'prod' });
    expect(error.message).toContain('(trace tr-401)');
    expect(error.hint).toContain('id with:colon');
    expect(server.received).toHaveLength(2);
  });

  test('wrong credentials give the server’s words and what to check, without the secret', async () => {
    const server = await startServer(ok, {
      onToken: (_request, response) =>
        giveJson(response, { error: 'invalid_client', error_description: `Wrong secret ${SECRET}` }, 401),
    });
    const { transport, events } = await setUp({ url: server.url, auth: client });
    const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    expect(told(error)).toMatchObject({
      code: 'http-401',
      message: 'prod: POST /oauth2/token → 401 invalid_client Wrong secret ***',
    });
    expect(told(error).hint).toContain('auth.clientId and auth.clientSecret of prod');
    expect(allTextOf(error) + JSON.stringify(events)).not.toContain(SECRET);
    expect(server.received).toHaveLength(0);
  });

  test('a failed token request is tried anew by the next request', async () => {
    const server = await startServer(ok, {
      onToken: (_request, response, count) =>
        count === 1 ? giveJson(response, {}, 400) : giveToken(response, 'token'),
    });
    const { transport } = await setUp({ url: server.url, auth: client });
    await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    await transport.send({ method: 'GET', path: ['x'] });
    expect(server.received).toHaveLength(1);
  });

  test('a token request is repeated when the server is busy', async () => {
    const server = await startServer(ok, {
      onToken: (_request, response, count) =>
        count === 1 ? giveJson(response, {}, 503) : giveToken(response, 'token'),
    });
    const { transport } = await setUp({ url: server.url, auth: client });
    await transport.send({ method: 'GET', path: ['x'] });
    expect(server.tokenRequests).toHaveLength(2);
  });

  test('an answer without a token is reported without its content', async () => {
    const server = await startServer(ok, {
      onToken: (_request, response) => giveJson(response, { token: 'abcdefgh' }),
    });
    const { transport } = await setUp({ url: server.url, auth: client });
    const error = await errorOf(transport.send({ method: 'GET', path: ['x'] }));
    expect(told(error).code).toBe('token-answer-invalid');
    expect(allTextOf(error)).not.toContain('abcdefgh');
  });

  test('tells the granted scopes', async () => {
    const server = await startServer(ok, {
      onToken: (_request, response) => giveToken(response, 'token', { scope: 'internal_idp_view default' }),
    });
    const { transport } = await setUp({ url: server.url, auth: client }, { scopes: READ });
    expect(await transport.grantedScopes()).toEqual(['internal_idp_view', 'default']);
  });

  test('takes all scopes as granted when the server names none', async () => {
    const server = await startServer(ok);
    const { transport } = await setUp({ url: server.url, auth: client }, { scopes: READ });
    expect(await transport.grantedScopes()).toEqual(READ);
  });

  test('a 403 names the scopes that were asked for and not granted', async () => {
    const server = await startServer(
      (_request, response) => giveJson(response, { code: 403, message: 'Forbidden' }, 403),
      {
        onToken: (_request, response) => giveToken(response, 'token', { scope: 'internal_idp_view' }),
      },
    );
    const { transport } = await setUp({ url: server.url, auth: client }, { scopes: READ });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error.code).toBe('http-403');
    expect(error.hint).toContain('Asked for but not granted: internal_application_mgt_view.');
  });

  test('a token that the server repeats is hidden', async () => {
    const server = await startServer(
      (_request, response) => giveJson(response, { message: 'bad token opaque-77777' }, 400),
      {
        onToken: (_request, response) => giveToken(response, 'opaque-77777'),
      },
    );
    const { transport } = await setUp({ url: server.url, auth: client });
    expect((await errorOf(transport.send({ method: 'GET', path: ['x'] }))).message).toContain('bad token ***');
  });
});

describe('basic authentication', () => {
  test('sends user name and password', async () => {
    const server = await startServer(ok);
    const { transport } = await setUp({ url: server.url });
    await transport.send({ method: 'GET', path: ['x'] });
    expect(bearers(server)).toEqual([`Basic ${Buffer.from(`alice:${PASSWORD}`).toString('base64')}`]);
    expect(await transport.grantedScopes()).toBeUndefined();
  });

  test('a 401 is final at once', async () => {
    const server = await startServer(accepting('none'));
    const { transport } = await setUp({ url: server.url });
    const error = told(await errorOf(transport.send({ method: 'GET', path: ['x'] })));
    expect(error.hint).toContain('auth.username and auth.password of prod');
    expect(server.received).toHaveLength(1);
  });
});
