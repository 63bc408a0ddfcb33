import type { RunResult } from '../../../src/model/plan';
import { useFolders } from '../../e2e/harness';
import { emptyServer, realServers } from './servers';
import { realWorkspace } from './workspace';

const { dev } = realServers();
const folder = useFolders();
const APPLICATIONS = 24;

beforeAll(() => emptyServer(dev));
afterAll(() => emptyServer(dev));

/** Applications that all use the same two origins first, and in turn local authenticators. */
function application(index: number): object {
  const authenticators = ['BasicAuthenticator', 'IdentifierExecutor', 'SessionExecutor', 'FIDOAuthenticator'];
  const authenticator = authenticators[index % authenticators.length];
  return {
    name: `Racer ${index}`,
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [{ id: 1, options: [{ idp: 'LOCAL', authenticator }] }],
    },
    inboundProtocolConfiguration: {
      oidc: {
        grantTypes: ['authorization_code'],
        callbackURLs: ['https://racer.example/callback'],
        allowedOrigins: ['https://racer.example', 'https://second.example'],
      },
    },
  };
}

test.each([4, 8])(
  'applications that share new origins and authenticators are all made with %i writes at a time',
  async (writes) => {
    await emptyServer(dev);
    const workspace = await realWorkspace(await folder('real-races'), { dev }, { writeConcurrency: writes });
    for (let index = 0; index < APPLICATIONS; index += 1) {
      await workspace.write(`artifacts/applications/Racer ${index}.yaml`, JSON.stringify(application(index)));
    }
    const { code, stdout } = await workspace.run(['apply', 'dev', '--yes', '--json', '--kind', 'application']);
    const { outcomes, writes: sent } = JSON.parse(stdout) as RunResult;
    expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
    expect([code, outcomes.length, sent]).toEqual([0, APPLICATIONS, APPLICATIONS]);
    expect((await workspace.run(['plan', 'dev', '--exit-code', '--kind', 'application'])).code).toBe(0);
  },
);

test('applications that all get another SAML configuration are all changed with 8 writes at a time, beside new ones', async () => {
  await emptyServer(dev);
  const workspace = await realWorkspace(await folder('real-saml-races'), { dev }, { writeConcurrency: 8 });
  const write = async (index: number, acs: string): Promise<void> => {
    const saml = { issuer: `racer-${index}`, assertionConsumerUrls: [`https://racer.example/${acs}`] };
    const text = JSON.stringify({ name: `Racer ${index}`, inboundProtocolConfiguration: { saml } });
    await workspace.write(`artifacts/applications/Racer ${index}.yaml`, text);
  };
  const apply = ['apply', 'dev', '--yes', '--json', '--kind', 'application'];
  for (let index = 0; index < APPLICATIONS; index += 1) await write(index, 'first');
  expect((await workspace.run(apply)).code).toBe(0);
  for (let index = 0; index < 2 * APPLICATIONS; index += 1) await write(index, 'second');
  const { code, stdout } = await workspace.run(apply);
  const { outcomes } = JSON.parse(stdout) as RunResult;
  expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
  expect([code, outcomes.length]).toEqual([0, 2 * APPLICATIONS]);
  expect((await workspace.run(['plan', 'dev', '--exit-code', '--kind', 'application'])).code).toBe(0);
});
