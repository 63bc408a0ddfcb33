import path from 'node:path';
import { INBOUND, SECRET, serviceProvider, YAML_SERVICE_PROVIDER } from '../service-provider-files/examples';
import { makeWorkspace, patchApplication, useFolders, useSandbox, type Workspace } from './harness';
import { smallCompany } from './small-company';

const folder = useFolders();
const sandbox = useSandbox({ seed: smallCompany });
const FILE = 'exports/mooring.xml';
const ARTIFACT = 'artifacts/applications/Mooring Desk.yaml';

/** The example, signing in with the identity provider that the sandbox has. */
const fitted = (text: string): string =>
  text
    .replaceAll('Harbour Trust', 'Partner')
    .replaceAll('OpenIDConnectAuthenticator', 'GoogleOIDCAuthenticator')
    .replace(/<RoleMapping>[\s\S]*<\/RoleMapping>/, '')
    // With claims of its own the subject of an application is one of them.
    .replaceAll(/(<subjectClaimUri>|subjectClaimUri: )[^<\n]*/g, '$1mail');
const EXPORT = fitted(serviceProvider());

async function workspaceWith(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const workspace = await makeWorkspace(await folder('convert'), { dev: sandbox().url });
  for (const [file, text] of Object.entries(files)) await workspace.write(file, text);
  return workspace;
}

const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

test('an exported file becomes an artifact without its secret, and what is not carried is named', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  const { code, stdout } = await workspace.run(['convert', FILE], { env: { COLUMNS: '80' } });
  expect(code).toBe(0);
  expect(stdout).toContain('application/Mooring Desk');
  expect(stdout).toContain('spClaimDialects');
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('holds a secret in clear');
  expect(longest(stdout)).toBeLessThanOrEqual(80);
  const artifact = await workspace.read(ARTIFACT);
  expect(artifact).toContain('clientSecret: "{{secret:mooring-desk-clientSecret}}"');
  expect(artifact + stdout).not.toContain(SECRET);
});

test('the artifact applied to a server is what the file says', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  const env = { LIFTLOCK_SECRET_MOORING_DESK_CLIENTSECRET: SECRET };
  const applied = await workspace.run(['apply', 'dev', '--only', 'application/Mooring Desk', '--yes'], { env });
  expect(applied.code).toBe(0);
  const same = await workspace.run(['diff', FILE, 'dev']);
  expect(same.stdout + same.stderr).toContain('1 artifact compared');
  expect(same.code).toBe(0);

  await patchApplication(sandbox(), 'Mooring Desk', { description: 'Changed at the console' });
  const changed = await workspace.json<{ artifacts: { differences: { path: string }[] }[] }>([
    'diff',
    `file:${FILE}`,
    'dev',
  ]);
  expect(changed.artifacts.map(({ differences }) => differences.map((each) => each.path))).toEqual([['description']]);
});

test('diff compares only the artifacts of the file, on either side, also with the files and with another file', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT, 'exports/mooring.yaml': fitted(YAML_SERVICE_PROVIDER) });
  const missing = await workspace.json<{ artifacts: object[]; unchanged: number }>(['diff', 'dev', FILE]);
  expect(missing).toMatchObject({
    artifacts: [{ kind: 'application', key: 'Mooring Desk', presence: 'right-only' }],
    unchanged: 0,
  });
  await workspace.run(['convert', FILE]);
  expect((await workspace.run(['diff', FILE, 'files:dev'])).code).toBe(0);
  const formats = await workspace.json<{ artifacts: { differences: { path: string }[] }[] }>([
    'diff',
    FILE,
    'exports/mooring.yaml',
  ]);
  expect(formats.artifacts.flatMap(({ differences }) => differences.map((each) => each.path))).toEqual([
    'claimConfiguration.role.mappings',
  ]);
  const nowhere = await workspace.run(['diff', 'exports/none.xml', 'dev']);
  expect(nowhere).toMatchObject({ code: 1, stdout: '' });
  expect(nowhere.stderr).toContain('There is no file "exports/none.xml"');
});

test('a second conversion keeps comments and says what happened', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  await workspace.edit(ARTIFACT, 'description:', '# seen by keepers\ndescription:');
  const kept = await workspace.read(ARTIFACT);
  expect((await workspace.run(['convert', FILE])).stdout).toContain('1 unchanged');
  expect(await workspace.read(ARTIFACT)).toBe(kept);
  await workspace.edit(FILE, 'Berths &amp; bollards', 'Berths');
  expect((await workspace.run(['convert', FILE])).stdout).toContain('1 updated');
  expect(await workspace.read(ARTIFACT)).toBe(kept.replace('Berths & bollards', 'Berths'));
});

test('what a file cannot say stays in the artifact, and is not compared', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  const text = (await workspace.read(ARTIFACT))
    .replace(
      'inboundProtocolConfiguration:',
      'logoutReturnUrl: https://moor.aldermere.example/bye\ninboundProtocolConfiguration:',
    )
    .replace('    callbackURLs:', '    allowedOrigins:\n      - https://moor.aldermere.example\n    callbackURLs:');
  await workspace.write(ARTIFACT, text);
  expect((await workspace.run(['convert', FILE])).stdout).toContain('1 unchanged');
  expect(await workspace.read(ARTIFACT)).toBe(text);
  expect((await workspace.run(['diff', FILE, 'files:dev'])).code).toBe(0);
});

test('an export without its secret keeps the placeholder', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  const text = await workspace.read(ARTIFACT);
  await workspace.edit(FILE, /<oauthConsumerSecret>.*<\/oauthConsumerSecret>/, '');
  const { stdout } = await workspace.run(['convert', FILE]);
  expect(stdout).toContain('1 unchanged');
  expect(stdout).not.toContain('in clear');
  expect(await workspace.read(ARTIFACT)).toBe(text);
});

test('placeholders stay with --env, and without it nothing is overwritten', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  await workspace.edit('environments/dev.yaml', 'url:', 'variables: { moor: https://moor.aldermere.example }\nurl:');
  await workspace.edit(ARTIFACT, 'accessUrl: https://moor.aldermere.example', 'accessUrl: "{{var:moor}}"');
  const text = await workspace.read(ARTIFACT);
  const without = await workspace.run(['convert', FILE]);
  expect(without.code).toBe(1);
  expect(without.stdout.replaceAll(/\s+/g, ' ')).toContain('which environment is exports/mooring.xml from?');
  expect(await workspace.read(ARTIFACT)).toBe(text);
  expect((await workspace.run(['convert', FILE, '--env', 'dev'])).stdout).toContain('1 unchanged');
  expect(await workspace.read(ARTIFACT)).toBe(text);
  expect((await workspace.run(['convert', FILE, '--force'])).code).toBe(0);
  expect(await workspace.read(ARTIFACT)).toContain('accessUrl: https://moor.aldermere.example');
});

test('one broken file does not stop the others of a folder, and makes the exit code 1', async () => {
  const broken = EXPORT.slice(0, 700);
  const workspace = await workspaceWith({
    [FILE]: EXPORT,
    'exports/broken.xml': broken,
    'exports/notes.json': '{"a":1}',
  });
  const report = await workspace.json<{ sources: object[]; files: object[]; problems: { code: string }[] }>([
    'convert',
    'exports',
  ]);
  expect(report.sources).toEqual([
    { file: 'exports/broken.xml', status: 'failed' },
    { file: FILE, status: 'converted', kind: 'application' },
  ]);
  expect(report.files).toMatchObject([{ key: 'Mooring Desk', file: ARTIFACT, change: 'created' }]);
  expect(report.problems.map(({ code }) => code)).toEqual(['malformed-xml', 'secret-in-source', 'unknown-file']);
  const { code, stdout } = await workspace.run(['convert', 'exports'], { env: { COLUMNS: '80' } });
  expect(code).toBe(1);
  expect(stdout).toContain('exports/broken.xml:');
  expect(longest(stdout)).toBeLessThanOrEqual(80);
});

test('back to every format, and the file says the same', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  for (const format of ['xml', 'yaml', 'json']) {
    const { code, stdout, stderr } = await workspace.run(['convert', ARTIFACT, '--to', format]);
    expect({ code, stderr: stderr.includes('Mooring Desk') }).toEqual({ code: 0, stderr: true });
    await workspace.write(`back/moor.${format}`, stdout);
    expect((await workspace.run(['diff', `back/moor.${format}`, 'files:dev'])).code).toBe(0);
  }
  const all = await workspace.run(['convert', 'artifacts', '--to', 'xml', '--dialect', 'exportFile', '--out', 'out']);
  expect(all.code).toBe(0);
  expect(await workspace.read('out/Mooring Desk.xml')).toContain('<InboundConfigurationProtocol xmlns:xsi');
});

test('files are written for the release of the environment, and what its servers do not import is refused', async () => {
  const workspace = await workspaceWith({ [FILE]: EXPORT });
  await workspace.run(['convert', FILE]);
  await workspace.edit(ARTIFACT, 'description:', 'applicationEnabled: false\ndescription:');
  await workspace.edit('environments/dev.yaml', 'url:', 'version: "6.0"\nurl:');
  const xml = await workspace.run(['convert', ARTIFACT, '--to', 'xml', '--env', 'dev']);
  expect(xml.code).toBe(0);
  expect(xml.stdout).not.toContain('IsApplicationEnabled');
  expect(xml.stderr.replaceAll(/\s+/g, ' ')).toContain('it needs server version 7.1');
  for (const other of [['yaml'], ['json'], ['xml', '--dialect', 'exportFile']]) {
    const { code, stderr } = await workspace.run(['convert', ARTIFACT, '--env', 'dev', '--to', ...other]);
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('Servers of 6.0 (dev) import no service provider files in');
  }
});

test('nothing that is something else is overwritten without --force', async () => {
  const workspace = await workspaceWith({
    [FILE]: EXPORT,
    'out/Mooring Desk.xml': '<mine/>',
    [ARTIFACT]: 'not: [an artifact',
  });
  const refused = await workspace.run(['convert', FILE]);
  expect(refused.code).toBe(1);
  expect(await workspace.read(ARTIFACT)).toBe('not: [an artifact');
  expect((await workspace.run(['convert', FILE, '--force'])).code).toBe(0);
  expect((await workspace.run(['convert', ARTIFACT, '--to', 'xml', '--out', 'out'])).code).toBe(1);
  expect(await workspace.read('out/Mooring Desk.xml')).toBe('<mine/>');
});

test('of many files in a folder that are no exports all are named where there is no terminal, as with --json', async () => {
  const strange = Array.from({ length: 8 }, (_, index) => [`exports/notes-${index}.yaml`, 'a: 1\n'] as const);
  const workspace = await workspaceWith({ [FILE]: EXPORT, ...Object.fromEntries(strange) });
  const { code, stdout } = await workspace.run(['convert', 'exports']);
  expect(code).toBe(0);
  expect(stdout).toContain('no export of the product (8):');
  for (const [file] of strange) expect(stdout).toContain(file);
  const { problems } = await workspace.json<{ problems: { code: string }[] }>(['convert', 'exports']);
  expect(problems.filter((problem) => problem.code === 'unknown-file')).toHaveLength(8);
});

test('works without a workspace when it is told where to write', async () => {
  const workspace = await workspaceWith({});
  await workspace.remove('liftlock.yaml');
  await workspace.write('sp.xml', fitted(serviceProvider(INBOUND.escaped)));
  const printed = await workspace.run(['convert', 'sp.xml', '--out', '-']);
  expect(printed.code).toBe(0);
  expect(printed.stdout).toContain('name: Mooring Desk');
  expect(printed.stderr).toContain('Conversion to artifacts');
  expect((await workspace.run(['convert', 'sp.xml', '--out', 'made'])).code).toBe(0);
  expect(await workspace.read(path.join('made', ARTIFACT))).toBe(printed.stdout);
  expect((await workspace.run(['convert', 'sp.xml'])).stderr).toContain('There is no liftlock.yaml');
});
