import { object, objects, sandboxed, type Reply } from './api';

const FARES = {
  name: 'Fares',
  identifier: 'urn:fares',
  scopes: [{ name: 'fares:read' }, { name: 'fares:write', displayName: 'Write' }],
};

describe('roles and API resources', () => {
  const server = sandboxed();

  async function createdId(reply: Promise<Reply>): Promise<string> {
    const { status, body } = await reply;
    expect(status).toBe(201);
    return String(object(body).id);
  }

  const audience = (value: string) => ({ type: 'application', value });

  test('a role is unique in its audience only', async () => {
    const path = await server.api.create('/applications', {
      name: 'x',
      associatedRoles: { allowedAudience: 'APPLICATION', roles: [] },
    });
    const application = String(path.split('/').at(-1));
    const id = await createdId(
      server.api.post('/scim2/v2/Roles', { displayName: 'admin', audience: audience(application) }),
    );
    const again = await server.api.post('/scim2/v2/Roles', { displayName: 'admin', audience: audience(application) });
    expect(again).toMatchObject({ status: 409, body: { status: 409 } });
    expect(await server.api.read(path)).toMatchObject({ associatedRoles: { roles: [{ id, name: 'admin' }] } });
    const list = await server.api.read('/scim2/v2/Roles?filter=displayName%20eq%20admin&startIndex=2&count=5');
    expect(list).toMatchObject({
      totalResults: 2,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: [{ id, audience: audience(application) }],
    });
    expect(await server.api.read(`/scim2/v2/Roles/${id}`)).toMatchObject({ displayName: 'admin', permissions: [] });
    const roles = [{ id }];
    expect((await server.api.patch(path, { associatedRoles: { allowedAudience: 'APPLICATION', roles } })).status).toBe(
      200,
    );
    const refused = await server.api.patch(path, { associatedRoles: { allowedAudience: 'ORGANIZATION', roles } });
    expect(refused).toMatchObject({ status: 403, body: { code: 'APP-60008' } });
    expect((await server.api.delete(`/scim2/v2/Roles/${id}`)).status).toBe(204);
    expect((await server.api.delete(`/scim2/v2/Roles/${id}`)).status).toBe(404);
  });

  test.each([
    ['an unknown application', { displayName: 'r', audience: audience('nope') }],
    ['an unknown permission', { displayName: 'r', permissions: [{ value: 'nope' }] }],
    ['no name', {}],
  ])('a role with %s is refused', async (_what, body) => {
    expect((await server.api.post('/scim2/v2/Roles', body)).status).toBe(400);
  });

  test('API resources come in cursor pages', async () => {
    for (const name of ['a', 'b', 'c'])
      await createdId(server.api.post('/api-resources', { name, identifier: `urn:${name}` }));
    const filter = encodeURIComponent('type eq BUSINESS');
    const first = await server.api.read(`/api-resources?filter=${filter}&limit=2`);
    expect(first).toMatchObject({
      totalResults: 3,
      links: [{ rel: 'next' }],
      apiResources: [{ name: 'a' }, { name: 'b' }],
    });
    const second = await server.api.read(String(objects(first.links)[0]?.href));
    expect(second).toMatchObject({ links: [{ rel: 'previous' }], apiResources: [{ name: 'c' }] });
    const back = await server.api.read(String(objects(second.links)[0]?.href));
    expect(objects(back.apiResources).map((api) => api.name)).toEqual(['a', 'b']);
    expect(await server.api.get('/api-resources?limit=0')).toMatchObject({
      status: 400,
      body: { code: 'API-RESOURCE-60010' },
    });
    expect(await server.api.get('/api-resources?before=a&after=b')).toMatchObject({
      status: 400,
      body: { code: 'API-RESOURCE-60011' },
    });
  });

  test('identifiers and scopes are unique, system APIs stay, errors have no traceId', async () => {
    const id = await createdId(server.api.post('/api-resources', FARES));
    expect(await server.api.read(`/api-resources/${id}`)).toMatchObject({
      type: 'BUSINESS',
      requiresAuthorization: true,
      scopes: [{ name: 'fares:read', displayName: 'fares:read' }, { displayName: 'Write' }],
    });
    expect((await server.api.post('/api-resources', { ...FARES, scopes: [] })).status).toBe(409);
    const other = await server.api.post('/api-resources', { ...FARES, identifier: 'urn:other' });
    expect(other.status).toBe(409);
    expect(other.body).not.toHaveProperty('traceId');
    const restricted = await server.api.post('/api-resources', {
      name: 'x',
      identifier: 'x',
      scopes: [{ name: 'internal_x' }],
    });
    expect(restricted).toMatchObject({ status: 400, body: { code: 'API-RESOURCE-60008' } });
    const system = objects((await server.api.read('/api-resources?filter=type%20eq%20SYSTEM')).apiResources)[0];
    expect((await server.api.delete(`/api-resources/${String(system?.id)}`)).status).toBe(403);
    expect((await server.api.delete(`/api-resources/${id}`)).status).toBe(204);
    expect((await server.api.delete(`/api-resources/${id}`)).status).toBe(204);
    expect((await server.api.get(`/api-resources/${id}`)).status).toBe(404);
  });

  test('an application is authorized for an API', async () => {
    const id = await createdId(server.api.post('/api-resources', FARES));
    const path = `${await server.api.create('/applications', { name: 'x' })}/authorized-apis`;
    for (const [body, code] of [
      [{ id: 'nope' }, 'APP-60507'],
      [{ id, scopes: ['nope'] }, 'APP-60508'],
      [{ id, policyIdentifier: 'NONE' }, 'APP-60511'],
    ] as const) {
      expect(await server.api.post(path, body)).toMatchObject({ status: 400, body: { code } });
    }
    const created = await server.api.post(path, { id, scopes: ['fares:read'] });
    expect(created).toMatchObject({ status: 200, body: '' });
    expect(await server.api.readList(path)).toMatchObject([
      { id, identifier: 'urn:fares', policyId: 'RBAC', type: 'BUSINESS', authorizedScopes: [{ name: 'fares:read' }] },
    ]);
    expect(await server.api.post(path, { id })).toMatchObject({ status: 409, body: { code: 'APP-60509' } });
    expect(
      (await server.api.patch(`${path}/${id}`, { addedScopes: ['fares:write'], removedScopes: ['fares:read'] })).status,
    ).toBe(200);
    expect(await server.api.readList(path)).toMatchObject([{ authorizedScopes: [{ name: 'fares:write' }] }]);
    expect((await server.api.delete(`${path}/${id}`)).status).toBe(204);
    expect(await server.api.patch(`${path}/${id}`, {})).toMatchObject({ status: 400, body: { code: 'APP-60510' } });
  });

  test('there are no secondary user stores, and no pages of them', async () => {
    expect(await server.api.readList('/userstores')).toEqual([]);
    expect(await server.api.get('/userstores?limit=1')).toMatchObject({ status: 501, body: { code: 'SUS-65005' } });
  });
});
