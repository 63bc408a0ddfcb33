import { objects, sandboxed } from './api';

const BASIC_STEP = { id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] };
const LOCAL = 'http://wso2.org/claims/';

describe('applications', () => {
  const server = sandboxed();

  test('a bare application shows computed values', async () => {
    const path = await server.api.create('/applications', { name: 'Bare' });
    expect(path).toMatch(/^\/t\/carbon\.super\/api\/server\/v1\/applications\/[0-9a-f-]{36}$/);
    const detail = await server.api.read(path);
    expect(detail).toMatchObject({
      clientId: '',
      issuer: '',
      realm: '',
      applicationVersion: 'v1.0.0',
      isManagementApp: false,
      applicationEnabled: true,
      associatedRoles: { allowedAudience: 'ORGANIZATION' },
      claimConfiguration: {
        dialect: 'LOCAL',
        claimMappings: [],
        requestedClaims: [],
        subject: { claim: { uri: `${LOCAL}userid` } },
        role: { claim: { uri: `${LOCAL}role` } },
      },
      inboundProtocols: [],
      provisioningConfigurations: { outboundProvisioningIdps: [] },
      authenticationSequence: { type: 'DEFAULT', steps: [BASIC_STEP], subjectStepId: 1, attributeStepId: 1 },
      access: 'WRITE',
    });
    expect(detail).not.toHaveProperty('description');
  });

  test.each([
    ['no name', {}, 400, 'UE-10000'],
    ['a blank name', { name: ' ' }, 400, 'APP-60001'],
    ['an unknown field', { name: 'x', nonsense: 1 }, 400, 'UE-10000'],
    ['a response-only field', { name: 'x', access: 'WRITE' }, 400, 'UE-10000'],
    ['a wrong type', { name: 'x', description: ['y'] }, 400, 'UE-10000'],
    ['a bad word', { name: 'x', claimConfiguration: { dialect: 'OTHER' } }, 400, 'UE-10000'],
    ['no JSON', '{', 400, 'UE-10000'],
    ['a field of a later version', { name: 'x', enhancedOrgAuthenticationEnabled: false }, 400, 'UE-10000'],
    ['the resident name', { name: 'wso2carbon-local-sp' }, 409, 'APP-60007'],
    ['the name of a portal', { name: 'Console' }, 400, 'APP-60515'],
    ['a name that is taken', { name: 'Taken' }, 409, 'APP-60007'],
    [
      'discoverable without an address',
      { name: 'x', advancedConfigurations: { discoverableByEndUsers: true } },
      400,
      'APP-60001',
    ],
    [
      'additional properties',
      { name: 'x', advancedConfigurations: { additionalSpProperties: [{ name: 'a', value: 'b' }] } },
      400,
      'APP-60506',
    ],
    [
      'an unknown local claim',
      { name: 'x', claimConfiguration: { requestedClaims: [{ claim: { uri: `${LOCAL}nope` } }] } },
      400,
      'APP-60001',
    ],
    [
      'a step too many',
      { name: 'x', authenticationSequence: { type: 'USER_DEFINED', steps: [{ ...BASIC_STEP, id: 2 }] } },
      400,
      'APP-60001',
    ],
    ['no steps', { name: 'x', authenticationSequence: { type: 'USER_DEFINED', steps: [] } }, 400, 'APP-60001'],
    [
      'an unknown provider',
      {
        name: 'x',
        authenticationSequence: {
          type: 'USER_DEFINED',
          steps: [{ id: 1, options: [{ idp: 'Nobody', authenticator: 'X' }] }],
        },
      },
      400,
      'APP-60001',
    ],
    ['roles without an audience', { name: 'x', associatedRoles: { roles: [] } }, 400, 'UE-10000'],
  ])('%s is refused and leaves nothing behind', async (_what, body, status, code) => {
    await server.api.create('/applications', { name: 'Taken' });
    const reply = await server.api.post('/applications', body);
    expect(reply).toMatchObject({ status, body: { code } });
    expect(await server.api.read('/applications')).toMatchObject({ totalResults: 3 });
  });

  test('a template, sorting and unknown attributes are refused', async () => {
    expect(await server.api.post('/applications?template=1', { name: 'x' })).toMatchObject({
      status: 501,
      body: { code: 'APP-65501' },
    });
    expect(await server.api.get('/applications?sortBy=name')).toMatchObject({
      status: 501,
      body: { code: 'APP-65002' },
    });
    expect(await server.api.get('/applications?attributes=nope')).toMatchObject({
      status: 400,
      body: { code: 'APP-60505' },
    });
  });

  test('the list comes in pages with relative links', async () => {
    for (const name of ['a', 'b', 'c', 'd'])
      await server.api.create('/applications', { name, imageUrl: 'https://i.example' });
    const page = await server.api.read('/applications?limit=2&offset=2&excludeSystemPortals=false');
    expect(page).toMatchObject({ totalResults: 6, startIndex: 3, count: 2 });
    expect(objects(page.links).map((link) => link.rel)).toEqual(['next', 'previous']);
    expect(String(objects(page.links)[0]?.href)).toMatch(
      /^\/t\/carbon\.super\/api\/server\/v1\/applications\?offset=4&limit=2/,
    );
    expect(objects(page.applications)[0]).toMatchObject({ name: 'b', image: 'https://i.example', access: 'WRITE' });
    const next = await server.api.read(String(objects(page.links)[0]?.href));
    expect(next).toMatchObject({ totalResults: 6, startIndex: 5, count: 2 });
    expect(await server.api.read('/applications?excludeSystemPortals=true')).toMatchObject({ totalResults: 4 });
    expect((await server.api.get('/applications?limit=0')).status).toBe(400);
    expect(await server.api.read('/applications?limit=1000&offset=-1')).toMatchObject({ startIndex: 1, count: 6 });
  });

  test.each([
    ['name eq Alpha Beta', ['Alpha Beta']],
    ['name eq "Alpha Beta"', ['Alpha Beta']],
    ['name sw Alpha', ['Alpha Gamma', 'Alpha Beta']],
    ['name co a and name ew Gamma', ['Alpha Gamma']],
    ['name eq Delta or clientId eq my-client', ['Delta', 'Alpha Gamma']],
    ['issuer eq none', []],
  ])('the filter %s finds %j', async (filter, names) => {
    await server.api.create('/applications', { name: 'Alpha Beta' });
    const oidc = { clientId: 'my-client', grantTypes: ['client_credentials'] };
    await server.api.create('/applications', { name: 'Alpha Gamma', inboundProtocolConfiguration: { oidc } });
    await server.api.create('/applications', { name: 'Delta' });
    const list = await server.api.read(`/applications?filter=${encodeURIComponent(filter)}`);
    expect(objects(list.applications).map((each) => each.name)).toEqual(names);
  });

  test.each(['description eq x', 'name is x', 'name', 'name eq a or'])('the filter %s is refused', async (filter) => {
    const reply = await server.api.get(`/applications?filter=${encodeURIComponent(filter)}`);
    expect(reply).toMatchObject({ status: 400, body: { code: 'APP-60004' } });
  });

  test('unknown ids are 404, except for a deletion', async () => {
    expect(await server.api.get('/applications/nope')).toMatchObject({ status: 404, body: { code: 'APP-60006' } });
    expect(await server.api.patch('/applications/nope', {})).toMatchObject({ status: 404 });
    expect((await server.api.delete('/applications/nope')).status).toBe(204);
  });

  test('portals are read-only', async () => {
    const list = await server.api.read('/applications?filter=name%20eq%20Console');
    const console = objects(list.applications)[0];
    expect(console).toMatchObject({ access: 'READ' });
    const path = `/applications/${String(console?.id)}`;
    expect(await server.api.patch(path, { description: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'APP-60008' },
    });
    expect((await server.api.delete(path)).status).toBe(403);
  });

  test('logoutReturnUrl is dropped by POST and kept by PATCH; a blank one allows any address', async () => {
    const path = await server.api.create('/applications', { name: 'x', logoutReturnUrl: 'https://bye.example' });
    expect(await server.api.read(path)).not.toHaveProperty('logoutReturnUrl');
    await server.api.patch(path, { logoutReturnUrl: 'https://bye.example' });
    expect(await server.api.read(path)).toMatchObject({ logoutReturnUrl: 'https://bye.example' });
    await server.api.patch(path, { logoutReturnUrl: '' });
    expect(await server.api.read(path)).toMatchObject({ logoutReturnUrl: '.*' });
  });

  test('a rename keeps to the rules of names', async () => {
    await server.api.create('/applications', { name: 'Other' });
    const path = await server.api.create('/applications', { name: 'x' });
    expect(await server.api.patch(path, { name: 'Other' })).toMatchObject({ status: 409, body: { code: 'APP-60007' } });
    expect(await server.api.patch(path, { name: 'My Account' })).toMatchObject({
      status: 400,
      body: { code: 'APP-60516' },
    });
    expect(await server.api.patch(path, { name: 'wso2carbon-local-sp' })).toMatchObject({ status: 403 });
    expect((await server.api.patch(path, { name: 'y' })).status).toBe(200);
    expect(await server.api.read('/applications?filter=name%20eq%20y')).toMatchObject({ totalResults: 1 });
  });
});
