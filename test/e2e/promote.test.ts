import { git, makeWorkspace, patchApplication, requestLines, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const preprod = useSandbox({ seed: smallCompany });
const prod = useSandbox({ seed: smallCompany });
const options = { env: smallSecrets };
const LIGHTHOUSE = 'artifacts/applications/Lighthouse.yaml';

let workspace: Workspace;
beforeAll(async () => {
  const addresses = { dev: preprod().url, preprod: preprod().url, prod: prod().url };
  workspace = await makeWorkspace(await folder('lift'), addresses);
  for (const name of ['dev', 'preprod', 'prod'])
    await workspace.edit(
      `environments/${name}.yaml`,
      /$/,
      `variables:\n  lights: https://lighthouse${name === 'prod' ? '-prod' : ''}.example\n`,
    );
  expect((await workspace.run(['export', 'preprod'])).code).toBe(0);
  await workspace.edit(LIGHTHOUSE, 'https://lighthouse.example', '"{{var:lights}}"');
  workspace.commit();
});

test('a way that the path does not have is refused before anything is read', async () => {
  for (const [from, to, says] of [
    ['dev', 'prod', /prod takes changes from preprod, not from dev/],
    ['prod', 'preprod', /preprod takes changes from dev, not from prod/],
    ['prod', 'dev', /dev is the lowest environment/],
  ] as const) {
    const { code, stdout, stderr } = await workspace.run(['promote', from, to, '--yes'], options);
    expect([code, stdout, stderr]).toEqual([3, '', expect.stringMatching(says)]);
  }
  expect([...preprod().journal.entries(), ...prod().journal.entries()]).toEqual([]);
});

test('the whole lift waits for approval, then carries the change with the values of the upper environment', async () => {
  await patchApplication(preprod(), 'Ferry', { description: 'Released' });
  await patchApplication(preprod(), 'Lighthouse', { description: 'Released' });
  const before = prod().snapshot();
  const waiting = await workspace.run(['promote', 'preprod', 'prod'], options);
  expect([waiting.code, waiting.stderr]).toEqual([3, expect.stringMatching(/Nothing was written to prod.*--yes/s)]);
  expect(waiting.stdout).toContain('Crossings → Released');
  expect([preprod().journal.writes().length, prod().journal.writes().length]).toEqual([0, 0]);
  expect(prod().snapshot()).toEqual(before);

  const done = await workspace.run(['promote', 'preprod', 'prod', '--yes', '--commit'], options);
  expect(done.code).toBe(0);
  expect(await workspace.read(LIGHTHOUSE)).toContain('accessUrl: "{{var:lights}}"');
  expect(preprod().journal.writes()).toEqual([]);
  expect(requestLines(prod().journal.writes())).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/^PATCH \/applications\/[\w-]+$/) as string),
  );
  expect(JSON.stringify(prod().snapshot())).toContain('https://lighthouse-prod.example');
  expect(git(workspace.root, 'rev-parse', 'refs/liftlock/applied/prod')).toBe(git(workspace.root, 'rev-parse', 'HEAD'));
  const again = await workspace.run(['promote', 'preprod', 'prod', '--json'], options);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ format: 1, environment: 'prod', outcomes: [], writes: 0 });
});
