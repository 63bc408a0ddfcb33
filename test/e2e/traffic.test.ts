import { ChildTraffic } from '../contract/child-traffic';
import { makeWorkspace, useFolders } from './harness';
import { TRAFFIC_FOLDER } from '../../src/sandbox/http/exchanges';

const folder = useFolders();

/** Starts a sandbox with the command line, asks it for applications, and ends it. */
async function startedAndAsked(env: Record<string, string | undefined>): Promise<void> {
  const workspace = await makeWorkspace(await folder('traffic'), { dev: 'http://127.0.0.1:9' });
  const asked = new Promise<void>((resolve, reject) => {
    const ended = workspace.run(['sandbox', 'start', '--port', '0', '--empty', '--json'], {
      env,
      started: (child) =>
        child.stdout?.once('data', (line: string) => {
          const { servers } = JSON.parse(line) as { servers: { url: string }[] };
          const authorization = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
          const answer = fetch(`${servers[1]?.url}/api/server/v1/applications?limit=1`, { headers: { authorization } });
          answer.catch(reject).finally(() => child.kill('SIGINT'));
        }),
    });
    ended.then(() => resolve(), reject);
  });
  await asked;
}

test('a sandbox of the command line tells its exchanges to the folder that is named for that', async () => {
  const traffic = ChildTraffic.begin();
  try {
    await startedAndAsked({ [TRAFFIC_FOLDER]: process.env[TRAFFIC_FOLDER] });
    expect(traffic.take()).toMatchObject([
      { version: '7.1', method: 'GET', url: '/api/server/v1/applications?limit=1', status: 200, fault: false },
    ]);
    expect(traffic.take()).toEqual([]);
  } finally {
    traffic.end();
  }
});

test('without such a folder it tells nobody', async () => {
  const traffic = ChildTraffic.begin();
  try {
    await startedAndAsked({ [TRAFFIC_FOLDER]: undefined });
    expect(traffic.take()).toEqual([]);
  } finally {
    traffic.end();
  }
});
