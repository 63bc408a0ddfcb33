import { git, useFolders, type Ended, type Workspace } from '../../e2e/harness';
import { applicationNames } from './application-names';
import { company, companySecrets } from './company';
import { emptyServer, read, realServers, request } from './servers';
import { realWorkspace } from './workspace';

const { dev, prod } = realServers();
const folder = useFolders();
const PORTAL = 'artifacts/applications/Boat Portal.yaml';
const REF = 'refs/liftlock/applied/prod';

let workspace: Workspace;
const run = (...args: string[]): Promise<Ended> => workspace.run(args, { env: companySecrets });

beforeEach(async () => {
  await emptyServer(dev);
  await emptyServer(prod);
  for (const { path, body } of company) {
    const { status, body: answer } = await request(dev, 'POST', path, body);
    expect({ path, status, answer }).toMatchObject({ status: 201 });
  }
  workspace = await realWorkspace(await folder('real-journey'), { dev, prod });
});

/** The application of a server with a name, as it is read back. */
async function applicationOn(server: typeof dev, name: string): Promise<Record<string, unknown>> {
  const { applications } = (await read(server, `applications?filter=${encodeURIComponent(`name eq ${name}`)}`)) as {
    applications: { id: string }[];
  };
  expect(applications.length).toBeGreaterThan(0);
  return (await read(server, `applications/${applications[0]?.id}`)) as Record<string, unknown>;
}

async function changeByHand(server: typeof dev, name: string, change: object): Promise<void> {
  const { id } = await applicationOn(server, name);
  expect((await request(server, 'PATCH', `applications/${String(id)}`, change)).status).toBe(200);
}

/** Exports dev, commits, brings prod to the same state and checks that nothing is left to do. */
async function promoted(): Promise<void> {
  expect(await run('export', 'dev')).toMatchObject({ code: 0, stderr: '' });
  workspace.commit('dev as it is');
  expect(await run('apply', 'prod', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect((await run('plan', 'prod', '--exit-code')).code).toBe(0);
}

test('both servers let the tool in, and are of the declared release', async () => {
  expect(await run('env', 'check')).toMatchObject({ code: 0, stderr: '' });
});

test('export, diff, plan and promote bring prod to what dev is; the second plan is empty', async () => {
  const exported = await run('export', 'dev');
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  expect(exported.stdout).toContain(`${company.length} created, 0 updated, 0 removed, 0 unchanged`);
  workspace.commit('dev as it is');
  expect((await run('export', 'dev')).stdout).toContain('nothing changed');

  const diff = await run('diff', 'dev', 'prod');
  expect(diff.code).toBe(2);
  expect(diff.stdout).toContain('application/Boat Portal');
  const plan = await run('plan', 'prod');
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toContain(`${company.length} to create, 0 to update, 0 to delete, 0 unchanged`);

  const promotion = await run('promote', 'dev', 'prod', '--yes');
  expect(promotion).toMatchObject({ code: 0, stderr: '' });
  expect(promotion.stdout).toContain(`${company.length} done, 0 failed, 0 skipped`);
  const again = await run('plan', 'prod', '--exit-code');
  expect([again.code, again.stdout]).toEqual([0, 'prod is as the files say: nothing to do.\n']);
  expect(await run('diff', 'dev', 'prod')).toMatchObject({ code: 0, stderr: '' });
  expect(await applicationNames(prod)).toEqual(await applicationNames(dev));
});

test('an applied change reaches the server, moves the applied ref, and leaves the second plan empty', async () => {
  await promoted();
  await workspace.edit(PORTAL, 'description: Berths for boats', 'description: Berths for boats and canoes');
  const head = workspace.commit('canoes');
  expect((await run('plan', 'prod')).stdout).toContain('0 to create, 1 to update, 0 to delete');
  expect(await run('apply', 'prod', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect(await applicationOn(prod, 'Boat Portal')).toMatchObject({ description: 'Berths for boats and canoes' });
  expect(git(workspace.root, 'rev-parse', REF)).toBe(head);
  expect((await run('plan', 'prod', '--exit-code')).code).toBe(0);
});

test('drift is silent after an apply, and finds what somebody changes on the server', async () => {
  await promoted();
  expect((await run('drift', 'prod')).code).toBe(0);
  await changeByHand(prod, 'Boat Portal', { description: 'By hand' });
  await workspace.edit('artifacts/applications/Harbour Office.yaml', /description: .*/, 'description: By file');
  const { code, stdout } = await run('drift', 'prod', '--json');
  const report = JSON.parse(stdout) as {
    environments: [{ findings: { key: string; differences: { path: string; class: string }[] }[] }];
  };
  const found = report.environments[0].findings.flatMap(({ key, differences }) =>
    differences.map(({ path, class: kind }) => `${key} ${path}: ${kind}`),
  );
  expect(found.sort()).toEqual(['Boat Portal description: drift', 'Harbour Office description: pending']);
  expect(code).toBe(2);
});

test('another name in a file is a new application; the old one stays until apply may delete', async () => {
  await promoted();
  const before = await applicationNames(prod);
  await workspace.edit('artifacts/applications/Harbour Office.yaml', 'name: Harbour Office', 'name: Harbour Desk');
  workspace.commit('another name');
  const plan = await run('plan', 'prod');
  expect(plan.stdout).toContain('+ application/Harbour Desk');
  expect(await run('apply', 'prod', '--yes')).toMatchObject({ code: 0 });
  expect(await applicationNames(prod)).toEqual([...before, 'Harbour Desk'].sort());
  expect(await run('apply', 'prod', '--yes', '--prune')).toMatchObject({ code: 0 });
  expect(await applicationNames(prod)).toEqual(
    [...before.filter((name) => name !== 'Harbour Office'), 'Harbour Desk'].sort(),
  );
  expect((await run('plan', 'prod', '--exit-code', '--prune')).code).toBe(0);
});

test('what is no longer in the files is deleted by apply --prune, in an order that the server takes', async () => {
  await promoted();
  await workspace.remove('artifacts');
  await workspace.write('artifacts/README.md', 'Nothing is left.\n');
  workspace.commit('all gone');
  const pruned = await run('apply', 'prod', '--yes', '--prune', '--max-deletes', '8');
  expect(pruned).toMatchObject({ code: 0, stderr: '' });
  expect(pruned.stdout).toContain(`${company.length} done, 0 failed, 0 skipped`);
  expect(await applicationNames(prod)).toEqual([]);
  expect(await read(prod, 'identity-providers')).toMatchObject({ totalResults: 0 });
  expect(await read(prod, 'claim-dialects')).not.toContainEqual(expect.objectContaining({ dialectURI: 'urn:boats' }));
});

test('the files of the last good state bring a server back to it', async () => {
  await promoted();
  const good = await applicationOn(prod, 'Boat Portal');
  await workspace.edit(PORTAL, 'description: Berths for boats', 'description: A mistake');
  await workspace.edit(PORTAL, 'https://portal.boats.example/callback', 'https://portal.boats.example/wrong');
  workspace.commit('a mistake');
  expect(await run('apply', 'prod', '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect(await applicationOn(prod, 'Boat Portal')).toMatchObject({ description: 'A mistake' });
  git(workspace.root, 'checkout', '-q', `${REF}~1`, '--', 'artifacts', 'environments');
  expect((await run('plan', 'prod')).stdout).toContain('0 to create, 1 to update, 0 to delete');
  expect(await run('apply', 'prod', '--yes')).toMatchObject({ code: 0 });
  expect(await applicationOn(prod, 'Boat Portal')).toEqual(good);
  expect((await run('plan', 'prod', '--exit-code')).code).toBe(0);
});
