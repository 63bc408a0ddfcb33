import { isObject, type Json, type JsonObject } from '../../src/model/json';
import { sampleCompany } from '../../src/sandbox/seed';
import { VERSIONS } from '../../src/sandbox/versions';
import { apply, exported, openTestServer, planFor, stateOf } from './sandbox-session';

/* What one release answers, Liftlock has to be able to keep in files and to compare with the server again. */

/** What Liftlock does not carry, and applications name. */
const { requests, ...rest } = sampleCompany('dev');
const apiResources = { ...rest, requests: requests.filter(({ path }) => path.includes('api-resources')) };

/** A property whose value the server does not show; files name a secret there, and somebody provides it. */
function withSecrets(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (!isObject(value)) return value;
  if (Object.keys(value).join() === 'key') return { ...value, value: 'open-sesame' };
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, withSecrets(inner)]));
}

describe.each(VERSIONS)('release %s', (version) => {
  test('what is exported from prod needs no change to it', async () => {
    const { session, close } = await openTestServer({ version, seed: sampleCompany('prod') });
    try {
      const desired = await exported(session);
      const plan = await planFor(session, desired, true);
      expect(plan.operations).toEqual([]);
      const applications = desired.artifacts.filter(({ kind }) => kind === 'application').map(({ key }) => key);
      expect(applications).toHaveLength(14);
      expect(applications).toContain('Booking Portal');
    } finally {
      await close();
    }
  });

  test('what is exported from dev needs no change to it and can be created on an empty server', async () => {
    const [source, target] = await Promise.all([
      openTestServer({ version, seed: sampleCompany('dev') }),
      openTestServer({ version, seed: apiResources }),
    ]);
    try {
      const { artifacts, problems } = await exported(source.session);
      expect((await planFor(source.session, { artifacts, problems }, true)).operations).toEqual([]);
      expect(artifacts.filter(({ kind }) => kind === 'application')).toHaveLength(16);
      const files = artifacts.map((artifact) => ({ ...artifact, value: withSecrets(artifact.value) as JsonObject }));
      const { result } = await apply(target.session, { artifacts: files, problems });
      expect(result.outcomes.filter(({ status }) => status !== 'done' && status !== 'unchanged')).toEqual([]);
      expect(await stateOf(target.session)).toEqual(await stateOf(source.session));
    } finally {
      await Promise.all([source.close(), target.close()]);
    }
  });
});

test.each([
  ['5.11', 'userid'],
  ['6.1', 'userid'],
  ['7.0', 'username'],
  ['7.3', 'username'],
] as const)('on %s the subject %s, which is not the default there, is created as it is', async (version, claim) => {
  const { session, close } = await openTestServer({ version, seed: sampleCompany('prod') });
  try {
    const subject = { claim: { uri: `http://wso2.org/claims/${claim}` } };
    const file = 'artifacts/applications/Tide Tables.yaml';
    const value = { name: 'Tide Tables', claimConfiguration: { subject } };
    const artifact = { kind: 'application', key: 'Tide Tables', file, value, unknownSecrets: [] };
    const { result } = await apply(session, { artifacts: [artifact], problems: [] });
    expect(result.outcomes).toEqual([expect.objectContaining({ key: 'Tide Tables', status: 'done' })]);
    expect((await stateOf(session))['application/Tide Tables']).toMatchObject({ claimConfiguration: { subject } });
  } finally {
    await close();
  }
});
