import type { Server } from '../../../src/products/product';
import { startSandbox, type RunningSandbox } from '../../../src/sandbox/sandbox';
import { connected } from '../../real/wso2/bodies/artifact-runs';
import { foundationProblems, stateProblems, STATES } from '../../real/wso2/bodies/state-runs';

/*
 * The bodies that the tests on real servers write (test/real/wso2/bodies.test.ts), written to the sandbox of 6.1: that of
 * 6.0 answers as the real server does (test/real/wso2/differential).
 */

const version = '6.1';

describe('a sandbox of 6.1', () => {
  let sandbox: RunningSandbox;
  let server: Server;
  beforeAll(async () => {
    sandbox = await startSandbox({ version });
    server = await connected({ url: sandbox.url, user: 'admin', password: 'admin', version });
    expect(await foundationProblems(server)).toEqual([]);
  });
  afterAll(async () => {
    server.transport.close();
    await sandbox.close();
  });

  test.each(STATES)(
    'takes and shows the states of an artifact: $artifact.name',
    async ({ artifact, states }) => {
      expect(await stateProblems(server, artifact, states)).toEqual([]);
    },
    120_000,
  );
});
