import { stat } from 'node:fs/promises';
import path from 'node:path';
import { byHand, makeWorkspace, patchApplication, useFolders, useSandbox, type Ended, type Workspace } from './harness';
import { smallCompany, smallSecrets } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('usage'), { dev: sandbox().url, prod: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
  workspace.commit();
});
const run = (...args: string[]): Promise<Ended> => workspace.run(args, { env: smallSecrets });

describe('wrong usage ends with exit code 1 and one helpful message', () => {
  test.each<[string, string[], RegExp[]]>([
    ['an unknown command', ['explode'], [/^error  There is no command "explode"\.\n.*"liftlock help"/]],
    [
      'a misspelt command',
      ['paln', 'prod'],
      [/^error  There is no command "paln"\.\n.*Did you mean "liftlock plan"\?/],
    ],
    ['help about a misspelt command', ['help', 'env', 'chek'], [/Did you mean "liftlock env check"\?/]],
    ['a word too many', ['sandbox', 'start', 'prod'], [/Unexpected argument: prod/, /liftlock sandbox start --help/]],
    ['an unknown flag', ['plan', 'dev', '--fast'], [/--fast/, /liftlock plan --help/]],
    ['a missing argument', ['apply'], [/environment/, /liftlock apply --help/]],
    ['one argument too many', ['plan', 'dev', 'prod'], [/Unexpected argument: prod/]],
    ['a number that is none', ['apply', 'dev', '--max-deletes', 'few'], [/--max-deletes/, /few/]],
    ['an unknown kind', ['plan', 'dev', '--kind', 'aplication'], [/"aplication"/, /Kinds: .*application/s]],
    ['an unknown report format', ['plan', 'dev', '--report', 'plan.doc'], [/plan\.doc/, /\.md .*\.sarif/]],
    ['a plan file together with --prune', ['apply', 'dev', '--plan', 'x', '--prune'], [/--prune/, /--plan/]],
    ['something that cannot be compared', ['diff', 'dev', 'svn:dev'], [/"svn:dev"/, /files:ENV/]],
    ['an unknown environment', ['diff', 'dev', 'pord'], [/"pord"/, /"prod"/]],
    ['an unknown git revision', ['diff', 'git:v99:dev', 'files:dev'], [/v99/]],
    ['an artifact that is not there', ['render', 'dev', 'application/Nobody'], [/application\/Nobody/]],
  ])('%s', async (_what, args, patterns) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const pattern of patterns) expect(stderr).toMatch(pattern);
    expect(sandbox().journal.entries()).toEqual([]);
  });
});

test('what two environments or files and servers have in common decides between exit codes 0 and 2', async () => {
  const code = async (...args: string[]): Promise<number | null> => (await run(...args)).code;
  expect(await code('diff', 'files:dev', 'dev')).toBe(0);
  expect(await code('drift', 'dev')).toBe(0);
  await patchApplication(sandbox(), 'Ferry', { description: 'By hand' });
  expect(await code('diff', 'files:dev', 'dev')).toBe(2);
  expect(await code('drift', 'dev')).toBe(2);
  expect(await code('plan', 'dev')).toBe(0);
  expect(await code('plan', 'dev', '--exit-code')).toBe(2);
});

test('lint, render and env list need neither server nor credentials', async () => {
  const away = { env: { CLIENT_ID: undefined, CLIENT_SECRET: undefined } };
  const [lint, render, list] = await Promise.all([
    workspace.run(['lint'], away),
    workspace.run(['render', 'prod', 'application/Ferry'], away),
    workspace.run(['env', 'list'], away),
  ]);
  expect(lint).toMatchObject({ code: 0, stderr: '' });
  expect(render).toMatchObject({ code: 0, stderr: '' });
  expect(render.stdout).toContain('clientSecret: (secret)');
  expect(list).toMatchObject({ code: 0, stderr: '' });
  expect(list.stdout).toMatch(/^prod +http:.* carbon\.super +7\.1 +dev$/m);
  expect(sandbox().journal.entries()).toEqual([]);
});

test('lint ends with 1 for errors and names file, line and column', async () => {
  const file = 'artifacts/applications/Ferry.yaml';
  const text = await workspace.read(file);
  await workspace.edit(file, 'description: Crossings', 'descripton: Crossings');
  const { code, text: said } = await run('lint');
  await workspace.write(file, text);
  expect(code).toBe(1);
  expect(said).toMatch(/Ferry\.yaml:3:1/);
  expect(said).toContain('"description"');
});

test('help is there for every command and ends with 0', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of [
    'apply',
    'diff',
    'drift',
    'env',
    'export',
    'init',
    'lint',
    'plan',
    'promote',
    'render',
    'sandbox',
  ])
    expect(stdout).toMatch(new RegExp(`^ +${name} `, 'm'));
  expect((await run('apply', '--help')).stdout).toMatch(/--yes/);
});

test('without a terminal and without --yes nothing is written: exit code 3', async () => {
  await patchApplication(sandbox(), 'Ferry', { description: 'By hand' });
  sandbox().journal.clear();
  const { code, stdout, stderr } = await run('apply', 'dev');
  expect(code).toBe(3);
  expect(stdout).toContain('By hand → Crossings');
  expect(stderr).toMatch(/Nothing was written to dev.*--yes/s);
  expect(sandbox().journal.writes()).toEqual([]);
  await expect(stat(path.join(workspace.root, '.liftlock'))).rejects.toThrow('ENOENT');
});

test('sandbox start says where its servers listen and ends in order on SIGINT', async () => {
  const { code, stdout } = await workspace.run(['sandbox', 'start', '--port', '0', '--empty', '--json'], {
    started: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
  });
  expect(code).toBe(0);
  const { servers } = JSON.parse(stdout) as { servers: { environment: string; url: string }[] };
  expect(servers.map(({ environment }) => environment)).toEqual(['dev', 'preprod', 'prod']);
  await expect(fetch(servers[0]?.url ?? '')).rejects.toThrow();
  expect(await byHand(sandbox(), 'GET', 'applications?limit=1')).toHaveProperty('count', 1);
});
