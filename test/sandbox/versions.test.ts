import { sampleCompany } from '../../src/sandbox/seed';
import { startSandbox } from '../../src/sandbox/sandbox';
import { VERSIONS, type Version } from '../../src/sandbox/versions';
import { Api, object, objects, type Reply } from './api';

const running = new Map<Version, Api>();
beforeAll(async () => {
  for (const version of VERSIONS) running.set(version, new Api(await startSandbox({ version })));
});
beforeEach(() => {
  for (const api of running.values()) api.sandbox.reset();
});
afterAll(async () => {
  for (const api of running.values()) await api.sandbox.close();
});

async function on<T>(version: Version, work: (api: Api) => Promise<T>): Promise<T> {
  const api = running.get(version);
  if (!api) throw new Error(`No sandbox of ${version} is running.`);
  return work(api);
}

const oidc = (more: object) => ({
  name: 'x',
  inboundProtocolConfiguration: { oidc: { grantTypes: ['client_credentials'], ...more } },
});

describe('version gates', () => {
  test.each([
    ['a template version', { name: 'x', templateVersion: 'v1' }, '7.1'],
    ['associated roles', { name: 'x', associatedRoles: { allowedAudience: 'ORGANIZATION', roles: [] } }, '7.0'],
    ['a management application', { name: 'x', isManagementApp: true }, '6.0'],
    ['hybrid flow', oidc({ hybridFlow: { enable: false } }), '7.1'],
    ['client authentication', oidc({ clientAuthentication: {} }), '7.0'],
    ['CIBA', oidc({ cibaAuthenticationRequest: {} }), '7.3'],
    ['a FAPI profile', oidc({ fapiProfile: 'FAPI2_SECURITY' }), 'next'],
  ] as const)('%s', async (_what, body, since) => {
    const accepted: Version[] = [];
    for (const version of VERSIONS) {
      if ((await on(version, (api) => api.post('/applications', body))).status === 201) accepted.push(version);
    }
    expect(accepted).toEqual(VERSIONS.slice(VERSIONS.indexOf(since)));
  });

  test.each([
    ['/api-resources', '7.0'],
    ['/scim2/v2/Roles', '7.0'],
    ['/claim-dialects', '5.11'],
  ] as const)('the path %s', async (path, since) => {
    const served: Version[] = [];
    for (const version of VERSIONS)
      if ((await on(version, (api) => api.get(path))).status === 200) served.push(version);
    expect(served).toEqual(VERSIONS.slice(VERSIONS.indexOf(since)));
  });

  test('what a version does not know, it does not show', async () => {
    const detail = await on('5.11', async (api) => api.read(await api.create('/applications', { name: 'x' })));
    for (const field of ['clientId', 'realm', 'applicationVersion', 'isManagementApp', 'associatedRoles'])
      expect(detail).not.toHaveProperty(field);
    expect(detail).toMatchObject({
      claimConfiguration: { subject: { claim: { uri: 'http://wso2.org/claims/username' } } },
    });
    expect(object(object(detail.claimConfiguration).subject)).not.toHaveProperty('mappedLocalSubjectMandatory');
    const shown = await on('6.1', async (api) =>
      api.read(`${await api.create('/applications', oidc({}))}/inbound-protocols/oidc`),
    );
    expect(Object.keys(shown)).toEqual(
      expect.not.arrayContaining(['clientAuthentication', 'hybridFlow', 'subject', 'isFAPIApplication']),
    );
  });

  test('from 7.2 secrets and scripts need scopes of their own', async () => {
    await on('7.2', async (api) => {
      const scope = 'internal_application_mgt_view internal_application_mgt_create internal_application_mgt_update';
      const token = object((await api.token('liftlock', 'liftlock-sandbox', scope)).body);
      const limited = api.as(`Bearer ${String(token.access_token)}`);
      const path = await limited.create('/applications', oidc({}));
      expect(await limited.read(`${path}/inbound-protocols/oidc`)).not.toHaveProperty('clientSecret');
      expect(await api.read(`${path}/inbound-protocols/oidc`)).toHaveProperty('clientSecret');
      const steps = [{ id: 1, options: [{ idp: 'LOCAL', authenticator: 'BasicAuthenticator' }] }];
      const authenticationSequence = { type: 'USER_DEFINED', steps, script: 'a' };
      const refused: Reply = await limited.patch(path, { authenticationSequence });
      expect(refused).toMatchObject({ status: 403, body: { code: 'APP-60520' } });
      expect((await api.patch(path, { authenticationSequence })).status).toBe(200);
      expect((await limited.put(`${path}/authenticationSequence/script`, { script: '' })).status).toBe(403);
      expect((await api.put(`${path}/authenticationSequence/script`, { script: ' ' })).status).toBe(200);
      expect((await api.read(path)).authenticationSequence).not.toHaveProperty('script');
    });
  });

  test.each<[Version, number]>([
    ['7.0', 2],
    ['7.1', 0],
  ])('%s shows %d portals when they are to be left out', async (version, shown) => {
    await on(version, async (api) => {
      const { totalResults } = await api.read('/applications?excludeSystemPortals=true');
      expect(totalResults).toBe(shown);
    });
  });

  test.each(VERSIONS)('the sample company can be planted on %s', async (version) => {
    await on(version, async (api) => {
      api.sandbox.reset(sampleCompany('dev'));
      const portals = ['Console', 'My Account'];
      const names = objects((await api.read('/applications?limit=100')).applications).map(({ name }) => String(name));
      expect(names.filter((name) => !portals.includes(name))).toHaveLength(16);
      api.sandbox.reset({ requests: [] });
    });
  });
});
