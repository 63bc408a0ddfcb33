import { startSandbox } from '../../src/sandbox/sandbox';
import { VERSIONS, type Version } from '../../src/sandbox/versions';
import { Api, object, objects, sandboxed } from './api';

/*
 * What trips a client of applications over: reference section 5, by quirk number, where no other test shows it. The
 * others are in applications, application-blocks, protocols, roles and versions.
 */

const OIDC = { grantTypes: ['client_credentials'], allowedOrigins: [] };

async function on<T>(version: Version, work: (api: Api) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox({ version });
  try {
    return await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

describe('quirks of applications', () => {
  const server = sandboxed();
  const bare = () => server.api.create('/applications', { name: 'Ferry desk' });
  const refused = { status: 400, body: { code: 'UE-10000', message: 'Invalid Request.' } };

  test('1: what a GET answers can be sent back neither as a whole nor as a PATCH', async () => {
    const path = await bare();
    const detail = await server.api.read(path);
    expect(await server.api.post('/applications', { ...detail, name: 'Copy' })).toMatchObject(refused);
    expect(await server.api.patch(path, detail)).toMatchObject(refused);
    for (const field of ['id', 'clientId', 'issuer', 'realm', 'access', 'inboundProtocols', 'isManagementApp'])
      expect([field, await server.api.patch(path, { [field]: detail[field] })]).toMatchObject([field, refused]);
  });

  test('2: a client that names no id gets another one every time', async () => {
    const path = `${await bare()}/inbound-protocols/oidc`;
    const ids: unknown[] = [];
    for (let round = 0; round < 2; round += 1) {
      await server.api.put(path, OIDC);
      ids.push((await server.api.read(path)).clientId);
      await server.api.delete(path);
    }
    expect(new Set(ids).size).toBe(2);
  });

  test('5: the steps that a DEFAULT application shows are not its own', async () => {
    const path = await bare();
    const { authenticationSequence } = await server.api.read(path);
    expect(objects(object(authenticationSequence).steps)).toHaveLength(1);
    const basic = [{ name: 'BasicAuthenticator', type: 'BasicAuthenticator' }];
    expect(await server.api.readList(`${path}/authenticators`)).toEqual([
      { stepId: 1, localAuthenticators: basic, federatedAuthenticators: [] },
    ]);
  });

  test('10: a management application is one from its creation or never', async () => {
    const path = await server.api.create('/applications', { name: 'Harbour script', isManagementApp: true });
    expect(await server.api.read(path)).toMatchObject({ isManagementApp: true });
    expect(await server.api.patch(path, { isManagementApp: false })).toMatchObject(refused);
  });

  test('29: roles are sent by the ids of this server', async () => {
    const path = await bare();
    const foreign = { allowedAudience: 'APPLICATION', roles: [{ id: 'f2d6', name: 'harbour-master' }] };
    expect(await server.api.patch(path, { associatedRoles: foreign })).toMatchObject({ body: { code: 'APP-60001' } });
  });

  test.each([
    ['7.0', 500, 'SE-50000'],
    ['7.1', 201, undefined],
  ] as const)('an audience without a list of roles is %s → %i (7.0 measured, A1)', async (version, status, code) => {
    await on(version, async (api) => {
      const [audience, other] = [{ allowedAudience: 'APPLICATION' }, { allowedAudience: 'ORGANIZATION' }];
      const made = await api.post('/applications', { name: 'Ferry desk', associatedRoles: audience });
      expect(made).toMatchObject({ status, ...(code === undefined ? {} : { body: { code } }) });
      const path = await api.create('/applications', {
        name: 'Quay desk',
        associatedRoles: { ...audience, roles: [] },
      });
      expect((await api.patch(path, { associatedRoles: other })).status).toBe(status === 500 ? 500 : 200);
      expect((await api.patch(path, { associatedRoles: { ...other, roles: [] } })).status).toBe(200);
    });
  });

  test('an external consent page does not go with SAML', async () => {
    const advancedConfigurations = { useExternalConsentPage: true };
    const manualConfiguration = { issuer: 'urn:tug', assertionConsumerUrls: ['https://tug.example/acs'] };
    const body = { name: 'Tug', inboundProtocolConfiguration: { saml: { manualConfiguration } } };
    const unsupported = { status: 400, body: { code: 'APP-60506' } };
    expect(await server.api.post('/applications', { ...body, advancedConfigurations })).toMatchObject(unsupported);
    const path = await server.api.create('/applications', body);
    expect(await server.api.patch(path, { advancedConfigurations })).toMatchObject(unsupported);
    expect((await server.api.patch(await bare(), { advancedConfigurations })).status).toBe(200);
  });

  test('every error names its trace, and codes are texts but for 401 and 403', async () => {
    const missing = await server.api.get('/applications/nope');
    expect(missing.body).toEqual({
      code: 'APP-60006',
      message: 'Application not found.',
      description: expect.stringContaining('nope'),
      traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect((await server.api.as('').get('/applications')).body).toMatchObject({ code: 401 });
  });
});

describe('requests for applications', () => {
  const server = sandboxed();

  test('a PATCH or resident PUT without a body changes nothing, a POST needs one', async () => {
    const path = await server.api.create('/applications', { name: 'x', description: 'kept' });
    const empty = (verb: string, place: string) =>
      server.api.send(verb, place, undefined, { 'content-type': 'application/json' });
    expect((await empty('PATCH', path)).status).toBe(200);
    expect(await server.api.read(path)).toMatchObject({ description: 'kept' });
    expect((await empty('PUT', '/applications/resident')).status).toBe(200);
    expect(await empty('POST', '/applications')).toMatchObject({ status: 500, body: { code: 'SE-50000' } });
  });

  test('a body has to be JSON, and to say so', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      const reply = await server.api.send('PATCH', path, '{}', { 'content-type': type });
      expect([type, reply.status, reply.body]).toEqual([type, 415, '']);
    }
    const utf8 = { 'content-type': 'application/json; charset=UTF-8' };
    expect((await server.api.send('PATCH', path, '{}', utf8)).status).toBe(200);
  });

  test.each([
    ['PUT', '/applications'],
    ['PUT', '/applications/1'],
    ['POST', '/applications/1/inbound-protocols/oidc'],
    ['GET', '/applications/1/inbound-protocols/oidc/revoke'],
  ])('%s %s is not allowed, and the answer names the verbs of all APIs', async (verb, path) => {
    const allowed = 'DELETE,POST,GET,PUT,PATCH,OPTIONS,HEAD';
    const reply = await server.api.send(verb, path);
    expect([reply.status, reply.body, reply.headers.get('allow')]).toEqual([405, '', allowed]);
    const options = await server.api.as('').send('OPTIONS', path);
    expect([options.status, options.body, options.headers.get('allow')]).toEqual([200, '', allowed]);
  });

  test('HEAD is a GET without a body', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    const head = await server.api.send('HEAD', path);
    const got = await server.api.get(path);
    expect([head.status, head.body]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length']) expect(head.headers.get(name)).toBe(got.headers.get(name));
    expect((await server.api.send('HEAD', '/applications/nope')).status).toBe(404);
    expect((await server.api.as('').send('HEAD', path)).status).toBe(401);
  });

  test('an unknown path is no resource, whatever the verb', async () => {
    for (const verb of ['GET', 'POST', 'OPTIONS'])
      expect([verb, (await server.api.send(verb, '/applications/1/berths')).status]).toEqual([verb, 404]);
  });
});

describe('the list by version', () => {
  test.each<[string, Version, number, string]>([
    ['filter=clientId+eq+a', '6.0', 400, 'APP-60004'],
    ['filter=issuer+co+a+or+name+eq+b', '6.0', 400, 'APP-60004'],
    ['attributes=advancedConfigurations', '6.0', 501, 'APP-65003'],
    ['attributes=associatedRoles.allowedAudience', '7.0', 400, 'APP-60505'],
    ['attributes=templateVersion', '7.1', 400, 'APP-60505'],
  ])('?%s is taken from %s on', async (query, since, status, code) => {
    const before = VERSIONS[VERSIONS.indexOf(since) - 1] ?? since;
    const ask = (api: Api) => api.get(`/applications?${query}`);
    expect((await on(since, ask)).status).toBe(200);
    expect(await on(before, ask)).toMatchObject({ status, body: { code } });
  });

  test('portals cannot be left out before 7.1', async () => {
    const ask = (api: Api) => api.read('/applications?excludeSystemPortals=true');
    expect(await on('7.0', ask)).toMatchObject({ totalResults: 2 });
    expect(await on('7.1', ask)).toMatchObject({ totalResults: 0 });
  });

  test.each(['not name eq a', 'name pr', 'accessUrl eq a', 'Name eq a', 'name co %', 'name eq'])(
    'the filter %s is refused',
    async (filter) => {
      const reply = await on('7.1', (api) => api.get(`/applications?filter=${encodeURIComponent(filter)}`));
      expect(reply).toMatchObject({ status: 400, body: { code: 'APP-60004' } });
    },
  );

  test('sorting is refused with either parameter, a limit must be a positive number', async () => {
    await on('7.1', async (api) => {
      for (const query of ['sortBy=name', 'sortOrder=ASC'])
        expect(await api.get(`/applications?${query}`)).toMatchObject({ status: 501, body: { code: 'APP-65002' } });
      for (const query of ['limit=0', 'limit=-1', 'limit=0&sortBy=name'])
        expect(await api.get(`/applications?${query}`)).toMatchObject({ status: 400, body: { code: 'UE-10000' } });
      for (const query of ['limit=many', 'offset=some', 'limit=0&offset=some', 'limit=many&sortBy=name'])
        expect(await api.get(`/applications?${query}`)).toMatchObject({ status: 404, body: '' });
    });
  });
});

test.each<[Version, number]>([
  ['7.3', 403],
  ['next', 200],
])('on %s roles and login of the Console are changed with %d', async (version, status) => {
  await on(version, async (api) => {
    const list = await api.read('/applications?filter=name+eq+Console');
    const path = `/applications/${String(objects(list.applications)[0]?.id)}`;
    const authenticationSequence = { type: 'DEFAULT' };
    expect((await api.patch(path, { name: 'Console', authenticationSequence })).status).toBe(status);
    expect((await api.patch(path, { name: 'Console', description: 'x' })).status).toBe(403);
    expect((await api.patch(path, { authenticationSequence })).status).toBe(403);
  });
});
