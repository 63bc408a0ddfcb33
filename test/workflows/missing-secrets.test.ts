import type { JsonObject } from '../../src/model/json';
import type { Plan } from '../../src/model/plan';
import { smallCompany } from '../e2e/small-company';
import { apply, openTestServer, planFor, type TestServer } from './sandbox-session';
import type { DesiredState } from '../../src/workflows/desired';

const SECRET = 'federatedAuthenticators.authenticators[GoogleOIDCAuthenticator].properties[ClientSecret].value';

const google = (...more: JsonObject[]): JsonObject => ({
  name: 'GoogleOIDCAuthenticator',
  isEnabled: true,
  isDefault: true,
  properties: [{ key: 'ClientId', value: 'aldermere' }, ...more],
});

const files = (authenticators: JsonObject[], unknownSecrets: string[] = []): DesiredState => {
  const value = {
    name: 'Harbour Pass',
    ...(authenticators.length > 0 && { federatedAuthenticators: { authenticators } }),
  };
  const name = {
    kind: 'identity-provider',
    key: 'Harbour Pass',
    file: 'artifacts/identity-providers/Harbour Pass.yaml',
  };
  const missingSecretNames = unknownSecrets.map(() => 'harbour-pass');
  return { artifacts: [{ ...name, value, unknownSecrets, missingSecretNames }], problems: [] };
};

describe('the secret of an authenticator that is not available here', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await openTestServer({ seed: smallCompany });
  });
  afterEach(() => server.close());

  const planned = async (before: JsonObject[]): Promise<Plan> => {
    await apply(server.session, files(before));
    return planFor(server.session, files([google({ key: 'ClientSecret' })], [SECRET]));
  };

  test('is an error where the authenticator is new in a provider that is there: no server keeps it', async () => {
    const plan = await planned([]);
    expect(plan.problems).toMatchObject([
      { code: 'missing-secret', severity: 'error', artifact: 'identity-provider/Harbour Pass' },
    ]);
    expect(plan.problems[0]?.hint).toContain('LIFTLOCK_SECRET_HARBOUR_PASS');
  });

  test('is named where the authenticator is there, with the secret or without it', async () => {
    for (const secret of [[{ key: 'ClientSecret', value: 'tide-and-lock' }], []]) {
      const plan = await planned([google(...secret)]);
      expect(plan.problems).toEqual([]);
      expect(plan.operations).toEqual([]);
      expect(plan.notCarried).toMatchObject([{ key: 'Harbour Pass' }]);
    }
  });
});
