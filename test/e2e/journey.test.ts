import { sampleCompany } from '../../src/sandbox/seed';
import { git, patchApplication, requestLines, secretsIn, useFolders, useSandbox, Workspace } from './harness';

const folder = useFolders();
const sandbox = useSandbox({ seed: sampleCompany('preprod') });
const PORTAL = 'artifacts/applications/Booking Portal.yaml';
const REF = 'refs/liftlock/applied/preprod';
const env = { PREPROD_CLIENT_ID: 'liftlock', PREPROD_CLIENT_SECRET: 'liftlock-sandbox' };

test('from an empty folder to a nightly drift check', async () => {
  const workspace = new Workspace(await folder('journey'));
  const run = (...args: string[]): ReturnType<Workspace['run']> => workspace.run(args, { env });
  git(workspace.root, 'init', '-q');

  const made = await run('init', '--environment', `preprod=${sandbox().url}`);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toContain('liftlock env check preprod');
  expect(await run('env', 'check')).toMatchObject({ code: 0, stderr: '' });

  const first = await run('export', 'preprod');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toContain('57 created, 0 updated, 0 removed, 0 unchanged');
  const exported = await workspace.files();
  expect([...exported].filter(([, { text }]) => secretsIn(text).length > 0)).toEqual([]);
  expect(exported.get(PORTAL)?.text).toContain('clientSecret: "{{secret:booking-portal-clientSecret}}"');
  expect(exported.get('artifacts/identity-providers/Payroll.yaml')?.text).toContain('{{secret:payroll-');
  expect([...exported.keys()].filter((file) => /Console|My Account/.test(file))).toEqual([]);

  expect((await run('export', 'preprod')).stdout).toContain('nothing changed');
  expect(await workspace.files()).toEqual(exported);

  // What a person does next: a variable in place of a value, and a comment.
  await workspace.edit(
    'environments/preprod.yaml',
    'variables: {}',
    'variables:\n  booking: https://booking.preprod.aldermere.example',
  );
  await workspace.edit(
    PORTAL,
    'accessUrl: https://booking.preprod.aldermere.example',
    'accessUrl: "{{var:booking}}" # see ticket 17',
  );
  await workspace.edit(
    PORTAL,
    'discoverableByEndUsers: true',
    '# passengers find it in My Account\n  discoverableByEndUsers: true',
  );
  const edited = await workspace.read(PORTAL);
  await patchApplication(sandbox(), 'Booking Portal', { description: 'Passengers book boats' });
  expect((await run('export', 'preprod')).stdout).toContain('0 created, 1 updated');
  expect(await workspace.read(PORTAL)).toBe(
    edited.replace('description: Passengers book ferries and canal boats', 'description: Passengers book boats'),
  );
  const released = workspace.commit();

  // A change in the files, planned and applied.
  await workspace.edit('environments/preprod.yaml', 'https://booking.', 'https://tickets.');
  await workspace.edit(PORTAL, 'skipLogoutConsent: true', 'skipLogoutConsent: false');
  const head = workspace.commit('tickets');
  const plan = await run('plan', 'preprod');
  expect(plan).toMatchObject({ code: 0, stderr: '' });
  expect(plan.stdout).toContain('~ application/Booking Portal');
  expect(plan.stdout).toContain('0 to create, 1 to update, 0 to delete, 56 unchanged');
  sandbox().journal.clear();
  const applied = await run('apply', 'preprod', '--yes');
  expect(applied).toMatchObject({ code: 0, stderr: '' });
  expect(requestLines(sandbox().journal.writes())).toEqual([expect.stringMatching(/^PATCH \/applications\/[\w-]+$/)]);
  expect(git(workspace.root, 'rev-parse', REF)).toBe(head);
  expect(head).not.toBe(released);

  sandbox().journal.clear();
  expect((await run('plan', 'preprod', '--exit-code')).code).toBe(0);
  expect((await run('apply', 'preprod', '--yes')).stdout).toContain('nothing to do');
  expect(sandbox().journal.writes()).toEqual([]);
  expect((await run('drift')).code).toBe(0);

  // Who moved?
  const classes = async (): Promise<Record<string, string>> => {
    const { code, stdout } = await run('drift', 'preprod', '--json');
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as {
      environments: [{ findings: { key: string; differences: { path: string; class: string }[] }[] }];
    };
    const found = report.environments[0].findings.flatMap(({ key, differences }) =>
      differences.map((difference) => [`${key} ${difference.path}`, difference.class]),
    );
    return Object.fromEntries(found) as Record<string, string>;
  };
  await patchApplication(sandbox(), 'Booking Portal', { accessUrl: 'https://elsewhere.example' });
  await patchApplication(sandbox(), 'Timetable', { description: 'By hand' });
  await workspace.edit('artifacts/applications/Timetable.yaml', /description: .*/, 'description: By file');
  await workspace.edit('artifacts/applications/Crew Directory.yaml', /description: .*/, 'description: By file');
  expect(await classes()).toEqual({
    'Booking Portal accessUrl': 'drift',
    'Crew Directory description': 'pending',
    'Timetable description': 'conflict',
  });
  expect(
    sandbox()
      .journal.writes()
      .filter(({ client }) => client === 'liftlock'),
  ).toEqual([]);
});
