import { startSandbox } from '../../src/sandbox/sandbox';
import { VERSIONS, type Version } from '../../src/sandbox/versions';
import { Api, objects } from './api';

const MEASURED: readonly Version[] = ['6.0', '6.1', '7.0'];
const broken = {
  name: 'Broken',
  claims: {
    userIdClaim: { uri: 'mail' },
    mappings: [{ idpClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/nope' } }],
    provisioningClaims: [],
  },
};
const refusal = { status: 400, body: { code: 'IDP-60024', message: 'Invalid claim uri.' } };

async function on(version: Version, work: (api: Api) => Promise<void>): Promise<void> {
  const api = new Api(await startSandbox({ version }));
  await work(api).finally(() => api.sandbox.close());
}

test.each(MEASURED)('%s keeps an identity provider with an unknown claim although it refuses it', async (version) => {
  await on(version, async (api) => {
    expect(await api.post('/identity-providers', broken)).toMatchObject(refusal);
    const listed = objects((await api.read('/identity-providers')).identityProviders);
    expect(listed.map(({ name }) => name)).toEqual(['Broken']);
    const own = `/identity-providers/${String(listed[0]?.id)}`;
    expect(await api.get(own)).toMatchObject(refusal);
    expect(await api.get(`${own}/claims`)).toMatchObject(refusal);
    expect(await api.get('/identity-providers?requiredAttributes=claims')).toMatchObject(refusal);
    expect((await api.get(`${own}/roles`)).status).toBe(200);
    // The change is made all the same.
    const change = [{ operation: 'REPLACE', path: '/description', value: 'patched' }];
    expect(await api.send('PATCH', own, change)).toMatchObject(refusal);
    expect(objects((await api.read('/identity-providers')).identityProviders)[0]).toMatchObject({
      description: 'patched',
    });
    expect((await api.delete(own)).status).toBe(204);
    expect(await api.read('/identity-providers')).toMatchObject({ totalResults: 0 });
  });
});

test.each(VERSIONS.filter((version) => !MEASURED.includes(version)))(
  '%s, where nobody has looked, takes it as it is',
  async (version) => {
    await on(version, async (api) => {
      expect((await api.post('/identity-providers', broken)).status).toBe(201);
    });
  },
);
