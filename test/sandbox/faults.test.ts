import { request } from 'node:http';
import type { JsonObject } from '../../src/model/json';
import type { FaultAction, FaultRule } from '../../src/sandbox/faults';
import { object, objects, sandboxed } from './api';

const server = sandboxed();

function faults(...rules: FaultRule[]): void {
  server.api.sandbox.faults.set(rules);
}

function fault(action: FaultAction, match: FaultRule['match'] = {}): FaultRule {
  return { match, times: 1, action };
}

const names = async (): Promise<unknown[]> =>
  objects((await server.api.read('/applications?excludeSystemPortals=true')).applications).map(({ name }) => name);

/** The pieces in which the body of a GET arrives. */
function pieces(path: string): Promise<{ length: number; chunks: string[] }> {
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    const sent = request(`${server.api.sandbox.url}${path}`, { headers: { authorization }, agent: false }, (answer) => {
      const chunks: string[] = [];
      answer.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      const end = (): void => resolve({ length: Number(answer.headers['content-length']), chunks });
      answer.on('error', end).on('end', end);
    });
    sent.on('error', reject).end();
  });
}

describe('answers', () => {
  test.each([
    [{ status: 429, headers: { 'Retry-After': '1' } }, 429, '1'],
    [{ status: 429 }, 429, null],
    [{ status: 500 }, 500, null],
    [
      { status: 503, headers: { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' } },
      503,
      'Wed, 21 Oct 2026 07:28:00 GMT',
    ],
  ] as const)('%j', async (action, status, retryAfter) => {
    faults(fault(action));
    const reply = await server.api.get('/applications');
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect((await server.api.get('/applications')).status).toBe(200);
  });

  test('a list fails on the page that is asked for, and only there', async () => {
    for (const name of ['a', 'b', 'c']) await server.api.create('/applications', { name });
    faults({ match: { method: 'GET', resource: '/applications', page: 2 }, action: { status: 500 } });
    const statuses = [];
    for (const offset of [0, 2, 4]) {
      statuses.push((await server.api.get(`/applications?limit=2&offset=${offset}`)).status);
    }
    expect(statuses).toEqual([200, 500, 200]);
  });

  test('a slow body is whole in the end, and comes in pieces', async () => {
    faults(fault({ trickle: { bytes: 100, everyMs: 1 } }));
    const { length, chunks } = await pieces('/api/server/v1/applications');
    expect(chunks.join('')).toHaveLength(length);
    expect(chunks.length).toBeGreaterThan(1);
    expect(JSON.parse(chunks.join(''))).toHaveProperty('totalResults', 2);
  });

  test('a body is cut after as many bytes as wanted', async () => {
    faults(fault({ truncate: 20 }));
    const { length, chunks } = await pieces('/api/server/v1/applications');
    expect(chunks.join('')).toHaveLength(20);
    expect(length).toBeGreaterThan(20);
  });

  test('a spread of time is different from request to request, the same from run to run, and within its bounds', async () => {
    const run = async (): Promise<number[]> => {
      faults({ match: { method: 'GET' }, action: { delayMs: { min: 5, max: 60 } } });
      const times: number[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const strike = server.api.sandbox.faults.strike('GET', '/x');
        times.push(strike?.chance ?? -1);
      }
      return times;
    };
    const first = await run();
    expect(new Set(first).size).toBe(4);
    expect(await run()).toEqual(first);
    const begun = performance.now();
    await server.api.get('/applications');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(4);
  });
});

describe('tokens', () => {
  const signedIn = async (): Promise<ReturnType<typeof server.api.as>> => {
    const scope = 'internal_application_mgt_view';
    const { body } = await server.api.token('liftlock', 'liftlock-sandbox', scope);
    return server.api.as(`Bearer ${String(object(body).access_token)}`);
  };

  test('a fresh token is refused once', async () => {
    const reader = await signedIn();
    faults(fault({ token: 'refused' }));
    const reply = await reader.get('/applications');
    expect([reply.status, object(reply.body).code]).toEqual([401, 401]);
    expect((await reader.get('/applications')).status).toBe(200);
  });

  test('a revoked token stays refused, and a new one is taken', async () => {
    const reader = await signedIn();
    faults(fault({ token: 'revoked' }));
    expect((await reader.get('/applications')).status).toBe(401);
    expect((await reader.get('/applications')).status).toBe(401);
    expect((await (await signedIn()).get('/applications')).status).toBe(200);
  });
});

describe('writes that are seen later', () => {
  const hide = (hidden: FaultAction['hidden'], method = 'POST'): void => faults(fault({ hidden }, { method }));

  test('a creation is answered, missed by so many reads that would show it, then seen', async () => {
    hide({ reads: 3 });
    const path = await server.api.create('/applications', { name: 'late' });
    expect(await names()).toEqual([]);
    expect((await server.api.get(path)).status).toBe(404);
    expect((await server.api.get('/claim-dialects')).status).toBe(200);
    expect(await names()).toEqual([]);
    expect(await names()).toEqual(['late']);
    expect((await server.api.get(path)).status).toBe(200);
  });

  test('whoever writes meets what is hidden', async () => {
    hide({ reads: 100 });
    const path = await server.api.create('/applications', { name: 'late' });
    expect((await server.api.post('/applications', { name: 'late' })).status).toBe(409);
    expect((await server.api.patch(path, { description: 'new' })).status).toBe(200);
    server.api.sandbox.faults.clear();
    expect(await server.api.read(path)).toMatchObject({ name: 'late', description: 'new' });
  });

  test('a change and a deletion are hidden likewise', async () => {
    const path = await server.api.create('/applications', { name: 'a', description: 'old' });
    hide({ reads: 1 }, 'PATCH');
    await server.api.patch(path, { description: 'new' });
    expect(await server.api.read(path)).toMatchObject({ description: 'old' });
    expect(await server.api.read(path)).toMatchObject({ description: 'new' });
    hide({ reads: 1 }, 'DELETE');
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await names()).toEqual(['a']);
    expect(await names()).toEqual([]);
  });

  test('lists in which it would not be seen do not count', async () => {
    const path = await server.api.create('/applications', { name: 'a', claimConfiguration: { dialect: 'LOCAL' } });
    hide({ reads: 1 }, 'PATCH');
    await server.api.patch(path, { claimConfiguration: { dialect: 'CUSTOM' } });
    expect([await names(), await names()]).toEqual([['a'], ['a']]);
    expect(await server.api.read(path)).toMatchObject({ claimConfiguration: { dialect: 'LOCAL' } });
    expect(await server.api.read(path)).toMatchObject({ claimConfiguration: { dialect: 'CUSTOM' } });
  });

  test('until a time has passed', async () => {
    hide({ ms: 40 });
    const begun = performance.now();
    await server.api.create('/applications', { name: 'late' });
    while ((await names()).length === 0);
    expect(performance.now() - begun).toBeGreaterThan(35);
  });

  test('the state holds it from the start, and a reset forgets it', async () => {
    hide({ reads: 100 });
    await server.api.create('/applications', { name: 'late' });
    expect(JSON.stringify(server.api.sandbox.snapshot())).toContain('"late"');
    server.api.sandbox.reset();
    expect(await names()).toEqual([]);
    expect(JSON.stringify(server.api.sandbox.snapshot())).not.toContain('"late"');
  });
});

describe('writes that are done in part', () => {
  const body: JsonObject = { name: 'half', description: 'kept', accessUrl: 'https://a.example', imageUrl: 'https://i' };

  test('answered as if all had been stored: the second half of the fields is not', async () => {
    faults(fault({ half: {} }, { method: 'POST' }));
    const detail = await server.api.read(await server.api.create('/applications', body));
    expect(detail).toMatchObject({ name: 'half', description: 'kept' });
    expect(detail).not.toHaveProperty('accessUrl');
    expect(detail).not.toHaveProperty('imageUrl');
  });

  test('answered with an error after half was stored', async () => {
    faults(fault({ half: { status: 500 } }, { method: 'POST' }));
    expect((await server.api.post('/applications', body)).status).toBe(500);
    expect(await names()).toEqual(['half']);
  });

  test('the fields that are lost can be named', async () => {
    faults(fault({ half: { without: ['description'] } }, { method: 'POST' }));
    const detail = await server.api.read(await server.api.create('/applications', body));
    expect(detail).toMatchObject({ accessUrl: 'https://a.example', imageUrl: 'https://i' });
    expect(detail).not.toHaveProperty('description');
  });

  test('of a change with one field nothing is done; of one with a block, half of the block', async () => {
    const path = await server.api.create('/applications', { name: 'a' });
    faults({ match: { method: 'PATCH' }, action: { half: {} } });
    expect((await server.api.patch(path, { description: 'new' })).status).toBe(200);
    expect(await server.api.read(path)).not.toHaveProperty('description');
    await server.api.patch(path, { advancedConfigurations: { skipLoginConsent: true, skipLogoutConsent: true } });
    expect(object((await server.api.read(path)).advancedConfigurations)).toMatchObject({
      skipLoginConsent: true,
      skipLogoutConsent: false,
    });
  });

  test('a deletion is answered and not done', async () => {
    const path = await server.api.create('/applications', { name: 'a' });
    faults(fault({ half: {} }, { method: 'DELETE' }));
    expect((await server.api.delete(path)).status).toBe(204);
    expect((await server.api.get(path)).status).toBe(200);
  });

  test('what the server refuses as a whole is refused, and nothing is done', async () => {
    await server.api.create('/applications', { name: 'half' });
    faults(fault({ half: { status: 500 } }, { method: 'POST' }));
    expect((await server.api.post('/applications', body)).status).toBe(409);
    expect(await names()).toEqual(['half']);
  });

  test('more than half is stored where the server takes no less', async () => {
    const late = { description: 'x', accessUrl: 'https://a.example', name: 'late', imageUrl: 'https://i' };
    faults(fault({ half: {} }, { method: 'POST' }));
    const detail = await server.api.read(await server.api.create('/applications', late));
    expect(detail).toMatchObject({ name: 'late', description: 'x' });
    expect(detail).not.toHaveProperty('imageUrl');
  });
});

describe('the control path', () => {
  const put = async (rules: unknown, query = ''): Promise<unknown> => {
    const reply = await server.api.put(`/sandbox/faults${query}`, rules);
    return reply.status === 400 ? object(reply.body).mistakes : reply.status;
  };

  test('GET tells the rules in force, the seed, and what they have come to', async () => {
    const rules = [{ match: { resource: '/applications' }, times: 1, action: { status: 503 } }];
    expect(await put(rules, '?seed=9')).toBe(204);
    for (let turn = 0; turn < 3; turn += 1) await server.api.get('/applications');
    const { body } = await server.api.get('/sandbox/faults');
    expect(body).toEqual({ seed: 9, rules, counts: [{ matched: 3, struck: 1 }] });
    expect((await server.api.delete('/sandbox/faults')).status).toBe(204);
    expect((await server.api.get('/sandbox/faults')).body).toEqual({ seed: 1, rules: [], counts: [] });
  });

  test.each([
    ['no list', { rules: [] }, ['the body: must be array']],
    ['no rule', [3], ['rule 1: must be object']],
    ['no match', [{ action: { html: true } }], ['rule 1, match: is missing']],
    [
      'a misspelt field',
      [
        { match: {}, action: { html: true } },
        { match: {}, actoin: {}, action: { html: true } },
      ],
      ['rule 2: unknown field "actoin". Did you mean "action"?'],
    ],
    [
      'a misspelt method',
      [{ match: { method: 'GTE' }, action: { html: true } }],
      ['rule 1, match.method: must be GET, HEAD, POST, PUT, PATCH or DELETE, or a list of them'],
    ],
    ['a status that is none', [{ match: {}, action: { status: 999 } }], ['rule 1, action.status: must be at most 599']],
    [
      'a broken expression',
      [{ match: { path: '(' }, action: { html: true } }],
      ['rule 1, match.path: is no regular expression'],
    ],
    [
      'two actions',
      [{ match: {}, action: { html: true, status: 500 } }],
      ['rule 1, action.html: cannot go together with "status"; make two rules of it'],
    ],
    [
      'a header without a status',
      [{ match: {}, action: { html: true, headers: {} } }],
      ['rule 1, action.headers: only goes together with "status"'],
    ],
    [
      'a chance above 1',
      [{ match: {}, probability: 20, action: { html: true } }],
      ['rule 1, probability: must be at most 1'],
    ],
    [
      'a visibility without end',
      [{ match: {}, action: { hidden: {} } }],
      ['rule 1, action.hidden: give "reads" or "ms"'],
    ],
    [
      'a spread upside down',
      [{ match: {}, action: { delayMs: { min: 5, max: 1 } } }],
      ['rule 1, action.delayMs: "min" must not be more than "max"'],
    ],
  ])('%s is refused with the place of the mistake', async (_what, rules, mistakes) => {
    expect(await put(rules)).toEqual(mistakes);
    expect((await server.api.get('/applications')).status).toBe(200);
  });

  test('what is no JSON, and a seed that is none, are refused', async () => {
    expect(await put('{"a":')).toEqual([expect.stringMatching(/^the body: is no JSON/)]);
    expect(await put([], '?seed=x')).toEqual(['seed: must be a whole number']);
  });
});
