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
