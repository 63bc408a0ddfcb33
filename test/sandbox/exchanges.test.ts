import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EXCHANGES, type Exchange } from '../../src/sandbox/http/exchanges';
import { sandboxed } from './api';

/* What is told of the exchanges to whoever listens, such as the check against the contract. */

const server = sandboxed({ version: '7.0' });
const heard: Exchange[] = [];
const listen = (exchange: unknown): void => void heard.push(exchange as Exchange);
beforeEach(() => {
  heard.length = 0;
  server.api.sandbox.journal.clear();
  subscribe(EXCHANGES, listen);
});
afterEach(() => unsubscribe(EXCHANGES, listen));

describe('exchanges', () => {
  test('are told as they were sent, both ways', async () => {
    const sent = '{ "name":"Kiosk" }';
    await server.api.send('POST', '/t/carbon.super/api/server/v1/applications', sent);
    expect(heard).toEqual([
      {
        version: '7.0',
        method: 'POST',
        url: '/t/carbon.super/api/server/v1/applications',
        requestType: 'application/json',
        requestBody: sent,
        status: 201,
        headers: expect.objectContaining({ location: expect.stringContaining('/applications/') }),
        body: '',
        fault: false,
      },
    ]);
    const { body } = await server.api.get('/applications?limit=1');
    expect(heard[1]).toMatchObject({ url: '/api/server/v1/applications?limit=1', status: 200 });
    expect(JSON.parse(heard[1]?.body ?? '')).toEqual(body);
  });

  test('hold nothing of a token request', async () => {
    const { body } = await server.api.token('liftlock', 'liftlock-sandbox', 'internal_idp_view');
    expect(body).toHaveProperty('access_token');
    expect(heard).toMatchObject([{ method: 'POST', url: '/oauth2/token', status: 200, requestBody: '', body: '' }]);
  });

  test.each([
    ['a status', { status: 503 }],
    ['a cut before the work', { reset: 'before' as const }],
    ['a cut after the work', { reset: 'after' as const }],
    ['a web page', { html: true as const }],
    ['half an answer', { truncate: true as const }],
  ])('struck by %s are marked', async (_name, action) => {
    server.api.sandbox.faults.set([{ match: {}, action }]);
    await server.api.get('/applications').catch(() => undefined);
    expect(heard).toMatchObject([{ url: '/api/server/v1/applications', fault: true }]);
  });

  test('that only took longer are told like any other', async () => {
    server.api.sandbox.faults.set([{ match: {}, action: { delayMs: 1 } }]);
    await server.api.get('/applications');
    expect(heard).toMatchObject([{ status: 200, fault: false }]);
  });

  test('that nobody waited for to the end are not told', async () => {
    server.api.sandbox.faults.set([
      { match: { path: 'offset=1' }, action: { delayMs: 500 } },
      { match: { path: 'offset=2' }, action: { delayMs: 900 } },
    ]);
    const leaving = new AbortController();
    const left = fetch(`${server.api.sandbox.url}/api/server/v1/applications?offset=1`, { signal: leaving.signal });
    while (server.api.sandbox.journal.entries().length === 0) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await server.api.get('/applications?offset=2');
    expect(heard.map(({ url }) => url)).toEqual(['/api/server/v1/applications?offset=2']);
  });
});
