import { object, objects, sandboxed } from './api';

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
    expect(objects(page.links).map((link) => link.rel)).toEqual(['previous', 'next']);
    expect(String(objects(page.links)[1]?.href)).toMatch(
      /^\/t\/carbon\.super\/api\/server\/v1\/applications\?offset=4&limit=2/,
    );
    expect(objects(page.applications)[0]).toMatchObject({ name: 'a', image: 'https://i.example', access: 'WRITE' });
    const next = await server.api.read(String(objects(page.links)[1]?.href));
    expect(next).toMatchObject({ totalResults: 6, startIndex: 5, count: 2 });
    expect(await server.api.read('/applications?excludeSystemPortals=true')).toMatchObject({ totalResults: 4 });
    expect((await server.api.get('/applications?limit=0')).status).toBe(400);
    expect(await server.api.read('/applications?limit=1000&offset=-1')).toMatchObject({ startIndex: 1, count: 6 });
  });

  test.each([
    ['name eq Alpha Beta', ['Alpha Beta']],
    ['name eq "Alpha Beta"', ['Alpha Beta']],
    ['name sw Alpha', ['Alpha Beta', 'Alpha Gamma']],
    ['name co a and name ew Gamma', ['Alpha Gamma']],
    ['name eq Delta or clientId eq my-client', ['Alpha Gamma', 'Delta']],
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

  describe('claims', () => {
    const uri = (name: string) => ({ claim: { uri: `${LOCAL}${name}` } });
    const mapping = (applicationClaim: string, local: string) => ({
      applicationClaim,
      localClaim: { uri: `${LOCAL}${local}` },
    });

    async function after(...bodies: object[]) {
      const path = await server.api.create('/applications', { name: 'x' });
      for (const claimConfiguration of bodies)
        expect((await server.api.patch(path, { claimConfiguration })).status).toBe(200);
      return object((await server.api.read(path)).claimConfiguration);
    }

    test('a PATCH rewrites dialect and mappings', async () => {
      const custom = { dialect: 'CUSTOM', claimMappings: [mapping('mail', 'emailaddress')] };
      expect(await after(custom, { requestedClaims: [uri('country')] })).toMatchObject({
        dialect: 'LOCAL',
        claimMappings: [],
        requestedClaims: [{ ...uri('country'), mandatory: false }],
      });
    });

    test('a requested claim without a mapping is dropped', async () => {
      const requested = [{ claim: { uri: 'mail' }, mandatory: true }, { claim: { uri: 'gone' } }];
      const claims = await after({
        dialect: 'CUSTOM',
        claimMappings: [mapping('mail', 'emailaddress')],
        requestedClaims: requested,
      });
      expect(claims.requestedClaims).toEqual([{ claim: { uri: 'mail' }, mandatory: true }]);
      expect(claims.claimMappings).toEqual([mapping('mail', 'emailaddress')]);
      expect(object(claims.subject)).not.toHaveProperty('claim');
    });

    test('an empty list of mappings drops every request', async () => {
      expect(await after({ claimMappings: [], requestedClaims: [uri('country')] })).toMatchObject({
        requestedClaims: [],
      });
    });

    test('a LOCAL application shows only mappings to other names', async () => {
      const claimMappings = [mapping('nation', 'country'), mapping(`${LOCAL}region`, 'region')];
      expect((await after({ claimMappings })).claimMappings).toEqual([mapping('nation', 'country')]);
    });

    test('the order of mappings is not kept, but it is always the same', async () => {
      const sent = ['username', 'emailaddress', 'country', 'region', 'title', 'gender'].map((name) =>
        mapping(name, name),
      );
      const first = (await after({ dialect: 'CUSTOM', claimMappings: sent })).claimMappings;
      server.api.sandbox.reset();
      const second = (await after({ dialect: 'CUSTOM', claimMappings: sent.toReversed() })).claimMappings;
      expect(first).not.toEqual(sent);
      expect(second).toEqual(first);
    });

    test('the same application claim twice is an uncaught exception', async () => {
      const path = await server.api.create('/applications', { name: 'x' });
      const claimMappings = [mapping('a', 'country'), mapping('a', 'region')];
      expect(await server.api.patch(path, { claimConfiguration: { claimMappings } })).toMatchObject({
        status: 500,
        body: { code: 'SE-50000' },
      });
    });

    test('subject is merged, role mappings are replaced', async () => {
      const role = { mappings: [{ localRole: 'Internal/a', applicationRole: 'a' }], includeUserDomain: false };
      const claims = await after(
        { subject: { ...uri('country'), includeUserDomain: true }, role },
        { subject: { includeTenantDomain: true }, role: {} },
      );
      expect(claims.subject).toMatchObject({ ...uri('country'), includeUserDomain: true, includeTenantDomain: true });
      expect(claims.role).toMatchObject({ mappings: [], includeUserDomain: false });
    });

    test.each([
      ['a mandatory subject that is not in use', { subject: { mappedLocalSubjectMandatory: true } }, 'APP-60513'],
      ['the synthesised role claim', { role: { claim: { uri: `${LOCAL}role` } } }, 'APP-60001'],
    ])('%s is refused', async (_what, claimConfiguration, code) => {
      const path = await server.api.create('/applications', { name: 'x' });
      expect(await server.api.patch(path, { claimConfiguration })).toMatchObject({ status: 400, body: { code } });
    });
  });

  describe('login sequence', () => {
    const google = {
      name: 'Google',
      federatedAuthenticators: {
        defaultAuthenticatorId: '',
        authenticators: [{ authenticatorId: 'R29vZ2xlT0lEQ0F1dGhlbnRpY2F0b3I', isEnabled: true, properties: [] }],
      },
    };
    const options = [
      { idp: 'Google', authenticator: 'GoogleOIDCAuthenticator' },
      { idp: 'LOCAL', authenticator: 'totp' },
      { idp: 'LOCAL', authenticator: 'BasicAuthenticator' },
    ];

    test('options come grouped, steps sorted, step ids within bounds', async () => {
      await server.api.create('/identity-providers', google);
      const authenticationSequence = {
        type: 'USER_DEFINED',
        steps: [
          { ...BASIC_STEP, id: 2 },
          { id: 1, options },
        ],
        script: 'executeStep(1);',
        subjectStepId: 7,
        attributeStepId: 2,
      };
      const path = await server.api.create('/applications', { name: 'x', authenticationSequence });
      const shown = object((await server.api.read(path)).authenticationSequence);
      expect(objects(shown.steps).map((step) => step.id)).toEqual([1, 2]);
      expect(objects(objects(shown.steps)[0]?.options).map((option) => option.idp)).toEqual([
        'LOCAL',
        'LOCAL',
        'Google',
      ]);
      expect(shown).toMatchObject({ subjectStepId: 1, attributeStepId: 2, script: 'executeStep(1);' });
      expect(await server.api.readList(`${path}/authenticators`)).toMatchObject([{ stepId: 1 }, { stepId: 2 }]);
    });

    test('a blank script is ignored, DEFAULT removes it, a script alone is refused', async () => {
      const steps = [BASIC_STEP];
      const path = await server.api.create('/applications', {
        name: 'x',
        authenticationSequence: { type: 'USER_DEFINED', steps, script: 'a' },
      });
      const patched = async (authenticationSequence: object) => {
        expect((await server.api.patch(path, { authenticationSequence })).status).toBe(200);
        return object((await server.api.read(path)).authenticationSequence);
      };
      expect(await patched({ type: 'USER_DEFINED', steps, script: ' ' })).toMatchObject({ script: 'a' });
      expect(await patched({ type: 'DEFAULT' })).not.toHaveProperty('script');
      expect((await server.api.patch(path, { authenticationSequence: { script: 'b' } })).status).toBe(400);
    });
  });

  test('a PEM certificate displaces a JWKS address and the other way around', async () => {
    const path = await server.api.create('/applications', {
      name: 'x',
      advancedConfigurations: { saas: true, certificate: { type: 'JWKS', value: 'https://keys.example' } },
    });
    const certificate = { type: 'PEM', value: '-----BEGIN CERTIFICATE-----' };
    await server.api.patch(path, { advancedConfigurations: { certificate } });
    expect((await server.api.read(path)).advancedConfigurations).toMatchObject({ saas: true, certificate });
  });

  test('provisioning targets have to exist', async () => {
    const target = { idp: 'Nobody', connector: 'scim' };
    const body = { name: 'x', provisioningConfigurations: { outboundProvisioningIdps: [target] } };
    expect(await server.api.post('/applications', body)).toMatchObject({ status: 400, body: { code: 'APP-60001' } });
  });

  test('the resident application wraps on GET what PUT takes bare', async () => {
    const inboundProvisioning = { proxyMode: true, provisioningUserstoreDomain: 'PRIMARY' };
    expect((await server.api.put('/applications/resident', { inboundProvisioning })).status).toBe(200);
    expect(await server.api.read('/applications/resident')).toEqual({
      provisioningConfigurations: { inboundProvisioning, outboundProvisioningIdps: [] },
    });
  });
});
