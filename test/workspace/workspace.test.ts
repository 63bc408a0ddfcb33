import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { scopeOf } from '../../src/workspace/scope';
import { resolveEnvironment } from '../../src/workspace/connection';
import { settingsProblems } from '../../src/workspace/settings';
import { openWorkspace, readWorkspace } from '../../src/workspace/workspace';
import { workTree } from '../../src/workspace/work-tree';
import { problemsOf, removeFolders, shown, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const SETTINGS = 'product: wso2-is\nenvironments: [dev, preprod, prod]\n';

function workspaceWith(files: Record<string, string> = {}): string {
  return temporaryFolder({ 'liftlock.yaml': SETTINGS, 'environments/dev.yaml': 'url: https://dev\n', ...files });
}

describe('opening', () => {
  test('finds the workspace upwards and fills defaults', async () => {
    const root = workspaceWith({ 'artifacts/applications/x.yaml': '' });
    const workspace = await openWorkspace(path.join(root, 'artifacts', 'applications'));
    expect(workspace.root).toBe(root);
    expect(workspace.settings).toEqual({
      product: 'wso2-is',
      environments: ['dev', 'preprod', 'prod'],
      protect: [],
      variables: {},
      artifacts: {},
      unprotect: [],
      ignore: [],
    });
  });

  test('no workspace: says where it looked and what to do', async () => {
    const folder = temporaryFolder();
    const [problem] = await problemsOf(() => openWorkspace(folder));
    expect(problem?.code).toBe('no-workspace');
    expect(problem?.message).toContain(folder);
    expect(problem?.hint).toContain('liftlock init');
    expect(problem?.hint).toContain(path.dirname(folder));
  });

  test('the same workspace from another source', async () => {
    const workspace = await openWorkspace(workspaceWith());
    const texts: Record<string, string> = {
      'liftlock.yaml': 'product: wso2-is\nenvironments: [old]\n',
      'environments/old.yaml': 'url: https://old\n',
    };
    const source = {
      label: 'git:main',
      list: async () => Object.keys(texts),
      read: async (file: string) => texts[file],
    };
    const older = await workspace.at(source);
    expect((await older.environment('old')).url).toBe('https://old');
    const empty = { label: 'git:main', list: async () => [], read: async () => undefined };
    expect((await problemsOf(() => readWorkspace('/x', empty)))[0]?.message).toContain('git:main');
  });

  test.each([
    ['product: wso2-is\nenviroments: [dev]\n', 'unknown-field liftlock.yaml:2:1 Did you mean "environments"?'],
    ['product: wso2-is\n', 'missing-field liftlock.yaml:1:1'],
    ['', 'missing-field liftlock.yaml:1:1'],
    ['- a\n', 'wrong-type liftlock.yaml:1:1'],
    ['product: wso2-is\nenvironments: dev\n', 'wrong-type liftlock.yaml:2:15'],
    ['product: wso2-is\nenvironments: []\n', 'invalid-value liftlock.yaml:2:15'],
    ['product: wso2-is\nenvironments: [dev, ../x]\n', 'invalid-value liftlock.yaml:2:21'],
    ['product: wso2-is\nenvironments: [dev, Dev]\n', 'invalid-value liftlock.yaml:2:21'],
    ['product: wso2-is\nenvironments:\n  - 1\n', 'wrong-type liftlock.yaml:3:5 Write it in quotes'],
    [`${SETTINGS}ignore: [{artifact: "application/*"}]\n`, 'missing-field liftlock.yaml:3:10'],
    [`${SETTINGS}ignore: [{artifact: "application/*", path: "a["}]\n`, 'invalid-value liftlock.yaml:3:44'],
    [`${SETTINGS}protect: [Console]\n`, 'invalid-value liftlock.yaml:3:11'],
    ['product: [\n', 'malformed-yaml liftlock.yaml:2:1'],
  ])('%j', async (text, expected) => {
    const root = temporaryFolder({ 'liftlock.yaml': text });
    const problems = await problemsOf(() => openWorkspace(root));
    expect(problems.map(shown).join('\n')).toContain(expected);
  });

  test('names that the product does not know', async () => {
    const text = `${SETTINGS}kinds: [aplication]\nprotect: ["idp/x", "*/y"]\nignore: [{artifact: aplication/x, path: a}]\n`;
    const { settings, settingsFile } = await openWorkspace(temporaryFolder({ 'liftlock.yaml': text }));
    const known = { products: ['wso2-is'], kinds: ['application'] };
    expect(settingsProblems(settingsFile, settings, known).map(shown)).toEqual([
      'unknown-kind liftlock.yaml:3:9 Did you mean "application"?',
      'unknown-kind liftlock.yaml:4:11 Known: application.',
      'unknown-kind liftlock.yaml:5:21 Did you mean "application"?',
    ]);
    const other = settingsProblems(settingsFile, { ...settings, product: 'wso2is' }, known);
    expect(other.map(shown)).toEqual(['unknown-product liftlock.yaml:1:10 Did you mean "wso2-is"?']);
  });
});

describe('an environment', () => {
  const read = async (text: string) =>
    (await openWorkspace(workspaceWith({ 'environments/preprod.yaml': text }))).environment('preprod');

  test('has defaults, and the one before it is below it', async () => {
    const environment = await read('url: https://is\nversion: 5.10\n');
    expect(environment).toMatchObject({
      name: 'preprod',
      tenant: 'carbon.super',
      version: '5.10',
      promotesFrom: 'dev',
    });
    const dev = await (await openWorkspace(workspaceWith())).environment('dev');
    expect(dev.promotesFrom).toBeUndefined();
    expect(dev.version).toBe('7.1');
  });

  test('gives the scope for rendering', async () => {
    const environment = await read(
      'url: https://is\nvariables: {a: [1, {b: null}], c: "no"}\noverrides:\n  "application/*": {"x.y[z]": 1}\n',
    );
    expect(scopeOf(environment, new Map([['s', 'x']]), { HOME: '/h' })).toEqual({
      environment: 'preprod',
      version: '7.1',
      variables: { a: [1, { b: null }], c: 'no' },
      overrides: { 'application/*': { 'x.y[z]': 1 } },
      secrets: new Map([['s', 'x']]),
      processVariables: { HOME: '/h' },
    });
  });

  test.each([
    ['ulr: https://is\n', 'unknown-field environments/preprod.yaml:1:1 Did you mean "url"?'],
    ['ulr: https://is\n', 'missing-field'],
    ['url: is.example.com\n', 'invalid-value environments/preprod.yaml:1:6'],
    ['url: https://admin:pw@is\n', 'invalid-value environments/preprod.yaml:1:6'],
    [
      'url: https://is\nauth: {type: client-credential, clientId: x}\n',
      'invalid-value environments/preprod.yaml:2:14 Did you mean "client-credentials"?',
    ],
    [
      'url: https://is\nauth: {type: basic, user: x, password: y}\n',
      'unknown-field environments/preprod.yaml:2:21 Did you mean "username"?',
    ],
    ['url: https://is\nauth: {clientId: x}\n', 'missing-field environments/preprod.yaml:2:1'],
    ['url: https://is\nauth: {type: bearer}\n', 'invalid-value environments/preprod.yaml:2:7'],
    [
      'url: https://is\nauth: {type: basic, username: "{{vars:U}}", password: p}\n',
      'unknown-placeholder environments/preprod.yaml:2:31',
    ],
    [
      'url: https://is\nauth: {type: basic, username: "{{var:U}}", password: p}\n',
      'misplaced-placeholder environments/preprod.yaml:2:31',
    ],
    ['url: https://is\nversion: seven\n', 'invalid-value environments/preprod.yaml:2:10'],
    ['url: https://is\npromotesFrom: dve\n', 'unknown-environment environments/preprod.yaml:2:15 Did you mean "dev"?'],
    ['url: https://is\npromotesFrom: preprod\n', 'invalid-value environments/preprod.yaml:2:15'],
    ['url: https://is\nvariables:\n  a b: 1\n', 'invalid-name environments/preprod.yaml:3:3'],
    ['url: https://is\noverrides:\n  x:\n    a: 1\n', 'invalid-value environments/preprod.yaml:3:3'],
    ['url: https://is\noverrides:\n  a/x:\n    "a[": 1\n', 'invalid-path environments/preprod.yaml:4:5'],
    ['url: https://is\nsecrets: {command: [vault, get]}\n', 'invalid-value environments/preprod.yaml:2:20'],
    ['url: https://is\nconcurrency: 0\n', 'invalid-value environments/preprod.yaml:2:14'],
    ['url: https://is\nconcurrency: 65\n', 'invalid-value environments/preprod.yaml:2:14'],
    ['url: https://is\nwriteConcurrency: 0\n', 'invalid-value environments/preprod.yaml:2:19'],
    ['url: https://is\nwriteConcurrency: 9\n', 'invalid-value environments/preprod.yaml:2:19'],
    ['url: https://is\nproxy: true\n', 'wrong-type environments/preprod.yaml:2:8'],
    ['url: [a\n', 'malformed-yaml environments/preprod.yaml:2:1'],
  ])('%j', async (text, expected) => {
    const problems = await problemsOf(() => read(text));
    expect(problems.map(shown).join('\n')).toContain(expected);
  });

  test('unknown, or without a file', async () => {
    const workspace = await openWorkspace(workspaceWith());
    const unknown = await problemsOf(() => workspace.environment('pre-prod'));
    expect(unknown.map(shown)).toEqual(['unknown-environment liftlock.yaml Did you mean "preprod"?']);
    const listed = await problemsOf(() => workspace.environment('qqqqqqqq'));
    expect(listed.map(shown)).toEqual(['unknown-environment liftlock.yaml Known: dev, preprod, prod.']);
    const missing = await problemsOf(() => workspace.environment('prod'));
    expect(missing[0]).toMatchObject({ code: 'missing-environment-file', environment: 'prod' });
  });

  test('no message shows a value that may be a secret', async () => {
    const problems = await problemsOf(() =>
      read('url: https://is\nauth: {type: basic, username: u, password: 12345678}\n'),
    );
    expect(JSON.stringify(problems)).not.toContain('12345678');
  });
});

describe('the connection', () => {
  const connect = async (text: string, variables: Record<string, string>) => {
    const root = workspaceWith({ 'environments/dev.yaml': text });
    return { root, connection: resolveEnvironment(await (await openWorkspace(root)).environment('dev'), variables) };
  };

  test('has its process variables filled in and absolute paths', async () => {
    const { root, connection } = await connect(
      [
        'url: https://{{env:HOST}}/is/',
        'tenant: t.com',
        'auth: {type: client-credentials, clientId: a, clientSecret: "{{env:SECRET}}", tokenUrl: "https://{{env:HOST}}/token"}',
        'tls: {ca: certs/ca.pem, certificate: /abs/c.pem, key: k.pem, passphrase: "{{env:SECRET}}"}',
        'proxy: http://proxy:8080',
        'timeouts: {connectSeconds: 2, readSeconds: 0.5}',
        'concurrency: 3',
      ].join('\n'),
      { HOST: 'is.example.com', SECRET: '"s\n: {{var:x}}' },
    );
    expect(connection).toEqual({
      environment: 'dev',
      url: 'https://is.example.com/is',
      tenant: 't.com',
      auth: {
        type: 'client-credentials',
        clientId: 'a',
        clientSecret: '"s\n: {{var:x}}',
        tokenUrl: 'https://is.example.com/token',
      },
      tls: {
        ca: path.join(root, 'certs/ca.pem'),
        certificate: '/abs/c.pem',
        key: path.join(root, 'k.pem'),
        passphrase: '"s\n: {{var:x}}',
      },
      proxy: 'http://proxy:8080',
      connectTimeoutMs: 2000,
      readTimeoutMs: 500,
      concurrency: 3,
    });
  });

  test.each([
    ['{type: bearer, file: token}', { type: 'bearer', file: 'ROOT/token' }],
    ['{type: bearer, command: [gcloud, "{{env:A}}"]}', { type: 'bearer', command: ['gcloud', 'x'] }],
    ['{type: basic, username: "{{env:A}}", password: p}', { type: 'basic', username: 'x', password: 'p' }],
  ])('%s', async (auth, expected) => {
    const { root, connection } = await connect(`url: https://is\nproxy: false\nauth: ${auth}\n`, { A: 'x' });
    expect(JSON.parse(JSON.stringify(connection.auth).replace(root, 'ROOT'))).toEqual(expected);
    expect(connection.proxy).toBe(false);
  });

  test('names everything that is missing at once, with its place', async () => {
    const text = 'url: https://is\nauth:\n  type: basic\n  username: "{{env:USER_X}}"\n  password: "{{env:PW_X}}"\n';
    const problems = await problemsOf(() => connect(text, { PW_X: '' }));
    expect(problems.map(shown)).toEqual([
      'unset-process-variable environments/dev.yaml:4:13 Set USER_X and run again.',
      'unset-process-variable environments/dev.yaml:5:13 Set PW_X and run again.',
    ]);
    expect((await problemsOf(() => connect('url: https://is\n', {})))[0]?.code).toBe('missing-field');
    const address = await problemsOf(() =>
      connect('url: "{{env:U}}"\nauth: {type: basic, username: a, password: b}\n', { U: 'nope' }),
    );
    expect(address.map(shown)).toEqual(['invalid-value environments/dev.yaml:1:6']);
  });
});

test('a source without liftlock.yaml is named, with the way to one that has it', async () => {
  const source = { ...workTree(temporaryFolder()), label: 'git:HEAD~9' };
  const [problem] = await problemsOf(() => readWorkspace('/', source));
  expect(problem?.message).toBe('git:HEAD~9 has no liftlock.yaml');
  expect(problem?.hint).toContain('git log --oneline -- liftlock.yaml');
});

test('the work tree lists files by their whole path, whatever order a folder has them in', async () => {
  const files = ['k/x.yaml', 'k-b.yaml', 'k.yaml', ...[...'wdpbzaqmc'].map((name) => `${name}.yaml`)];
  const tree = workTree(temporaryFolder(Object.fromEntries(files.map((file) => [file, '']))));
  expect(await tree.list('')).toEqual([...files].sort());
});

test('the work tree lists a link to a file of the workspace, and none that leads out of it', async () => {
  const outside = temporaryFolder({ 'theirs.yaml': 'secret' });
  const root = temporaryFolder({ 'a/real.yaml': '1' });
  symlinkSync(path.join(root, 'a/real.yaml'), path.join(root, 'a/inside.yaml'));
  symlinkSync(path.join(outside, 'theirs.yaml'), path.join(root, 'a/out.yaml'));
  symlinkSync(outside, path.join(root, 'a/folder'));
  symlinkSync(path.join(root, 'none.yaml'), path.join(root, 'a/nowhere.yaml'));
  expect(await workTree(root).list('a')).toEqual(['a/inside.yaml', 'a/real.yaml']);
});

test('the work tree lists files below a folder, sorted, and nothing that is not there', async () => {
  const root = temporaryFolder({ 'a/z.yaml': '1', 'a/b/c.yaml': '2', '.git/x': '', 'node_modules/y': '' });
  const tree = workTree(root);
  expect(await tree.list('')).toEqual(['a/b/c.yaml', 'a/z.yaml']);
  expect(await tree.list('a')).toEqual(['a/b/c.yaml', 'a/z.yaml']);
  expect(await tree.list('none')).toEqual([]);
  expect(await tree.read('a/z.yaml')).toBe('1');
  expect(await tree.read('a/none.yaml')).toBeUndefined();
  expect((await problemsOf(() => tree.read('a'))).map(shown)).toEqual([
    'file-error a Name a file, or move that folder out of the way.',
  ]);
});
