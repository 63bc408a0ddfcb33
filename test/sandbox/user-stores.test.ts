import type { JsonObject } from '../../src/model/json';
import { startSandbox } from '../../src/sandbox/sandbox';
import { Api, object, objects, sandboxed } from './api';
import { download, upload } from './upload';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const JDBC = encoded('UniqueIDJDBCUserStoreManager');
const PATH = `/userstores/${encoded('DOCKS')}`;
const TITLE = 'http://wso2.org/claims/title';

function properties(values: Readonly<Record<string, string>>): JsonObject[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

const CONNECTION = { url: 'jdbc:h2:./docks', userName: 'docks', password: 'mooring', driverName: 'org.h2.Driver' };
const DOCKS = { typeId: JDBC, description: 'Dock workers', name: 'DOCKS', properties: properties(CONNECTION) };

function valueOf(store: JsonObject, name: string): unknown {
  return objects(store.properties).find((each) => each.name === name)?.value;
}

describe('user stores', () => {
  const server = sandboxed({ userStoreDelayMs: 0 });

  test('a store is created with a computed id and everything that the server adds', async () => {
    const reply = await server.api.post('/userstores', DOCKS);
    expect(reply).toMatchObject({ status: 201, body: { id: encoded('DOCKS'), name: 'DOCKS', typeId: JDBC } });
    expect(new URL(reply.location).pathname).toContain(PATH);
    const store = await server.api.read(PATH);
    expect(store).toMatchObject({
      className: 'org.wso2.carbon.user.core.jdbc.UniqueIDJDBCUserStoreManager',
      isLocal: true,
    });
    expect(store).not.toHaveProperty('id');
    expect(valueOf(store, 'UniqueID')).toMatch(/^[0-9a-f-]{36}$/);
    expect(valueOf(store, 'Class')).toBe(store.className);
    expect(valueOf(store, 'SelectUserSQL')).toMatch(/^SELECT/);
    expect(valueOf(store, 'password')).toBe('ENCRYPTED PROPERTY');
    expect(await server.api.readList('/userstores?requiredAttributes=url')).toEqual([
      {
        id: encoded('DOCKS'),
        name: 'DOCKS',
        enabled: true,
        description: 'Dock workers',
        isLocal: true,
        typeName: 'UniqueIDJDBCUserStoreManager',
        self: `/t/carbon.super/api/server/v1${PATH}`,
        properties: [{ name: 'url', value: 'jdbc:h2:./docks' }],
      },
    ]);
  });

  test.each<[string, object, number, string]>([
    ['an unknown type', { ...DOCKS, typeId: encoded('Shed') }, 400, 'SUS-60015'],
    ['a field of answers', { ...DOCKS, className: 'x' }, 400, 'UE-10000'],
    ['no description', { ...DOCKS, description: undefined }, 400, 'UE-10000'],
    ['no password', { ...DOCKS, properties: properties({ ...CONNECTION, password: '' }) }, 404, 'SUS-60006'],
    ['an expression', { ...DOCKS, properties: properties({ ...CONNECTION, url: '${env}' }) }, 400, 'SUS-60004'],
    ['the primary store', { ...DOCKS, name: 'primary' }, 409, 'SUS-60002'],
    ['a reserved name', { ...DOCKS, name: 'Federated-X' }, 400, 'SUS-65001'],
    ['a name with an underscore', { ...DOCKS, name: 'DRY_DOCKS' }, 400, 'SUS-65001'],
    [
      'an unknown claim',
      { ...DOCKS, claimAttributeMappings: [{ claimURI: 'http://wso2.org/claims/x', mappedAttribute: 'x' }] },
      400,
      'CMT-50019',
    ],
  ])('%s is refused', async (_what, body, status, code) => {
    expect(await server.api.post('/userstores', body)).toMatchObject({ status, body: { code } });
    expect(await server.api.readList('/userstores')).toEqual([]);
  });

  test('names are unique whatever their case', async () => {
    await server.api.create('/userstores', DOCKS);
    const again = await server.api.post('/userstores', { ...DOCKS, name: 'docks' });
    expect(again).toMatchObject({ status: 409, body: { code: 'SUS-60002' } });
  });

  test('an update keeps the secret that comes as its mark, and makes a new UniqueID', async () => {
    await server.api.create('/userstores', DOCKS);
    const before = await server.api.read(PATH);
    const body = { ...DOCKS, properties: properties({ ...CONNECTION, password: 'ENCRYPTED PROPERTY' }) };
    expect((await server.api.put(PATH, { ...body, description: 'Moved' })).status).toBe(200);
    const after = await server.api.read(PATH);
    expect(after).toMatchObject({ description: 'Moved' });
    expect(valueOf(after, 'UniqueID')).not.toBe(valueOf(before, 'UniqueID'));
    expect(JSON.stringify(server.api.sandbox.snapshot())).toContain('mooring');
    for (const [path, sent, status, code] of [
      [`/userstores/${encoded('OTHER')}`, { ...DOCKS, name: 'OTHER' }, 404, 'SUS-60001'],
      [PATH, { ...DOCKS, name: 'OTHER' }, 400, 'SUS-60009'],
    ] as const) {
      expect(await server.api.put(path, sent)).toMatchObject({ status, body: { code } });
    }
  });

  test('a patch replaces the description and properties, and nothing else', async () => {
    await server.api.create('/userstores', DOCKS);
    const replace = (path: string, value: string) => ({ operation: 'REPLACE', path, value });
    const reply = await server.api.patch(PATH, [
      replace('/description', 'Shut'),
      replace('/properties/disabled', 'true'),
    ]);
    expect(reply).toMatchObject({ status: 200, body: { name: 'DOCKS', description: 'Shut' } });
    expect(await server.api.readList('/userstores')).toMatchObject([{ enabled: false }]);
    expect(await server.api.patch(PATH, [{ operation: 'ADD', path: '/description', value: 'x' }])).toMatchObject({
      status: 200,
      body: '',
    });
    for (const path of ['/properties/unheard', '/name']) {
      expect(await server.api.patch(PATH, [replace(path, 'x')])).toMatchObject({
        status: 400,
        body: { code: 'SUS-60004' },
      });
    }
    expect((await server.api.patch(`${PATH}x`, [replace('/description', 'x')])).status).toBe(404);
  });

  test('attribute mappings are those of the local claims', async () => {
    const claimAttributeMappings = [{ claimURI: TITLE, mappedAttribute: 'rank' }];
    await server.api.create('/userstores', { ...DOCKS, claimAttributeMappings });
    expect(await server.api.read(PATH)).toMatchObject({ claimAttributeMappings });
    const claim = `/claim-dialects/local/claims/${encoded(TITLE)}`;
    const mappings = objects((await server.api.read(claim)).attributeMapping);
    expect(mappings).toContainEqual({ mappedAttribute: 'rank', userstore: 'DOCKS' });
    const patch = await server.api.patch(`${PATH}/attribute-mappings`, [{ claimURI: TITLE, mappedAttribute: 'grade' }]);
    expect(patch).toMatchObject({ status: 200, body: '' });
    expect(await server.api.read(PATH)).toMatchObject({ claimAttributeMappings: [{ mappedAttribute: 'grade' }] });
    expect((await server.api.delete(PATH)).status).toBe(204);
    expect((await server.api.delete(PATH)).status).toBe(204);
    expect(await server.api.get(PATH)).toMatchObject({ status: 404, body: { code: 'SUS-60003' } });
    // What was mapped stays mapped.
    expect(objects((await server.api.read(claim)).attributeMapping)).toHaveLength(2);
  });

  test('types say which properties they need and which of them are secrets', async () => {
    const types = await server.api.readList('/userstores/meta/types');
    expect(types.map((type) => type.typeId)).toContain(JDBC);
    const type = await server.api.read(`/userstores/meta/types/${JDBC}`);
    expect(objects(object(type.properties).Mandatory)).toContainEqual({
      name: 'password',
      defaultValue: '',
      description: expect.stringMatching(/#encrypt$/),
    });
    expect((await server.api.get('/userstores/meta/types/nope')).status).toBe(404);
    const attributes = objects((await server.api.read(`/userstores/meta/types/${JDBC}/attributes`)).attributeMappings);
    expect(attributes).toContainEqual({
      claimId: encoded(TITLE),
      claimURI: TITLE,
      mappedAttribute: 'title',
      displayName: 'Title',
    });
    const all = `/userstores/meta/types/${JDBC}/attributes?includeIdentityClaimMappings=true`;
    expect(objects((await server.api.read(all)).attributeMappings).length).toBeGreaterThan(attributes.length);
  });

  test('the primary store is only shown', async () => {
    const primary = await server.api.read('/userstores/primary');
    expect(primary).toMatchObject({ name: 'PRIMARY' });
    expect(valueOf(primary, 'ConnectionPassword')).toBe('************');
    const connection = { driverName: 'd', connectionURL: 'jdbc:h2:./x', username: 'u', connectionPassword: 'p' };
    expect((await server.api.post('/userstores/test-connection', connection)).body).toEqual({ connection: true });
    const unreachable = { ...connection, connectionURL: 'nowhere' };
    expect((await server.api.post('/userstores/test-connection', unreachable)).body).toEqual({ connection: false });
  });

  test.each([
    ['limit', 'SUS-65005'],
    ['offset', 'SUS-65005'],
    ['filter', 'SUS-65006'],
    ['sort', 'SUS-65007'],
  ])('the list knows no %s', async (name, code) => {
    expect(await server.api.get(`/userstores?${name}=1`)).toMatchObject({ status: 501, body: { code } });
  });

  test.each(['application/json', 'application/yaml', 'application/xml'])('a store travels as %s', async (type) => {
    await server.api.create('/userstores', DOCKS);
    const file = await download(server.api, `${PATH}/export`, type);
    expect(file.disposition).toMatch(/filename="DOCKS\.(json|yml|xml)"/);
    expect(file.text).not.toContain('mooring');
    const updated = await upload(server.api, 'PUT', `${PATH}/import`, file.text, type);
    expect(updated).toMatchObject({ status: 200, text: '' });
    expect(JSON.stringify(server.api.sandbox.snapshot())).toContain('mooring');
    await server.api.delete(PATH);
    const created = await upload(server.api, 'POST', '/userstores/import', file.text, type);
    expect(created).toMatchObject({ status: 201, text: '' });
    expect(await server.api.read(PATH)).toMatchObject({ description: 'Dock workers' });
    expect((await upload(server.api, 'POST', '/userstores/import', file.text, type)).status).toBe(409);
    const bad = await upload(server.api, 'POST', '/userstores/import', '<', type);
    expect([bad.status, JSON.parse(bad.text).code]).toEqual([500, 'SUS-65015']);
  });
});

describe('deployment of user stores', () => {
  test('a new store is not there yet, and claims cannot name it', async () => {
    const sandbox = await startSandbox({ userStoreDelayMs: 3_600_000 });
    try {
      const api = new Api(sandbox);
      expect((await api.post('/userstores', DOCKS)).status).toBe(201);
      expect(await api.readList('/userstores')).toEqual([]);
      const claim = {
        claimURI: 'http://wso2.org/claims/berth',
        displayName: 'Berth',
        attributeMapping: [{ mappedAttribute: 'berth', userstore: 'DOCKS' }],
      };
      const reply = await api.post('/claim-dialects/local/claims', claim);
      expect(reply).toMatchObject({ status: 400, body: { code: 'CMT-50026' } });
      expect((await api.post('/userstores', DOCKS)).status).toBe(409);
    } finally {
      await sandbox.close();
    }
  });

  test('what a seed plants is there at once', async () => {
    const requests = [{ verb: 'POST', path: '/userstores', body: DOCKS }] as const;
    const sandbox = await startSandbox({ userStoreDelayMs: 3_600_000, seed: { requests } });
    try {
      expect(await new Api(sandbox).readList('/userstores')).toMatchObject([{ name: 'DOCKS' }]);
    } finally {
      await sandbox.close();
    }
  });
});
