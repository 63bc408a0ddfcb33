import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, objects, sandboxed } from './api';

const OIDC = { grantTypes: ['client_credentials'], allowedOrigins: [] };
const NOBODY = '00000000-0000-4000-8000-000000000000';

async function on(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ version });
  try {
    await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

describe('application templates', () => {
  const server = sandboxed();
  const template = (name: string, more: object = {}) => ({ name, application: { name: 'Ferry desk' }, ...more });

  test('come back as sent, are listed without the application, replaced and deleted', async () => {
    const sent = template('Ferry', { category: 'VENDOR', types: ['spa'], displayOrder: 3, templateGroup: 'boats' });
    const path = await server.api.create('/applications/templates', { id: 'ignored', ...sent });
    const id = path.split('/').at(-1);
    expect(await server.api.read(path)).toEqual({ id, ...sent });
    const { application: _application, ...item } = sent;
    const listed = async () => objects((await server.api.read('/applications/templates')).templates);
    const shipped = await listed().then((all) => all.filter((each) => each.id !== id));
    expect(await listed()).toEqual([...shipped, { id, ...item, self: path }]);
    const replaced = await server.api.put(path, template('Ferry 2'));
    expect([replaced.status, replaced.body]).toEqual([200, '']);
    expect(await server.api.read(path)).toEqual({ id, ...template('Ferry 2') });
    expect((await server.api.delete(path)).status).toBe(204);
    expect(await listed()).toEqual(shipped);
  });

  test('those that ship with the product can be read and found, but not changed', async () => {
    const path = '/applications/templates/776a73da-fd8e-490b-84ff-93009f8ede85';
    const saml = { name: 'SAML web application', authenticationProtocol: 'saml', category: 'DEFAULT' };
    expect(await server.api.read(path)).toMatchObject(saml);
    const found = await server.api.read(
      `/applications/templates?filter=${encodeURIComponent("authenticationProtocol eq 'saml'")}`,
    );
    expect(found).toMatchObject({ templates: [{ ...saml, self: expect.stringContaining(path) }] });
    expect((await server.api.put(path, template('Ferry'))).status).toBe(404);
    expect((await server.api.delete(path)).status).toBe(404);
  });

  test('an unknown one is 404 for every verb', async () => {
    const missing = { status: 404, body: { code: 'TMM_00021' } };
    expect(await server.api.get('/applications/templates/nope')).toMatchObject(missing);
    expect(await server.api.put('/applications/templates/nope', template('x'))).toMatchObject(missing);
    expect(await server.api.delete('/applications/templates/nope')).toMatchObject(missing);
  });

  test('names are unique, but a replacement may keep its own', async () => {
    const path = await server.api.create('/applications/templates', template('Ferry'));
    await server.api.create('/applications/templates', template('Tug'));
    const taken = { status: 409, body: { code: 'TMM_00014' } };
    expect(await server.api.post('/applications/templates', template('Ferry'))).toMatchObject(taken);
    expect(await server.api.put(path, template('Tug'))).toMatchObject(taken);
    expect((await server.api.put(path, template('Ferry'))).status).toBe(200);
  });

  test.each([
    ['no application', { name: 'x' }],
    ['a bad category', template('x', { category: 'OTHER' })],
    ['an unknown field', template('x', { colour: 'red' })],
    ['an application with an unknown field', { name: 'x', application: { name: 'x', access: 'READ' } }],
  ])('one with %s is refused', async (_what, body) => {
    expect(await server.api.post('/applications/templates', body)).toMatchObject({
      status: 400,
      body: { code: 'UE-10000' },
    });
  });

  test.each(['limit=1', 'offset=0'])('?%s is not implemented', async (query) => {
    expect(await server.api.get(`/applications/templates?${query}`)).toMatchObject({
      status: 501,
      body: { code: 'APP-65004' },
    });
  });

  test.each([
    ["name eq 'Ferry'", ['Ferry']],
    ["name ne 'Ferry' and displayOrder le 2", ['Tug']],
    ["templateGroup eq 'boat''s' or displayOrder gt 8", ['Ferry', 'Raft']],
  ])('the filter %s finds %j', async (filter, names) => {
    await server.api.create('/applications/templates', template('Ferry', { templateGroup: "boat's", displayOrder: 1 }));
    await server.api.create('/applications/templates', template('Tug', { displayOrder: 2 }));
    await server.api.create('/applications/templates', template('Raft', { displayOrder: 9 }));
    const list = await server.api.read(`/applications/templates?filter=${encodeURIComponent(filter)}`);
    expect(objects(list.templates).map((each) => each.name)).toEqual(names);
  });

  test.each(["types eq 'spa'", "name co 'F'", 'name eq F', "name eq 'F' and"])('%s is no filter', async (filter) => {
    expect(await server.api.get(`/applications/templates?filter=${encodeURIComponent(filter)}`)).toMatchObject({
      status: 400,
      body: { code: 'APP-65502' },
    });
  });
});

describe('metadata', () => {
  const server = sandboxed({ version: '7.2', random: 1 });

  test('a protocol that the server does not offer is not found', async () => {
    expect(await server.api.get('/applications/meta/inbound-protocols/cas')).toMatchObject({
      status: 404,
      body: { code: 'APP-60501' },
    });
    expect(await server.api.readList('/applications/meta/inbound-protocols?customOnly=true')).toEqual([]);
  });

  test('the script templates are a text that holds JSON', async () => {
    const { templatesJSON } = await server.api.read('/applications/meta/adaptive-auth-templates');
    const categories = object(JSON.parse(String(templatesJSON)));
    expect(objects(object(categories.access_control).templates)[0]).toMatchObject({ code: expect.any(Array) });
  });

  test('groups are listed by store, and an application is discoverable for known ones only', async () => {
    const [group] = await server.api.readList('/applications/meta/groups?domain=PRIMARY&filter=name+eq+admin');
    expect(group).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'admin' });
    expect(await server.api.readList('/applications/meta/groups?domain=HARBOUR')).toEqual([]);
    expect(await server.api.get('/applications/meta/groups?filter=id+pr')).toMatchObject({
      body: { code: 'APP-60004' },
    });
    const withGroup = (id: unknown) => ({
      name: 'x',
      advancedConfigurations: { discoverableGroups: [{ userStore: 'PRIMARY', groups: [{ id }] }] },
    });
    expect(await server.api.post('/applications', withGroup(NOBODY))).toMatchObject({
      status: 400,
      body: { code: 'APP-60001' },
    });
    expect(await server.api.read(await server.api.create('/applications', withGroup(group?.id)))).toMatchObject({
      advancedConfigurations: { discoverableGroups: [{ userStore: 'PRIMARY', groups: [group] }] },
    });
  });

  test.each<[Version, string[], string[]]>([
    ['6.1', [], ['subjectType', 'tokenEndpointAllowReusePvtKeyJwt', 'cibaMetadata']],
    ['7.0', ['subjectType'], ['tokenEndpointAllowReusePvtKeyJwt', 'cibaMetadata']],
    ['7.1', ['subjectType', 'tokenEndpointAllowReusePvtKeyJwt'], ['cibaMetadata']],
    ['7.3', ['subjectType', 'tokenEndpointAllowReusePvtKeyJwt', 'cibaMetadata'], []],
  ])('the OIDC choices of %s have %j, not %j', async (version, shown, missing) => {
    await on(version, async (api) => {
      const choices = await api.read('/applications/meta/inbound-protocols/oidc');
      for (const field of shown) expect(choices).toHaveProperty(field);
      for (const field of missing) expect(choices).not.toHaveProperty(field);
    });
  });
});

describe('the owner', () => {
  const server = sandboxed();

  test('is a user by id', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    expect((await server.api.put(`${path}/owner`, { id: NOBODY })).status).toBe(200);
    expect(await server.api.put(`${path}/owner`, { id: 'captain' })).toMatchObject({
      status: 400,
      body: { code: 'APP-60504' },
    });
    expect(await server.api.put(`${path}/owner`, {})).toMatchObject({ status: 400, body: { code: 'UE-10000' } });
    expect(await server.api.put('/applications/nope/owner', { id: NOBODY })).toMatchObject({ status: 404 });
  });

  test('needs the scope of an organization administrator', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    const asked = 'internal_application_mgt_update';
    const token = object((await server.api.token('liftlock', 'liftlock-sandbox', asked)).body);
    const limited = server.api.as(`Bearer ${String(token.access_token)}`);
    expect((await limited.put(`${path}/owner`, { id: NOBODY })).status).toBe(403);
  });
});

describe('sharing', () => {
  const server = sandboxed({ version: '7.2' });
  const all = { mode: 'ALL' };
  const future = 'ALL_EXISTING_AND_FUTURE_ORGS';

  test('with organizations is accepted and, without any, shows nothing', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    const shared = await server.api.post(`${path}/share`, {
      shareWithAllChildren: false,
      sharedOrganizations: [NOBODY],
    });
    expect([shared.status, shared.body]).toEqual([200, '']);
    expect(await server.api.read(`${path}/share`)).toEqual({});
    expect(await server.api.read(`${path}/shared-apps`)).toEqual({});
    expect((await server.api.delete(`${path}/share/${NOBODY}`)).status).toBe(204);
    expect((await server.api.delete(`${path}/shared-apps`)).status).toBe(204);
    expect((await server.api.post(`${path}/share`, {})).status).toBe(400);
    expect(await server.api.get('/applications/nope/share')).toMatchObject({
      status: 400,
      body: { code: 'ORG-60035' },
    });
  });

  test('with all organizations to come is kept until it ends', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    const applicationId = path.split('/').at(-1);
    const started = { status: 202, body: { status: 'Processing' } };
    const policy = { applicationId, policy: future, roleSharing: all };
    expect(await server.api.post('/applications/share-with-all', policy)).toMatchObject(started);
    const mode = `${path}/share?attributes=sharingMode`;
    expect(await server.api.read(mode)).toEqual({ sharingMode: { policy: future, roleSharing: all } });
    expect(await server.api.read(`${path}/share`)).toEqual({});
    expect(await server.api.post('/applications/unshare-with-all', { applicationId })).toMatchObject(started);
    expect(await server.api.read(mode)).toEqual({});
  });

  test.each([
    ['POST', 'share', { organizations: [{ orgId: NOBODY, policy: 'SELECTED_ORG_ONLY', roleSharing: all }] }],
    ['PATCH', 'share', { Operations: [{ op: 'add', path: `organizations[orgId eq "${NOBODY}"].roles`, value: [] }] }],
    ['POST', 'unshare', { orgIds: [NOBODY] }],
  ])('%s %s is started for an application that is there', async (verb, path, body) => {
    const id = (await server.api.create('/applications', { name: 'x' })).split('/').at(-1);
    const started = await server.api.send(
      verb,
      `/applications/${path}`,
      JSON.stringify({ applicationId: id, ...body }),
    );
    expect(started.status).toBe(202);
    const lost = await server.api.send(
      verb,
      `/applications/${path}`,
      JSON.stringify({ applicationId: 'nope', ...body }),
    );
    expect(lost).toMatchObject({ status: 400, body: { code: 'ORG-60035' } });
    expect((await server.api.send(verb, `/applications/${path}`, JSON.stringify(body))).status).toBe(400);
  });

  test.each([
    ['POST', 'share', { organizations: [] }],
    ['POST', 'share-with-all', { policy: future, roleSharing: { mode: 'SELECTED' } }],
    [
      'POST',
      'share-with-all',
      { policy: future, roleSharing: { ...all, roles: [{ displayName: 'r', audience: { display: 'o', type: 'o' } }] } },
    ],
    ['POST', 'share-with-all', { policy: 'NO_ORGS', roleSharing: all }],
    ['PATCH', 'share', { Operations: [] }],
    ['PATCH', 'share', { Operations: [{ op: 'replace', path: 'x' }] }],
  ])('%s %s with %j is refused', async (verb, path, body) => {
    const applicationId = (await server.api.create('/applications', { name: 'x' })).split('/').at(-1);
    const refused = await server.api.send(verb, `/applications/${path}`, JSON.stringify({ applicationId, ...body }));
    expect(refused).toMatchObject({ status: 400, body: { code: 'UE-10000' } });
  });
});

describe('client secrets of the newest line', () => {
  const server = sandboxed({ version: 'next' });

  const refused = (status: number, code: string, description: string): object => ({
    status,
    body: { code, description: expect.stringContaining(description) },
  });

  const client = async (): Promise<string> =>
    `${await server.api.create('/applications', { name: 'x', inboundProtocolConfiguration: { oidc: OIDC } })}/inbound-protocols/oidc`;

  test('a client starts with one, may get a second, and loses the older', async () => {
    const path = await client();
    const { clientSecret } = await server.api.read(path);
    const before = await server.api.read(`${path}/secrets`);
    expect(before).toMatchObject({ count: 1, list: [{ secretValue: clientSecret, status: 'ACTIVE', latest: true }] });
    expect(objects(before.list)[0]?.createdAt).toBeGreaterThan(0);
    const added = await server.api.post(`${path}/secrets`, {});
    const second = object(added.body);
    expect([added.status, new URL(added.location).pathname]).toEqual([
      201,
      `${path}/secrets/${String(second.secretId)}`,
    ]);
    expect(await server.api.read(path)).toMatchObject({
      clientSecret: second.secretValue,
      multipleClientSecretsConfigured: true,
    });
    expect(await server.api.post(`${path}/secrets`, {})).toMatchObject(refused(409, 'OAUTH-60011', 'Maximum number'));
    const latest = refused(409, 'OAUTH-60006', 'cannot be deleted as it is the latest secret');
    expect(await server.api.delete(`${path}/secrets/${String(second.secretId)}`)).toMatchObject(latest);
    const first = String(objects(before.list)[0]?.secretId);
    const both = [{ secretId: second.secretId }, { secretId: first, latest: false }];
    expect(await server.api.read(`${path}/secrets`)).toMatchObject({ list: both });
    expect(await server.api.read(`${path}/secrets/${first}`)).toMatchObject({ latest: false });
    expect((await server.api.delete(`${path}/secrets/${first}`)).status).toBe(204);
    const gone = refused(404, 'OAUTH-60010', 'does not exist for this application');
    expect(await server.api.get(`${path}/secrets/${first}`)).toMatchObject(gone);
    expect(await server.api.read(path)).toMatchObject({ multipleClientSecretsConfigured: false });
  });

  test('an expiry lies in the future and is shown', async () => {
    const path = await client();
    const past = refused(400, 'OAUTH-60001', 'is in the past');
    expect(await server.api.post(`${path}/secrets`, { expiresAt: 1 })).toMatchObject(past);
    const never = refused(400, 'OAUTH-60001', 'is invalid');
    expect(await server.api.post(`${path}/secrets`, { expiresAt: -1 })).toMatchObject(never);
    const expiresAt = 4102444800;
    expect(await server.api.post(`${path}/secrets`, { expiresAt })).toMatchObject({ status: 201, body: { expiresAt } });
    expect(await server.api.read(path)).toMatchObject({ clientSecretExpiresAt: expiresAt });
    expect(await server.api.read(path)).not.toHaveProperty('secrets');
  });

  test('an application tells the expiry of its first secret, which an update cannot move', async () => {
    const sent = { ...OIDC, clientSecretExpiresAt: 4102444800 };
    const body = (oidc: object) => ({ name: 'Ferry', inboundProtocolConfiguration: { oidc } });
    const expired = await server.api.post('/applications', body({ ...sent, clientSecretExpiresAt: 1 }));
    expect(expired).toMatchObject(refused(400, 'OAUTH-60001', 'is in the past'));
    const path = `${await server.api.create('/applications', body(sent))}/inbound-protocols/oidc`;
    const { clientId, clientSecret } = await server.api.read(path);
    const moved = await server.api.put(path, { ...sent, clientId, clientSecret, clientSecretExpiresAt: 4102444801 });
    expect(moved).toMatchObject(refused(400, 'APP-60001', 'cannot be modified with the application update'));
    expect((await server.api.put(path, { ...OIDC, clientId, clientSecret })).status).toBe(200);
    expect(await server.api.read(path)).toMatchObject({ clientSecretExpiresAt: 4102444800 });
  });

  test('several survive a replaced configuration, one new secret replaces all', async () => {
    const path = await client();
    await server.api.post(`${path}/secrets`, {});
    const { clientId, clientSecret } = await server.api.read(path);
    expect((await server.api.put(path, { ...OIDC, clientId, clientSecret })).status).toBe(200);
    expect(await server.api.read(`${path}/secrets`)).toMatchObject({ count: 2 });
    expect(await server.api.send('POST', `${path}/regenerate-secret`)).toMatchObject({
      body: { clientSecretExpiresAt: 0, multipleClientSecretsConfigured: false },
    });
    expect(await server.api.read(`${path}/secrets`)).toMatchObject({ count: 1 });
  });

  test('an application without OIDC has none', async () => {
    const path = await server.api.create('/applications', { name: 'x' });
    expect((await server.api.get(`${path}/inbound-protocols/oidc/secrets`)).status).toBe(404);
  });
});

test('the login flow generator is there, and fails without the service behind it', async () => {
  await on('7.1', async (api) => {
    const failed = { status: 500, body: { code: 'SE-50000' } };
    expect(await api.post('/applications/loginflow/generate', { user_query: 'two steps' })).toMatchObject(failed);
    expect(await api.get('/applications/loginflow/status/1')).toMatchObject(failed);
    expect(await api.get('/applications/loginflow/result/1')).toMatchObject(failed);
    expect((await api.post('/applications/loginflow/generate', { query: 'x' })).status).toBe(400);
  });
});
