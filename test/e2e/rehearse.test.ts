import { existsSync } from 'node:fs';
import path from 'node:path';
import { SCHEMAS } from '../../src/reports/schema';
import type { RunningSandbox } from '../../src/sandbox/sandbox';
import { startSandbox } from '../../src/sandbox/sandbox';
import type { Version } from '../../src/sandbox/versions';
import { makeWorkspace, patchApplication, requestLines, useFolders, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';

let servers: RunningSandbox[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
beforeEach(() => (servers = []));

/** A workspace that was exported from a server of this version, with a change and a new application to be raised. */
async function pending(version: Version = '7.1'): Promise<{ server: RunningSandbox; workspace: Workspace }> {
  const server = await startSandbox({ seed: smallCompany, version });
  servers.push(server);
  const workspace = await makeWorkspace(await folder('rehearse'), { prod: server.url }, { version });
  expect(await workspace.run(['export', 'prod'], options)).toMatchObject({ code: 0 });
  await workspace.edit(FERRY, 'Crossings', 'Night crossings');
  const ferry = await workspace.read(FERRY);
  const pier = ferry.replace('name: Ferry', 'name: Pier').replaceAll(/clientId: .*/g, 'clientId: pier');
  await workspace.write('artifacts/applications/Pier.yaml', pier);
  server.journal.clear();
  return { server, workspace };
}

test.each(['5.11', '7.0', '7.1'] as const)(
  'what was rehearsed on a copy of a %s server is raised exactly so',
  async (version) => {
    const { server, workspace } = await pending(version);
    const rehearsed = await workspace.run(['rehearse', 'prod', '--out', 'plan.json'], options);
    expect(rehearsed).toMatchObject({ code: 0, stderr: '' });
    const said = rehearsed.stdout.replaceAll(/\s+/g, ' ');
    expect(said).toContain('application/Ferry updated');
    expect(said).toContain('application/Pier created');
    expect(said).toMatch(/Rehearsal for prod succeeded: 2 done; .* planning again found nothing left\./);
    expect(server.journal.writes()).toEqual([]);
    expect(existsSync(path.join(workspace.root, '.liftlock'))).toBe(false);

    const applied = await workspace.run(['apply', 'prod', '--plan', 'plan.json', '--yes'], options);
    expect(applied).toMatchObject({ code: 0 });
    expect(requestLines(server.journal.writes()).sort()).toEqual([
      expect.stringMatching(/^PATCH \/applications\//),
      'POST /applications',
    ]);
    const again = await workspace.json<{ operations: unknown[] }>(['plan', 'prod'], options);
    expect(again.operations).toEqual([]);
  },
);

test('a plan that fails on the copy ends with code 1, names artifact and reason, and never reaches the server', async () => {
  const { server, workspace } = await pending();
  await workspace.edit(
    'artifacts/applications/Pier.yaml',
    'inboundProtocolConfiguration:\n',
    'inboundProtocolConfiguration:\n  saml: { issuer: pier@harbour, assertionConsumerUrls: [https://pier.example/acs] }\n',
  );
  const reports = ['r.md', 'r.html', 'r.json', 'r.xml', 'r.sarif'];
  const { code, stdout, stderr } = await workspace.run(
    ['rehearse', 'prod', '--out', 'plan.json', ...reports.flatMap((file) => ['--report', file])],
    options,
  );
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/application\/Pier the copy of prod: POST .* 400 .*@/);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Nothing was written to prod.');
  expect(stderr).toBe('plan.json was not written, because the rehearsal failed.\n');
  expect(existsSync(path.join(workspace.root, 'plan.json'))).toBe(false);
  for (const file of reports) expect(await workspace.read(file)).toContain('application/Pier'.split('/')[1]);
  const document = SCHEMAS.rehearsal.parse(JSON.parse(await workspace.read('r.json')));
  expect(document).toMatchObject({ succeeded: false, secondPlan: 'not-empty', remaining: [{ key: 'Pier' }] });
  expect(server.journal.writes()).toEqual([]);
});

test('a plan that cannot even be made is told as a failed rehearsal', async () => {
  const { server, workspace } = await pending();
  await workspace.edit('artifacts/applications/Pier.yaml', 'idp: Partner', 'idp: Nobody');
  const { code, stdout } = await workspace.run(['rehearse', 'prod'], options);
  expect(code).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'application/Pier refers to identity-provider/Nobody, which prod does not have',
  );
  const document = await workspace.json(['rehearse', 'prod'], options);
  expect(SCHEMAS.rehearsal.parse(document)).toMatchObject({ succeeded: false, secondPlan: 'not-made', writes: 0 });
  expect(server.journal.writes()).toEqual([]);
});

test('a plan that was kept is rehearsed before it is applied, unless the server has moved', async () => {
  const { server, workspace } = await pending();
  expect(
    await workspace.run(['plan', 'prod', '--only', 'application/Ferry', '--out', 'plan.json'], options),
  ).toMatchObject({ code: 0 });
  const rehearsed = await workspace.run(['rehearse', 'prod', '--plan', 'plan.json'], options);
  expect(rehearsed).toMatchObject({ code: 0, stderr: '' });
  expect(rehearsed.stdout).toContain('application/Ferry');
  expect(rehearsed.stdout).not.toContain('application/Pier');
  await patchApplication(server, 'Ferry', { accessUrl: 'https://elsewhere.example' });
  const moved = await workspace.run(['rehearse', 'prod', '--plan', 'plan.json'], options);
  expect([moved.code, moved.stdout]).toEqual([3, '']);
  expect(moved.stderr.replaceAll(/\s+/g, ' ')).toContain(
    'application/Ferry was changed in prod since the plan was made',
  );
});

test('bad input is refused with what is wrong', async () => {
  const { server, workspace } = await pending();
  const refused = async (args: readonly string[], says: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await workspace.run(['rehearse', ...args], options);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(says);
  };
  await refused(['prdo'], /no environment "prdo"/);
  await refused([], /Missing 1 required arg/);
  await workspace.write('other.json', '{"format": 1}');
  await refused(['prod', '--plan', 'other.json'], /other\.json is not a plan/);
  await refused(['prod', '--plan', 'none.json'], /there is no such file/);
  await refused(['prod', '--plan', 'other.json', '--prune'], /--plan.*--prune|--prune.*--plan/);
  await refused(['prod', '--report', 'report.doc'], /does not tell the format/);
  await refused(['prod', '--only', 'application/Nothing*'], /No artifact matches/);
  expect(server.journal.writes()).toEqual([]);
  await server.close();
  servers = [];
  await refused(['prod'], /prod/);
});

test('Ctrl-C ends a rehearsal in order, whatever it is at', async () => {
  const { server, workspace } = await pending();
  server.faults.set([{ match: { path: '/applications' }, action: { delayMs: 120_000 } }]);
  const ended = await workspace.run(['rehearse', 'prod'], {
    ...options,
    started: (child) => {
      const wait = setInterval(() => {
        if (!server.journal.entries().some((entry) => entry.path.includes('/applications'))) return;
        clearInterval(wait);
        child.kill('SIGINT');
      }, 20);
    },
  });
  expect(ended.code).toBe(130);
  expect(server.journal.writes()).toEqual([]);
});

test('sandbox start --from is a copy that plans as the server does, until Ctrl-C', async () => {
  const { server, workspace } = await pending();
  const planned = await workspace.json<{ operations: unknown }>(['plan', 'prod'], options);
  const environment = await workspace.read('environments/prod.yaml');
  let onCopy: unknown;
  const ended = await workspace.run(['sandbox', 'start', '--from', 'prod', '--port', '0', '--json'], {
    ...options,
    started: (child) => {
      child.stdout?.once('data', (line: string) => {
        const { servers: started } = JSON.parse(line) as { servers: { environment: string; url: string }[] };
        void (async () => {
          await workspace.write('environments/prod.yaml', environment.replace(server.url, started[0]?.url ?? ''));
          onCopy = await workspace.json(['plan', 'prod'], options);
          child.kill('SIGINT');
        })();
      });
    },
  });
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/secrets\s+too/);
  expect(onCopy).toEqual(planned);
  expect(server.journal.writes()).toEqual([]);
});

test('sandbox start --from refuses what it cannot copy', async () => {
  const { workspace } = await pending();
  const unknown = await workspace.run(['sandbox', 'start', '--from', 'prdo', '--port', '0'], options);
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('no environment "prdo"')]);
  const twice = await workspace.run(['sandbox', 'start', '--from', 'prod', '--from', 'files:prod'], options);
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('prod is copied twice')]);
});
