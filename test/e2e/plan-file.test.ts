import {
  patchApplication,
  requestLines,
  secretsIn,
  useExported,
  useFolders,
  useSandbox,
  type Workspace,
} from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const exported = useExported(sandbox);
const options = { env: smallSecrets };
const FERRY = 'artifacts/applications/Ferry.yaml';
const HARBOUR = 'artifacts/applications/Harbour.yaml';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await exported(await folder('plans'));
  await workspace.edit(FERRY, 'Crossings', 'Planned');
});

async function planned(): Promise<void> {
  const plan = await workspace.run(['plan', 'dev', '--out', 'plan.json'], options);
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  sandbox().journal.clear();
}

test('a reviewed plan is applied as it is, and nothing else', async () => {
  await planned();
  expect(secretsIn(await workspace.read('plan.json'))).toEqual([]);
  // Made after the review: it waits for the next plan.
  await workspace.edit(HARBOUR, 'Berths', 'Later');
  const applied = await workspace.run(['apply', 'dev', '--plan', 'plan.json', '--yes'], options);
  expect(applied.code).toBe(0);
  expect(applied.stdout).not.toContain('Harbour');
  expect(requestLines(sandbox().journal.writes())).toEqual([expect.stringMatching(/^PATCH \/applications\/[\w-]+$/)]);
  const again = await workspace.run(['apply', 'dev', '--plan', 'plan.json', '--yes'], options);
  expect([again.code, again.stderr]).toEqual([
    3,
    expect.stringMatching(/application\/Ferry no longer differs as\s+planned/),
  ]);
  expect(sandbox().journal.writes()).toHaveLength(1);
});

test('a plan is refused when the server, the files or the environment are not those of the plan', async () => {
  const refused = async (environment: string, ...says: RegExp[]): Promise<void> => {
    const { code, stdout, stderr } = await workspace.run(
      ['apply', environment, '--plan', 'plan.json', '--yes'],
      options,
    );
    expect([code, stdout]).toEqual([3, '']);
    for (const pattern of says) expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(pattern);
    expect(
      sandbox()
        .journal.writes()
        .filter(({ client }) => client === 'liftlock'),
    ).toEqual([]);
  };
  await planned();
  await patchApplication(sandbox(), 'Ferry', { accessUrl: 'https://elsewhere.example' });
  await refused('dev', /application\/Ferry was changed in dev since the plan was made/, /Nothing was written/);
  sandbox().reset();
  await workspace.edit(FERRY, 'Planned', 'Something else');
  await refused('dev', /files of application\/Ferry were changed since the plan was made/);
  await workspace.edit(FERRY, 'Something else', 'Planned');
  await workspace.write('environments/prod.yaml', await workspace.read('environments/dev.yaml'));
  await workspace.edit('liftlock.yaml', /- dev\n/, '- dev\n  - prod\n');
  // Once is enough: that nothing in it fits another environment goes without saying.
  await refused('prod', /^error The plan was made for environment "dev", not "prod"(?!.* error )/);
});

test('what is no plan is named as such', async () => {
  await workspace.write('plan.json', '{"format": 1, "operations": "all"}');
  const broken = await workspace.run(['apply', 'dev', '--plan', 'plan.json', '--yes'], options);
  expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('not a plan of this version')]);
  const missing = await workspace.run(['apply', 'dev', '--plan', 'no.json', '--yes'], options);
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('there is no such file')]);
  expect(sandbox().journal.entries()).toEqual([]);
});
