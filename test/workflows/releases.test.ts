import { sampleCompany } from '../../src/sandbox/seed';
import { VERSIONS } from '../../src/sandbox/versions';
import { exported, openTestServer, planFor } from './sandbox-session';

/* What one release answers, Liftlock has to be able to keep in files and to compare with the server again. */
jest.setTimeout(30_000);

describe.each(VERSIONS)('release %s', (version) => {
  test.each(['dev', 'prod'] as const)('what is exported from %s needs no change to it', async (environment) => {
    const { session, close } = await openTestServer({ version, seed: sampleCompany(environment) });
    try {
      const desired = await exported(session);
      const plan = await planFor(session, desired, true);
      expect(plan.operations).toEqual([]);
      const applications = desired.artifacts.filter(({ kind }) => kind === 'application').map(({ key }) => key);
      expect(applications).toHaveLength(environment === 'dev' ? 16 : 14);
      expect(applications).toContain('Booking Portal');
    } finally {
      await close();
    }
  });
});
