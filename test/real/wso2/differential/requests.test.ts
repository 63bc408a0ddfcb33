import { EXPLAINED } from '../../../differential/explained';
import { explanationOf, report } from '../../../differential/explanation';
import { publicPayloads } from '../../../differential/requests/public-payloads';
import { TOPICS } from '../../../differential/requests';
import { compareServers, type Found } from '../../../differential/run';
import { Server } from '../../../differential/server';
import type { Step } from '../../../differential/step';
import { countDifferentialRequests } from '../counts';
import { emptyServer, realServers } from '../servers';
import { startWithoutPortals, stop, type ComparedSandbox } from './servers';

/* What the product's own code answers, the sandboxes of 6.0 and 6.1 answer too. */

const { dev } = realServers();
const real = new Server(dev);
let sandboxes: readonly ComparedSandbox[] = [];

beforeAll(async () => {
  sandboxes = await Promise.all([startWithoutPortals('6.0'), startWithoutPortals('6.1')]);
});
beforeEach(async () => {
  await emptyServer(dev);
  for (const { sandbox } of sandboxes) sandbox.reset();
});
afterAll(async () => {
  await stop(sandboxes);
  real.close();
  await emptyServer(dev);
});

async function compare(steps: readonly Step[]): Promise<readonly Found[]> {
  const found = await compareServers(steps, real, sandboxes);
  countDifferentialRequests(steps.length);
  return found;
}

test('the fixed requests are answered alike, but for what the table explains', async () => {
  const { unexplained, exchanges } = explanationOf(await compare(Object.values(TOPICS).flat()));
  expect(report(unexplained)).toBe('');
  expect(exchanges).toEqual(EXPLAINED.map((row) => row.exchanges));
});

test("the payloads of the product's public tests are answered alike, but for what the table explains", async () => {
  const { unexplained } = explanationOf(await compare(publicPayloads()));
  expect(report(unexplained)).toBe('');
});
