import { basic, object, objects, sandboxed } from './api';

const LIST = '/api/server/v1/applications';

describe('journal', () => {
  const server = sandboxed();

  test('every request is in it, in order, with what it came to', async () => {
    const token = object(
      (await server.api.token('liftlock-read', 'liftlock-sandbox', 'internal_application_mgt_view')).body,
    );
    const reader = server.api.as(`Bearer ${String(token.access_token)}`);
    await reader.get('/applications?limit=2');
    await reader.post('/applications', { name: 'x' });
    await server.api.as('').get('/nope');
    expect(server.api.sandbox.journal.entries()).toMatchObject([
      { method: 'POST', path: '/oauth2/token', status: 200 },
      {
        method: 'GET',
        path: `${LIST}?limit=2`,
        status: 200,
        client: 'liftlock-read',
        scopes: ['internal_application_mgt_view'],
        requestBytes: 0,
      },
      { method: 'POST', path: LIST, status: 403, client: 'liftlock-read', requestBytes: 12 },
      { method: 'GET', path: '/api/server/v1/nope', status: 401 },
    ]);
    expect(server.api.sandbox.journal.writes()).toMatchObject([{ method: 'POST', path: LIST, status: 403 }]);
    expect(server.api.sandbox.journal.entries()[2]).not.toHaveProperty('body');
  });

  test('it is read and emptied over HTTP too', async () => {
    await server.api.get('/applications');
    expect(objects((await server.api.get('/sandbox/journal')).body)).toMatchObject([
      { sequence: expect.any(Number), path: LIST },
    ]);
    expect((await server.api.delete('/sandbox/journal')).status).toBe(204);
    expect((await server.api.get('/sandbox/journal')).body).toEqual([]);
  });
});

describe('journal bodies', () => {
  const server = sandboxed({ journalBodies: true });

  test('they are kept on demand, but not those with client credentials', async () => {
    await server.api.token('liftlock', 'liftlock-sandbox', '');
    await server.api.post('/applications', { name: 'x' });
    const [token, created] = server.api.sandbox.journal.entries();
    expect(token).not.toHaveProperty('body');
    expect(created).toMatchObject({ body: { name: 'x' } });
  });
});

describe('faults', () => {
  const server = sandboxed();
  const count = async (): Promise<unknown> =>
    (await server.api.read('/applications?excludeSystemPortals=true')).totalResults;

  test('a status strikes after n requests, m times', async () => {
    const action = { status: 503, headers: { 'Retry-After': '1' }, body: { error: 'busy' } };
    server.api.sandbox.faults.set([{ match: { method: 'get', path: '/applications$' }, after: 1, times: 2, action }]);
    const replies = [];
    for (let turn = 0; turn < 4; turn += 1) replies.push(await server.api.get('/applications'));
    expect(replies.map((reply) => reply.status)).toEqual([200, 503, 503, 200]);
    expect(replies[1]?.headers.get('retry-after')).toBe('1');
    expect(replies[1]?.body).toEqual({ error: 'busy' });
  });

  test('a replaced answer means no work', async () => {
    server.api.sandbox.faults.set([{ match: { method: 'POST' }, action: { status: 502 } }]);
    expect(await server.api.post('/applications', { name: 'x' })).toMatchObject({ status: 502, body: '' });
    expect(await count()).toBe(0);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('a connection cut %s the work leaves %d behind', async (reset, left) => {
    server.api.sandbox.faults.set([{ match: { method: 'POST' }, times: 1, action: { reset } }]);
    await expect(server.api.post('/applications', { name: 'x' })).rejects.toThrow();
    expect(await count()).toBe(left);
    expect(server.api.sandbox.journal.entries()[0]).toMatchObject({ method: 'POST', status: null });
  });

  test('an answer can be cut in the middle', async () => {
    server.api.sandbox.faults.set([{ match: { path: 'applications' }, times: 1, action: { truncate: true } }]);
    await expect(server.api.get('/applications')).rejects.toThrow();
    expect((await server.api.get('/applications')).status).toBe(200);
  });

  test('a page of HTML can come instead, and an answer late', async () => {
    server.api.sandbox.faults.set([
      { match: { path: 'applications' }, times: 1, action: { html: true } },
      { match: { path: 'claim-dialects' }, action: { delayMs: 30 } },
    ]);
    const page = await server.api.get('/applications');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const begun = performance.now();
    await server.api.get('/claim-dialects');
    expect(performance.now() - begun).toBeGreaterThan(25);
  });

  test('they are set and cleared over HTTP', async () => {
    const rules = [{ match: { path: 'applications' }, action: { status: 429 } }];
    expect((await server.api.put('/sandbox/faults', rules)).status).toBe(204);
    expect((await server.api.get('/applications')).status).toBe(429);
    expect((await server.api.delete('/sandbox/faults')).status).toBe(204);
    expect((await server.api.get('/applications')).status).toBe(200);
  });

  test.each([
    [{ not: 'a list' }],
    [[{ action: { status: 1 } }]],
    [[{ match: {}, action: { unknown: 1 } }]],
    [[{ match: { path: '(' }, action: { status: 500 } }]],
  ])('the rules %j are refused', async (rules) => {
    expect((await server.api.put('/sandbox/faults', rules)).status).toBe(400);
  });
});

describe('latency', () => {
  const server = sandboxed({ latencyMs: 30 });

  test('every answer takes at least that long', async () => {
    const begun = performance.now();
    await server.api.send('GET', '/applications', undefined, { authorization: basic('admin', 'admin') });
    expect(performance.now() - begun).toBeGreaterThan(25);
  });
});
