import {
  applicationId,
  byHand,
  makeWorkspace,
  patchApplication,
  useFolders,
  useSandbox,
  type Workspace,
} from './harness';
import { smallCompany, smallSecrets } from './small-company';

const OPEN_ID = 'T3BlbklEQ29ubmVjdEF1dGhlbnRpY2F0b3I';
const TOKENS = 'https://login.partner.example/token';

const withPartner = {
  ...smallCompany,
  requests: [
    ...smallCompany.requests,
    {
      verb: 'POST' as const,
      path: '/identity-providers',
      body: {
        name: 'Shipyard',
        federatedAuthenticators: {
          defaultAuthenticatorId: OPEN_ID,
          authenticators: [
            {
              authenticatorId: OPEN_ID,
              isEnabled: true,
              properties: [
                { key: 'ClientId', value: 'shipyard' },
                { key: 'ClientSecret', value: 'shipyard-Kq2wE9rT5yU8iO1p' },
                { key: 'OAuth2AuthzEPUrl', value: 'https://login.partner.example/authorize' },
                { key: 'OAuth2TokenEPUrl', value: TOKENS },
              ],
            },
          ],
        },
      },
    },
  ],
};

const folder = useFolders();
const preprod = useSandbox({ seed: withPartner });
const prod = useSandbox({ seed: { ...withPartner, random: 11 } });
const options = { env: { ...smallSecrets, SHIPYARD_CLIENT_SECRET: 'shipyard-Kq2wE9rT5yU8iO1p' } };

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('diff'), { preprod: preprod().url, prod: prod().url });
  expect((await workspace.run(['export', 'preprod'])).code).toBe(0);
});

/** The token endpoint of Shipyard in prod, changed behind everyone's back. */
async function moveTokenEndpoint(value: string): Promise<void> {
  const list = (await byHand(prod(), 'GET', 'identity-providers?limit=50')) as unknown as {
    identityProviders: { id: string; name: string }[];
  };
  const id = list.identityProviders.find(({ name }) => name === 'Shipyard')?.id ?? '';
  const way = `identity-providers/${id}/federated-authenticators/${OPEN_ID}`;
  const { properties } = (await byHand(prod(), 'GET', way)) as unknown as {
    properties: { key: string; value: string }[];
  };
  const moved = properties.map((property) => (property.key === 'OAuth2TokenEPUrl' ? { ...property, value } : property));
  await byHand(prod(), 'PUT', way, { isEnabled: true, isDefault: true, properties: moved });
}

test('a value that the file pins and one server has changed is shown, as drift shows it', async () => {
  await moveTokenEndpoint('https://collector.elsewhere.example/token');
  const diff = await workspace.run(['diff', 'preprod', 'prod'], options);
  expect([diff.code, diff.stdout]).toEqual([2, expect.stringContaining('OAuth2TokenEPUrl')]);
  expect(diff.stdout).toContain('collector.elsewhere.example');
  const drift = await workspace.run(['drift', 'prod'], options);
  expect([drift.code, drift.stdout]).toEqual([2, expect.stringContaining('collector.elsewhere.example')]);
  await moveTokenEndpoint(TOKENS);
  expect((await workspace.run(['diff', 'preprod', 'prod'], options)).code).toBe(0);
});

test('a value that no file says and that no server makes by itself is shown', async () => {
  const file = 'artifacts/identity-providers/Shipyard.yaml';
  const text = await workspace.read(file);
  await workspace.edit(file, /\n *- key: OAuth2TokenEPUrl\n *value: .*/, '');
  await moveTokenEndpoint('https://collector.elsewhere.example/token');
  const { code, stdout } = await workspace.run(['diff', 'preprod', 'prod'], options);
  expect([code, stdout]).toEqual([2, expect.stringContaining('collector.elsewhere.example')]);
  await moveTokenEndpoint(TOKENS);
  await workspace.write(file, text);
});

test('what variables give is counted, as long as both servers have it, and its artifact does not count as equal', async () => {
  await workspace.edit('artifacts/applications/Lighthouse.yaml', 'https://lighthouse.example', '"{{var:lights}}"');
  for (const [name, host] of [
    ['preprod', 'lighthouse'],
    ['prod', 'beacon'],
  ] as const)
    await workspace.edit(`environments/${name}.yaml`, /$/, `variables:\n  lights: https://${host}.example\n`);
  await patchApplication(prod(), 'Lighthouse', { accessUrl: 'https://beacon.example' });
  const given = await workspace.run(['diff', 'preprod', 'prod'], options);
  expect(given.code).toBe(0);
  expect(given.stdout).toContain('1 equal except for what is not shown, 4 equal');
  expect(given.text).toMatch(/1 difference is what the variables of the files give and not shown/);
  await patchApplication(prod(), 'Lighthouse', { accessUrl: 'https://reef.example' });
  const moved = await workspace.run(['diff', 'preprod', 'prod'], options);
  expect([moved.code, moved.stdout]).toEqual([2, expect.stringContaining('https://reef.example')]);
  await patchApplication(prod(), 'Lighthouse', { accessUrl: 'https://beacon.example' });
});

test('client ids that each server made itself are counted apart, and shown with --all', async () => {
  const added = {
    name: 'Anchorage',
    inboundProtocolConfiguration: {
      oidc: { grantTypes: ['authorization_code'], callbackURLs: ['https://anchorage.example/back'] },
    },
  };
  for (const sandbox of [preprod(), prod()]) await byHand(sandbox, 'POST', 'applications', added);
  await workspace.write(
    'artifacts/applications/Anchorage.yaml',
    'name: Anchorage\ninboundProtocolConfiguration:\n  oidc:\n    grantTypes:\n      - authorization_code\n    callbackURLs:\n      - https://anchorage.example/back\n',
  );
  const diff = await workspace.run(['diff', 'preprod', 'prod', '--only', 'application/Anchorage', '--json'], options);
  expect(JSON.parse(diff.stdout)).toMatchObject({
    artifacts: [],
    unchanged: 0,
    notShown: { artifacts: 1, byFiles: 0, byServers: 2 },
  });
  const all = await workspace.run(['diff', 'preprod', 'prod', '--only', 'application/Anchorage', '--all'], options);
  expect([all.code, all.stdout]).toEqual([2, expect.stringContaining('clientId')]);
  expect(await applicationId(prod(), 'Anchorage')).not.toBe('');
});
