import { readAllPages } from '../../../src/transport/pages';
import type { Transport } from '../../../src/transport/transport';
import { useFolders, type Workspace } from '../../e2e/harness';
import { emptyServer, read, realServers, request } from './servers';
import { realWorkspace } from './workspace';

const { dev, prod } = realServers();
const folder = useFolders();
const options = { env: { LIFTLOCK_SECRET_TWICE_CLIENTSECRET: 'twice-Gd5kRy2hJc9Xe4Wu' } };
const CALLBACK = 'https://twice.example/callback';

/** An application with two inbound protocols, and one without any. */
const twice = {
  name: 'Twice',
  inboundProtocolConfiguration: {
    oidc: { grantTypes: ['authorization_code'], callbackURLs: [CALLBACK], allowedOrigins: [] },
    saml: { manualConfiguration: { issuer: 'twice', assertionConsumerUrls: [CALLBACK] } },
  },
};

let workspace: Workspace;
beforeAll(async () => {
  await emptyServer(dev);
  await emptyServer(prod);
  for (const body of [twice, { name: 'Once' }])
    expect((await request(dev, 'POST', 'applications', body)).status).toBe(201);
  workspace = await realWorkspace(await folder('real-lists'), { dev, prod });
});

/** All names that a list of the server's applications gives, page by page. */
async function listed(limit: number, filter?: string): Promise<string[]> {
  const transport: Transport = {
    send: async ({ query = {} }) => {
      const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
      return { status: 200, headers: {}, body: (await read(dev, `applications?${words.join('&')}`)) as never };
    },
    close: () => undefined,
    statistics: { requests: 0, retries: 0, bytes: 0 },
    grantedScopes: async () => undefined,
  };
  const query = filter === undefined ? {} : { filter };
  const items = await readAllPages(transport, { path: ['applications'], query }, { arrayField: 'applications', limit });
  return items.map(({ name }) => String(name)).sort();
}

test.each([1, 2, 3, 100])(
  'all applications are listed once by pages of %i, with and without a filter',
  async (limit) => {
    expect(await listed(limit)).toEqual(['Once', 'Twice']);
    expect(await listed(limit, 'name co ce')).toEqual(['Once', 'Twice']);
    expect(await listed(limit, 'name eq Twice')).toEqual(['Twice']);
  },
);

test('an application with two protocols is exported, planned, applied and found without drift', async () => {
  expect(await read(dev, 'applications')).toMatchObject({ totalResults: 3, count: 2 });
  const exported = await workspace.run(['export', 'dev', '--kind', 'application']);
  expect([exported.code, exported.stderr]).toEqual([0, expect.not.stringContaining('incomplete')]);
  expect(await workspace.names('artifacts/applications')).toEqual([
    'artifacts/applications/Once.yaml',
    'artifacts/applications/Twice.yaml',
  ]);
  workspace.commit();
  expect((await workspace.run(['plan', 'dev', '--exit-code', '--kind', 'application'], options)).code).toBe(0);
  const applied = await workspace.run(['apply', 'prod', '--yes', '--kind', 'application'], options);
  expect([applied.code, applied.stderr]).toEqual([0, expect.any(String)]);
  expect((await workspace.run(['plan', 'prod', '--exit-code', '--kind', 'application'], options)).code).toBe(0);
  expect((await workspace.run(['drift', 'dev', 'prod', '--kind', 'application'], options)).code).toBe(0);
});
