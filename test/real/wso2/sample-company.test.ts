import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleCompany } from '../../../src/sandbox/seed';
import { startSandbox } from '../../../src/sandbox/sandbox';
import { useFolders, type Ended, type Workspace } from '../../e2e/harness';
import { emptyServer, realServers, request } from './servers';
import { realWorkspace } from './workspace';

const { prod } = realServers();
const folder = useFolders();
/** Reads and writes at a time: as many writes as an apply makes without being told. */
const AT_A_TIME = { concurrency: 8, writeConcurrency: 4 };
const ARTIFACTS = 54;

beforeEach(() => emptyServer(prod));

/** A workspace with all that the sample company of 6.0 has in dev, for the real server `prod`. */
async function sampleWorkspace(): Promise<Workspace> {
  const workspace = await realWorkspace(await folder('real-sample'), { prod });
  const settings = JSON.parse(await readFile(path.join(workspace.root, 'environments/prod.yaml'), 'utf8')) as Readonly<
    Record<string, unknown>
  >;
  await workspace.write('environments/prod.yaml', JSON.stringify({ ...settings, ...AT_A_TIME }));
  const sandbox = await startSandbox({ version: '6.0', seed: sampleCompany('dev') });
  try {
    const auth = { type: 'client-credentials', clientId: 'liftlock', clientSecret: 'liftlock-sandbox' };
    await workspace.write('liftlock.yaml', JSON.stringify({ product: 'wso2-is', environments: ['sample', 'prod'] }));
    await workspace.write('environments/sample.yaml', JSON.stringify({ url: sandbox.url, version: '6.0', auth }));
    expect(await workspace.run(['export', 'sample'])).toMatchObject({ code: 0 });
  } finally {
    await sandbox.close();
  }
  return workspace;
}

/** A value for each secret that the files name, where the tool looks for it. */
async function secretsOf({ root }: Workspace): Promise<Record<string, string>> {
  const files = await readdir(path.join(root, 'artifacts'), { recursive: true, withFileTypes: true });
  const texts = files
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(path.join(entry.parentPath, entry.name), 'utf8'));
  const names = [...(await Promise.all(texts)).join('\n').matchAll(/\{\{secret:([^}]+)\}\}/g)].map(
    ([, name = '']) => name,
  );
  const variable = (name: string): string => `LIFTLOCK_SECRET_${name.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`;
  return Object.fromEntries(names.map((name) => [variable(name), `${name}-Qx7mR2vL`]));
}

test('the sample company goes up in one run with 8 reads and 4 writes at a time, and the second plan is empty', async () => {
  const workspace = await sampleWorkspace();
  const env = await secretsOf(workspace);
  const run = (...args: string[]): Promise<Ended> => workspace.run(args, { env });

  const plan = await run('plan', 'prod');
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toContain(`${ARTIFACTS} to create, 0 to update, 0 to delete, 0 unchanged`);
  const applied = await run('apply', 'prod', '--yes');
  expect(applied.stdout).toContain(`${ARTIFACTS} done, 0 failed, 0 skipped`);
  expect(applied.code).toBe(0);
  expect(await run('plan', 'prod', '--exit-code')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('nothing to do') as string,
  });
});

describe('what the server lacks is said before anything is written', () => {
  const login = (authenticator: string): object => ({
    name: 'Weir',
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator }] }],
    },
  });
  const asks = (grantType: string): object => ({
    name: 'Weir',
    inboundProtocolConfiguration: { oidc: { grantTypes: [grantType], callbackURLs: ['https://weir.example/'] } },
  });
  const claim = (uri: string): object => ({
    name: 'Weir',
    claimConfiguration: { dialect: 'LOCAL', requestedClaims: [{ claim: { uri } }] },
  });
  const custom = {
    name: 'Weir',
    claimConfiguration: {
      dialect: 'CUSTOM',
      claimMappings: [{ applicationClaim: 'mail', localClaim: { uri: 'http://wso2.org/claims/emailaddress' } }],
      role: { claim: { uri: 'http://wso2.org/claims/roles' } },
    },
  };

  test.each([
    ['an authenticator', login('NoSuchAuthenticator'), 'prod has no authenticator "NoSuchAuthenticator"'],
    ['a grant type', asks('urn:none'), 'prod has no grant type "urn:none"'],
    ['a local claim', claim('http://wso2.org/claims/nobody'), 'local-claim/http://wso2.org/claims/nobody'],
    ['a role claim of another dialect', custom, 'claimConfiguration.role.claim.uri'],
    [
      'an accessUrl',
      { name: 'Weir', advancedConfigurations: { discoverableByEndUsers: true } },
      'discoverable and has no accessUrl',
    ],
  ])('%s, which the server refuses indeed', async (_what, body, said) => {
    const refused = await request(prod, 'POST', 'applications', wire(body));
    expect(refused.status).toBe(400);
    const workspace = await realWorkspace(await folder('real-refused'), { prod });
    await workspace.write('artifacts/applications/Weir.yaml', JSON.stringify(body));
    const applied = await workspace.run(['apply', 'prod', '--yes']);
    expect(applied.code).toBe(3);
    expect(`${applied.stdout}${applied.stderr}`.replace(/\s+/g, ' ')).toContain(said);
    expect((await request(prod, 'GET', 'applications')).body).toMatchObject({ totalResults: 0 });
  });

  /** A request needs the origins, even none. */
  function wire(body: object): object {
    const { inboundProtocolConfiguration: inbound } = body as { inboundProtocolConfiguration?: { oidc: object } };
    if (inbound === undefined) return body;
    return { ...body, inboundProtocolConfiguration: { oidc: { ...inbound.oidc, allowedOrigins: [] } } };
  }
});
