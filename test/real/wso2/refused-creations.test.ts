import type { RunResult } from '../../../src/model/plan';
import type { ExportReport } from '../../../src/model/report';
import { useFolders, type Workspace } from '../../e2e/harness';
import { emptyServer, read, realServers, request } from './servers';
import { realWorkspace } from './workspace';

const { dev } = realServers();
const folder = useFolders();
const KIND = ['--kind', 'identity-provider'];

/** An identity provider with a claim that no server has: refused, stored, and never shown. */
const broken = {
  name: 'Broken',
  claims: {
    userIdClaim: { uri: 'mail' },
    mappings: [{ idpClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/nope' } }],
    provisioningClaims: [],
  },
};

let workspace: Workspace;
beforeEach(async () => {
  await emptyServer(dev);
  workspace = await realWorkspace(await folder('real-refused'), { dev });
});
afterAll(() => emptyServer(dev));

test('what the server keeps of a creation that it refuses is deleted again', async () => {
  await workspace.write('artifacts/identity-providers/Broken.yaml', JSON.stringify(broken));
  const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json', ...KIND]);
  const { outcomes } = JSON.parse(stdout) as RunResult;
  expect([code, outcomes[0]?.reason]).toEqual([
    1,
    expect.stringMatching(/400 IDP-60024.*What the server had kept of identity-provider\/Broken was deleted again/s),
  ]);
  expect(await read(dev, 'identity-providers')).toMatchObject({ totalResults: 0 });
});

test('an identity provider that the server cannot show is named, and all others are exported', async () => {
  expect((await request(dev, 'POST', 'identity-providers', { name: 'Whole' })).status).toBe(201);
  expect(await request(dev, 'POST', 'identity-providers', broken)).toMatchObject({ status: 400 });
  const { code, stdout } = await workspace.run(['export', 'dev', '--json', ...KIND]);
  const { files, problems } = JSON.parse(stdout) as ExportReport;
  expect(code).toBe(1);
  expect(files.map(({ key }) => key)).toEqual(['Whole']);
  expect(problems).toEqual([expect.objectContaining({ code: 'unreadable', artifact: 'identity-provider/Broken' })]);
});
