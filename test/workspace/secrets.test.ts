import { secretStore } from '../../src/workspace/secrets';
import { problemsOf, removeFolders, temporaryFolder } from './temporary-folder';

afterAll(removeFolders);

const NODE = process.execPath;

test('process variables, then a folder, then a command; undefined for what none of them has', async () => {
  const root = temporaryFolder({
    'secrets/from-file': 'file\n',
    'secrets/both': 'file',
    'secrets/lines': ' a\n\nb \r\n',
  });
  const script = 'const n=process.argv[1]; if (n!=="none") console.log("cmd:"+n+":"+process.env.EXTRA)';
  const secrets = { folder: 'secrets', command: [NODE, '-e', script, '{name}'] };
  const variables = {
    LIFTLOCK_SECRET_BOTH: 'variable',
    LIFTLOCK_SECRET_A_B_C: '"x"\n',
    LIFTLOCK_SECRET_FROM_FILE: '',
    EXTRA: 'e',
  };
  const store = secretStore({ name: 'dev', root, secrets }, variables);
  const values = await store.resolve(['both', 'a.b-c', 'from-file', 'lines', 'other', 'none', 'both']);
  expect(Object.fromEntries(values)).toEqual({
    both: 'variable',
    'a.b-c': '"x"\n',
    'from-file': 'file',
    lines: ' a\n\nb ',
    other: 'cmd:other:e',
    none: undefined,
  });
});

test('a file in another encoding is refused: its secret would be another one', async () => {
  const root = temporaryFolder({ 'secrets/x': Buffer.from('fähre', 'latin1') });
  const store = secretStore({ name: 'dev', root, secrets: { folder: 'secrets' } }, {});
  expect(await problemsOf(() => store.resolve(['x']))).toMatchObject([
    { code: 'not-utf8', place: { file: 'secrets/x', line: 1, column: 2 } },
  ]);
});

test('a prefix of the environment', async () => {
  const secrets = { environment: { prefix: 'PROD_' } };
  const store = secretStore({ name: 'prod', root: '/', secrets }, { PROD_X: '1', LIFTLOCK_SECRET_X: '2' });
  expect((await store.resolve(['x'])).get('x')).toBe('1');
});

test('each name is looked up once', async () => {
  const root = temporaryFolder({ count: '' });
  const script = 'require("fs").appendFileSync("count","x"); console.log(1)';
  const store = secretStore({ name: 'dev', root, secrets: { command: [NODE, '-e', script, '{name}'] } }, {});
  await Promise.all([store.resolve(['a', 'a']), store.resolve(['a'])]);
  const { readFileSync } = await import('node:fs');
  expect(readFileSync(`${root}/count`, 'utf8')).toBe('x');
});

test('no shell is between', async () => {
  const store = secretStore(
    { name: 'dev', root: '/', secrets: { command: [NODE, '-p', 'process.argv[1]', '$(id);{name}'] } },
    {},
  );
  expect((await store.resolve(['x'])).get('x')).toBe('$(id);x');
});

test('a failing command is an error that never shows what it printed', async () => {
  const script = 'console.log("geheim-1"); console.error("geheim-2"); process.exit(7)';
  const store = secretStore({ name: 'dev', root: '/', secrets: { command: [NODE, '-e', script, '{name}'] } }, {});
  const problems = await problemsOf(() => store.resolve(['b', 'a']));
  expect(problems.map(({ code }) => code)).toEqual(['secret-command-failed', 'secret-command-failed']);
  expect(problems[0]?.message).toContain('exit code 7');
  expect(problems[0]?.message).toContain('"a"');
  expect(JSON.stringify(problems)).not.toContain('geheim');
  const missing = secretStore({ name: 'dev', root: '/', secrets: { command: ['/no/such/program', '{name}'] } }, {});
  expect((await problemsOf(() => missing.resolve(['a'])))[0]?.message).toContain('was not found');
});

test.each(['..', '.', '../x', 'a/b', ''])('%j does not lead out of the folder', async (name) => {
  const root = temporaryFolder({ x: 'outside', 'secrets/y': '' });
  const store = secretStore({ name: 'dev', root, secrets: { folder: 'secrets' } }, {});
  expect((await problemsOf(() => store.resolve([name])))[0]?.code).toBe('invalid-name');
});

describe('a .env file', () => {
  const store = (text: string, rest: { variables?: Record<string, string>; isTracked?: boolean } = {}) =>
    secretStore(
      {
        name: 'dev',
        root: temporaryFolder({ '.env': text }),
        secrets: { file: '.env', environment: { prefix: 'P_' } },
      },
      rest.variables ?? {},
      () => Promise.resolve(rest.isTracked === true),
    );

  test.each([
    ['P_X=a b', 'a b'],
    ['export P_X = a#b', 'a#b'],
    ['P_X=\'a "b" #c \\n\'', 'a "b" #c \\n'],
    ['P_X="a\\n\\"b\\" \\\\ \\$c #d" # note', 'a\n"b" \\ $c #d'],
    ["# P_X=no\n\nP_X=''", undefined],
    ['P_X=${HOME}', '${HOME}'],
    ['P_X=é=😀', 'é=😀'],
    ['P_Y=1\r\nP_X=2\r\n', '2'],
    ['OTHER_X=1', undefined],
  ])('%j', async (text, expected) => {
    expect((await store(text).resolve(['x'])).get('x')).toBe(expected);
  });

  test('comes after process variables', async () => {
    const values = await store('P_X=file\nP_Y=file', { variables: { P_X: 'variable' } }).resolve(['x', 'y']);
    expect(Object.fromEntries(values)).toEqual({ x: 'variable', y: 'file' });
  });

  test('that could be read in two ways is refused, told once, without a value', async () => {
    const found = await problemsOf(() =>
      store('P_X=geheim #1\nP_Y="geheim\nP_Z=1\nP_Z=2\ngeheim').resolve(['x', 'y', 'z']),
    );
    expect(found.map(({ code, message, place }) => [code, message, place?.line])).toEqual([
      ['malformed-env-file', 'P_Z is given twice', 4],
      ['malformed-env-file', 'The line is not of the form NAME=value', 5],
      ['malformed-env-file', 'The value of P_X is ambiguous', 1],
      ['malformed-env-file', 'The value of P_Y is ambiguous', 2],
    ]);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  test('that git tracks is refused; one that is not there has nothing', async () => {
    const found = await problemsOf(() => store('P_X=1', { isTracked: true }).resolve(['x']));
    expect(found.map(({ code }) => code)).toEqual(['secret-file-tracked']);
    const none = secretStore({ name: 'dev', root: temporaryFolder(), secrets: { file: '.env' } }, {});
    expect((await none.resolve(['x'])).get('x')).toBeUndefined();
  });
});
