import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleCompany } from '../../src/sandbox/seed';
import { aldermere, type Environments } from '../workflows/from-iamctl/aldermere';
import { useFolders, useSandbox, Workspace, type Ended, type RunOptions } from './harness';

/** Moving over from IAM-CTL with the built command line: from its folder to a plan against a server. */

const folder = useFolders();
const sandbox = useSandbox({ seed: sampleCompany('dev') });

const ENVIRONMENTS: Environments = {
  dev: { shared: { HOST: 'dev.aldermere.example', TITLE: 'Boats', SECRET: 'ahoy-there-dev' } },
  prod: { shared: { HOST: 'aldermere.example', TITLE: 'Boats #1', SECRET: 'ahoy-there-live' } },
};
const FILES = {
  'Applications/Tide Tables.yml': `name: Tide Tables\ndescription: {{TITLE}}\naccessUrl: https://{{HOST}}/tides\n`,
  'IdentityProviders/Harbour.yml': `name: Harbour\nfederatedAuthenticators:\n    authenticators:\n        - name: GoogleOIDCAuthenticator\n          isEnabled: true\n          properties:\n              - key: ClientId\n                value: tides\n              - key: ClientSecret\n                value: '{{SECRET}}'\n              - key: callbackUrl\n                value: https://{{HOST}}/commonauth\n`,
  'Roles/admin.yml': 'displayName: admin\n',
};

async function oldFolder(environments = ENVIRONMENTS, files: Record<string, string> = FILES): Promise<Workspace> {
  const old = new Workspace(await folder('iamctl'));
  for (const [file, text] of aldermere(environments, files)) await old.write(file, text);
  return old;
}

const init = (workspace: Workspace, old: Workspace, args: string[] = [], options: RunOptions = {}): Promise<Ended> =>
  workspace.run(['init', '--from-iamctl', old.root, ...args], options);

test('a folder becomes a workspace that lints, plans and creates', async () => {
  const old = await oldFolder({
    dev: {
      ...ENVIRONMENTS.dev,
      server: { SERVER_URL: sandbox().url, CLIENT_ID: '${CLIENT_ID}', CLIENT_SECRET: '${CLIENT_SECRET}' },
    },
    prod: ENVIRONMENTS.prod ?? {},
  });
  const before = await old.files();
  const workspace = new Workspace(await folder('moved'));
  const made = await init(workspace, old, ['--environments', 'dev,prod'], { env: { COLUMNS: '80' } });
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  expect(made.stdout).toMatch(/Values cut short \(1\)[\s\S]*"Boats"[\s\S]*"Boats #1"/);
  expect(made.stdout).toMatch(/Liftlock does not manage roles/);
  expect(made.stdout).toMatch(/PROD_HARBOUR_CLIENTSECRET/);
  expect(made.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(await old.files()).toEqual(before);

  for (const file of await workspace.names()) expect(await workspace.read(file)).not.toMatch(/ahoy-there|open-sesame/);
  expect(made.text).not.toMatch(/ahoy-there|open-sesame/);

  expect((await workspace.run(['lint'])).code).toBe(0);
  const env = { DEV_HARBOUR_CLIENTSECRET: 'ahoy-there-dev' };
  const applied = await workspace.run(['apply', 'dev', '--yes'], { env });
  expect({ code: applied.code, stderr: applied.stderr }).toEqual({ code: 0, stderr: expect.any(String) as string });
  expect((await workspace.run(['plan', 'dev', '--exit-code'], { env })).code).toBe(0);
  const { stdout } = await workspace.run(['render', 'prod', 'application/Tide Tables']);
  expect(stdout).toContain('description: "Boats #1"');
});

test('--json says the same as a document', async () => {
  const old = await oldFolder();
  const workspace = new Workspace(await folder('moved'));
  const document = await workspace.json<{
    files: string[];
    conversion: { differences: object[]; artifacts: { key: string; file: string }[] };
  }>(['init', '--from-iamctl', old.root, '--environments', 'dev,prod']);
  expect(document.files).toContain('environments/prod.yaml');
  expect(document.conversion.artifacts.map(({ key }) => key)).toEqual(['Harbour', 'Tide Tables']);
  expect(document.conversion.differences).toEqual([
    expect.objectContaining({
      reason: 'text-cut',
      environment: 'prod',
      artifact: 'application/Tide Tables',
      path: 'description',
      keywords: ['TITLE'],
      place: { file: 'Applications/Tide Tables.yml', line: 2, column: 14 },
      sent: '"Boats"',
      sends: '"Boats #1"',
    }),
  ]);
});

test('an artifact that cannot be taken over makes exit code 1; the others are written', async () => {
  const old = await oldFolder(ENVIRONMENTS, { ...FILES, 'Applications/Odd.yml': "name: 'Odd {{HOST}}'\n" });
  const workspace = new Workspace(await folder('moved'));
  const { code, stdout } = await init(workspace, old, ['--environments', 'dev,prod']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/Could not be carried over\n {2}Applications\/Odd\.yml {2}error/);
  expect(await workspace.names('artifacts')).toEqual(
    ['artifacts/applications/Tide Tables.yaml', 'artifacts/identity-providers/Harbour.yaml'].map((file) =>
      path.relative('', file),
    ),
  );
});

describe('nothing is written, and one message helps, for', () => {
  test.each<[string, (old: Workspace) => Promise<void> | void, string[], RegExp]>([
    ['a promotion path that is not given', () => undefined, [], /--environments dev,prod/],
    ['an unknown environment', () => undefined, ['--environments', 'dev,pord'], /Did you mean "prod"\?/],
    [
      'a configuration that cannot be read',
      (old) => old.write('configs/prod/keywordConfig.json', '{ "KEYWORD_MAPPINGS": '),
      ['--environments', 'dev,prod'],
      /configs\/prod\/keywordConfig\.json/,
    ],
    [
      'a configuration without a server',
      (old) => old.write('configs/prod/serverConfig.json', '{}'),
      ['--environments', 'dev,prod'],
      /SERVER_URL is missing/,
    ],
    [
      'a sub-organization',
      (old) => old.write('configs/prod/serverConfig.json', '{"SERVER_URL": "https://a.example", "ORGANIZATION": "x"}'),
      ['--environments', 'dev,prod'],
      /sub-organizations/,
    ],
    ['no configuration', (old) => old.remove('configs'), [], /no folder with a serverConfig\.json/],
    ['a folder that is not there', (old) => old.remove('.'), [], /There is no folder/],
    ['--auth', () => undefined, ['--environments', 'dev', '--auth', 'basic'], /--from-iamctl/],
  ])('%s', async (_what, prepare, args, message) => {
    const old = await oldFolder();
    await prepare(old);
    const workspace = new Workspace(await folder('moved'));
    const { code, stdout, stderr } = await init(workspace, old, args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(await workspace.names()).toEqual([]);
  });

  test('a folder that holds a workspace already', async () => {
    const old = await oldFolder();
    const workspace = new Workspace(await folder('moved'));
    await workspace.write('liftlock.yaml', 'mine\n');
    const { code, stderr } = await init(workspace, old, ['--environments', 'dev,prod']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/liftlock\.yaml exists already/);
    expect(await workspace.names()).toEqual(['liftlock.yaml']);
  });

  test('the folder of IAM-CTL itself', async () => {
    const old = await oldFolder();
    const { code, stderr } = await old.run(['init', '--from-iamctl', '.', '--environments', 'dev,prod']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/--workspace/);
  });
});

test('links out of the folder are not followed, and are named', async () => {
  const old = await oldFolder();
  const elsewhere = new Workspace(await folder('elsewhere'));
  await elsewhere.write('Secret.yml', 'name: Secret\n');
  await symlink(path.join(elsewhere.root, 'Secret.yml'), path.join(old.root, 'Applications/Secret.yml'));
  const workspace = new Workspace(await folder('moved'));
  const { code, stdout } = await init(workspace, old, ['--environments', 'dev,prod']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Applications\/Secret\.yml\n.*link/);
  expect(await workspace.names('artifacts')).not.toContainEqual(expect.stringContaining('Secret'));
});

test('an environment that is named twice is refused', async () => {
  const workspace = new Workspace(await folder('moved'));
  const { code, stderr } = await init(workspace, await oldFolder(), ['--environments', 'dev,dev']);
  expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(/"dev" is named twice/)]);
  expect(await workspace.names()).toEqual([]);
});

test.each(['serverConfig.json', 'toolConfig.json', 'keywordConfig.json'])(
  'configuration in another encoding is an error, not an empty configuration: %s',
  async (name) => {
    const old = await oldFolder();
    const file = path.join(old.root, 'configs/dev', name);
    await writeFile(file, await readFile(file, 'utf8'), 'utf16le');
    const byteOrderMark = Buffer.from([0xff, 0xfe]);
    await writeFile(file, Buffer.concat([byteOrderMark, await readFile(file)]));
    const workspace = new Workspace(await folder('moved'));
    const { code, stderr } = await init(workspace, old, ['--environments', 'dev,prod']);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`configs/dev/${name}`)]);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('not a text in UTF-8 → Save it as UTF-8');
    expect(await workspace.names()).toEqual([]);
  },
);

test('what to do next begins with the way into the new workspace', async () => {
  const workspace = new Workspace(await folder('moved'));
  const inside = await init(workspace, await oldFolder(), ['--environments', 'dev,prod']);
  expect(inside.stdout).toMatch(/\nNext\n {2}liftlock lint\n/);
  const below = ['--environments', 'dev,prod', '--workspace', 'lock keepers'];
  const { stdout } = await init(workspace, await oldFolder(), below);
  expect(stdout).toMatch(/\nNext\n {2}cd 'lock keepers'\n {2}liftlock lint\n/);
  const plain = await workspace.run(['init', '-e', 'dev=https://is.example.com', '--workspace', 'plain']);
  expect(plain.stdout).toMatch(/\nNext:\n {2}cd plain\n {2}liftlock env check dev\n/);
});

test.each([
  ['dev=ftp://is.example.com', /"ftp:\/\/is\.example\.com" is no address of a server/],
  ['dev=is.example.com', /"is\.example\.com" is no address of a server/],
  ['d ev=https://is.example.com', /The name "d ev": use letters/],
])('init refuses --environment %s, and writes nothing', async (given, says) => {
  const workspace = new Workspace(await folder('new'));
  const { code, stderr } = await workspace.run(['init', '--environment', given]);
  expect([code, stderr.replaceAll(/\s+/g, ' ')]).toEqual([1, expect.stringMatching(says)]);
  expect(stderr).toContain('→');
  expect(await workspace.names()).toEqual([]);
});
