import path from 'node:path';
import { artifactText } from '../../src/model/artifact';
import { sampleCompany, sampleSecret } from '../../src/sandbox/seed';
import { openProductWorkspace } from '../../src/workflows/open-workspace';
import { renderDesired, type RenderedState } from '../../src/workflows/render-desired';
import { apply, openTestServer, planFor, stateOf, type TestServer } from './sandbox-session';

const root = path.resolve(__dirname, '../..');
const ENVIRONMENTS = ['dev', 'preprod', 'prod'] as const;
type SampleEnvironment = (typeof ENVIRONMENTS)[number];

/** The secrets that the sample servers were seeded with, under the names that the sample files use. */
function secretVariables(environment: SampleEnvironment): Record<string, string> {
  const name = (holder: string, suffix: string): string =>
    `${environment}_${holder}_${suffix}`.toUpperCase().replaceAll('-', '_');
  const providers = ['harbour-trust', 'google', 'github', 'ferry-alliance'];
  const applications = [
    'booking-portal',
    'crew-roster',
    'timetable',
    'deckhand-app',
    'fare-engine',
    'settlement-job',
    'partner-lounge',
    'shore-operations',
    'loyalty-club',
    'harbour-kiosk',
  ];
  return {
    ...Object.fromEntries(
      [...providers, ...applications].map((holder) => [
        name(holder, 'CLIENTSECRET'),
        sampleSecret(environment, holder),
      ]),
    ),
    [name('payroll', 'SCIM_PASSWORD')]: sampleSecret(environment, 'payroll'),
  };
}

async function sampleFiles(environment: SampleEnvironment): Promise<RenderedState> {
  const opened = await openProductWorkspace(root);
  return renderDesired(
    opened,
    await opened.workspace.environment(environment),
    {},
    { variables: secretVariables(environment) },
  );
}

const servers: TestServer[] = [];
async function open(...args: Parameters<typeof openTestServer>): Promise<TestServer> {
  const server = await openTestServer(...args);
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A server that has nothing but the API resources of a seed, which Liftlock does not carry. */
async function bareServer(environment: SampleEnvironment): Promise<TestServer> {
  const seed = sampleCompany(environment);
  return open({
    seed: { ...seed, requests: seed.requests.filter((request) => request.path.includes('api-resources')) },
  });
}

describe('the sample workspace of this repository', () => {
  test('it has what a real one has: applications of every protocol, identity providers, dialects, claims', async () => {
    const { artifacts } = await sampleFiles('prod');
    const count = (kind: string): number => artifacts.filter((artifact) => artifact.kind === kind).length;
    expect(count('application')).toBeGreaterThanOrEqual(12);
    expect(count('identity-provider')).toBeGreaterThanOrEqual(6);
    expect(count('claim-dialect')).toBeGreaterThanOrEqual(2);
    expect(count('local-claim')).toBeGreaterThanOrEqual(15);
  });

  test.each(ENVIRONMENTS)('its files, rendered for %s, have no problem', async (environment) => {
    expect((await sampleFiles(environment)).problems).toEqual([]);
  });

  test('dev and preprod are as the files say; prod lacks the release and has one change made by hand', async () => {
    const changed: Record<string, string[]> = {};
    for (const environment of ENVIRONMENTS) {
      const { session } = await open({ seed: sampleCompany(environment) });
      const plan = await planFor(session, await sampleFiles(environment));
      changed[environment] = plan.operations.map((operation) => `${operation.action} ${artifactText(operation)}`);
    }
    expect(changed).toEqual({
      dev: [],
      preprod: [],
      prod: [
        'create local-claim/http://wso2.org/claims/berthPreference',
        'create external-claim/http://wso2.org/oidc/claim berth_preference',
        'update identity-provider/Harbour Trust',
        'update application/Booking Portal',
        'update application/Crew Roster',
        'update application/Deckhand App',
        'create application/Harbour Kiosk',
        'update application/Timetable',
      ],
    });
  });

  test.each(ENVIRONMENTS)(
    'applied to an empty server with the values of %s, all of it is read back equal',
    async (environment) => {
      const files = await sampleFiles(environment);
      const target = await bareServer(environment);
      const { plan, result } = await apply(target.session, files);
      expect(plan.problems).toEqual([]);
      expect(result.outcomes.filter((outcome) => outcome.status !== 'done')).toEqual([]);
      expect(Object.keys(await stateOf(target.session)).sort()).toEqual(files.artifacts.map(artifactText).sort());
      target.sandbox.journal.clear();
      expect((await planFor(target.session, files)).operations).toEqual([]);
      expect(target.sandbox.journal.writes()).toEqual([]);
    },
  );

  test('prod after the promotion is what preprod is, but for the values of the environment', async () => {
    const prod = await open({ seed: sampleCompany('prod') });
    await apply(prod.session, await sampleFiles('prod'));
    const preprod = await open({ seed: sampleCompany('preprod') });
    expect(Object.keys(await stateOf(prod.session)).sort()).toEqual(Object.keys(await stateOf(preprod.session)).sort());
    expect((await planFor(prod.session, await sampleFiles('prod'))).operations).toEqual([]);
  });
});
