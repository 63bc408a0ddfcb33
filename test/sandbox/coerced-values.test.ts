/**
 * What the product makes of values of another type, and of bodies that are none: the answers of its own code of 6.0,
 * which that of 7.0 gave as well where it was asked. The requests break the contract on purpose, so nothing checks them
 * against it.
 *
 * @jest-environment node
 */
import { object, sandboxed } from './api';

const server = sandboxed({ version: '6.0' });
const UNREADABLE = { status: 400, body: { code: 'UE-10000' } };
const UNCAUGHT = { status: 500, body: { code: 'SE-50000' } };

async function patched(change: object): Promise<{ path: string; status: number }> {
  const path = await server.api.create('/applications', { name: 'Ferry' });
  const { status } = await server.api.patch(path, change);
  return { path, status };
}

describe('a text field', () => {
  test.each([
    [12, '12'],
    [1.5, '1.5'],
    [true, 'true'],
    [false, 'false'],
  ])('takes %j as its text', async (name, text) => {
    const path = await server.api.create('/applications', { name });
    expect(await server.api.read(path)).toMatchObject({ name: text });
  });

  test.each([[['Ferry']], [{}]])('takes no %j', async (name) => {
    expect(await server.api.post('/applications', { name })).toMatchObject(UNREADABLE);
  });
});

describe('a flag', () => {
  const saas = async (value: unknown): Promise<unknown> => {
    const { path } = await patched({ advancedConfigurations: { saas: value } });
    return object((await server.api.read(path)).advancedConfigurations).saas;
  };

  test.each(['true', 'True', 'TRUE', ' true ', 1, -1, 2])('is set by %j', async (value) => {
    expect(await saas(value)).toBe(true);
  });

  test.each(['false', 'False', 'FALSE', 0, '', '  ', 'null', null])('is not set by %j', async (value) => {
    expect(await saas(value)).toBe(false);
  });

  test.each(['tRue', 'yes', '1', '0', 1.5, {}])('cannot be %j', async (value) => {
    expect((await patched({ advancedConfigurations: { saas: value } })).status).toBe(400);
  });
});

describe('a whole number', () => {
  const steps = [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }];
  const status = async (subjectStepId: unknown): Promise<number> =>
    (await patched({ authenticationSequence: { type: 'USER_DEFINED', steps, subjectStepId } })).status;

  test.each([1.9, '1', ' 1 ', '', 'null', null])('can be read in %j', async (value) => {
    expect(await status(value)).toBe(200);
  });

  test.each(['1.0', 'one', true, 2 ** 31])('cannot be read in %j', async (value) => {
    expect(await status(value)).toBe(400);
  });
});

describe('a word of an enumeration', () => {
  const dialect = async (value: unknown): Promise<unknown> => {
    const { path } = await patched({ claimConfiguration: { dialect: value } });
    return object((await server.api.read(path)).claimConfiguration).dialect;
  };

  test.each(['CUSTOM', ' CUSTOM ', 0, '0'])('is meant by its name or its place: %j', async (value) => {
    expect(await dialect(value)).toBe('CUSTOM');
  });

  test.each(['custom', 2, -1, '5', '', ' ', true, 0.5])('is not meant by %j', async (value) => {
    expect((await patched({ claimConfiguration: { dialect: value } })).status).toBe(400);
  });
});

describe('a body', () => {
  test.each(['', ' ', 'null'])('that is nothing breaks the server down: %j', async (body) => {
    expect(await server.api.post('/applications', body)).toMatchObject(UNCAUGHT);
  });

  test.each(['', 'null'])('of a PATCH may be nothing: %j', async (body) => {
    const path = await server.api.create('/applications', { name: 'Ferry' });
    expect((await server.api.patch(path, body)).status).toBe(200);
  });

  test.each(['[]', '"Ferry"', '{name:"Ferry"}', '{"name":"Ferry",}', "{'name':'Ferry'}", '{"name"'])(
    'that is no object of JSON cannot be read: %s',
    async (body) => {
      expect(await server.api.post('/applications', body)).toMatchObject(UNREADABLE);
    },
  );

  test.each(['{"name":"Ferry"} and more', '{"name":"Ferry"}}', '{"name":"Ferry","description":"Fe}rry\\"{"}]'])(
    'is read up to the end of its first value: %s',
    async (body) => {
      expect((await server.api.post('/applications', body)).status).toBe(201);
    },
  );

  test('with an object that is null in a list breaks the server down', async () => {
    const path = await server.api.create('/applications', { name: 'Ferry' });
    const change = { claimConfiguration: { requestedClaims: [null] } };
    expect(await server.api.patch(path, change)).toMatchObject(UNCAUGHT);
  });

  test.each(['*/*', 'application/*', 'application/JSON; charset=utf-8'])('may come as %s', async (type) => {
    const headers = { 'content-type': type };
    expect((await server.api.send('POST', '/applications', { name: 'Ferry' }, headers)).status).toBe(201);
  });

  test.each(['text/json', 'application/vnd.boats+json', 'text/plain'])('may not come as %s', async (type) => {
    const headers = { 'content-type': type };
    expect((await server.api.send('POST', '/applications', { name: 'Ferry' }, headers)).status).toBe(415);
  });

  test('that is left out still needs a type', async () => {
    const path = await server.api.create('/applications', { name: 'Ferry' });
    expect((await server.api.send('PATCH', path)).status).toBe(415);
  });
});

describe('a verb', () => {
  const VERBS = 'DELETE,POST,GET,PUT,PATCH,OPTIONS,HEAD';
  const allowed = async (verb: string, path: string): Promise<[number, string | null]> => {
    const answer = await server.api.send(verb, path, verb === 'PUT' ? {} : undefined);
    return [answer.status, answer.headers.get('allow')];
  };

  test.each(['/applications', '/applications/1/inbound-protocols', '/identity-providers', '/authenticators'])(
    'of all the APIs is named for %s',
    async (path) => {
      expect(await allowed('OPTIONS', path)).toEqual([200, VERBS]);
      expect(await allowed('PUT', path)).toEqual([405, VERBS]);
    },
  );

  test('is named even for a path that is not there, below one that is', async () => {
    expect(await allowed('GET', '/applications/1/berths')).toEqual([404, VERBS]);
    expect(await allowed('GET', '/berths')).toEqual([404, null]);
  });

  test('that only the path with a parameter has means what that path means', async () => {
    expect(await server.api.patch('/applications/templates', {})).toMatchObject({
      status: 404,
      body: { code: 'APP-60006' },
    });
  });
});

describe('a number in the query', () => {
  test.each(['abc', '1.5', '%20', '2147483648'])('that is no Integer leads nowhere: %s', async (limit) => {
    expect(await server.api.get(`/applications?limit=${limit}`)).toMatchObject({ status: 404, body: '' });
  });

  test('may be left empty', async () => {
    expect((await server.api.get('/applications?limit=&offset=')).status).toBe(200);
  });
});
