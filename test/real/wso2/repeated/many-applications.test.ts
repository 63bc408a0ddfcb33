import { useFolders, type Ended } from '../../../e2e/harness';
import { applicationNames } from '../application-names';
import { emptyServer, realServers, request } from '../servers';
import { realWorkspace } from '../workspace';

const { dev, prod } = realServers();
const folder = useFolders();
const COUNT = 300;

/** Several applications use each of these for the first time, at the same time. */
const AUTHENTICATORS = ['BasicAuthenticator', 'IdentifierExecutor', 'SessionExecutor', 'x509CertificateAuthenticator'];
const ORIGINS = 15;

/** One of many applications: two of three have an OAuth client, one of six a SAML profile, all another login. */
function application(index: number): object {
  const host = `https://app${index}.many.example`;
  const shared = `https://shared${index % ORIGINS}.many.example`;
  const oidc = {
    clientId: `many-${index}`,
    grantTypes: ['authorization_code', 'refresh_token'],
    callbackURLs: [`${host}/callback`],
    allowedOrigins: [shared, host],
  };
  const saml = { manualConfiguration: { issuer: `many-${index}`, assertionConsumerUrls: [`${host}/acs`] } };
  return {
    name: `Application ${String(index).padStart(3, '0')}`,
    description: `Number ${index} of many`,
    accessUrl: host,
    inboundProtocolConfiguration: { ...(index % 3 === 0 ? {} : { oidc }), ...(index % 6 === 0 ? { saml } : {}) },
    authenticationSequence: {
      type: 'USER_DEFINED',
      steps: [
        { id: 1, options: [{ idp: 'LOCAL', authenticator: AUTHENTICATORS[index % AUTHENTICATORS.length] }] },
        { id: 2, options: [{ idp: 'LOCAL', authenticator: AUTHENTICATORS[(index >> 2) % AUTHENTICATORS.length] }] },
      ],
    },
  };
}

beforeAll(async () => {
  await emptyServer(dev);
  await emptyServer(prod);
  for (let index = 0; index < COUNT; index++) {
    const { status, body } = await request(dev, 'POST', 'applications', application(index));
    expect({ index, status, body }).toMatchObject({ status: 201 });
  }
});

test('all of 300 applications go from one server to the other in one run, 8 reads and 4 writes at a time', async () => {
  const settings = { concurrency: 8, writeConcurrency: 4 };
  const workspace = await realWorkspace(await folder('real-many'), { dev, prod }, settings);
  workspace.commit('empty');
  const run = (...args: string[]): Promise<Ended> => workspace.run(args);
  const promoted = await run('promote', 'dev', 'prod', '--yes');
  expect(promoted.stdout).toContain(`${COUNT} done, 0 failed, 0 skipped`);
  expect(promoted.code).toBe(0);
  const again = await run('plan', 'prod', '--exit-code');
  expect([again.code, again.stdout]).toEqual([0, 'prod is as the files say: nothing to do.\n']);
  const names = await applicationNames(prod);
  expect(names).toHaveLength(COUNT);
  expect(names).toEqual(await applicationNames(dev));
});
