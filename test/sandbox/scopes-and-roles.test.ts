import type { JsonObject } from '../../src/model/json';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { Api, object, objects, sandboxed } from './api';

const SCOPES = '/oidc/scopes';
const EMAIL = 'http://wso2.org/claims/emailaddress';
const CREW = { name: 'crew', displayName: 'Crew', description: 'Who is aboard', claims: [EMAIL] };
const FARES = {
  name: 'Fares',
  identifier: 'urn:fares',
  scopes: [{ name: 'fares:read' }, { name: 'fares:write', displayName: 'Write' }],
};

async function on(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ version });
  try {
    await work(new Api(sandbox));
  } finally {
    await sandbox.close();
  }
}

async function createdId(api: Api, path: string, body: object): Promise<string> {
  const reply = await api.post(path, body);
  expect(reply.status).toBe(201);
  return String(object(reply.body).id);
}

describe('OIDC scopes', () => {
  const server = sandboxed();

  test('the shipped scopes are there, and a new one comes and goes', async () => {
    expect((await server.api.readList(SCOPES)).map((scope) => scope.name)).toEqual(
      expect.arrayContaining(['openid', 'profile', 'email']),
    );
    const reply = await server.api.post(SCOPES, CREW);
    expect(reply).toMatchObject({ status: 201, body: '' });
    expect(await server.api.read(reply.location)).toEqual(CREW);
    const { name, ...change } = { ...CREW, displayName: 'All hands' };
    expect(await server.api.put(`${SCOPES}/${name}`, change)).toMatchObject({ status: 200, body: '' });
    expect(await server.api.read(`${SCOPES}/crew`)).toMatchObject({ displayName: 'All hands' });
    expect((await server.api.delete(`${SCOPES}/crew`)).status).toBe(204);
    expect((await server.api.delete(`${SCOPES}/crew`)).status).toBe(204);
    expect(await server.api.get(`${SCOPES}/crew`)).toMatchObject({ status: 404, body: { code: '41003' } });
    expect(await server.api.put(`${SCOPES}/crew`, change)).toMatchObject({ status: 404, body: { code: '41003' } });
  });

  test.each<[string, object, number, string]>([
    ['a scope that is there', { ...CREW, name: 'email' }, 409, '41004'],
    ['a name with a space', { ...CREW, name: 'a b' }, 400, 'OAUTH-60001'],
    ['no claims', { name: 'crew', displayName: 'Crew' }, 400, 'UE-10000'],
  ])('%s is refused', async (_what, body, status, code) => {
    expect(await server.api.post(SCOPES, body)).toMatchObject({ status, body: { code } });
  });

  test('a name belongs to an OIDC scope or to an API resource', async () => {
    await server.api.create(SCOPES, CREW);
    const taken = { ...FARES, scopes: [{ name: 'crew' }] };
    expect(await server.api.post('/api-resources', taken)).toMatchObject({
      status: 400,
      body: { code: 'API-RESOURCE-60009' },
    });
    await createdId(server.api, '/api-resources', FARES);
    expect((await server.api.post(SCOPES, { ...CREW, name: 'fares:read' })).status).toBe(409);
  });
});

describe('API resources', () => {
  const server = sandboxed({ version: '7.3' });
  const scopeNames = async (path: string): Promise<unknown[]> =>
    (await server.api.readList(`${path}/scopes`)).map((scope) => scope.name);

  test('a patch adds and never removes scopes', async () => {
    const path = `/api-resources/${await createdId(server.api, '/api-resources', FARES)}`;
    const reply = await server.api.patch(path, { name: 'Prices', addedScopes: [{ name: 'fares:list' }] });
    expect(reply).toMatchObject({ status: 204, body: '' });
    expect(await server.api.read(path)).toMatchObject({ name: 'Prices', identifier: 'urn:fares' });
    expect(await scopeNames(path)).toEqual(['fares:read', 'fares:write', 'fares:list']);
    expect(await server.api.patch(path, { removedScopes: ['fares:read'] })).toMatchObject({
      status: 501,
      body: { code: 'API-RESOURCE-60006' },
    });
    expect((await server.api.patch(path, { identifier: 'urn:x' })).status).toBe(400);
    expect(await server.api.patch('/api-resources/nope', {})).toMatchObject({
      status: 404,
      body: { code: 'API-RESOURCE-60002' },
    });
  });

  test('scopes are replaced at once, and changed by name or id', async () => {
    const path = `/api-resources/${await createdId(server.api, '/api-resources', FARES)}`;
    const [read] = await server.api.readList(`${path}/scopes`);
    expect((await server.api.put(`${path}/scopes`, [{ name: 'fares:read' }, { name: 'fares:sell' }])).status).toBe(204);
    const scopes = await server.api.readList(`${path}/scopes`);
    expect(scopes).toMatchObject([{ id: read?.id }, { name: 'fares:sell' }]);
    expect((await server.api.patch(`${path}/scopes/fares:sell`, { displayName: 'Sell' })).status).toBe(204);
    expect((await server.api.patch(`${path}/scopes/id/${String(read?.id)}`, { description: 'See' })).status).toBe(204);
    expect(await server.api.readList(`${path}/scopes`)).toMatchObject([
      { description: 'See' },
      { displayName: 'Sell' },
    ]);
    expect((await server.api.patch(`${path}/scopes/nope`, {})).status).toBe(404);
    expect((await server.api.delete(`${path}/scopes/fares:sell`)).status).toBe(204);
    expect((await server.api.delete(`${path}/scopes/id/${String(read?.id)}`)).status).toBe(204);
    expect(await scopeNames(path)).toEqual([]);
  });

  test('a scope that goes is lost to roles', async () => {
    const path = `/api-resources/${await createdId(server.api, '/api-resources', FARES)}`;
    const permissions = [{ value: 'fares:read' }, { value: 'fares:write' }];
    const role = `/scim2/v2/Roles/${await createdId(server.api, '/scim2/v2/Roles', { displayName: 'clerk', permissions })}`;
    await server.api.delete(`${path}/scopes/fares:read`);
    expect(objects((await server.api.read(role)).permissions).map((each) => each.value)).toEqual(['fares:write']);
    await server.api.delete(path);
    expect(await server.api.read(role)).toMatchObject({ permissions: [] });
  });

  test('system APIs cannot be changed', async () => {
    const [system] = objects((await server.api.read('/api-resources?filter=type%20eq%20SYSTEM')).apiResources);
    const path = `/api-resources/${String(system?.id)}`;
    for (const reply of [server.api.patch(path, { name: 'x' }), server.api.put(`${path}/scopes`, [])]) {
      expect(await reply).toMatchObject({ status: 403, body: { code: 'API-RESOURCE-60012' } });
    }
  });

  test.each([
    ['filter=name', 'API-RESOURCE-60001'],
    ['filter=sails%20eq%203', 'API-RESOURCE-60007'],
    ['attributes=sails', 'API-RESOURCE-60013'],
    ['after=!!', 'API-RESOURCE-60002'],
  ])('a list with %s is refused', async (query, code) => {
    expect(await server.api.get(`/api-resources?${query}`)).toMatchObject({ status: 400, body: { code } });
  });

  test('all scopes of the tenant, and the collections of the management APIs', async () => {
    await createdId(server.api, '/api-resources', FARES);
    const found = await server.api.readList('/scopes?filter=name%20sw%20fares');
    expect(found.map((scope) => scope.name)).toEqual(['fares:read', 'fares:write']);
    const list = await server.api.read('/meta/api-resource-collections?filter=name%20eq%20applications');
    const [collection] = objects(list.apiResourceCollections);
    expect(collection).not.toHaveProperty('apiResources');
    const { apiResources } = await server.api.read(`/meta/api-resource-collections/${String(collection?.id)}`);
    const [api] = objects(object(apiResources).read);
    expect(objects(api?.scopes).map((scope) => scope.name)).toContain('internal_application_mgt_view');
    expect(await server.api.get('/meta/api-resource-collections/nope')).toMatchObject({
      status: 404,
      body: { code: 'API-RESOURCE-60014' },
    });
  });

  test('authorization details types', async () => {
    const type = { type: 'charter', name: 'Charter', description: 'To hire a boat', schema: { type: 'object' } };
    const path = `/api-resources/${await createdId(server.api, '/api-resources', FARES)}/authorization-details-types`;
    const put = await server.api.put(path, [type]);
    expect(put).toMatchObject({ status: 200, body: [type] });
    const one = `${path}/${String(objects(put.body)[0]?.id)}`;
    expect((await server.api.patch(one, { name: 'Hire' })).status).toBe(204);
    expect(await server.api.read(one)).toMatchObject({ name: 'Hire', type: 'charter' });
    const exists = (name: string) => server.api.send('HEAD', `/authorization-details-types?filter=type%20eq%20${name}`);
    expect((await exists('charter')).status).toBe(200);
    expect((await exists('cruise')).status).toBe(404);
    expect(await server.api.readList('/authorization-details-types')).toHaveLength(1);
    expect((await server.api.delete(one)).status).toBe(204);
    expect(await server.api.get(one)).toMatchObject({ status: 404, body: { code: 'API-RESOURCE-60015' } });
  });

  test('what came later is not there before', async () => {
    await on('7.0', async (api) => {
      const path = `/api-resources/${await createdId(api, '/api-resources', FARES)}`;
      expect((await api.get(`${path}/authorization-details-types`)).status).toBe(404);
      expect((await api.delete(`${path}/scopes/fares:read`)).status).toBe(404);
      expect(await api.read(path)).not.toHaveProperty('authorizationDetailsTypes');
      expect((await api.put(`${path}/scopes`, [])).status).toBe(204);
    });
  });
});

describe('SCIM roles', () => {
  const server = sandboxed();
  const ROLES = '/scim2/v2/Roles';
  const patch = (...Operations: JsonObject[]): JsonObject => ({ Operations });

  test('a patch adds, replaces and removes', async () => {
    await createdId(server.api, '/api-resources', FARES);
    const role = `${ROLES}/${await createdId(server.api, ROLES, { displayName: 'clerk' })}`;
    const add = { op: 'add', path: 'permissions', value: [{ value: 'fares:read' }, { value: 'fares:write' }] };
    const reply = await server.api.patch(role, patch(add, { op: 'replace', path: 'displayName', value: 'cashier' }));
    expect(reply).toMatchObject({
      status: 200,
      body: { displayName: 'cashier', permissions: [{ value: 'fares:read' }, {}] },
    });
    const users: JsonObject[] = [{ value: 'u1', display: 'ann' }, { value: 'u2' }];
    await server.api.patch(role, patch({ op: 'add', value: { users } }));
    await server.api.patch(role, patch({ op: 'remove', path: 'users[value eq "u1"]' }));
    await server.api.patch(role, patch({ op: 'replace', path: 'permissions', value: [{ value: 'fares:write' }] }));
    expect(await server.api.read(role)).toMatchObject({
      users: [{ value: 'u2' }],
      permissions: [{ display: 'Write' }],
    });
  });

  test.each<[string, JsonObject, string]>([
    ['no operations', {}, 'invalidSyntax'],
    ['an unknown operation', patch({ op: 'hoist', path: 'users' }), 'invalidSyntax'],
    ['an unknown attribute', patch({ op: 'add', path: 'sails', value: 3 }), 'invalidPath'],
    ['an unknown permission', patch({ op: 'add', path: 'permissions', value: [{ value: 'x' }] }), 'invalidValue'],
    ['a removal without a path', patch({ op: 'remove' }), 'noTarget'],
  ])('%s is refused in the form of SCIM', async (_what, body, scimType) => {
    const role = `${ROLES}/${await createdId(server.api, ROLES, { displayName: 'clerk' })}`;
    expect(await server.api.patch(role, body)).toMatchObject({ status: 400, body: { status: 400, scimType } });
  });

  test('a body that is no JSON is refused in the form of SCIM', async () => {
    expect(await server.api.post(ROLES, '{')).toMatchObject({
      status: 400,
      body: { status: 400, scimType: 'invalidSyntax' },
    });
  });

  test('attributes can be chosen and left out, and a search can be posted', async () => {
    const id = await createdId(server.api, ROLES, { displayName: 'clerk' });
    const few = await server.api.read(`${ROLES}/${id}?attributes=displayName`);
    expect(Object.keys(few).sort()).toEqual(['displayName', 'id', 'schemas']);
    const left = await server.api.read(`${ROLES}/${id}?excludedAttributes=meta,users,groups,associatedApplications`);
    expect(Object.keys(left).sort()).toEqual(['audience', 'displayName', 'id', 'permissions', 'schemas']);
    const found = await server.api.post(`${ROLES}/.search`, { filter: 'displayName eq clerk', attributes: ['id'] });
    expect(found).toMatchObject({ status: 200, body: { totalResults: 1, Resources: [{ id }] } });
  });

  test('PUT replaces, and a name is taken only within its audience', async () => {
    const id = await createdId(server.api, ROLES, { displayName: 'clerk' });
    await createdId(server.api, ROLES, { displayName: 'cook' });
    expect((await server.api.put(`${ROLES}/${id}`, { displayName: 'cook' })).status).toBe(409);
    expect(await server.api.put(`${ROLES}/${id}`, { displayName: 'cashier' })).toMatchObject({
      status: 200,
      body: { id, displayName: 'cashier' },
    });
  });

  test('system roles stay', async () => {
    const { Resources } = await server.api.read(`${ROLES}?filter=displayName%20eq%20admin`);
    const path = `${ROLES}/${String(objects(Resources)[0]?.id)}`;
    expect(await server.api.delete(path)).toMatchObject({ status: 403, body: { status: 403 } });
    const rename = patch({ op: 'replace', path: 'displayName', value: 'x' });
    expect((await server.api.patch(path, rename)).status).toBe(403);
  });

  test.each(['5.11', '7.1'] as const)('v1 takes permissions as paths on %s', async (version) => {
    await on(version, async (api) => {
      const body = { displayName: 'clerk', permissions: ['/permission/admin/login'] };
      const role = `/scim2/Roles/${await createdId(api, '/scim2/Roles', body)}`;
      expect(await api.read(role)).toMatchObject(body);
      expect(await api.read(role)).not.toHaveProperty('audience');
      const value = ['/permission/admin/manage'];
      await api.patch(role, patch({ op: 'replace', path: 'permissions', value }));
      expect(await api.read(role)).toMatchObject({ permissions: value });
      expect((await api.delete(role)).status).toBe(204);
      expect(await api.get(role)).toMatchObject({ status: 404, body: { status: 404 } });
    });
  });
});
