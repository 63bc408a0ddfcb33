import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Workspace, makeWorkspace, useFolders, useSandbox } from './harness';
import { smallCompany } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });

let workspace: Workspace;
beforeAll(async () => {
  workspace = await makeWorkspace(await folder('bad'), { dev: sandbox().url });
  expect((await workspace.run(['export', 'dev'])).code).toBe(0);
});

const FERRY = 'artifacts/applications/Ferry.yaml';
const DEV = 'environments/dev.yaml';

interface Mistake {
  readonly file: string;
  /** Replaces the first text by the second; without it the file goes. */
  readonly change?: readonly [string | RegExp, string];
  readonly says: readonly RegExp[];
}

const mistakes: readonly (readonly [string, Mistake])[] = [
  [
    'malformed YAML in liftlock.yaml',
    { file: 'liftlock.yaml', change: ['environments:', 'environments: ['], says: [/^liftlock\.yaml:\d+:\d+ /m] },
  ],
  [
    'malformed YAML in an artifact',
    { file: FERRY, change: ['description: Crossings', 'description: "Crossings'], says: [/Ferry\.yaml:\d+:\d+/] },
  ],
  [
    'an unknown key in liftlock.yaml',
    { file: 'liftlock.yaml', change: [/^/, 'protekt: []\n'], says: [/^liftlock\.yaml:1:1 .*"protekt"/m, /"protect"/] },
  ],
  [
    'an unknown key in an environment file',
    { file: DEV, change: [/^/, 'tennant: x\n'], says: [/environments\/dev\.yaml:1:1 .*"tennant"/, /"tenant"/] },
  ],
  [
    'an unknown key in an artifact',
    { file: FERRY, change: ['accessUrl:', 'acessUrl:'], says: [/Ferry\.yaml:4:1 .*"acessUrl"/, /"accessUrl"/] },
  ],
  ['a missing environment file', { file: DEV, says: [/environments\/dev\.yaml/, /liftlock\.yaml/] }],
  [
    'an unset variable',
    { file: FERRY, change: ['Crossings', '"{{var:crosings}}"'], says: [/Ferry\.yaml:3:14 /, /crosings/, /dev\.yaml/] },
  ],
  [
    'an unknown placeholder namespace',
    { file: FERRY, change: ['Crossings', '"{{vra:x}}"'], says: [/Ferry\.yaml:3:14 /, /vra/, /var/] },
  ],
  [
    'a wrong type',
    { file: FERRY, change: [/mandatory: true/, 'mandatory: often'], says: [/Ferry\.yaml:\d+:\d+ /, /pkce\.mandatory/] },
  ],
  ['a missing key', { file: FERRY, change: [/name: Ferry\n/, ''], says: [/Ferry\.yaml/, /"?name"?/] }],
  [
    'two files with one key',
    {
      file: 'artifacts/applications/Lighthouse.yaml',
      change: ['name: Lighthouse', 'name: Ferry'],
      says: [/Ferry\.yaml/, /Lighthouse\.yaml/, /application\/Ferry/],
    },
  ],
];

const COMMANDS = [['plan', 'dev'], ['export', 'dev', '--prune'], ['apply', 'dev', '--yes'], ['drift']];

test.each(mistakes)('%s is told with its place before the first request', async (_what, mistake) => {
  const { file, change, says } = mistake;
  // Every command checks all files first; each mistake is met by one of them.
  const command = COMMANDS[mistakes.findIndex(([, one]) => one === mistake) % COMMANDS.length] ?? [];
  const text = await workspace.read(file);
  if (change) await workspace.edit(file, change[0], change[1]);
  else await workspace.remove(file);
  const before = await workspace.files();
  try {
    const { code, stdout, stderr } = await workspace.run(command);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const pattern of says) expect(stderr.replaceAll(/\n +/g, ' ')).toMatch(pattern);
    expect(sandbox().journal.entries()).toEqual([]);
    expect(await workspace.files()).toEqual(before);
  } finally {
    await workspace.write(file, text);
  }
});

test('all mistakes are told at once', async () => {
  const text = await workspace.read(FERRY);
  await workspace.edit(FERRY, 'Crossings', '"{{var:one}}"');
  await workspace.edit('artifacts/applications/Harbour.yaml', 'Berths', '"{{var:two}}"');
  const { code, stderr } = await workspace.run(['apply', 'dev', '--yes']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Ferry\.yaml:3:14.*Harbour\.yaml:2:14|Ferry\.yaml:3:14.*Harbour\.yaml:3:14/s);
  expect(sandbox().journal.entries()).toEqual([]);
  await workspace.write(FERRY, text);
  await workspace.edit('artifacts/applications/Harbour.yaml', '"{{var:two}}"', 'Berths');
});

test('outside of a workspace a command says how to get one', async () => {
  const elsewhere = new Workspace(await folder('nothing'));
  const { code, stdout, stderr } = await elsewhere.run(['plan', 'dev']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/liftlock\.yaml/);
  expect(stderr).toMatch(/liftlock init/);
  expect(await elsewhere.names()).toEqual([]);
});

test('a command in a folder below finds the workspace, and init overwrites none', async () => {
  const below = await workspace.run(['plan', 'dev'], { cwd: path.join(workspace.root, 'artifacts/applications') });
  expect(below).toMatchObject({ code: 0, stderr: '' });
  const again = await workspace.run(['init', '-e', 'dev=https://is.example.com']);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain('liftlock.yaml exists already and was not overwritten');
  expect(await readFile(path.join(workspace.root, DEV), 'utf8')).toContain(sandbox().url);
});

test('a credential that is not set is named before the first request', async () => {
  const { code, stdout, stderr } = await workspace.run(['plan', 'dev'], {
    env: { CLIENT_ID: undefined, CLIENT_SECRET: '' },
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/environments\/dev\.yaml:4:13.*CLIENT_ID, which is not\s+set/s);
  expect(stderr).toMatch(/environments\/dev\.yaml:5:17.*CLIENT_SECRET, which is\s+empty/s);
  expect(sandbox().journal.entries()).toEqual([]);
});

test('a secret in clear is refused by lint and not repeated', async () => {
  const text = await workspace.read(FERRY);
  await workspace.edit(FERRY, '"{{secret:ferry-clientSecret}}"', 'hunter2-in-clear');
  const { code, text: said } = await workspace.run(['lint']);
  await workspace.write(FERRY, text);
  expect(code).toBe(1);
  expect(said).toMatch(/Ferry\.yaml:\d+:\d+ .*oidc\.clientSecret\s+holds\s+a\s+secret\s+in\s+clear/s);
  expect(said).not.toContain('hunter2');
});
