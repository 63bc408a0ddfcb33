import { explanationOf, report } from '../../../differential/explanation';
import { stepsFor } from '../../../request-shapes/replay';
import { compareServers, type Found } from '../../../differential/run';
import { seedOfRun, share } from '../../../request-shapes/sample';
import { Server } from '../../../differential/server';
import { corpus } from '../../../request-shapes/corpus';
import { countDifferentialRequests } from '../counts';
import { emptyServer, realServers } from '../servers';
import { clear, localClaims, startWithoutPortals, stop } from './servers';

/** A real server of these tests has no outbound connector that could be asked for. */
const CONNECTOR = /\/outbound-connectors\//;

/** How many shapes a run sends at most; from more of them a share is drawn. */
const SHAPES = 400;

test('every shape of request that the tests send to a sandbox is answered alike by a real server', async () => {
  const { dev } = realServers();
  await emptyServer(dev);
  const real = new Server(dev);
  const sandboxes = await Promise.all([startWithoutPortals('6.0'), startWithoutPortals('6.1')]);
  const servers = [real, ...sandboxes.map(({ server }) => server)];
  const shipped = await localClaims(real);
  const seed = seedOfRun();
  const examples = [...corpus().values()].filter(({ path }) => !CONNECTOR.test(path));
  const found: Found[] = [];
  try {
    for (const example of share(examples, SHAPES, seed)) {
      for (const steps of stepsFor(example, shipped)) {
        found.push(...(await compareServers(steps, real, sandboxes)));
        countDifferentialRequests(steps.length);
        await Promise.all(servers.map(clear));
      }
    }
  } finally {
    await stop(sandboxes);
    real.close();
    await emptyServer(dev);
  }
  const { unexplained } = explanationOf(found);
  const again = `The same shapes again: LIFTLOCK_SEED=${seed}\n`;
  expect(unexplained.length === 0 ? '' : `${again}${report(unexplained)}`).toBe('');
});
